"""A small core with two questions, for tests of the whole chat before and without real content.

Run as a program it is a chat with that core: python -m tests.terminal.toy_core [options]
"""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from adapters.terminal.main import main
from adapters.terminal.stage import Core
from bot.conversation.event import Dropped, Due, Event, Presence, Said, Tapped
from bot.conversation.message import Button, Message, Strong, Words, message
from bot.conversation.state import Answer, Conversation, Runner
from bot.conversation.turn import Effect, Forget, Plan, Retire, Say, Turn

SIDES = (Button("Left", "=side:left"), Button("Right", "=side:right"), Button("Both", "=side:both"))
SCORES = (Button("0 to 2", "=pain:low"), Button("3 to 10", "=pain:high"))


def step(
    content: Any, conversation: Conversation, runner: Runner, event: Event, now: datetime
) -> Turn:
    """Ask the side, then the soreness, then give advice and plan a check-in for the next morning."""
    effects: list[Effect] = []
    match event.what:
        case Said(text="crash"):
            raise RuntimeError("asked to")
        case Said(text="slow"):
            time.sleep(0.5)  # The toy stands for a core that is busy.
        case Said(text="swollen"):
            card = Message(
                (Words("Call for help now.\n\nOne leg is swollen."),), kind="card:E", urgent=True
            )
            return Turn(_next(conversation), runner, (Say(card),))
        case Said(text="/delete"):
            return Turn(_next(conversation), runner, (Forget(), Say(message("All is deleted."))))
        case Tapped(token=token) if token.startswith("="):
            name, _, option = token[1:].partition(":")
            answer = Answer({name: option}, now, "tapped", name, option)
            conversation = msgspec.structs.replace(
                conversation, answers=(*conversation.answers, answer)
            )
            effects.append(Retire(option))
            if name == "pain":
                effects.append(
                    Plan("morning", "soreness", at=now + timedelta(hours=14), late="send")
                )
        case Presence():
            effects.append(Say(message("Welcome back.")))
        case Due(kind=kind):
            return Turn(_next(conversation), runner, (Say(message(f"Due: {kind}"), "check_in"),))
        case Dropped(name=name):
            effects.append(Say(message(f"File: {name}")))
    effects.append(Say(_ask(facts(conversation), event)))
    return Turn(_next(conversation), runner, tuple(effects))


def facts(conversation: Conversation) -> dict[str, Any]:
    """What was answered."""
    return {name: value for answer in conversation.answers for name, value in answer.facts.items()}


def view(content: Any, conversation: Conversation, runner: Runner, now: datetime) -> dict[str, Any]:
    """The state in the documented shape."""
    known = facts(conversation)
    asked = next((name for name in ("side", "pain") if name not in known), None)
    return {
        "facts": known,
        "triage": None if asked else "S",
        "pathways": [],
        "rules": [],
        "next": asked,
        "plan": None,
        "zone": runner.zone,
        "units": runner.settings.get("units", ""),
    }


def _ask(known: dict[str, Any], event: Event) -> Message:
    if "side" not in known:
        said = event.what.text if isinstance(event.what, Said) else ""
        return message(f"I read: {said[:40]}. Which side?", *SIDES, kind="question:side")
    if "pain" not in known:
        return message("How sore?", *SCORES, kind="question:pain")
    return Message((Strong("Walk today"), Words(f"\n\nSide: {known['side']}.")), kind="advice")


def _next(conversation: Conversation) -> Conversation:
    return msgspec.structs.replace(conversation, turns=conversation.turns + 1)


def toy() -> Core:
    """The toy core as the chat takes it."""
    return Core(None, step, view, Path("content"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], toy))

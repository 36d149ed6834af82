"""A toy core: a dialog of ten questions, with check-ins. It has the core's own signature.

Words it knows: "plan KEY HH:MM [days]", "at KEY SECONDS", "cancel PREFIX", "zone NAME",
"quiet FROM TO", "forget", "boom", "hang", "log N", "code", "join CODE".
Anything else answers the open question.
"""

import itertools
from datetime import datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from bot.conversation.event import Due, Event, Located, Presence, Said, Tapped
from bot.conversation.log import Note
from bot.conversation.message import Button, message
from bot.conversation.state import Answer, Conversation, Runner
from bot.conversation.token import answer
from bot.conversation.turn import (
    CODE_HERE,
    Cancel,
    Effect,
    Forget,
    JoinWith,
    LinkCode,
    Plan,
    Record,
    Retire,
    Say,
    Turn,
)

QUESTIONS = tuple(f"q{number}" for number in range(10))


def step(
    content: Any, conversation: Conversation, runner: Runner, event: Event, now: datetime
) -> Turn:
    """One turn of the toy."""
    what = event.what
    if isinstance(what, Due):
        text = f"due {what.check_in} at {now.isoformat()}"
        if merged := what.data.get("merged"):
            text += f" with {merged}"
        said = () if what.kind == "silent" else (Say(message(text), "check_in"),)
        if what.kind == "boom":
            raise ValueError("the toy broke")
        return Turn(conversation, runner, said)
    if isinstance(what, Said):
        words = what.text.split()
        if words and (command := COMMANDS.get(words[0])):
            return command(conversation, runner, words[1:], now)
        return _answered(conversation, runner, what.text, now)
    if isinstance(what, Tapped):
        turn = _answered(conversation, runner, what.token, now)
        return Turn(turn.conversation, turn.runner, (Retire(what.token), *turn.effects))
    if isinstance(what, Located):
        return Turn(conversation, replace(runner, zone=what.zone), (Say(message("zone")),))
    assert isinstance(what, Presence)
    return Turn(conversation, runner)


def _answered(conversation: Conversation, runner: Runner, text: str, now: datetime) -> Turn:
    number = len(conversation.answers) % len(QUESTIONS)
    given = Answer({QUESTIONS[number]: text}, now, "said", QUESTIONS[number], words=text)
    after = replace(
        conversation, answers=(*conversation.answers, given), turns=conversation.turns + 1
    )
    if number == len(QUESTIONS) - 1:
        note = Note(f"round:{len(after.answers)}", now, "round")
        return Turn(
            replace(after, answers=()), runner, (Say(message("all answered")), Record(note))
        )
    asked = QUESTIONS[number + 1]
    buttons = tuple(Button(label, answer(asked, label)) for label in ("yes", "no"))
    return Turn(after, runner, (Say(message(f"{asked}? (you said {text})", *buttons)),))


def _plan(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    key, at, *rest = words
    days = tuple(word for word in rest if len(word) == 3)
    options = dict(word.split("=") for word in rest if "=" in word)
    plan = Plan(
        key,
        options.get("kind", "nudge"),
        at_local=time.fromisoformat(at),
        weekdays=days,
        late=options.get("late", "merge"),
        exempt="exempt" in rest,
        data={"counts": "no"} if "free" in rest else {},
    )
    return Turn(conversation, runner, (plan, Say(message(f"planned {key}"))))


def _at(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    plan = Plan(
        words[0], "nudge", at=now + timedelta(seconds=float(words[1])), late="send", exempt=True
    )
    return Turn(conversation, runner, (plan, Say(message("planned"))))


def _cancel(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    return Turn(conversation, runner, (Cancel(words[0] if words else ""),))


def _zone(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    return Turn(conversation, replace(runner, zone=words[0]), (Say(message("zone set")),))


def _quiet(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    settings = runner.settings | {"quiet_from": words[0], "quiet_to": words[1]}
    return Turn(conversation, replace(runner, settings=settings), (Say(message("quiet set")),))


def _forget(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    return Turn(Conversation(), Runner(), (Forget(), Say(message("All of it is deleted."))))


def _boom(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    raise ValueError("the toy broke: " + " ".join(words))


def _hang(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    for _ in itertools.count():
        pass
    raise AssertionError


def _log(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    effects: list[Effect] = [
        Record(Note(f"n{number}", now, "note")) for number in range(int(words[0]))
    ]
    return Turn(conversation, runner, (*effects, Say(message("logged"))))


def _code(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    return Turn(conversation, runner, (LinkCode(), Say(message(CODE_HERE))))


def _join(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    replies = {name: message(name) for name in ("joined", "same", "wrong", "too_many")}
    return Turn(conversation, runner, (JoinWith(words[0], replies),))


def _long(conversation: Conversation, runner: Runner, words: list[str], now: datetime) -> Turn:
    return Turn(conversation, runner, (Say(message("word " * int(words[0]))),))


COMMANDS = {
    "plan": _plan,
    "at": _at,
    "cancel": _cancel,
    "zone": _zone,
    "quiet": _quiet,
    "forget": _forget,
    "boom": _boom,
    "hang": _hang,
    "log": _log,
    "long": _long,
    "code": _code,
    "join": _join,
}

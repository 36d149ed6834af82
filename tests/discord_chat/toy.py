"""A toy core for the Discord tests: what it is told to say, it says.

Words it knows: "public X", "only X", "both X", "many N", "when", "picture", "file", "number", "two",
"lines N", "plan", "quiet", "boom". Anything else is said back. A press takes the buttons off and says
what was chosen.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.conversation.event import Dropped, Due, Event, Presence, Said, Tapped
from bot.conversation.message import (
    Attachment,
    Button,
    Message,
    Picture,
    When,
    Words,
    message,
)
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Effect, Plan, Retire, Say, Turn

YES, NO = Button("Yes", "=walking:yes"), Button("No", "=walking:no")
SEVEN = datetime(2026, 5, 7, 19, 0, tzinfo=UTC)


def step(
    content: Any, conversation: Conversation, runner: Runner, event: Event, now: datetime
) -> Turn:
    """One turn of the toy."""
    after = replace(conversation, turns=conversation.turns + 1)
    what = event.what
    effects: tuple[Effect, ...] = ()
    if isinstance(what, Said):
        effects = _said(what.text, after.turns)
    elif isinstance(what, Tapped):
        effects = (Retire("Yes"), Say(message(f"You chose {what.token}, {after.turns}", YES)))
    elif isinstance(what, Due):
        effects = (Say(message(f"Check-in {what.check_in}", YES), "check_in"),)
    elif isinstance(what, Dropped):
        read = Path(what.path).read_text("utf-8") if what.path else "nothing"
        effects = (Say(message(f"A file {what.name} of {what.size} bytes says {read}")),)
    else:
        assert isinstance(what, Presence)
    return Turn(after, runner, effects)


def _said(text: str, turns: int) -> tuple[Effect, ...]:
    word, _, rest = text.partition(" ")
    if word == "quiet":
        return ()
    if word == "boom":
        raise ValueError("the toy broke")
    if word == "two":
        return (Say(message("First of two")), Say(message("Second of two", YES, NO)))
    if word == "lines":
        return tuple(Say(message(f"Line {number + 1}")) for number in range(int(rest)))
    if word == "both":
        return (Say(_for("everyone_here", rest)), Say(message(f"privately {rest}")))
    if word == "plan":
        at = Plan("knee", "nudge", at=SEVEN, late="send")
        return (at, Say(message("Planned")))
    return (Say(_one(word, rest, text, turns)),)


def _one(word: str, rest: str, text: str, turns: int) -> Message:
    if word == "public":
        return _for("everyone_here", rest)
    if word == "only":
        return _for("only_you_here", rest)
    if word == "many":
        return message("Many", *(Button(f"Choice {n}", f"=many:{n}") for n in range(int(rest))))
    if word == "when":
        return Message((Words("Run at "), When(SEVEN, "Thu 7 May 19:00")))
    if word == "picture":
        return replace(message("Look"), picture=Picture("pictures/drop.png", "A heel drop"))
    if word == "file":
        return replace(message("Yours"), attachment=Attachment("all.json", "{}"))
    if word == "number":
        return replace(message("How far?"), expects="number")
    return message(f"You said {text}, {turns}", YES, NO)


def _for(audience: Any, text: str) -> Message:
    return replace(message(f"{audience}: {text}", YES), audience=audience)

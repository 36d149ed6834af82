"""A toy core for these tests, with the core's own signature.

It says what it heard. "/ask" puts a question with two buttons, "/post" puts buttons under a message for
everyone, whose tokens say what the answer to them is to be; a few words more stand in WORDS.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.conversation.event import Dropped, Event, Located, Presence, Said, Tapped
from bot.conversation.message import Button, Message, Strong, When, Words, message
from bot.conversation.state import Answer, Conversation, Runner
from bot.conversation.turn import Effect, Retire, Say, Turn

SECRET = "Your calf: see a doctor today."
LONG_SECRET = SECRET + " Keep off your feet until then." * 10
RISKY = 'Tom & "Jerry" <b>5.2 km</b> _*[]()~`>#+-=|{}.!'


def step(
    content: Any, conversation: Conversation, runner: Runner, event: Event, now: datetime
) -> Turn:
    """One turn of the toy."""
    said = Answer({"said": str(event.what)}, now, "said", words=str(event.what))
    after = replace(conversation, answers=(*conversation.answers[-30:], said))
    return Turn(after, runner, tuple(_effects(event, now)))


def _effects(event: Event, now: datetime) -> list[Effect]:
    what = event.what
    if isinstance(what, Said):
        return [Say(_to_words(what.text.strip(), event, now))]
    if isinstance(what, Tapped):
        return [Retire(what.token.rpartition(":")[2]), *_to_press(what.token)]
    if isinstance(what, Located):
        return [Say(message(f"zone {what.zone}"))]
    if isinstance(what, Dropped):
        path = Path(what.path)
        text = path.read_text(encoding="utf-8") if what.path else "nothing"
        return [Say(message(f"{what.name} of {what.size} holds {text}"))]
    if isinstance(what, Presence) and what.what == "joined":
        return [Say(public("Hello. I post runs here."))]
    return [Say(message("Welcome back."))] if event.where.private else []


def _to_words(text: str, event: Event, now: datetime) -> Message:
    private = event.where.private
    if text == "/ask":
        buttons = (Button("Yes & no", "=sore:yes"), Button("No", "=sore:no"))
        return Message((Strong("Sore <now>?"), Words("\nTell & show.")), buttons, kind="ask")
    if text == "/post":
        names = ("popup", "long", "private", "everyone")
        return public("Run on Sunday", *(Button(name, f"!{name}") for name in names))
    if text == "/zone":
        return replace(message("Which zone?", Button("Berlin", "=zone:Europe/Berlin")),
                       kind="question:zone")  # fmt: skip
    if text == "/when":
        return Message((Words("Next: "), When(now, "Sunday 8:00")))
    if text == "/risky":
        return Message((Words(RISKY), Strong(RISKY)))
    if text in {"/start", "/menu"}:
        return message(SECRET, Button("Yes", "=sore:yes"))
    return message(f"heard {text}") if private else public(f"heard {text}")


def _to_press(token: str) -> list[Effect]:
    if token == "!popup":
        return [Say(replace(message(SECRET), audience="only_you_here"))]
    if token == "!long":
        return [Say(replace(message(LONG_SECRET), audience="only_you_here"))]
    if token == "!private":
        return [Say(message(SECRET)), Say(message("And this too.", Button("Yes", "=sore:yes")))]
    if token == "!everyone":
        return [Say(public("Someone comes along."))]
    return [Say(message(f"you chose {token}"))]


def public(text: str, *buttons: Button) -> Message:
    """A message for everyone."""
    return replace(message(text, *buttons), audience="everyone_here")

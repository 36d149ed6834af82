"""Messages: what Heeldrop says, before any platform has seen it.

Rule: the core decides the audience of every message, and no adapter can choose otherwise. Health
answers are never for *everyone here*. Text is plain: it must work with no formatting at all.
"""

from datetime import datetime
from typing import Literal

import msgspec

from bot.drawing.chart import Chart

Audience = Literal["everyone_here", "only_you_here", "private_chat"]
Lane = Literal["reply", "check_in", "broadcast"]


class Button(msgspec.Struct, frozen=True):
    """One button: at most a few words, and the statement it makes (see token.py; at most 64 bytes)."""

    label: str
    token: str


class Strong(msgspec.Struct, frozen=True, tag="strong"):
    """Words that may be shown bold; they mean the same when they are not."""

    text: str


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Plain words; a line break is a line break."""

    text: str


class When(msgspec.Struct, frozen=True, tag="when"):
    """An instant that a platform may show in the reader's own clock; `text` is the plain fallback."""

    at: datetime
    text: str


Part = Words | Strong | When


class Picture(msgspec.Struct, frozen=True):
    """A picture by its path in the content folder; `alt` says the same in words."""

    path: str
    alt: str


class Attachment(msgspec.Struct, frozen=True):
    """A file made for the runner, such as an export: its name and its text."""

    name: str
    text: str
    media_type: str = "application/json"


class Message(msgspec.Struct, frozen=True):
    """One message. `buttons` are in reading order; `fit` arranges them for a platform."""

    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    audience: Audience = "private_chat"
    picture: Picture | None = None
    attachment: Attachment | None = None
    drawing: Chart | None = None
    """Drawn when it is delivered, and shown as a picture; the text says the same."""
    in_place: bool = False
    """Takes the place of the message whose button was pressed, where that can be changed."""
    kind: str = ""
    """What it is, for tests and adapters: question:<id>, read_back, advice, card:<id>, receipt, ..."""
    expects: Literal["", "number"] = ""
    """"number" where a typed figure answers the question, so that 3 is not taken for the third button."""
    urgent: bool = False
    """May make a sound at night: emergency and same-day cards."""

    @property
    def text(self) -> str:
        """All of it in plain words."""
        return "".join(part.text for part in self.parts)


def message(text: str, *buttons: Button, kind: str = "") -> Message:
    """A private message of plain words; a first line that ends in a blank line is its heading."""
    heading, gap, rest = text.partition("\n\n")
    if gap and "\n" not in heading and len(heading) <= 80:
        parts: tuple[Part, ...] = (Strong(heading), Words(gap + rest))
    else:
        parts = (Words(text),)
    return Message(parts, buttons, kind=kind)

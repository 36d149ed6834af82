"""One message as the terminal shows it: the words, who sees it, when, and its keys.

Rule: everything a screen needs to know is in here as text, so the plain and the rich screen, the
JSON lines and the tests all say the same. Nothing is said by colour alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.terminal.clean import clean
from adapters.terminal.keys import Key
from bot.conversation.message import Message

SEEN_BY = {
    "everyone_here": "everyone sees this",
    "only_you_here": "only for {name}",
    "private_chat": "in private",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A delivered message. `to` is a name, `place` is "private" or "#place"; `at` is UTC."""

    message: Message
    to: str
    place: str
    at: datetime
    keys: tuple[Key, ...] = ()
    due: bool = False
    """It came by itself: a check-in, a reminder, a club post."""
    edited: bool = False
    """Not a new message: one that was there says this now."""

    def choices(self) -> list[tuple[str, str]]:
        """Each button as what to type for it ("" where it cannot be used from here) and its label."""
        if self.keys:
            return [(key.key, f"[{clean(key.button.label)}]") for key in self.keys]
        return [("", f"[{clean(button.label)}]") for button in self.message.buttons]

    def data(self) -> dict[str, Any]:
        """The message as a JSON object (docs/json-chat.md)."""
        said = self.message
        data: dict[str, Any] = {
            "text": clean(said.text),
            "buttons": [{"label": b.label, "token": b.token} for b in said.buttons],
            "audience": said.audience,
            "kind": said.kind,
            "urgent": said.urgent,
            "at": instant(self.at),
            "to": self.to,
            "in": self.place,
        }
        if self.edited:
            data["edited"] = True
        if said.picture:
            data["picture"] = {"path": said.picture.path, "alt": said.picture.alt}
        if said.attachment:
            data["attachment"] = {"name": said.attachment.name, "text": said.attachment.text}
        return data


def instant(at: datetime) -> str:
    """An instant as ISO text in UTC, to the second where nothing finer is known."""
    return at.isoformat().replace("+00:00", "Z")


def local(at: datetime, zone: ZoneInfo) -> str:
    """A moment in someone's own clock: "Sat 9 May, 08:10"."""
    then = at.astimezone(zone)
    return f"{then:%a} {then.day} {then:%b}, {then:%H:%M}"


def heading(shown: Shown, me: str, here: str, zone: ZoneInfo) -> str:
    """Who sees a message and when it came, or "" for a plain reply where the talk is going on."""
    bits = ["edited"] if shown.edited else []
    if shown.to != me and shown.message.audience != "everyone_here":
        bits.append(f"to {shown.to}")
    if (shown.place, shown.message.audience) != (here, "private_chat"):
        if shown.place != "private":
            bits.append(f"in {shown.place}")
        bits.append(SEEN_BY[shown.message.audience].format(name=shown.to))
    if shown.due:
        bits.append(local(shown.at, zone))
    return ", ".join(bits)


def extras(shown: Shown, saved: str = "") -> list[str]:
    """The lines under a message: its picture in words, its file."""
    said, found = shown.message, []
    if said.picture:
        found.append(f"Picture: {said.picture.path}")
        found.append(f"It shows: {clean(said.picture.alt)}")
    if said.attachment:
        found.append(f"File: {saved or said.attachment.name}")
    return found

"""Events: everything that can happen to a conversation, and who and where it happened.

Rule: an adapter turns one raw update into one event and decides nothing. `Asked` place tells the
core whether others can see; `id` is the platform's own id of the update, for dropping doubles.
"""

from datetime import datetime
from typing import Literal

import msgspec

from bot.files.activity import FileRead


class Place(msgspec.Struct, frozen=True):
    """A chat: platform, chat and thread. `private` is true where only the runner and the bot are."""

    platform: str
    chat: str
    thread: str = ""
    private: bool = True
    name: str = ""


class Person(msgspec.Struct, frozen=True):
    """Who acted, by the platform's own id. `language` is a two-letter code if the platform says one."""

    platform: str
    id: str
    language: str = ""


class Said(msgspec.Struct, frozen=True, tag="said"):
    """The runner typed something (commands included: "/help")."""

    text: str


class Tapped(msgspec.Struct, frozen=True, tag="tapped"):
    """The runner pressed a button, however old; `token` is the statement it carries."""

    token: str


class Dropped(msgspec.Struct, frozen=True, tag="dropped"):
    """The runner dropped a file; `path` is where the adapter put it, for the file reader.

    `read` is what the runtime read from it before the turn: figures only, never the route. It is
    None where there was no file to be read (a photo, a voice message, one that could not be had).
    """

    name: str
    path: str
    size: int
    read: FileRead | None = None


class Located(msgspec.Struct, frozen=True, tag="located"):
    """The runner shared a location. Only the time zone is taken from it, by the runtime."""

    zone: str


class Due(msgspec.Struct, frozen=True, tag="due"):
    """A check-in has fallen due. `late_s` is how late it is, in seconds."""

    check_in: str
    kind: str
    data: dict[str, str] = {}
    late_s: int = 0


class Presence(msgspec.Struct, frozen=True, tag="presence"):
    """The chat became reachable or not: joined, returned, blocked, removed."""

    what: Literal["joined", "returned", "blocked", "removed"]


Happening = Said | Tapped | Dropped | Located | Due | Presence


class Event(msgspec.Struct, frozen=True):
    """Something happened. `sent_at` is the platform's time (UTC), or None.

    `home` is the private place of whoever acted, if it happened elsewhere and that place is known:
    their conversation belongs there, whatever group it was begun in.
    """

    id: str
    who: Person
    where: Place
    what: Happening
    sent_at: datetime | None = None
    home: Place | None = None

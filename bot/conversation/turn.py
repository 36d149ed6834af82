"""A turn: what the core hands back, for the runtime to store in one transaction.

Rule: effects are values. The core has done nothing; it says what must be done.
"""

from datetime import date, datetime, time
from typing import Any

import msgspec

from bot.content.condition import Value
from bot.conversation.log import Entry
from bot.conversation.message import Lane, Message
from bot.conversation.state import Conversation, Runner


class Say(msgspec.Struct, frozen=True, tag="say"):
    """Send a message. `retire` takes the buttons off the message that was answered."""

    message: Message
    lane: Lane = "reply"


class Retire(msgspec.Struct, frozen=True, tag="retire"):
    """The tapped message's buttons have done their work: show what was chosen, take them off."""

    chosen: str


class Record(msgspec.Struct, frozen=True, tag="record"):
    """Add an entry to the runner's log (an entry with a known id replaces it)."""

    entry: Entry


class Plan(msgspec.Struct, frozen=True, tag="plan"):
    """Plan a check-in: a wall-clock rule in the runner's zone, or an instant.

    `key` is unique per runner: planning the same key again moves it. `late` says what happens when
    it is found overdue: send it, merge it into the next one, or drop it.
    """

    key: str
    kind: str
    on: date | None = None
    at_local: time | None = None
    at: datetime | None = None
    weekdays: tuple[str, ...] = ()
    late: str = "merge"
    drop_after_s: int = 6 * 3600
    exempt: bool = False
    """Exempt from quiet hours and caps: the follow-up of an emergency card."""
    data: dict[str, str] = {}


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """Cancel planned check-ins whose key starts with this prefix ("" cancels all)."""

    prefix: str
    keep_exempt: bool = False


class Forget(msgspec.Struct, frozen=True, tag="forget"):
    """Delete everything about this runner, in the same transaction; the reply still goes out."""


CODE_HERE = "______"
"""Stands in a message where the runtime puts the code that LinkCode asks for."""


class LinkCode(msgspec.Struct, frozen=True, tag="link_code"):
    """Make a 6-digit code with which another chat can join, and put it where CODE_HERE stands."""


class JoinWith(msgspec.Struct, frozen=True, tag="join_with"):
    """Join this chat to the runner who was shown this code, and say what became of it.

    `replies` has a message for each outcome: joined, same, wrong, too_many.
    """

    code: str
    replies: dict[str, Message]


class Notify(msgspec.Struct, frozen=True, tag="notify"):
    """Something for the owner, without personal content ("turn_failed")."""

    code: str
    detail: dict[str, Any] = {}


class Donate(msgspec.Struct, frozen=True, tag="donate"):
    """Keep a misread sentence that the runner gave, apart from the runner.

    It names no person and no place, and of the time only the month ("2026-11"). Days in the facts
    are counted back from the day it was given ("yesterday", "3_days_ago").
    """

    sentence: str
    language: str
    month: str
    read: dict[str, Value]
    corrected: dict[str, Value]


Effect = Say | Retire | Record | Plan | Cancel | Forget | LinkCode | JoinWith | Notify | Donate


class Turn(msgspec.Struct, frozen=True):
    """The outcome of one event."""

    conversation: Conversation
    runner: Runner
    effects: tuple[Effect, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """What is said, in order."""
        return tuple(effect.message for effect in self.effects if isinstance(effect, Say))

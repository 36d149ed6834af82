"""What goes into the store and comes out of it, as plain values.

Rule: nothing outside bot/store sees a row or a column; it sees these.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal

import msgspec

from bot.conversation.event import Event, Place
from bot.conversation.fit import Fitted
from bot.conversation.log import Entry
from bot.conversation.message import Attachment, Audience, Picture
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Cancel, Donate, Plan
from bot.drawing.chart import Chart


class Lane(IntEnum):
    """Whose turn it is to be sent: the lowest number first."""

    REPLY = 0
    CHECK_IN = 1
    BROADCAST = 2


Outcome = Literal["sent", "quiet", "merged", "dropped", "capped", "stale", "failed"]
"""How a check-in ended: with a message, with nothing to say, in another one, too late, over the
limits, no longer wanted by the core, or in a failed turn."""

Joined = Literal["joined", "same", "wrong", "too_many"]
"""What became of a code that somebody typed to join two chats."""


class Standing(msgspec.Struct, frozen=True):
    """What is known before a turn: whose it is, where, and what was said so far."""

    runner_id: int
    place_id: int
    conversation_id: int
    conversation: Conversation
    runner: Runner
    turns: int
    runner_turns: int
    """How many turns the runner had in all places: a turn computed from an older one is refused."""
    log_next: int
    """The place in the log that the next new entry gets."""
    silent: bool = False
    """The place or the person had been out of reach until now."""


class ScheduledEvent(msgspec.Struct, frozen=True):
    """The platform's own calendar entry beside a run. Instants are UTC."""

    what: Literal["make", "change", "cancel"]
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str = ""
    text: str = ""


class Outgoing(msgspec.Struct, frozen=True):
    """One platform message to be sent, as stored: already cut to what the platform allows.

    `retire` set means: take the buttons off the message this answers, and show what was chosen.
    """

    fitted: Fitted = Fitted(())
    retire: str = ""
    audience: Audience = "private_chat"
    picture: Picture | None = None
    attachment: Attachment | None = None
    drawing: Chart | None = None
    in_place: bool = False
    kind: str = ""
    expects: str = ""
    urgent: bool = False
    pings: bool = False
    scheduled_event: ScheduledEvent | None = None


class NewOutgoing(msgspec.Struct, frozen=True):
    """One message to put into the outbox. `key` makes a repeat of the same turn harmless."""

    key: str
    lane: Lane
    body: Outgoing


class OutboxRow(msgspec.Struct, frozen=True):
    """One message that waits to be sent."""

    id: int
    key: str
    platform: str
    lane: Lane
    place: Place
    person: str
    body: Outgoing
    event: str
    hints: dict[str, str]
    created_at: datetime
    runner_id: int | None = None
    attempts: int = 0
    doubts: int = 0
    not_before: datetime | None = None
    sending_at: datetime | None = None
    interrupted: bool = False
    """It was being sent when the process ended: nobody heard how that went."""
    deed: str = ""
    """What it is for a club: a post, an edit, ... (club_rows.py)."""


class NewCheckIn(msgspec.Struct, frozen=True):
    """A check-in to plan, with its next instant already worked out."""

    plan: Plan
    zone: str
    next_at: datetime
    day: str
    """The local date it is for, in ISO form; the instant may be on the next one."""


class CheckIn(msgspec.Struct, frozen=True):
    """A planned check-in, with whom and where it concerns."""

    id: int
    runner_id: int
    conversation_id: int
    person: str
    place: Place
    plan: Plan
    zone: str
    next_at: datetime
    day: str
    """The local date it is for, in ISO form; the instant may be on the next one."""


class DueRunner(msgspec.Struct, frozen=True):
    """All that is due for one runner, and all that is needed to decide on it."""

    check_ins: tuple[CheckIn, ...]
    standings: dict[int, Standing]
    """By the number of the conversation."""
    runner: Runner
    sent: tuple[datetime, ...]
    """When counted check-ins went out lately."""
    unanswered: int


class CheckInEnd(msgspec.Struct, frozen=True):
    """What became of one due check-in, and where the row goes next (None: it is done)."""

    check_in: CheckIn
    outcome: Outcome
    next_at: datetime | None = None
    day: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the owner should see. `detail` never holds what a runner said."""

    code: str
    detail: str = ""
    at: datetime | None = None
    runner_id: int | None = None
    event: str = ""
    keep_payload: bool = False


class TurnRecord(msgspec.Struct, frozen=True):
    """One turn, to be stored in one transaction."""

    event: Event
    at: datetime
    standing: Standing
    conversation: Conversation
    runner: Runner
    messages: tuple[NewOutgoing, ...] = ()
    entries: tuple[tuple[int, Entry], ...] = ()
    """Log entries that are new or changed, with their places in the log."""
    entries_gone: tuple[str, ...] = ()
    steps: tuple[NewCheckIn | Cancel, ...] = ()
    """Plans and cancellations, in the order the core gave them."""
    reclock: Callable[[CheckIn], tuple[str, datetime, str]] | None = None
    """Set when the zone or the quiet hours changed: each check-in's new zone, instant and day."""
    end: CheckInEnd | None = None
    """The check-in this turn answers, if it was one falling due."""
    troubles: tuple[Trouble, ...] = ()
    donated: tuple[Donate, ...] = ()
    """Misread sentences that were given, to be kept apart from the runner."""
    failed: bool = False
    forget: bool = False
    link_code: str = ""
    """A code to keep, with which another chat can join this runner."""
    join: tuple[str, Joined] | None = None
    """A code that was typed, and what is to become of it: what is said rests on that."""
    hints: dict[str, str] = {}

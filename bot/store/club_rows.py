"""What goes into the store and comes out of it for clubs, as plain values.

Rule: as in rows.py: nothing outside bot/store sees a row or a column.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.club.state import Club, ClubRun, Draft
from bot.club.turn import CancelClub, PlanClub
from bot.conversation.event import Event, Place
from bot.conversation.log import Entry
from bot.conversation.state import Runner
from bot.store.inbox import Accepted
from bot.store.rows import Lane, NewOutgoing, Outgoing, Trouble

Deed = Literal["", "post", "edit", "drop", "event", "leave"]
"""What an outbox row does: "" says something; the others concern a club's posts."""

ClubJoined = Literal["joined", "same", "taken", "wrong", "too_many"]
"""What became of a code that was typed to make a place one of a club's."""


@dataclass(frozen=True, slots=True)
class Met:
    """Who acts, and which clubs that concerns."""

    runner_id: int
    runner: Runner
    place_id: int
    here: int
    """The club of this place, or 0."""
    clubs: tuple[int, ...]
    """Those the runner takes part in."""
    draft: Draft | None = None
    silent: bool = False
    """The place had been out of reach until now."""
    seen: bool = False
    """This event has had its turn."""


@dataclass(frozen=True, slots=True)
class ClubKept:
    """A club as it is kept, with its runs of the last days and those to come."""

    club: Club
    runs: tuple[ClubRun, ...]
    next_run: int


@dataclass(frozen=True, slots=True)
class ClubCheckIn:
    """Something planned for a club. `place` is one of its places that is in reach."""

    id: int
    club_id: int
    plan: PlanClub
    zone: str
    next_at: datetime
    place: Place
    tries: int = 0


@dataclass(frozen=True, slots=True)
class NewClubCheckIn:
    """Something to plan, with its instant already worked out."""

    plan: PlanClub
    zone: str
    next_at: datetime


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post for the club's places; `bodies` by platform, the last piece is the one that is edited."""

    key: str
    bodies: dict[str, tuple[Outgoing, ...]]
    lane: Lane
    parent: str = ""
    deed: Deed = "post"


@dataclass(frozen=True, slots=True)
class NewEdit:
    """What a post says from now on, by platform."""

    key: str
    bodies: dict[str, Outgoing]


@dataclass(frozen=True, slots=True)
class NewDrop:
    """A post that is to be deleted."""

    key: str


@dataclass(frozen=True, slots=True)
class NewTell:
    """A message for another runner's private chat, by platform."""

    key: str
    runner_id: int
    bodies: dict[str, tuple[Outgoing, ...]]


ClubStep = NewOutgoing | NewPost | NewEdit | NewDrop | NewTell | NewClubCheckIn | CancelClub


@dataclass(frozen=True, slots=True)
class ClubRecord:
    """One turn of a club, to be stored in one transaction.

    `before` is what it was computed from; `club` and `runs` are what is new or changed.
    """

    event: Event
    at: datetime
    met: Met | None
    """None: it fell due by itself."""
    before: ClubKept | None
    club: Club | None
    runs: tuple[ClubRun, ...] = ()
    steps: tuple[ClubStep, ...] = ()
    draft: Draft | None = None
    entries: tuple[Entry, ...] = ()
    """For the acting runner's own log."""
    goes_on: Accepted | None = None
    """What the acting runner's own conversation takes its turn with next."""
    end: ClubCheckIn | None = None
    """The check-in this turn answers, if it was one falling due."""
    leave: bool = False
    leaves: Place | None = None
    """Which place it leaves, if not that of the event."""
    code: str = ""
    """A code to keep, with which another place can join the club."""
    join: tuple[str, ClubJoined] | None = None
    """A code that was typed, and what is to become of it: what is said rests on that."""
    troubles: tuple[Trouble, ...] = ()
    failed: bool = False
    reclock: str = ""
    """The club's new zone, if it changed: what is planned by the wall clock moves."""
    gaps: dict[str, float] = field(default_factory=dict)
    """By platform: the seconds between two edits of one post."""
    hints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A club's outbox row just before it is sent: what it says by now, and where it belongs."""

    body: Outgoing
    deed: Deed
    message: str = ""
    thread_of: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Early:
    """It is too early for this edit."""

    until: datetime

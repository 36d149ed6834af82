"""What a club's turn hands back, for the runtime to store in one transaction, and what it is given.

Rule: the same as in the conversation: effects are values. `Say` and `Retire` are the conversation's.
"""

from datetime import date, datetime, time
from typing import Literal

import msgspec

from bot.club.state import Club, ClubRun, Draft, Missing, Rank
from bot.conversation.event import Happening, Place
from bot.conversation.log import Entry
from bot.conversation.message import Message
from bot.conversation.state import Runner
from bot.conversation.turn import Retire, Say


class Held(msgspec.Struct, frozen=True):
    """All that a club's turn may know.

    `club` is the club of this place or, in private, the one that the event names; `clubs` are those
    the acting runner takes part in or wrote a run of; `runs` are the club's runs not older than 9
    days. `rank` is asked of the platform only where `needs_rank` says so. For a check-in of the club
    `runner_id` is 0 and `runner` is empty. `totals` are the club's challenge figures, of those who
    share them.
    """

    club: Club | None
    clubs: tuple[Club, ...]
    runs: tuple[ClubRun, ...]
    runner_id: int
    runner: Runner
    rank: Rank = "unknown"
    draft: Draft | None = None
    totals: "Totals | None" = None
    roles: tuple[str, ...] = ()
    """The roles the acting person has there, by the platform itself; asked together with the rank,
    and only where the club has named a role."""
    missing: tuple[Missing, ...] = ()
    """What the platform does not let us do in this place; asked together with the rank."""
    next_club: int = 0
    """The number a club gets that is made in this turn."""
    next_run: int = 0
    """The number that the club's next new run gets; two new ones take this and the one after."""


class Totals(msgspec.Struct, frozen=True):
    """Sums over the members who agreed: heel-drop sets this week, and weeks on plan."""

    people: int = 0
    sets: int = 0
    weeks: int = 0


class Post(msgspec.Struct, frozen=True, tag="post"):
    """A message for everyone, in every place of the club (or only in `platform`'s).

    `key` names it for ever: it is sent once, and an `Edit` with the same key changes it.
    `thread_of` is the key of a post in whose thread it belongs, where there are threads.
    """

    key: str
    message: Message
    thread_of: str = ""
    platform: str = ""
    pings: bool = False


class Edit(msgspec.Struct, frozen=True, tag="edit"):
    """Make a post say this now. Many edits in a row become few: only the last one counts."""

    key: str
    message: Message


class Drop(msgspec.Struct, frozen=True, tag="drop"):
    """Delete a post where the platform lets us."""

    key: str


class Tell(msgspec.Struct, frozen=True, tag="tell"):
    """A private message to somebody else, who agreed to it; dropped where no private chat is known."""

    runner: int
    message: Message


class PlanClub(msgspec.Struct, frozen=True, tag="plan_club"):
    """Let something fall due for the club: at an instant, or on a day at a local time of its zone.

    The same key again moves it. It comes back as a `Due` event with this kind and these data.
    """

    key: str
    kind: str
    at: datetime | None = None
    on: date | None = None
    at_local: time | None = None
    data: dict[str, str] = {}
    late_s: int | None = None
    """Found later than so many seconds, its turn is taken without a word: what it plans is kept,
    what it would post is not. None: however late."""


class CancelClub(msgspec.Struct, frozen=True, tag="cancel_club"):
    """Take back what is planned for the club under keys that start so ("" for all)."""

    prefix: str


class MakeEvent(msgspec.Struct, frozen=True, tag="make_event"):
    """Keep the platform's own calendar entry beside a run, where it has such a thing and allows it."""

    run: ClubRun
    what: Literal["make", "change", "cancel"] = "make"


class Log(msgspec.Struct, frozen=True, tag="club_log"):
    """Enter something in the acting runner's own log."""

    entry: Entry


class JoinClub(msgspec.Struct, frozen=True, tag="join_club"):
    """Make this place one of the club's that a code was made for.

    Replies by what became of it: joined, same (it is one already), taken (it has another club),
    wrong, too_many.
    """

    code: str
    replies: dict[str, Message]


class MakeCode(msgspec.Struct, frozen=True, tag="make_code"):
    """Make a code with which another place can join the club; it goes where CODE_HERE stands."""


class Leave(msgspec.Struct, frozen=True, tag="leave"):
    """Remove a place of the club (and the club, with all its data, if it was the last one); then go."""

    place: Place | None = None
    """None: where the event happened."""


ClubEffect = (
    Say
    | Retire
    | Post
    | Edit
    | Drop
    | Tell
    | PlanClub
    | CancelClub
    | MakeEvent
    | Log
    | JoinClub
    | MakeCode
    | Leave
)


class ClubTurn(msgspec.Struct, frozen=True):
    """The outcome of one event for a club. `runs` are those that are new or changed."""

    club: Club | None
    runs: tuple[ClubRun, ...] = ()
    effects: tuple[ClubEffect, ...] = ()
    draft: Draft | None = None
    """What the acting runner is in the middle of after this turn."""
    goes_on: Happening | None = None
    """The acting runner's own conversation takes its turn with this, after the club's."""

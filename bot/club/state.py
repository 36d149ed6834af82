"""What is kept of a club: its settings, its runs and who said they would come.

Rule: a club knows numbers of runners, never names or bodies. A name is kept only for someone who
chose `/share`. What a run says in public is counted from these values and from nothing else.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

import msgspec

from bot.coaching.clock import instant
from bot.conversation.event import Place

Missing = Literal["post", "threads", "files", "events", "delete"]
"""Something the platform does not let us do in a place."""

Rank = Literal["admin", "member", "none", "unknown"]
"""What someone is in a group, by the platform itself; `unknown` when it did not answer."""

RunState = Literal["planned", "cancelled", "over"]
Felt = Literal["good", "tough", "sore"]
MAYBE, CANT = "maybe", "cant"


class Spot(msgspec.Struct, frozen=True):
    """One place of a club: where runs are posted, and what we may not do there."""

    place: Place
    missing: tuple[Missing, ...] = ()


class Member(msgspec.Struct, frozen=True):
    """A runner who took part. `runner` is the store's number of them."""

    runner: int
    since: datetime
    shares: tuple[str, ...] = ()
    """What they agreed to have counted or named: "sets", "weeks", "name"."""
    name: str = ""
    """The name to show, typed by themselves for that purpose; "" for almost everyone."""


class OldDigest(msgspec.Struct, frozen=True):
    """A digest as it reads without its names; of its day."""

    day: date
    text: str


class Club(msgspec.Struct, frozen=True):
    """A club: one or two places, one set of settings."""

    id: int
    version: int = 1
    name: str = ""
    on: bool = False
    """Turned on by an admin; until then it posts nothing by itself."""
    zone: str = ""
    units: Literal["both", "km", "mi"] = "both"
    digest_day: str = "sun"
    """A weekday, or "" for no digest."""
    digest_at: time = time(18)
    organisers: Literal["admins", "everyone", "named"] = "admins"
    named: tuple[str, ...] = ()
    """Organisers by "platform:person" or, for a role, "platform:&role"."""
    quiet_until: datetime | None = None
    spots: tuple[Spot, ...] = ()
    members: tuple[Member, ...] = ()
    posted: tuple[tuple[date, int], ...] = ()
    """How many messages it sent by itself on each of the last days, for the daily cap."""
    digested: date | None = None
    """The day of the last digest: its post has the key `digest:<day>`."""
    refusal_told: date | None = None
    """The day organisers were last told that the group did not take a digest or a question."""
    nameless: tuple[OldDigest, ...] = ()
    """What is left of the digests that show names, should one be taken back: the newest last."""

    def member(self, runner: int) -> Member | None:
        """This runner's membership, or None."""
        return next((one for one in self.members if one.runner == runner), None)


class Option(msgspec.Struct, frozen=True):
    """One way to take part: "A", 10,000 m, and the other words: "easy". None: no distance was given."""

    letter: str
    words: str
    distance_m: float | None = None
    walk_run: bool = False


class Rsvp(msgspec.Struct, frozen=True):
    """What one runner said about one run: an option's letter, "maybe" or "cant"."""

    runner: int
    choice: str
    at: datetime
    tell: bool = False
    """Wants to be told in private when the run changes."""


class Feeling(msgspec.Struct, frozen=True):
    """How one runner found one run. Public only as a count, and `sore` only from 5 answers on."""

    runner: int
    felt: Felt


class Usual(msgspec.Struct, frozen=True):
    """What the other runs of a series keep to, where this one alone was changed."""

    title: str
    where: str = ""
    options: tuple[Option, ...] = ()
    limit: int | None = None
    notes: str = ""
    minutes: int = 90


class ClubRun(msgspec.Struct, frozen=True):
    """A run of a club. `id` counts within the club; `on` and `at` are the club's wall clock."""

    id: int
    club: int
    title: str
    on: date
    at: time
    zone: str
    where: str = ""
    options: tuple[Option, ...] = ()
    limit: int | None = None
    """The most who may go, over all options; later ones wait in the order they came."""
    notes: str = ""
    weekly: bool = False
    series: int = 0
    """The first run of its series, or 0."""
    usual_on: date | None = None
    """The day and the time its series keeps to, if this one alone was moved."""
    usual_at: time | None = None
    usual: Usual | None = None
    """The rest of what its series keeps to, if this one alone was changed."""
    state: RunState = "planned"
    made_by: int = 0
    minutes: int = 90
    """How long it takes, for calendars."""
    version: int = 1
    rsvps: tuple[Rsvp, ...] = ()
    feelings: tuple[Feeling, ...] = ()

    @property
    def starts_at(self) -> datetime:
        """The instant it starts (UTC). An hour that a clock change skips moves forward."""
        return instant(self.on, self.at, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The instant it ends (UTC), for calendars."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Draft(msgspec.Struct, frozen=True):
    """What somebody is in the middle of: a run to post, a club to set up. One per runner."""

    kind: Literal["run", "setup", "edit", "share"]
    club: int
    run: ClubRun | None = None
    settings: Club | None = None
    asks: str = ""
    """What the next words answer: "line", "zone", "name" ...; "" where only buttons are awaited."""
    at: datetime | None = None
    """When it was last worked on; words that come long after it are not for it any more."""

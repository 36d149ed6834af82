"""A host with the toy club in it, and a group that keeps to its limits."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.club.state import ClubRun, Missing, Rank
from bot.conversation.event import Event, Happening, Person, Place, Said, Tapped
from bot.runtime.adapter import Delivery, Later, Receipt, Sent
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.runtime.rates import Rates
from tests.runtime import toy, toy_club
from tests.runtime.world import START, Platform

GROUP = Place("p", "-100", private=False, name="Runners")
EDITS = Rates(edit_gap_s=4.0, backoff_s=0.5)
_numbers = iter(range(1, 10**9))


def does(
    what: Happening | str, who: str = "ann", where: Place = GROUP, *, event_id: str = ""
) -> Event:
    """Something that somebody does in the group; their private place is known."""
    happening = Said(what) if isinstance(what, str) else what
    home = None if where.private else home_of(who, where.platform)
    number = event_id or f"g{next(_numbers)}"
    return Event(number, Person(where.platform, who), where, happening, home=home)


def home_of(who: str, platform: str = "p") -> Place:
    """Somebody's private place."""
    return Place(platform, who)


def press(run: int, choice: str = "A", who: str = "ann", deed: str = "go", club: int = 1) -> Event:
    """A press of a run's button."""
    return does(Tapped(f"!club:{deed}:{club}-{run}@{choice}"), who)


class Group(Platform):
    """A platform with groups: 20 messages and edits a minute in one, and the 21st is refused."""

    makes_events = True

    def __init__(self, clock: MovableClock, most: int = 20) -> None:
        super().__init__()
        self.clock = clock
        self.most = most
        self.refused = 0
        self.ranks: dict[str, Rank] = {}
        self.asked = 0
        self.shown: dict[str, str] = {}
        self.edits: list[datetime] = []
        self._calls: deque[datetime] = deque()

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Count what the whole group sees."""
        public = not delivery.place.private and delivery.audience == "everyone_here"
        if public and not self._room():
            self.refused += 1
            self.tried.append(delivery)
            return Later(5.0)
        receipt = await super().deliver(delivery)
        if isinstance(receipt, Sent) and public:
            self._calls.append(self.clock.now())
            if delivery.edits:
                self.edits.append(self.clock.now())
            self.shown[delivery.edits or receipt.message] = delivery.text
        return receipt

    def _room(self) -> bool:
        while self._calls and self._calls[0] <= self.clock.now() - timedelta(seconds=60):
            self._calls.popleft()
        return len(self._calls) < self.most

    async def rank(self, place: Place, person: Person) -> Rank:
        """What somebody is here."""
        self.asked += 1
        return self.ranks.get(person.id, "member")

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What is missing."""
        return ("threads",)

    def public(self) -> list[str]:
        """What was posted or changed, in words."""
        return [one.text for one in self.sent if one.audience == "everyone_here" and one.text]


@asynccontextmanager
async def club_host(
    folder: Path, *, clock: MovableClock | None = None, rates: Rates = EDITS
) -> AsyncIterator[tuple[Host, Group]]:
    """A host with the toy club and one platform, "p"."""
    clock = clock or MovableClock(START)
    host = await Host.open(None, folder, clock, step=toy.step, club=toy_club.core())
    group = Group(clock)
    host.attach("p", group, rates)
    try:
        yield host, group
    finally:
        await host.close()


async def with_a_run(host: Host, title: str = "Track") -> ClubRun:
    """Set up the club, and post one run."""
    await host.receive(does("/setup"))
    await host.receive(does(f"/run {title}"))
    await host.deliver_pending()
    return (await runs(host))[-1]


async def runs(host: Host, club: int = 1) -> tuple[ClubRun, ...]:
    """The club's runs as they are stored."""
    kept = await host.store.club(club, host.clock.now())
    return kept.runs if kept else ()


def going(run: ClubRun) -> int:
    """How many said that they come."""
    return sum(one.choice == "A" for one in run.rsvps)

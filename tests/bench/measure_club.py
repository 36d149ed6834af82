"""300 members press on one post within 10 seconds, at Telegram's limits, on a real clock and file."""

import asyncio
import random
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.club.state import Missing, Rank
from bot.content.load import load_content
from bot.conversation.event import Event, Happening, Person, Place, Said, Tapped
from bot.conversation.fit import TELEGRAM
from bot.runtime.adapter import Delivery, Later, Receipt, Sent
from bot.runtime.clock import SystemClock
from bot.runtime.host import Host
from bot.runtime.rates import TELEGRAM as RATES
from tests.bench.row import Row

MEMBERS = 300
BURST_S = 10.0
TRANSPORT_S = 0.05
GROUP = Place("telegram", "-100", private=False, name="Runners")


@dataclass
class Server:
    """Takes 50 ms for a call; refuses the 21st in a minute to the group, the 31st in a second at all."""

    limits = TELEGRAM
    calls: deque[float] = field(default_factory=lambda: deque(maxlen=30))
    group: deque[float] = field(default_factory=lambda: deque(maxlen=20))
    edits: list[tuple[float, str]] = field(default_factory=list)
    refused: int = 0
    private: int = 0

    async def deliver(self, delivery: Delivery) -> Receipt:
        """One call."""
        now = time.perf_counter()
        public = delivery.audience == "everyone_here"
        too_many = len(self.calls) == 30 and now - self.calls[0] < 1.0
        if too_many or (public and len(self.group) == 20 and now - self.group[0] < 60.0):
            self.refused += 1
            return Later(5.0)
        self.calls.append(now)
        self.private += not public
        if public:
            self.group.append(now)
        await asyncio.sleep(TRANSPORT_S)
        if delivery.edits:
            self.edits.append((time.perf_counter(), delivery.text))
        return Sent(delivery.edits or str(delivery.id))

    async def rank(self, place: Place, person: Person) -> Rank:
        """The first one is an admin."""
        return "admin" if person.id == "0" else "member"

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """Nothing is missing."""
        return ()


def measure() -> Iterable[Row]:
    """The whole of it: from the press to the file, and to what everyone sees."""
    waits, server, last, stored, right = asyncio.run(_burst())
    cuts = statistics.quantiles(waits, n=100)
    load = f"{MEMBERS} members press within {BURST_S:.0f} s"
    yield Row(
        f"{load}: press to stored RSVP, median and p99",
        f"{statistics.median(waits) * 1000:.1f} ms and {cuts[98] * 1000:.1f} ms",
        "p99 under 100 ms",
    )
    yield Row(f"{load}: answers stored, count shown", f"{stored}, {right}", f"{MEMBERS}, right")
    yield Row(
        f"{load}: edits made, calls refused", f"{len(server.edits)}, {server.refused}", "few, 0"
    )
    yield Row(
        f"{load}: the final edit after the last press",
        f"{server.edits[-1][0] - last:.1f} s",
        "within 5 s",
    )


def _event(number: int, who: int, what: Happening) -> Event:
    person = Person("telegram", str(who))
    return Event(str(number), person, GROUP, what, home=Place("telegram", str(who)))


async def _burst() -> tuple[list[float], Server, float, int, str]:
    server, waits = Server(), list[float]()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        host = await Host.open(load_content(None), Path(folder), SystemClock())
        host.attach("telegram", server, RATES)
        delivering = asyncio.create_task(host.deliver_forever())
        await _post_a_run(host)

        async def member(number: int) -> None:
            await asyncio.sleep(chance.uniform(0, BURST_S))
            begun = time.perf_counter()
            await host.receive(
                _event(1000 + number, number, Tapped(f"!club:go:1-1@{'AB'[number % 2]}"))
            )
            waits.append(time.perf_counter() - begun)

        await asyncio.gather(*(member(number) for number in range(1, MEMBERS + 1)))
        last = time.perf_counter()
        while (await host.store.counts())["messages to send"]:
            await asyncio.sleep(0.05)
        kept = await host.store.club(1, host.clock.now())
        stored = len(kept.runs[0].rsvps) if kept else 0
        right = "right" if f"Going {MEMBERS}" in server.edits[-1][1] else "wrong"
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering
        await host.close()
    return waits, server, last, stored, right


async def _post_a_run(host: Host) -> None:
    await host.receive(_event(1, 0, Said("/setup")))
    said = (("London", "Turn on"), ("/run Thu 7pm Town Hall 10k easy; 4k walk-run", "Post"))
    for number, (words, label) in enumerate(said, start=1):
        taken = await host.receive(_event(number * 2, 0, Said(words)))
        messages = taken.turn.messages if taken.turn else ()
        tokens = {one.label: one.token for it in messages for one in it.buttons}
        await host.receive(_event(number * 2 + 1, 0, Tapped(tokens[label])))
    while (await host.store.counts())["messages to send"]:
        await asyncio.sleep(0.05)

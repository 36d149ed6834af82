"""A small world for tests: events, a platform that remembers what it was sent, and a host."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.conversation.event import Event, Happening, Person, Place, Said
from bot.conversation.fit import TERMINAL, Limits
from bot.runtime.adapter import Delivery, Receipt, Sent
from bot.runtime.clock import Clock, MovableClock
from bot.runtime.host import Host
from bot.runtime.options import Options
from bot.runtime.rates import FREE, Rates
from tests.runtime import toy

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning."""

_numbers = iter(range(1, 10**9))


def happens(
    what: Happening | str, who: str = "ann", *, event_id: str = "", platform: str = "p"
) -> Event:
    """Something happens to a person in their private chat."""
    happening = Said(what) if isinstance(what, str) else what
    place = Place(platform, f"chat-{who}")
    return Event(event_id or f"e{next(_numbers)}", Person(platform, who), place, happening)


class Platform:
    """A platform that remembers what it was sent. `answers` may say something else than Sent."""

    def __init__(self, limits: Limits = TERMINAL) -> None:
        self.limits = limits
        self.sent: list[Delivery] = []
        self.tried: list[Delivery] = []
        self.answers: Callable[[Delivery], Receipt] = lambda delivery: Sent(f"m{delivery.id}")

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Take one delivery."""
        self.tried.append(delivery)
        receipt = self.answers(delivery)
        if isinstance(receipt, Sent):
            self.sent.append(delivery)
        return receipt

    def texts(self, who: str = "") -> list[str]:
        """What was sent, in words; to one person if asked."""
        return [one.text for one in self.sent if not who or one.person.id == who]


@asynccontextmanager
async def hosted(
    folder: Path,
    *,
    clock: Clock | None = None,
    platform: Platform | None = None,
    options: Options | None = None,
    rates: Rates = FREE,
) -> AsyncIterator[tuple[Host, Platform]]:
    """A host with the toy core and one platform, "p"."""
    clock = clock or MovableClock(START)
    host = await Host.open(None, folder, clock, step=toy.step, options=options)
    platform = platform or Platform()
    host.attach("p", platform, rates)
    try:
        yield host, platform
    finally:
        await host.close()

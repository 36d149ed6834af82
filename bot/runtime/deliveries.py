"""Everything that is on its way out: one post for each platform, and their couriers.

Rule: a host that waits for its answers (terminal, tests, simulation) delivers what is pending, one
after another; a service delivers in the background, at each platform's pace.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from bot.runtime.adapter import Adapter, Unsure
from bot.runtime.clock import Clock
from bot.runtime.courier import Courier
from bot.runtime.post import Post
from bot.runtime.queue import line_of
from bot.runtime.rates import Rates
from bot.store import Store
from bot.store.rows import Lane, OutboxRow


class Deliveries:
    """The outboxes of all platforms."""

    def __init__(self, store: Store, clock: Clock, places_changed: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._places_changed = places_changed
        self._posts: dict[str, Post] = {}
        self._couriers: list[Courier] = []
        self._attached = asyncio.Event()

    def attach(self, platform: str, adapter: Adapter, rates: Rates) -> None:
        """Deliver what goes to this platform through that adapter."""
        self._posts[platform] = Post(self._store, self._clock, adapter, rates, self._places_changed)
        self._attached.set()

    @property
    def counted(self) -> dict[str, Counter[str]]:
        """By platform: how many tries ended with each kind of receipt."""
        return {platform: post.counted for platform, post in self._posts.items()}

    def nudge(self, lanes: Iterable[Lane] = Lane) -> None:
        """Something was put into the outbox, in these lanes."""
        for courier in self._couriers:
            courier.nudge(lanes)

    async def pending(self) -> int:
        """Deliver everything that may go out now, one after another; return how many were tried.

        For hosts that wait for their answers (terminal, tests, simulation): no pacing.
        """
        tried = 0
        for platform, post in self._posts.items():
            while rows := await self._sendable(platform, post):
                for row in rows:
                    await post.send(row)
                tried += len(rows)
        return tried

    async def _sendable(self, platform: str, post: Post) -> list[OutboxRow]:
        """The first row of each chat, if it may go out now."""
        now = self._clock.now()
        first: dict[str, OutboxRow] = {}
        chats: Counter[str] = Counter()
        for lane in Lane:
            for row in await self._store.open_outbox(platform, lane):
                if row.interrupted:
                    await post.in_doubt(row, Unsure("the program stopped"))
                    return await self._sendable(platform, post)
                chats[row.place.chat] += 1
                held = row.not_before is not None and row.not_before > now
                if not (held and row.deed == "edit"):  # an edit that waits holds up nobody
                    first.setdefault(line_of(row)[0], row)
        return [
            row
            for row in first.values()
            if (row.not_before is None or row.not_before <= now)
            # Whoever leaves says goodbye first, to each in their own line.
            and not (row.deed == "leave" and chats[row.place.chat] > 1)
        ]

    async def forever(self) -> None:
        """Deliver in the background, at each platform's pace, until cancelled.

        A platform that is attached meanwhile is delivered to from then on.
        """
        running: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                self._attached.clear()
                for platform in self._posts.keys() - running.keys():
                    courier = Courier(platform, self._store, self._clock, self._posts[platform])
                    self._couriers.append(courier)
                    running[platform] = asyncio.create_task(courier.run())
                await _first_of(self._attached, running.values())
        finally:
            for task in running.values():
                task.cancel()
            await asyncio.gather(*(courier.stop() for courier in self._couriers))
            self._couriers = []


async def _first_of(event: asyncio.Event, tasks: Iterable[asyncio.Task[None]]) -> None:
    """Wait for the event. Raises what a task raises, if one ends before."""
    waiting = asyncio.create_task(_wait(event))
    try:
        await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        waiting.cancel()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()

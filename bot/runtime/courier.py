"""Delivering in the background, at the platform's pace.

Rule: the next message is chosen just before its slot comes, so a reply never waits behind nudges
for longer than one slot. What is loaded at any time is bounded; the rest waits in the outbox.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from datetime import timedelta

from bot.runtime.adapter import Gone, Later, Moved, Unsure
from bot.runtime.clock import Clock
from bot.runtime.limiter import Pace
from bot.runtime.post import Outcome, Post
from bot.runtime.queue import SendQueue, line_of
from bot.store import Store, StoreError
from bot.store.rows import Lane, OutboxRow

LOG = logging.getLogger("heeldrop.outbox")
_LOADED = {Lane.REPLY: 5000, Lane.CHECK_IN: 2000, Lane.BROADCAST: 1000}
_PAGE = 500
_LEAD_S = 0.008
"""How long before its slot a message is chosen: about what marking it on the disk takes."""
_LONGEST_HOLD = timedelta(hours=1)
"""A row is not held back longer than this after loading, however the clock has jumped."""


class Courier:
    """Delivers one platform's outbox until it is stopped."""

    def __init__(self, platform: str, store: Store, clock: Clock, post: Post) -> None:
        self._platform = platform
        self._store = store
        self._clock = clock
        self._post = post
        self._queue = SendQueue(post.rates)
        self._pace = Pace(post.rates.overall)
        self._seen = dict.fromkeys(Lane, 0)
        self._more = dict.fromkeys(Lane, True)
        self._wake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._stopping = False

    def nudge(self, lanes: Iterable[Lane] = Lane) -> None:
        """Something was put into the outbox, in these lanes."""
        for lane in lanes:
            self._more[lane] = True
        self._wake.set()

    async def run(self) -> None:
        """Deliver until `stop`."""
        loop = asyncio.get_running_loop()
        while not self._stopping:
            self._wake.clear()
            try:
                await self._load()
            except StoreError:
                LOG.exception("the outbox cannot be read")
                await asyncio.sleep(1)
                continue
            pause = self._start_next(loop.time())
            if pause is not None:
                await self._rest(pause)
            else:
                await asyncio.sleep(0)

    async def stop(self, patience_s: float = 10.0) -> None:
        """Finish what is under way; the rest stays in the outbox."""
        self._stopping = True
        self._wake.set()
        if self._under_way:
            _done, late = await asyncio.wait(self._under_way, timeout=patience_s)
            for task in late:
                task.cancel()

    async def _rest(self, pause: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._wake.wait()

    def _start_next(self, now: float) -> float | None:
        """Start the next delivery, or say how long to rest."""
        if len(self._under_way) >= self._post.rates.at_once:
            return 1.0
        early = self._pace.slot(now) - now - _LEAD_S
        if early > 0:
            return early if self._queue else max(early, 1.0)
        row = self._queue.take(now)
        if row is None:
            wakes = self._queue.next_at()
            return 60.0 if wakes is None else max(0.001, wakes - now)
        slot = self._pace.slot(now)
        self._pace.book(slot)
        task = asyncio.create_task(self._deliver(row, slot))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return None

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            LOG.error("a delivery could not be stored: %s", type(error).__name__, exc_info=error)

    async def _deliver(self, row: OutboxRow, slot: float) -> None:
        loop = asyncio.get_running_loop()
        chat = line_of(row)[0]
        try:
            outcome = await self._post.send(row, lambda: self._at(slot))
        except StoreError:
            # It could not be marked; nothing was sent. Try again when the disk may be better.
            self._queue.add(row, not_before=loop.time() + 5)
            self._queue.done(chat, loop.time())
            raise
        self._note(row, outcome, loop.time())
        self._queue.done(chat, loop.time())

    async def _at(self, slot: float) -> None:
        """Wait for the slot, and for the window to have room."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, slot - loop.time()))
        while (wait := self._pace.wait(loop.time())) > 0:
            await asyncio.sleep(wait)
        self._pace.made(loop.time())

    def _note(self, row: OutboxRow, outcome: Outcome, now: float) -> None:
        receipt = outcome.receipt
        if isinstance(receipt, Later) and receipt.everyone:
            self._pace.hush(now + receipt.wait_s)
        if isinstance(receipt, Gone):
            self._queue.drop(row.place.chat)
        elif isinstance(receipt, Moved):
            self._queue.move(row.place.chat, receipt.chat)
        if outcome.again is not None:
            alone = isinstance(receipt, Later) and receipt.only_this
            self._wait(outcome.again, now, alone=alone)

    def _wait(self, row: OutboxRow, now: float, *, alone: bool) -> None:
        """Let a row wait; `alone`: while others in its chat may go."""
        hold = self._hold(row)
        if alone and hold:
            self._queue.park(row, now + hold)
        else:
            self._queue.add(row, not_before=now + hold)

    def _hold(self, row: OutboxRow) -> float:
        if row.not_before is None:
            return 0.0
        hold = row.not_before - self._clock.now()
        return max(0.0, min(hold, _LONGEST_HOLD).total_seconds())

    async def _load(self) -> None:
        for lane in Lane:
            while self._more[lane] and self._queue.waiting[lane] < _LOADED[lane]:
                # Taken before the question is asked, so that news arriving meanwhile is not missed.
                self._more[lane] = False
                rows = await self._store.open_outbox(
                    self._platform, lane, after=self._seen[lane], limit=_PAGE
                )
                if len(rows) == _PAGE:
                    self._more[lane] = True
                for row in rows:
                    self._seen[lane] = row.id
                    await self._put(row)
                if rows and lane is Lane.REPLY:
                    return  # it goes first; the other lanes are looked at right after it

    async def _put(self, row: OutboxRow) -> None:
        now = asyncio.get_running_loop().time()
        again: OutboxRow | None = row
        if row.interrupted:
            outcome = await self._post.in_doubt(row, Unsure("the program stopped"))
            again = outcome.again
        if again is not None:
            self._wait(again, now, alone=again.deed == "edit")

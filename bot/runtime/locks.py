"""One at a time per key, in the order of arrival, and nothing kept for keys nobody waits for."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class KeyedLocks:
    """Locks by key, made when needed and gone when free."""

    def __init__(self) -> None:
        self._taken: dict[Hashable, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def hold(self, key: Hashable) -> AsyncIterator[None]:
        """Hold the key's lock; those who wait get it in the order they asked."""
        if not self.take(key):
            await self._turn_of(key)
        try:
            yield
        finally:
            self.give_back(key)

    def take(self, key: Hashable) -> bool:
        """Take the key's lock if it is free at this moment; whoever took it gives it back."""
        if key in self._taken:
            return False
        self._taken[key] = deque()
        return True

    def give_back(self, key: Hashable) -> None:
        """Let go: the lock passes to the one who waited longest, or is free."""
        waiting = self._taken[key]
        while waiting:
            first = waiting.popleft()
            if not first.done():
                first.set_result(None)
                return
        del self._taken[key]

    async def _turn_of(self, key: Hashable) -> None:
        mine = asyncio.get_running_loop().create_future()
        self._taken[key].append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self.give_back(key)  # it was passed on to one who had just given up
            raise

    def __len__(self) -> int:
        return len(self._taken)

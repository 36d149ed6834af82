"""Waiting without sleeping: tests wait until something is true, servers ring when it may be."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 5.0  # seconds a test waits for something before it fails

T = TypeVar("T")


class Bell:
    """Rung on every change; whoever waits looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Tell all who wait that something changed."""
        waiting, self._waiting = self._waiting, set()
        for each in waiting:
            if not each.done():
                each.set_result(None)

    async def rung(self) -> None:
        """Wait for the next change."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    async def until(self, look: Callable[[], T], what: str = "it", timeout: float = PATIENCE) -> T:
        """Wait until `look()` is true and give back what it found; fail after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while not (found := look()):
                    await self.rung()
        except TimeoutError:
            raise AssertionError(f"waited {timeout} s in vain for {what}") from None
        return found

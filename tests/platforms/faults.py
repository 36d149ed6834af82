"""Things that go wrong on the way, ordered by a test ahead of time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.waiting import PATIENCE


class Hold:
    """A call kept waiting by the server until the test lets it go."""

    def __init__(self) -> None:
        self._arrived = asyncio.Event()
        self._released = asyncio.Event()

    async def arrived(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot has made the call."""
        async with asyncio.timeout(timeout):
            await self._arrived.wait()

    def release(self) -> None:
        """Let the call go on, and all later ones of the same order."""
        self._released.set()

    async def pass_through(self) -> None:
        """Used by the server: stand here until released."""
        self._arrived.set()
        await self._released.wait()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    `after` means the platform did what was asked, and only then it went wrong. With `lost` the
    connection breaks; otherwise `status`, `body` and `headers` are answered. With `hold` alone the
    call is only slow.
    """

    status: int = 0
    body: dict[str, Any] | str = ""
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    after: bool = False
    hold: Hold | None = None


def lost_before() -> Fault:
    """The connection breaks before the platform does anything."""
    return Fault(lost=True)


def lost_after() -> Fault:
    """The platform does it, but the connection breaks before the answer."""
    return Fault(lost=True, after=True)


@dataclass(slots=True)
class _Order:
    call: str
    fault: Fault
    left: int
    when: Callable[[dict[str, Any]], bool] | None


class Faults:
    """The faults ordered and not yet used up, first come first served."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []
        self.used = 0

    def order(
        self,
        call: str,
        fault: Fault,
        times: int = 1,
        when: Callable[[dict[str, Any]], bool] | None = None,
    ) -> None:
        """Let the next `times` calls go wrong; "*" is any method; `when` sees the parameters."""
        self._orders.append(_Order(call, fault, times, when))

    def hold(self, call: str, times: int = 1) -> Hold:
        """Keep the next calls of a method waiting before they are done."""
        hold = Hold()
        self.order(call, Fault(hold=hold), times)
        return hold

    def clear(self) -> None:
        """Forget every order, and let go all that are held."""
        for each in self._orders:
            if each.fault.hold:
                each.fault.hold.release()
        self._orders.clear()

    def take(self, call: str, params: dict[str, Any]) -> Fault | None:
        """The fault for this call, if one is ordered; counts it as used."""
        for each in self._orders:
            if each.call in {call, "*"} and (each.when is None or each.when(params)):
                each.left -= 1
                if each.left <= 0:
                    self._orders.remove(each)
                self.used += 1
                return each.fault
        return None

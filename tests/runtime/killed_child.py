"""A process under load that expects to be killed at any moment, on one data folder."""

import asyncio
import os
import signal
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from bot.conversation.event import Event, Person, Place, Said
from bot.conversation.fit import TERMINAL
from bot.runtime.adapter import Delivery, Receipt, Sent
from bot.runtime.clock import SystemClock
from bot.runtime.host import Host
from bot.runtime.options import Options
from bot.runtime.rates import Rates
from bot.runtime.service import running
from bot.store.database import Database
from tests.runtime import toy

PEOPLE = 8
EACH = 12
"""How many messages each of them writes; every third one asks for a check-in."""


class Orders(msgspec.Struct):
    """What one child is to do, and at which commit it is to die, if at one."""

    folder: str
    idempotent: bool
    commit: int = 0
    """Die at this commit (1 is the first); 0 means that somebody else does the killing."""
    after: bool = False
    """Right after the commit, not right before."""


def events() -> dict[str, list[Event]]:
    """What each person writes, in order."""
    written: dict[str, list[Event]] = defaultdict(list)
    for person in range(PEOPLE):
        name = f"p{person}"
        for number in range(EACH):
            text = f"at k{number} 0.01" if number % 3 == 0 else f"m{number}"
            place = Place("p", f"chat-{name}")
            written[name].append(Event(f"{name}:{number}", Person("p", name), place, Said(text)))
    return written


class Ledger:
    """Lines in a file that survive this process: what the world outside has seen."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, line: str) -> None:
        """One line, in one call."""
        os.write(self._file, f"{line}\n".encode())


class RecordingPlatform:
    """A platform that records every message at the moment it arrives."""

    def __init__(self, ledger: Ledger) -> None:
        self.limits = TERMINAL
        self._ledger = ledger

    async def deliver(self, delivery: Delivery) -> Receipt:
        """It arrives, and a little later the answer does."""
        self._ledger.write(f"{delivery.id} {delivery.nonce} {int(delivery.lane)}")
        await asyncio.sleep(0.001)
        return Sent(str(delivery.id))


def live(orders: Orders) -> None:
    """Work until everything is done, or until killed."""
    if orders.commit:
        _die_at(orders.commit, after=orders.after)
    asyncio.run(_live(orders))


def _die_at(commit: int, *, after: bool) -> None:
    counted = 0
    original = Database._transaction

    def transaction(self: Database, group: list[Any]) -> list[Any]:
        nonlocal counted
        if not any(waiting.writes for waiting in group):
            return original(self, group)
        counted += 1
        if counted == commit and not after:
            self._conn.set_trace_callback(lambda sql: _die() if sql == "COMMIT" else None)
        outcome = original(self, group)
        if counted == commit:
            _die()
        return outcome

    Database._transaction = transaction  # type: ignore[method-assign]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def _live(orders: Orders) -> None:
    folder = Path(orders.folder)
    acknowledged = _lines(folder / "acknowledged")
    ledger = Ledger(folder / "acknowledged")
    host = await Host.open(None, folder, SystemClock(), step=toy.step, options=Options(tick_s=0.01))
    rates = Rates(idempotent_s=3600 if orders.idempotent else 0, backoff_s=0.01, at_once=8)
    host.attach("p", RecordingPlatform(Ledger(folder / "arrived")), rates)
    async with running(host):
        await asyncio.gather(
            *(_write(host, some, acknowledged, ledger) for some in events().values())
        )
        while await _left(host):
            await asyncio.sleep(0.005)
    await host.close()


async def _left(host: Host) -> int:
    counts = await host.store.counts()
    return counts["check-ins planned"] + counts["messages to send"]


async def _write(host: Host, some: list[Event], done: set[str], ledger: Ledger) -> None:
    """One person's messages, one after another; what was acknowledged is not written again."""
    for event in some:
        if event.id not in done:
            await host.receive(event)
            ledger.write(event.id)


def _lines(path: Path) -> set[str]:
    return set(path.read_text().split()) if path.exists() else set()

"""Heeldrop on the local Telegram: the real library, the real store, and a toy core unless told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.telegram.choices import Choices
from adapters.telegram.connecting import connected, make_bot
from adapters.telegram.intake import Desk, Intake
from adapters.telegram.receive import PLATFORM
from adapters.telegram.serve import desk_of, receive_until_cancelled
from bot.runtime.adapter import Delivery
from bot.runtime.clock import Clock
from bot.runtime.club_turns import ClubCore
from bot.runtime.host import Host
from bot.runtime.rates import Rates
from bot.runtime.turns import Step
from tests.platforms.telegram_bots import PNG
from tests.platforms.telegram_server import TelegramServer
from tests.telegram import toy

FAST = Rates(backoff_s=0.01)
"""No limits, and no waiting before the next try."""


@dataclass(frozen=True, slots=True)
class Program:
    """A running Heeldrop."""

    host: Host
    desk: Desk
    delivered: list[Delivery]


def choices_for(server: TelegramServer, **more: Any) -> Choices:
    """How to reach the local Telegram."""
    return Choices(server.token, server.url, **more)


def pictures(folder: Path) -> Path:
    """A content folder with one still and one moving picture in it."""
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    if not (content / "drop.png").exists():
        (content / "drop.png").write_bytes(PNG)
        (content / "drop.gif").write_bytes(b"GIF89a" + bytes(20))
    return content


@asynccontextmanager
async def heeldrop(
    server: TelegramServer,
    folder: Path,
    *,
    step: Step = toy.step,
    content: Any = None,
    clock: Clock | None = None,
    choices: Choices | None = None,
    rates: Rates = FAST,
    fetch: bool = True,
    deliver: bool = True,
    club: ClubCore | None = None,
) -> AsyncIterator[Program]:
    """Heeldrop serving, until the block ends; with clubs, if `club` is given."""
    choices = choices or choices_for(server)
    host = await Host.open(content, folder / "data", clock, step=step, club=club)
    async with connected(make_bot(choices), first_wait_s=0.01) as bot:
        desk = desk_of(host, bot, choices, pictures(folder))
        delivered = _watched(desk)
        host.attach(PLATFORM, desk.adapter, rates)
        await host.take_waiting()
        jobs = [asyncio.create_task(host.deliver_forever())] if deliver else []
        if fetch:
            jobs.append(asyncio.create_task(receive_until_cancelled(desk, choices)))
        try:
            yield Program(host, desk, delivered)
        finally:
            for job in jobs:
                job.cancel()
            for job in jobs:
                with contextlib.suppress(asyncio.CancelledError):
                    await job
            await host.close()


class ByHand:
    """Heeldrop one step at a time: everything that waits is taken in, then everything goes out."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._intake = Intake(program.desk)
        self._offset: int | None = None

    async def step(self) -> None:
        """Take in and deliver until nothing is left to do."""
        bot = self._program.desk.bot
        while updates := await bot.get_updates(offset=self._offset, timeout=0):
            await self._intake.take(updates)
            await self._intake.finish()
            await self._program.host.deliver_pending()
            self._offset = updates[-1].update_id + 1
        await self._program.desk.presses.finish()


def _watched(desk: Desk) -> list[Delivery]:
    """Everything the outbox hands over from now on."""
    delivered: list[Delivery] = []
    deliver = desk.adapter.deliver

    async def noting(delivery: Delivery) -> Any:
        delivered.append(delivery)
        return await deliver(delivery)

    desk.adapter.deliver = noting  # type: ignore[method-assign]
    return delivered

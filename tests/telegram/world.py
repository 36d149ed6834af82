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
from adapters.telegram.intake import Desk
from adapters.telegram.receive import PLATFORM
from adapters.telegram.serve import desk_of, receive_until_cancelled
from bot.runtime.adapter import Delivery
from bot.runtime.clock import Clock
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
) -> AsyncIterator[Program]:
    """Heeldrop serving, until the block ends."""
    choices = choices or choices_for(server)
    host = await Host.open(content, folder / "data", clock, step=step)
    async with connected(make_bot(choices), first_wait_s=0.01) as bot:
        desk = desk_of(host, bot, choices, pictures(folder))
        delivered = _watched(desk)
        host.attach(PLATFORM, desk.adapter, rates)
        await host.take_waiting()
        jobs = [asyncio.create_task(host.deliver_forever())]
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


def _watched(desk: Desk) -> list[Delivery]:
    """Everything the outbox hands over from now on."""
    delivered: list[Delivery] = []
    deliver = desk.adapter.deliver

    async def noting(delivery: Delivery) -> Any:
        delivered.append(delivery)
        return await deliver(delivery)

    desk.adapter.deliver = noting  # type: ignore[method-assign]
    return delivered

"""Heeldrop as it really runs, on a Discord of our own: the host, the outbox, the adapter, the library."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from adapters.discord import adapter
from bot.runtime import rates as bot_rates
from bot.runtime.clock import Clock
from bot.runtime.club_turns import ClubCore
from bot.runtime.host import Host
from bot.runtime.rates import DISCORD, Rates
from bot.runtime.settings import Settings
from bot.runtime.turns import Step
from tests.discord_chat import toy
from tests.platforms.discord_server import DiscordServer

QUICK = msgspec.structs.replace(DISCORD, chat=None, group=None, backoff_s=0.05)
"""No waiting between messages to one chat, and not long before another try."""


def settings_for(
    server: DiscordServer, folder: Path, rate: float = 1000.0, **values: str
) -> Settings:
    """The settings that point at the local server."""
    return Settings(
        data=folder,
        content=folder,
        discord_token=server.token,
        discord_rate=rate,
        values={
            "DISCORD_API_URL": server.api_url,
            "DISCORD_GATEWAY_URL": server.gateway_url,
            **values,
        },
    )


@asynccontextmanager
async def heeldrop(
    server: DiscordServer,
    folder: Path,
    *,
    step: Step = toy.step,
    content: Any = None,
    clock: Clock | None = None,
    settings: Settings | None = None,
    rates: Rates = QUICK,
    club: ClubCore | None = None,
    deliver: bool = True,
) -> AsyncIterator[Host]:
    """Heeldrop, connected and delivering; stopped at the end as a service would be.

    With clubs, if `club` is given; delivering only when told to, unless `deliver`.
    """
    settings = settings or settings_for(server, folder)
    host = await Host.open(content, folder, clock, step=step, club=club)
    times = server.gateway.identified + 1
    jobs = [asyncio.create_task(host.deliver_forever())] if deliver else []
    slow, bot_rates.DISCORD = bot_rates.DISCORD, rates
    serving = asyncio.create_task(adapter.serve(host, settings))
    waiting = asyncio.create_task(server.ready(times))
    try:
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            waiting.cancel()
            serving.result()
        await waiting
        await server.until(lambda: server.state.commands.get(None), "the commands")
        yield host
    finally:
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        for job in jobs:
            job.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await job
        bot_rates.DISCORD = slow
        await server.until(lambda: not server.gateway.connected, "the goodbye")
        await host.close()


async def settled(host: Host) -> None:
    """Wait until nothing is left to deliver."""
    async with asyncio.timeout(10):
        while (await host.store.counts()).get("messages to send", 0):
            await asyncio.sleep(0.01)

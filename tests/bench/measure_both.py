"""`heeldrop run` with both platforms connected: how soon it is ready, and what it holds when idle."""

import asyncio
import resource
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.bench.row import Row
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import TELEGRAM as SPEC
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.program import started


def measure() -> Iterable[Row]:
    """Seconds until both are connected, and the resident memory after a first answer."""
    if not SPEC.is_file():
        yield Row("both platforms", "not measured: the APIs' descriptions are not here")
        return
    ready, memory = asyncio.run(_run())
    yield Row("heeldrop run, both platforms, ready", f"{ready:.2f} s", "under 3 s")
    yield Row("the same, resident memory when idle", f"{memory:.0f} MB", "under 150 MB")


async def _run() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramServer() as telegram, DiscordServer() as discord:
            guild = discord.guild("Club", "general")
            member = discord.member("Runner", guild)
            settings = {
                "DISCORD_TOKEN": discord.token,
                "DISCORD_API_URL": discord.api_url,
                "DISCORD_GATEWAY_URL": discord.gateway_url,
            }
            began = time.perf_counter()
            async with started(telegram, Path(folder) / "data", settings) as process:
                await discord.ready(1)
                ready = time.perf_counter() - began
                person = telegram.person("Runner")
                person.says("/start")
                await telegram.until(person.bot_messages, "an answer", 60)
                member.says("hi")
                await discord.until(member.bot_messages, "an answer", 60)
                statm = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii")
                return ready, int(statm.split()[1]) * resource.getpagesize() / 1e6

"""The program itself, started as its owner would, on the local Telegram."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.platforms.telegram_server import TelegramServer

PATIENCE_S = 60.0


@asynccontextmanager
async def started(
    server: TelegramServer, data: Path, more: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`heeldrop run`, fetching; killed at the end if it still runs. `more` are further settings."""
    polls = server.updates.polls
    own = {name: value for name, value in os.environ.items() if not name.startswith("DISCORD_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sys; from bot.runtime.commands import main; sys.exit(main(['run']))",
        cwd=data.parent,
        env={
            **own,
            **(more or {}),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TELEGRAM_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "HEELDROP_DATA": str(data),
        },
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await server.until(
            lambda: server.updates.polls > polls, "the program's first request", PATIENCE_S
        )
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def told_to_stop(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """SIGTERM: its exit code, and what it logged."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE_S):
        _out, log = await process.communicate()
    return process.returncode, log.decode()

"""Telegram: from a message coming in to its durable answer going out, beside a bare echo bot.

Both talk to the same local Telegram in the same process, one after the other. The echo bot stores
nothing; Heeldrop has the turn on the disk, and the reply marked, before it sends. Messages come one at
a time, far enough apart that no speed limit plays a part.
"""

import asyncio
import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from bot.runtime.rates import TELEGRAM
from tests.bench.row import Row
from tests.platforms.specs import TELEGRAM as SPEC
from tests.platforms.telegram_bots import echoing
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.world import heeldrop

MESSAGES = 200
PEOPLE = 100
WARM_UP = 20
_GAP_S = 0.04  # a little more than one slot at 30 messages a second
Program = Callable[[TelegramServer], AbstractAsyncContextManager[str]]
_IMPORT = "import time; t=time.perf_counter(); import {}; print(time.perf_counter()-t)"


def measure() -> Iterable[Row]:
    """The rows of the table."""
    if not SPEC.is_file():
        yield Row("Telegram", "not measured: the API's description is not here")
        return
    bare, ours = asyncio.run(_both())
    times = statistics.median(ours) / statistics.median(bare)
    yield Row("Telegram, message in to reply out, bare echo bot", _spread(bare))
    yield Row("Telegram, the same, Heeldrop, durable", _spread(ours))
    yield Row(
        "Telegram, Heeldrop's median beside the echo bot's", f"{times:.2f} times", "at most 2"
    )
    yield Row(
        "Telegram, loading the adapter", f"{_loading('adapters.telegram.serve') * 1e3:.0f} ms"
    )
    if importlib.util.find_spec("tzfpy"):
        yield Row("Telegram, loading the map of zones", f"{_loading('tzfpy') * 1e3:.0f} ms")


def _spread(seconds: list[float]) -> str:
    slow = statistics.quantiles(seconds, n=20)[-1]
    return f"median {statistics.median(seconds) * 1e3:.1f} ms, p95 {slow * 1e3:.1f} ms"


def _loading(module: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT.format(module)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


async def _both() -> tuple[list[float], list[float]]:
    bare = await _timed(_bare)
    return bare, await _timed(_ours)


@asynccontextmanager
async def _bare(server: TelegramServer) -> AsyncIterator[str]:
    async with echoing(server):
        yield "You said "


@asynccontextmanager
async def _ours(server: TelegramServer) -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        async with heeldrop(server, Path(folder), rates=TELEGRAM):
            yield "heard "


async def _timed(program: Program) -> list[float]:
    took: list[float] = []
    async with TelegramServer() as server, program(server) as prefix:
        people = [server.person(f"Runner{number}") for number in range(PEOPLE)]
        for number in range(WARM_UP + MESSAGES):
            person = people[number % PEOPLE]
            began = time.perf_counter()
            person.says(f"message {number}")
            await person.hears(f"{prefix}message {number}")
            took.append(time.perf_counter() - began)
            await asyncio.sleep(_GAP_S)
    return took[WARM_UP:]

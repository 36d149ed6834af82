"""Telegram: from a message coming in to its durable answer going out, beside a bare echo bot.

Both talk to a local Telegram of their own in the same process, by turns. The echo bot stores
nothing; Heeldrop has the turn on the disk, and the reply marked, before it sends. Messages come one at
a time, far enough apart that no speed limit plays a part.
"""

import asyncio
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.runtime.rates import TELEGRAM
from tests.bench.row import Row
from tests.platforms.specs import TELEGRAM as SPEC
from tests.platforms.telegram_bots import echoing
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.program import started
from tests.telegram.world import heeldrop

MESSAGES = 200
PEOPLE = 100
WARM_UP = 20
_GAP_S = 0.04  # a little more than one slot at 30 messages a second
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
    ready, memory = asyncio.run(_program())
    yield Row("heeldrop run, Telegram alone, start to first request", f"{ready:.2f} s", "under 3 s")
    yield Row("the same, resident memory when idle", f"{memory:.0f} MB", "under 150 MB")
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


async def _program() -> tuple[float, float]:
    """Seconds until the program itself fetches, and its memory in MB after a first answer."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramServer() as server:
            began = time.perf_counter()
            async with started(server, Path(folder) / "data") as process:
                ready = time.perf_counter() - began
                person = server.person("Runner")
                person.says("/start")
                await server.until(person.bot_messages, "an answer", 60)
                pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]
                return ready, int(pages) * resource.getpagesize() / 1e6


async def _both() -> tuple[list[float], list[float]]:
    """The two by turns, so that whatever else the machine does meets both."""
    async with (
        TelegramServer() as first,
        TelegramServer() as second,
        echoing(first),
        _heeldrop(second),
    ):
        bare, ours = _Talk(first, "You said"), _Talk(second, "heard")
        for number in range(WARM_UP + MESSAGES):
            await bare.message(number)
            await ours.message(number)
    return bare.took[WARM_UP:], ours.took[WARM_UP:]


@asynccontextmanager
async def _heeldrop(server: TelegramServer) -> AsyncIterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        async with heeldrop(server, Path(folder), rates=TELEGRAM):
            yield


class _Talk:
    """Messages to one program, one at a time."""

    def __init__(self, server: TelegramServer, prefix: str) -> None:
        self._prefix = prefix
        self._people = [server.person(f"Runner{number}") for number in range(PEOPLE)]
        self.took: list[float] = []

    async def message(self, number: int) -> None:
        """Say one, and note how long the answer took."""
        person = self._people[number % PEOPLE]
        began = time.perf_counter()
        person.says(f"message {number}")
        await person.hears(f"{self._prefix} message {number}")
        self.took.append(time.perf_counter() - began)
        await asyncio.sleep(_GAP_S)

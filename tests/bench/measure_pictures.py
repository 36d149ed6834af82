"""Charts: how long the first and a later one take, and how long the event loop ever stood still.

The first is drawn in a fresh program, so it pays for loading the drawing tools.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable

from bot.runtime.drawing import drawn_of
from tests.bench.row import Row
from tests.drawing.charts import FULL

FIRSTS, LATER = 5, 20
_BEAT_S = 0.001
_FIRST = (
    "import asyncio\nfrom tests.bench.measure_pictures import watched\n"
    "print(*asyncio.run(watched()))"
)


def measure() -> Iterable[Row]:
    """The rows of the table."""
    firsts = [_first() for _ in range(FIRSTS)]
    later, stalls = asyncio.run(_later())
    times, first_stalls = zip(*firsts, strict=True)
    yield Row("Charts, the first of a program", _ms(times), "")
    yield Row("Charts, a later one", _ms(later), "under 1 s")
    yield Row(
        "Charts, the loop's longest stall",
        f"{max(first_stalls) * 1e3:.0f} ms in the first, {max(stalls) * 1e3:.0f} ms in a later one",
        "under 50 ms",
    )


async def watched() -> tuple[float, float]:
    """How long one chart took, and the longest that the loop stood still meanwhile; seconds."""
    done = asyncio.Event()
    watching = asyncio.create_task(_longest_stall(done))
    await asyncio.sleep(0.02)
    begun = time.perf_counter()
    await drawn_of(FULL)
    took = time.perf_counter() - begun
    done.set()
    return took, await watching


async def _longest_stall(done: asyncio.Event) -> float:
    longest, last = 0.0, time.perf_counter()
    while not done.is_set():
        await asyncio.sleep(_BEAT_S)
        now = time.perf_counter()
        longest, last = max(longest, now - last - _BEAT_S), now
    return longest


async def _later() -> tuple[list[float], list[float]]:
    await drawn_of(FULL)
    found = [await watched() for _ in range(LATER)]
    return [took for took, _ in found], [stall for _, stall in found]


def _first() -> tuple[float, float]:
    said = subprocess.run(
        [sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True
    ).stdout
    took, stall = said.split()
    return float(took), float(stall)


def _ms(seconds: Iterable[float]) -> str:
    figures = list(seconds)
    return f"median {statistics.median(figures) * 1e3:.0f} ms, worst {max(figures) * 1e3:.0f} ms"

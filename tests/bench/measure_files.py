"""Reading run files of 10 MB in the worker, and how long the event loop stands still meanwhile."""

import asyncio
import contextlib
import resource
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.conversation.event import Dropped
from bot.files.read import read_file
from bot.runtime.run_files import FileReader
from tests.bench.row import Row
from tests.files.runs import START, Outing
from tests.files.writing import fit, gpx, tcx

SIZE = 10_000_000
ROUNDS = 5
BEAT_S = 0.001


def measure() -> Iterable[Row]:
    """Large files of each kind, an ordinary one, and the standstill of the loop during all of them."""
    longest = []
    for name, write in (("FIT", fit), ("GPX", gpx), ("TCX", tcx)):
        data = _large(write)
        before = _used()
        times, still = asyncio.run(_read(data))
        longest.append(still)
        used = (_used() - before) / ROUNDS
        took = f"{statistics.median(times):.2f} s (worst of {ROUNDS}: {max(times):.2f} s)"
        took += f", {used:.2f} s of processor time"
        yield Row(f"a {name} file of {len(data) / 1e6:.0f} MB, in the worker", took, "under 3 s")
    times, still = asyncio.run(_read(fit(Outing(every_s=1))))
    longest.append(still)
    took = f"{statistics.median(times) * 1000:.0f} ms"
    yield Row("an ordinary FIT file, in the worker", took)
    yield Row(
        "the event loop stood still meanwhile, at most", f"{max(longest) * 1000:.0f} ms", "50 ms"
    )
    yield Row("600 past runs of a table, read", _table())


def _used() -> float:
    """Seconds of processor time of the workers so far."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _large(write: object) -> bytes:
    """As many outings, a day apart, as fill the size."""
    assert callable(write)
    one = len(write(Outing(every_s=1)))
    days = range(SIZE // one + 1)
    data: bytes = write(*(Outing(every_s=1, start=START - timedelta(days=day)) for day in days))
    return data


async def _read(data: bytes) -> tuple[list[float], float]:
    reader = FileReader(30.0)
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        what = Dropped("file", str(path), len(data))
        async with _watched() as beats:
            for _ in range(ROUNDS):
                began = time.perf_counter()
                found = (await reader.read(what)).read
                times.append(time.perf_counter() - began)
                assert found is not None
                assert found.activities
    return times, max(beats)


@asynccontextmanager
async def _watched() -> AsyncIterator[list[float]]:
    """How late each beat of a heart in the loop was, in seconds."""
    late: list[float] = []

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT_S)
            late.append(time.perf_counter() - before - BEAT_S)

    heart = asyncio.create_task(beat())
    try:
        yield late
    finally:
        heart.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await heart


def _table() -> str:
    lines = [
        f"2025-{1 + n // 28 % 12:02}-{1 + n % 28:02},{5 + n % 7},{1800 + n}" for n in range(600)
    ]
    data = "\n".join(["Date,Distance (km),Time", *lines]).encode()
    began = time.perf_counter()
    read_file(data)
    return f"{(time.perf_counter() - began) * 1000:.0f} ms"

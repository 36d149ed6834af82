"""A million check-ins: starting, ticking, claiming and memory, in a process of its own."""

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bot.store import Store
from tests.bench import million
from tests.bench.row import Row

ROUNDS = 3


def measure() -> Iterable[Row]:
    """Fill one file, then measure on copies of it."""
    with tempfile.TemporaryDirectory() as room:
        full = Path(room) / "full"
        asyncio.run(_empty(full))
        million.fill(full)
        runs = []
        for number in range(ROUNDS):
            copy = Path(room) / str(number)
            shutil.copytree(full, copy)
            runs.append(_child(copy))
            shutil.rmtree(copy)
    middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    many = f"{million.RUNNERS * million.EACH:,} check-ins"
    yield Row(f"{many}: start-up", f"{middle['start'] * 1000:.0f} ms", "under 100 ms")
    yield Row(f"{many}: an idle tick", f"{middle['idle'] * 1000:.2f} ms", "under 2 ms")
    yield Row(
        f"{many}: {million.DUE:,} due ones claimed, turned and in the outbox",
        f"{middle['claim']:.2f} s",
        "under 0.3 s",
    )
    yield Row(f"{many}: memory at most", f"{middle['memory']:.0f} MB", "under 100 MB")


async def _empty(folder: Path) -> None:
    store = await Store.open(folder)
    await store.close()


def _child(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.million", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures

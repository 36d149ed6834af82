"""How long `heeldrop chat` takes until it waits for words, in a real terminal."""

import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable

from tests.bench.row import Row
from tests.harness.chat import PROGRAM, environment
from tests.harness.terminal import Terminal

ROUNDS = 7
AIM = "under 1 s"


def measure() -> Iterable[Row]:
    """From starting the program to its prompt (a used data folder), and to a piped answer."""
    yield Row(
        "heeldrop chat ready, in a terminal", _said([_terminal() for _ in range(ROUNDS)]), AIM
    )
    yield Row("heeldrop chat --json, one answer", _said([_piped() for _ in range(ROUNDS)]), AIM)


def _terminal() -> float:
    with tempfile.TemporaryDirectory() as folder:
        before = time.perf_counter()
        terminal = Terminal([*PROGRAM, "--data", folder])
        try:
            terminal.wait_for("you>")
            return time.perf_counter() - before
        finally:
            terminal.close()


def _piped() -> float:
    before = time.perf_counter()
    subprocess.run(
        [*PROGRAM, "--json", "--fresh"],
        input=b'{"say": "calves sore"}\n',
        capture_output=True,
        env=environment(),
        check=True,
    )
    return time.perf_counter() - before


def _said(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s (worst of {len(seconds)}: {max(seconds):.2f} s)"

"""Durable turns: through inbox, core and store, with 64 chats at once."""

import asyncio
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterable
from pathlib import Path

from bot.conversation.event import Event, Person, Place, Said
from bot.runtime import memory
from bot.runtime.clock import SystemClock
from bot.runtime.host import Host
from tests.bench import dialog_ptb
from tests.bench.row import Row
from tests.runtime import toy

CHATS = 64
EACH = 100
ROUNDS = 5


def measure() -> Iterable[Row]:
    """Ours and python-telegram-bot's in turn, several times; medians."""
    memory.settle()
    ours, theirs, silent, late = [], [], [], []
    for _ in range(ROUNDS):
        rate, p99 = asyncio.run(_durable())
        ours.append(rate)
        late.append(p99)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs.append(dialog_ptb.turns_per_second(CHATS, EACH, replies=True))
            silent.append(dialog_ptb.turns_per_second(CHATS, EACH, replies=False))
    mine, peer = statistics.median(ours), statistics.median(theirs)
    yield Row(
        f"durable turns, {CHATS} chats at once, against ConversationHandler in memory",
        f"{mine:,.0f}/s against {peer:,.0f}/s: {mine / peer:.2f} times",
        "at least 1 time",
    )
    yield Row(
        "the same, where its handlers send nothing at all",
        f"{statistics.median(silent):,.0f}/s",
    )
    yield Row("one such turn, p99", f"{statistics.median(late) * 1000:.0f} ms", "under 50 ms")


async def _durable() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        host = await Host.open(None, Path(folder), SystemClock(), step=toy.step)
        times: list[float] = []

        async def chat(name: str) -> None:
            who, where = Person("p", name), Place("p", f"chat-{name}")
            for number in range(EACH):
                began = time.perf_counter()
                await host.receive(Event(f"{name}:{number}", who, where, Said(f"answer {number}")))
                times.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(chat(f"r{number}") for number in range(CHATS)))
        took = time.perf_counter() - began
        await host.close()
    return CHATS * EACH / took, statistics.quantiles(times, n=100)[98]

"""A process with a million check-ins in its file: `python -m tests.bench.million FOLDER`.

Prints JSON: seconds to start, for an idle tick, to claim 1,000 due ones, and its peak memory in MB.
"""

import asyncio
import json
import resource
import sqlite3
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from pathlib import Path

from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Plan
from bot.runtime import memory
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.store import codec
from bot.store.opening import FILE
from tests.runtime import toy

RUNNERS = 100_000
EACH = 10
DUE = 1000
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def fill(folder: Path) -> None:
    """Put the check-ins in, straight into the tables."""
    db = sqlite3.connect(folder / FILE)
    conversation, runner = codec.encode(Conversation()), codec.encode(Runner())
    plan = codec.encode(
        Plan("evening", "nudge", at_local=wall(18), weekdays=("mon", "wed"), late="merge")
    )
    at = codec.to_ms(NOW)
    numbers = range(1, RUNNERS + 1)
    db.executemany("INSERT INTO runners (id, state) VALUES (?, ?)", ((n, runner) for n in numbers))
    db.executemany("INSERT INTO people VALUES ('p', ?, ?, '')", ((f"u{n}", n) for n in numbers))
    db.executemany(
        "INSERT INTO places (id, platform, chat) VALUES (?, 'p', ?)",
        ((n, f"c{n}") for n in numbers),
    )
    db.executemany(
        "INSERT INTO conversations (id, runner, place, person, state, last_at)"
        " VALUES (?, ?, ?, ?, ?, 0)",
        ((n, n, n, f"u{n}", conversation) for n in numbers),
    )
    # One check-in of each of the first thousand runners is due at noon; all others later.
    db.executemany(
        "INSERT INTO check_ins (runner, conversation, key, plan, zone, next_at, day)"
        " VALUES (?, ?, ?, ?, 'UTC', ?, '2026-03-02')",
        (
            (n, n, f"evening{k}", plan, at if k == 0 and n <= DUE else at + 60_000 * (60 + n + k))
            for n in numbers
            for k in range(EACH)
        ),
    )
    db.commit()
    db.close()


async def measure(folder: Path) -> dict[str, float]:
    """Start, tick and claim."""
    starts = []
    for _ in range(5):
        began = time.perf_counter()
        host = await Host.open(None, folder, MovableClock(NOW), step=toy.step)
        starts.append(time.perf_counter() - began)
        await host.close()
    clock = MovableClock(NOW - timedelta(minutes=1))
    host = await Host.open(None, folder, clock, step=toy.step)
    idle = []
    for _ in range(100):
        began = time.perf_counter()
        await host.tick()
        idle.append(time.perf_counter() - began)
    memory.settle()
    clock.move_to(NOW)
    began = time.perf_counter()
    claimed = await host.tick()
    claim = time.perf_counter() - began
    waiting = (await host.store.counts())["messages to send"]
    await host.close()
    if (claimed, waiting) != (DUE, DUE):
        raise RuntimeError(f"{claimed} claimed, {waiting} in the outbox")
    return {
        "start": statistics.median(starts),
        "idle": statistics.median(idle),
        "claim": claim,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


if __name__ == "__main__":
    json.dump(asyncio.run(measure(Path(sys.argv[1]))), sys.stdout)

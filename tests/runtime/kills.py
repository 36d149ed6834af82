"""Killing a process under load, again and again, and counting what became of the promise.

    python -m tests.runtime.kills --kills 200 --seed 7 --idempotent

Prints one line of JSON. A small mother process forks the children, so that one costs milliseconds.
"""

import argparse
import json
import logging
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.store.opening import FILE
from tests.runtime.killed_child import Orders, events, live


def spawn(orders: Orders) -> int:
    """Start a child; the number of its process."""
    child = os.fork()
    if child:
        return child
    try:
        live(orders)
    except BaseException as error:
        os.write(2, f"the child failed: {error!r}\n".encode())
        os._exit(1)
    os._exit(0)


def killed(orders: Orders, after_s: float) -> str:
    """Let a child live for so long at most: "killed", "done", or "failed"."""
    child = spawn(orders)
    end = time.monotonic() + after_s
    while True:
        number, status = os.waitpid(child, os.WNOHANG)
        if number:
            break
        if time.monotonic() >= end:
            os.kill(child, signal.SIGKILL)
            _number, status = os.waitpid(child, 0)
            break
        time.sleep(0.001)
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.waitstatus_to_exitcode(status) == 0 else "failed"


def campaign(kills: int, seed: int, *, idempotent: bool, boundaries: bool) -> Counter[str]:
    """Kill until so many have died, starting a new file whenever one is finished; count."""
    chance = random.Random(seed)
    total: Counter[str] = Counter()
    while total["kills"] < kills:
        with tempfile.TemporaryDirectory() as folder:
            total += _one_file(Path(folder), chance, kills - total["kills"], idempotent, boundaries)
    return total


def _one_file(
    folder: Path, chance: random.Random, most: int, idempotent: bool, boundaries: bool
) -> Counter[str]:
    counted: Counter[str] = Counter()
    commit = 0
    while counted["kills"] < most:
        commit += 1
        orders = Orders(str(folder), idempotent)
        if boundaries:
            orders = Orders(str(folder), idempotent, 1 + commit // 2 % 40, commit % 2 == 0)
        outcome = killed(orders, 30.0 if boundaries else chance.uniform(0.004, 0.09))
        counted["kills" if outcome == "killed" else outcome] += 1
        if outcome != "killed":
            break
    else:
        counted[killed(Orders(str(folder), idempotent), 60.0)] += 1
    return counted + judged(folder, idempotent=idempotent)


def judged(folder: Path, *, idempotent: bool) -> Counter[str]:
    """What became of every message and every check-in."""
    counted: Counter[str] = Counter()
    db = sqlite3.connect(folder / FILE)
    stored = {row[0] for row in db.execute("SELECT event FROM inbox WHERE state = 'done'")}
    written = [event for some in events().values() for event in some]
    for event in written:
        counted["messages"] += 1
        counted["messages lost"] += event.id not in stored
        answer = db.execute("SELECT COUNT(*) FROM outbox WHERE event = ?", (event.id,)).fetchone()
        counted["messages without an answer"] += answer[0] == 0
        counted["turns taken twice"] += answer[0] > 1
        if event.what.text.startswith("at "):  # type: ignore[union-attr]
            counted["check-ins"] += 1
    ends = db.execute("SELECT COUNT(*) FROM check_in_ends WHERE outcome = 'sent'").fetchone()[0]
    counted["check-ins lost"] = counted["check-ins"] - ends
    counted["check-ins left over"] = db.execute("SELECT COUNT(*) FROM check_ins").fetchone()[0]
    arrived = Counter(
        line.split()[1 if idempotent else 0]
        for line in (folder / "arrived").read_text().splitlines()
    )
    for number, lane, state in db.execute("SELECT id, lane, state FROM outbox"):
        kind = "replies" if lane == 0 else "nudges"
        counted[f"{kind} {state}"] += 1
        if not idempotent:
            counted[f"{kind} arrived twice"] += arrived[str(number)] == 2
            counted[f"{kind} arrived more than twice"] += arrived[str(number)] > 2
            counted[f"{kind} sent and not arrived"] += state == "sent" and not arrived[str(number)]
            counted[f"{kind} in doubt, not arrived"] += (
                state == "unknown" and not arrived[str(number)]
            )
    if idempotent:
        rows = db.execute("SELECT COUNT(*) FROM outbox").fetchone()[0]
        counted["not arrived"] = rows - len(arrived)
        counted["calls repeated with the same nonce"] = sum(arrived.values()) - len(arrived)
    db.close()
    return counted


def main() -> int:
    """Run a campaign and print what was counted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--idempotent", action="store_true")
    parser.add_argument("--boundaries", action="store_true", help="at commits, not at random")
    told = parser.parse_args()
    logging.disable(logging.CRITICAL)
    total = campaign(told.kills, told.seed, idempotent=told.idempotent, boundaries=told.boundaries)
    json.dump(dict(total), sys.stdout)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

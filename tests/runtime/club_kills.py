"""Killing a process while members press, again and again: is any answered press lost?

    python -m tests.runtime.club_kills --kills 30 --seed 5

Prints one line of JSON. A child presses for many members; each press that was answered is noted in a
file of its own before the next one.
"""

import argparse
import asyncio
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

from bot.conversation.fit import TERMINAL
from bot.runtime.adapter import Delivery, Receipt, Sent
from bot.runtime.clock import SystemClock
from bot.runtime.host import Host
from bot.runtime.options import Options
from bot.runtime.rates import Rates
from bot.runtime.service import running
from bot.store.opening import FILE
from tests.runtime import toy, toy_club
from tests.runtime.clubs import does, press

MEMBERS = 12
PRESSES = 10
CHOICES = ("A", "B", "maybe", "cant")


class Recording:
    """A platform that notes what the post says, on the disk."""

    limits = TERMINAL

    def __init__(self, shown: int) -> None:
        self._shown = shown

    async def deliver(self, delivery: Delivery) -> Receipt:
        """It arrives, and a little later the answer does."""
        if delivery.audience == "everyone_here":
            os.write(self._shown, f"{delivery.text}\n".encode())
        await asyncio.sleep(0.001)
        return Sent(delivery.edits or str(delivery.id))


async def _live(folder: Path) -> None:
    answered = os.open(folder / "answered", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    shown = os.open(folder / "shown", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    done = set((folder / "answered").read_text().split())
    options = Options(tick_s=0.05)
    host = await Host.open(
        None, folder, SystemClock(), step=toy.step, options=options, club=toy_club.core()
    )
    host.attach("p", Recording(shown), Rates(backoff_s=0.01, edit_gap_s=0.01))
    async with running(host):
        await host.receive(does("/setup", event_id="setup"))
        await host.receive(does("/run Track", event_id="run"))
        await asyncio.gather(*(_member(host, number, done, answered) for number in range(MEMBERS)))
        while (await host.store.counts())["messages to send"]:
            await asyncio.sleep(0.005)
    await host.close()


async def _member(host: Host, number: int, done: set[str], answered: int) -> None:
    for turn in range(PRESSES):
        name = f"{number}-{turn}"
        if name not in done:
            event = press(1, CHOICES[(number + turn) % len(CHOICES)], f"m{number}")
            taken = await host.receive(type(event)(name, event.who, event.where, event.what))
            if taken.new or name not in done:
                os.write(answered, f"{name}\n".encode())


def campaign(kills: int, seed: int) -> Counter[str]:
    """Kill until so many have died, on new files; count what is wrong."""
    chance, counted = random.Random(seed), Counter[str]()
    while counted["kills"] < kills:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            while counted["kills"] < kills:
                outcome = _child(folder, chance.uniform(0.01, 0.12))
                counted[outcome] += 1
                if outcome != "kills":
                    break
                counted["answered presses lost"] += _lost(folder)
            else:
                counted[_child(folder, 60.0)] += 1
            counted["answered presses lost"] += _lost(folder)
            counted["last word wrong"] += _wrong(folder)
    return counted


def _child(folder: Path, after_s: float) -> str:
    child = os.fork()
    if not child:
        try:
            asyncio.run(_live(folder))
        except BaseException as error:
            os.write(2, f"the child failed: {error!r}\n".encode())
            os._exit(1)
        os._exit(0)
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
        return "kills"
    return "done" if os.waitstatus_to_exitcode(status) == 0 else "failed"


def _stored(folder: Path) -> dict[str, str]:
    db = sqlite3.connect(folder / FILE)
    try:
        rows = db.execute(
            "SELECT p.person, v.choice FROM club_rsvps v JOIN people p ON p.runner = v.runner"
        ).fetchall()
    except sqlite3.OperationalError:
        rows = []  # killed before the first table was made
    db.close()
    return dict(rows)


def _lost(folder: Path) -> int:
    """How many members' last answered press is not what is stored, nor one they made after it."""
    found, stored = 0, _stored(folder)
    last: dict[int, int] = {}
    answered = folder / "answered"
    for line in answered.read_text().split() if answered.exists() else ():
        who, _, press_no = line.partition("-")
        last[int(who)] = max(last.get(int(who), 0), int(press_no))
    for number, turn in last.items():
        possible = {CHOICES[(number + one) % len(CHOICES)] for one in (turn, turn + 1)}
        found += stored.get(f"m{number}") not in possible
    return found


def _wrong(folder: Path) -> int:
    """Whether the last thing that was shown is another count than what is stored."""
    going = sum(choice == "A" for choice in _stored(folder).values())
    return (folder / "shown").read_text().splitlines()[-1] != f"Track: {going} going"


def main() -> int:
    """Run a campaign and print what was counted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    logging.disable(logging.CRITICAL)
    json.dump(dict(campaign(told.kills, told.seed)), sys.stdout)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

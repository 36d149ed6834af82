"""`heeldrop simulate`: play months of a made-up world with the real core, and check the promises."""

import argparse
import asyncio
import logging
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.content.load import load_content
from bot.runtime.club_turns import club_core
from bot.runtime.settings import read
from bot.runtime.simulation.invariants import BrokenPromiseError
from bot.runtime.simulation.world import World

PHRASES = (
    "ran 6 miles yesterday, first time since spring, calves are killing me",
    "my left calf hurts since I changed shoes",
    "both calves sore, no idea why",
    "my leg is suddenly swollen",
    "no swelling, no pain at night",
    "no, 3 miles",
    "back",
    "why?",
    "menu",
    "help",
    "not sure",
    "start again",
    "/plan",
    "/log",
    "/exercises",
    "/settings",
    "/privacy",
    "/export",
    "/pause",
    "/stop",
    "/delete",
    "yes",
    "no",
    "6",
    "2/10",
    "I ran 5 km this morning, easy",
    "it is 18:40 here",
    "asdf",
    "👍",
)


def run(argv: Sequence[str]) -> int:
    """Play worlds until one breaks a promise, or so many are played."""
    parser = argparse.ArgumentParser(prog="heeldrop simulate", description=__doc__)
    parser.add_argument("--days", type=float, default=90, help="days of each world (90)")
    parser.add_argument("--runners", type=int, default=12, help="how many people are in it (12)")
    parser.add_argument("--worlds", type=int, default=1, help="how many worlds; 0: until stopped")
    parser.add_argument("--seed", type=int, help="play this world (or start with it)")
    parser.add_argument("--club", action="store_true", help="half of them are in a running club")
    told = parser.parse_args(argv)
    logging.disable(logging.ERROR)
    seed = secrets.randbelow(10**6) if told.seed is None else told.seed
    content = load_content(read().content)
    played = 0
    while told.worlds == 0 or played < told.worlds:
        with tempfile.TemporaryDirectory() as folder:
            club = club_core(content) if told.club else None
            world = World(seed + played, Path(folder), content, None, PHRASES, told.runners, club)
            began = time.perf_counter()
            try:
                counted = asyncio.run(world.play(told.days))
            except BrokenPromiseError as error:
                sys.stdout.write(f"A promise is broken. {error}\n")
                sys.stdout.write(f"Play it again: heeldrop simulate --seed {seed + played}\n")
                return 1
        took = time.perf_counter() - began
        figures = ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))
        sys.stdout.write(
            f"seed {seed + played}: kept, {told.days:g} days in {took:.1f} s: {figures}\n"
        )
        played += 1
    return 0

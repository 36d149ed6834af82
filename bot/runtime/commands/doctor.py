"""`heeldrop doctor`: what is configured, writable and waiting, and what went wrong lately.

It only looks: it can be run while Heeldrop serves.
"""

import argparse
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.runtime.plugins import installed
from bot.runtime.settings import Settings, read
from bot.store import keeping
from bot.store.backup import backups, inspect
from bot.store.errors import StoreError
from bot.store.opening import FILE


def run(argv: Sequence[str]) -> int:
    """Print the findings; 1 if something needs the owner."""
    parser = argparse.ArgumentParser(
        prog="heeldrop doctor", description="Say how Heeldrop is, and what went wrong lately."
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="look at this folder")
    told = parser.parse_args(argv)
    settings = read()
    worst = 0
    for good, line in _findings(settings, told.data or settings.data):
        sys.stdout.write(f"{'ok  ' if good else 'LOOK'}  {line}\n")
        worst = max(worst, 0 if good else 1)
    return worst


def _findings(settings: Settings, folder: Path) -> Iterator[tuple[bool, str]]:
    names = [name for name in installed() if name != "terminal"]
    yield True, f"adapters here: {', '.join(['terminal', *names])}"
    for name, token in (("Telegram", settings.telegram_token), ("Discord", settings.discord_token)):
        yield True, f"{name}: {'a token is set' if token else 'no token, left out'}"
    file = folder / FILE
    if not file.exists():
        yield True, f"no data yet in {folder}: it is made at the first start"
        return
    try:
        shape = inspect(file)
    except StoreError as error:
        yield False, str(error)
        return
    size = file.stat().st_size / 1e6
    yield True, f"data file whole, shape {shape}, {size:.1f} MB"
    yield _newest_backup(folder)
    yield from _inside(file)


def _newest_backup(folder: Path) -> tuple[bool, str]:
    made = backups(folder)
    if not made:
        return True, "no backup yet: one is made every night while heeldrop run is on"
    age = datetime.now(UTC).timestamp() - made[-1].stat().st_mtime
    return age < 2 * 86400, f"{len(made)} backups, the newest {made[-1].name}"


def _inside(file: Path) -> Iterator[tuple[bool, str]]:
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        bad = {"messages given up", "turns that failed"}
        for name, count in keeping.counts(db).items():
            yield not (count and name in bad), f"{name}: {count}"
        for trouble in keeping.troubles(db, 20):
            who = f" runner r{trouble.runner_id}" if trouble.runner_id else ""
            at = f"{trouble.at:%Y-%m-%d %H:%M} UTC" if trouble.at else ""
            yield False, f"{at} {trouble.code}{who} event {trouble.event or '-'}: {trouble.detail}"
    finally:
        db.close()

"""`heeldrop doctor`: what is configured, reachable, writable and whole, and what went wrong lately.

It only looks: it can be run while Heeldrop serves. A platform that does not answer is said, but is no
fault of the installation.
"""

import argparse
import asyncio
import difflib
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.coaching.clock import is_zone
from bot.runtime.plugins import (
    PlatformAdapter,
    RefusedError,
    UnreachableError,
    find,
    installed,
)
from bot.runtime.settings import NAMES, Settings, SettingsError, read, unknown
from bot.store import keeping
from bot.store.backup import backups, inspect
from bot.store.errors import StoreError
from bot.store.opening import FILE

PATIENCE_S = 8.0
"""How long a platform may take to answer."""
_ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
Finding = tuple[str, str]
"""OK, NOTE or LOOK, and what was found."""
OK, NOTE, LOOK = "ok", "note", "LOOK"


def run(argv: Sequence[str]) -> int:
    """Print the findings; 1 if something needs the owner."""
    parser = argparse.ArgumentParser(
        prog="heeldrop doctor", description="Say how Heeldrop is, and what went wrong lately."
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="look at this folder")
    parser.add_argument("--offline", action="store_true", help="ask no platform")
    told = parser.parse_args(argv)
    settings = read()
    worst = 0
    for how, line in _findings(settings, told.data or settings.data, offline=told.offline):
        sys.stdout.write(f"{how:<4}  {line}\n")
        worst = max(worst, 1 if how == LOOK else 0)
    return worst


def _findings(settings: Settings, folder: Path, *, offline: bool) -> Iterator[Finding]:
    names = [name for name in installed() if name != "terminal"]
    for name in unknown():
        near = difflib.get_close_matches(name, NAMES, 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        yield LOOK, f".env: {name} is no setting of Heeldrop, and is not used.{meant}"
    yield OK, f"adapters here: {', '.join(['terminal', *names])}"
    for name in sorted(names):
        yield _platform(name, settings, offline=offline)
    yield _zones(settings)
    yield _content(settings)
    yield _writable(folder)
    file = folder / FILE
    if not file.exists():
        yield OK, f"no data yet in {folder}: it is made at the first start"
        return
    try:
        shape = inspect(file)
    except StoreError as error:
        yield LOOK, str(error)
        return
    size = file.stat().st_size / 1e6
    yield OK, f"data file whole, shape {shape}, {size:.1f} MB"
    yield _newest_backup(folder)
    yield from _inside(file)


def _platform(name: str, settings: Settings, *, offline: bool) -> Finding:
    shown = name.capitalize()
    adapter: PlatformAdapter = find(name)
    if not adapter.wants(settings):
        return OK, f"{shown}: no token, left out"
    if offline:
        return OK, f"{shown}: a token is set"
    try:
        known_as = asyncio.run(_asked(adapter, settings))
    except (RefusedError, SettingsError) as error:
        return LOOK, f"{shown}: {error}"
    except TimeoutError:
        return NOTE, f"{shown}: a token is set; no answer within {PATIENCE_S:.0f} s"
    except UnreachableError as error:
        return NOTE, f"{shown}: a token is set; it cannot be reached from here now ({error})"
    except Exception as error:
        return LOOK, f"{shown}: a token is set; asking failed with {type(error).__name__}"
    return OK, f"{shown}: a token is set; reached as {known_as}"


async def _asked(adapter: PlatformAdapter, settings: Settings) -> str:
    async with asyncio.timeout(PATIENCE_S):
        return await adapter.reach(settings)


def _zones(settings: Settings) -> Finding:
    missing = [name for name in (*_ZONES, settings.zone) if not is_zone(name)]
    if missing:
        return LOOK, f"time zones missing: {', '.join(missing)}. Install the package tzdata."
    return OK, f"time zone data there; runners start in {settings.zone}"


def _content(settings: Settings) -> Finding:
    from bot.checking.check import check  # noqa: PLC0415 - heavy, and only needed here
    from bot.content.load import default_folder  # noqa: PLC0415 - as above

    report = check(settings.content or default_folder(), quick=True)
    if report.content is None or report.failed:
        wrong = sum(problem.severity == "error" for problem in report.problems)
        return LOOK, f"content: {wrong} errors. See: heeldrop check"
    return OK, f"content {report.content.version} loads, and a quick check finds no error"


def _writable(folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return LOOK, f"{there} cannot be written to: {error.strerror}"
    return OK, f"{folder} can be written to"


def _newest_backup(folder: Path) -> Finding:
    made = backups(folder)
    if not made:
        return OK, "no backup yet: one is made every night while heeldrop run is on"
    age = datetime.now(UTC).timestamp() - made[-1].stat().st_mtime
    return OK if age < 2 * 86400 else LOOK, f"{len(made)} backups, the newest {made[-1].name}"


def _inside(file: Path) -> Iterator[Finding]:
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        bad = {"messages given up", "turns that failed"}
        for name, count in keeping.counts(db).items():
            yield LOOK if count and name in bad else OK, f"{name}: {count}"
        for trouble in keeping.troubles(db, 20):
            who = f" runner r{trouble.runner_id}" if trouble.runner_id else ""
            at = f"{trouble.at:%Y-%m-%d %H:%M} UTC" if trouble.at else ""
            yield LOOK, f"{at} {trouble.code}{who} event {trouble.event or '-'}: {trouble.detail}"
    finally:
        db.close()

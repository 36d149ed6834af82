"""`heeldrop restore`: bring back a backup. The present file is moved aside, not lost."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.runtime.commands.problems import CommandError
from bot.runtime.settings import read
from bot.store.backup import backups, inspect, restore


def run(argv: Sequence[str]) -> int:
    """List the backups, or bring one back."""
    parser = argparse.ArgumentParser(
        prog="heeldrop restore",
        description="Bring back a backup of the data. Without a name, list the backups there are.",
    )
    parser.add_argument("backup", nargs="?", help='a name from the list, a path, or "newest"')
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="the data folder")
    told = parser.parse_args(argv)
    folder = told.data or read().data
    if told.backup is None:
        return _list(folder)
    chosen = _chosen(folder, told.backup)
    aside = restore(folder, chosen, datetime.now(UTC))
    sys.stdout.write(f"{chosen.name} is back.\n")
    if aside is not None:
        sys.stdout.write(f"The file that was there is now {aside}.\n")
    return 0


def _list(folder: Path) -> int:
    made = backups(folder)
    if not made:
        sys.stdout.write(f"There are no backups in {folder}.\n")
        return 1
    for backup in made:
        sys.stdout.write(f"{backup.name}  {backup.stat().st_size / 1e6:.1f} MB\n")
    sys.stdout.write("Bring one back with: heeldrop restore NAME\n")
    return 0


def _chosen(folder: Path, name: str) -> Path:
    made = backups(folder)
    if name == "newest":
        if not made:
            raise CommandError(f"There are no backups in {folder}.")
        return made[-1]
    found = next((one for one in made if one.name == name), Path(name))
    inspect(found)
    return found

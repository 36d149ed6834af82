"""Backups: whole copies of the data file, made while it is in use, and bringing one back.

Rule: a backup is complete or it is not there (it is made under another name first). Bringing one
back moves the present file aside; nothing is overwritten.
"""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.store.errors import DamagedError, StoreError
from bot.store.lock import FolderLock
from bot.store.migrations import steps_done
from bot.store.opening import FILE
from bot.store.store import LOCK, Store

FOLDER = "backups"


def backups(folder: Path) -> list[Path]:
    """The backups of a data folder, oldest first."""
    return sorted((folder / FOLDER).glob("heeldrop-*.db"))


async def back_up(store: Store, now: datetime, kept: int) -> Path:
    """Make today's backup (once a day is enough: a second one replaces it), and drop old ones."""
    folder = store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"heeldrop-{now:%Y-%m-%d}.db"
    part = target.with_suffix(".part")
    await asyncio.to_thread(part.unlink, missing_ok=True)
    await store.back_up(part)
    await asyncio.to_thread(part.replace, target)
    for old in backups(store.folder)[:-kept]:
        await asyncio.to_thread(old.unlink)
    return target


def restore(folder: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the data file; return where the present one was moved to.

    Raises StoreError if the backup is no good, or if another process uses the folder: then nothing
    has changed.
    """
    inspect(backup)
    lock = FolderLock(folder / LOCK)
    lock.take()
    try:
        current = folder / FILE
        aside = folder / f"heeldrop-before-restore-{now:%Y%m%d-%H%M%S}.db"
        copy = folder / "restoring.part"
        copy.write_bytes(backup.read_bytes())
        moved = current.exists()
        # The write-ahead log belongs to the file it lies beside, and goes with it.
        for end in ("", "-wal", "-shm"):
            beside = folder / f"{FILE}{end}"
            if beside.exists():
                beside.replace(folder / f"{aside.name}{end}")
        copy.replace(current)
    finally:
        lock.release()
    return aside if moved else None


def inspect(file: Path) -> int:
    """Check that a file is a whole database of ours; return its shape. Raises StoreError."""
    if not file.is_file():
        raise StoreError(f"There is no file {file}.")
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise DamagedError(f"{file} is damaged: choose an older backup.")
        return steps_done(connection)
    except sqlite3.Error as error:
        raise DamagedError(f"{file} is not a database that can be read: {error}.") from error
    finally:
        connection.close()

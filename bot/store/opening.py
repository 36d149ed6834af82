"""Opening the data file, or saying in one sentence why not.

Rule: a file that cannot be used is left exactly as it was found.
"""

import sqlite3
from pathlib import Path

from bot.store.database import Database, explain
from bot.store.errors import NotADatabaseError, ReadOnlyError, StoreError
from bot.store.lock import FolderLock
from bot.store.migrations import migrate, steps_done

FILE = "heeldrop.db"
_MAGIC = b"SQLite format 3\0"
_BUSY_MS = 2000


def prepare_folder(folder: Path) -> None:
    """Make the folder if it is missing. Raises ReadOnlyError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(
            f"Heeldrop cannot make the folder {folder}: check its rights."
        ) from error


async def open_database(folder: Path, lock: FolderLock) -> Database:
    """The database of a data folder, in its newest shape, for this process only.

    Raises a StoreError whose text says what is wrong; the lock is then free again.
    """
    prepare_folder(folder)
    path = folder / FILE
    _look_at(path)
    lock.take()
    database = Database(lambda: _connect(path))
    try:
        await database
    except BaseException:
        await database.finished()
        lock.release()
        raise
    return database


def _look_at(path: Path) -> None:
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        with path.open("r+b"):
            pass
    except OSError as error:
        raise ReadOnlyError(f"Heeldrop cannot read and write {path}: check its rights.") from error
    if start not in {b"", _MAGIC}:
        raise NotADatabaseError(
            f"{path} is not a SQLite database: move it away, or choose another folder."
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_MS / 1000, isolation_level=None, cached_statements=256
    )
    try:
        steps_done(connection)  # before anything that writes: a stranger's file stays as it is
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = FAST")  # deleted words are overwritten
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        migrate(connection)
    except sqlite3.Error as error:
        connection.close()
        raise explain(error) from error
    except StoreError:
        connection.close()
        raise
    return connection

"""Looking at a data file without touching it, also while the bot runs on it.

Rule: read-only. For `heeldrop impact`, `heeldrop donated` and other tools of the owner.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bot.conversation.log import Log
from bot.conversation.state import Conversation, Runner
from bot.store import donated
from bot.store.codec import decode_conversation, decode_entry, decode_runner
from bot.store.donated import Given
from bot.store.errors import StoreError
from bot.store.migrations import steps_done
from bot.store.opening import FILE


def conversations_in(folder: Path) -> Iterator[tuple[int, Conversation, Runner]]:
    """Every conversation with its number and its runner, log included.

    Raises StoreError with one sentence if there is no data file or it cannot be read.
    """
    with _reading(folder) as db:
        yield from _read(db)


def donated_in(folder: Path) -> list[Given]:
    """Every sentence that was given, by month. Raises StoreError as above."""
    with _reading(folder) as db:
        return donated.all_of(db) if steps_done(db) >= donated.SINCE else []


@contextmanager
def _reading(folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / FILE
    if not path.exists():
        raise StoreError(f"There is no data file {path}.")
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be opened: {error}.") from None
    try:
        steps_done(db)
        yield db
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read: {error}.") from None
    finally:
        db.close()


def _read(db: sqlite3.Connection) -> Iterator[tuple[int, Conversation, Runner]]:
    rows = db.execute(
        "SELECT c.id, c.state, r.state, r.id FROM conversations c JOIN runners r ON r.id = c.runner"
    ).fetchall()
    for number, said, kept, runner_id in rows:
        entries = db.execute("SELECT entry FROM log WHERE runner = ? ORDER BY seq", (runner_id,))
        log = Log(tuple(decode_entry(entry) for (entry,) in entries))
        runner = msgspec.structs.replace(decode_runner(kept), log=log)
        yield number, decode_conversation(said), runner

"""Grouped commits: several jobs share one, and a bad job harms nobody but itself."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.database import explain
from bot.store.errors import DamagedError, DiskFullError, StoreError


def add(name: str) -> object:
    """A job that stores a name."""
    return lambda db: db.execute("INSERT INTO failures (at, code) VALUES (0, ?)", (name,)).lastrowid


def bad(db: sqlite3.Connection) -> None:
    """A job that stores something and then fails."""
    db.execute("INSERT INTO failures (at, code) VALUES (0, 'bad')")
    raise ValueError("bad job")


async def read_it(folder: Path) -> None:
    """Open a folder and read what is in it."""
    store = await Store.open(folder)
    try:
        await store.troubles(1000)
    finally:
        await store.close()


async def names(store: Store) -> list[str]:
    """The names that were stored."""
    return [trouble.code for trouble in reversed(await store.troubles(1000))]


async def test_jobs_at_once_share_a_commit(tmp_path: Path) -> None:
    """A hundred writers do not make a hundred commits."""
    store = await Store.open(tmp_path)
    await asyncio.gather(*(store._db.write(add(str(n))) for n in range(100)))  # type: ignore[arg-type]
    commits, stored = store.commits, await names(store)
    await store.close()

    assert stored == [str(n) for n in range(100)]
    assert commits < 10


async def test_a_bad_job_harms_only_itself(tmp_path: Path) -> None:
    """Its neighbours in the same commit are stored, and nothing of it is."""
    store = await Store.open(tmp_path)
    jobs = [add("a"), bad, add("b")]
    outcomes = await asyncio.gather(
        *(store._db.write(job) for job in jobs),  # type: ignore[arg-type]
        return_exceptions=True,
    )
    stored = await names(store)
    await store.close()

    assert isinstance(outcomes[1], ValueError)
    assert stored == ["a", "b"]


async def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    """When there is no room, the writer is told; what was stored stays; later it goes on."""
    store = await Store.open(tmp_path)
    await store._db.write(add("before"))  # type: ignore[arg-type]
    pages = await store._db.read(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store._db.read(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchall())

    with pytest.raises(DiskFullError) as caught:
        await store._db.write(add("x" * 1_000_000))  # type: ignore[arg-type]
    await store._db.read(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchall())
    await store._db.write(add("after"))  # type: ignore[arg-type]
    stored = await names(store)
    await store.close()

    assert str(caught.value).startswith("There is no room left")
    assert stored[0] == "before"
    assert stored[-1] == "after"


async def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    """A page overwritten with noise is reported in one sentence."""
    store = await Store.open(tmp_path)
    for number in range(200):
        await store._db.write(add(f"{number}" * 100))  # type: ignore[arg-type]
    await store.close()
    data = bytearray(store.path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    store.path.write_bytes(data)

    with pytest.raises(StoreError) as caught:
        await read_it(tmp_path)

    assert isinstance(caught.value, DamagedError)
    assert str(caught.value).endswith(".")


def test_what_sqlite_says_is_put_plainly() -> None:
    """An unknown error stays as it is; a known one becomes a sentence."""
    unknown = sqlite3.OperationalError("no such table: x")

    assert explain(unknown) is unknown
    assert isinstance(explain(sqlite3.OperationalError("database or disk is full")), DiskFullError)

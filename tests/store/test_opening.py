"""Opening the data file, or saying in one sentence why not; nothing is ever overwritten."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.errors import (
    InUseError,
    NewerFileError,
    NotADatabaseError,
    ReadOnlyError,
    StoreError,
)
from bot.store.opening import FILE


def one_sentence(error: StoreError) -> bool:
    """Whether the owner gets one plain sentence."""
    text = str(error)
    return text.endswith(".") and "\n" not in text and len(text) < 300


async def test_a_new_folder_is_made_and_used(tmp_path: Path) -> None:
    """The first start needs nothing to be there."""
    store = await Store.open(tmp_path / "deep" / "data")
    await store.close()

    assert (tmp_path / "deep" / "data" / FILE).exists()


async def test_power_may_fail(tmp_path: Path) -> None:
    """Write-ahead log, and every commit waits for the disk."""
    store = await Store.open(tmp_path)
    try:
        mode = await store._db.read(lambda db: db.execute("PRAGMA journal_mode").fetchone()[0])
        full = await store._db.read(lambda db: db.execute("PRAGMA synchronous").fetchone()[0])
    finally:
        await store.close()

    assert (mode, full) == ("wal", 2)


async def test_a_second_process_says_so_and_stops(tmp_path: Path) -> None:
    """Two processes on one file: the second one is told, and the first goes on."""
    store = await Store.open(tmp_path)
    try:
        code = (
            "import asyncio, sys; from pathlib import Path; from bot.store import Store\n"
            "try: asyncio.run(Store.open(Path(sys.argv[1])))\n"
            "except Exception as error: print(type(error).__name__, error)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
        )
    finally:
        await store.close()

    assert done.stdout.startswith("InUseError Another Heeldrop")
    assert str(os.getpid()) in done.stdout


async def test_the_same_process_cannot_open_it_twice_either(tmp_path: Path) -> None:
    """The lock holds within a process as well, and is free again after closing."""
    store = await Store.open(tmp_path)
    with pytest.raises(InUseError) as caught:
        await Store.open(tmp_path)
    await store.close()
    again = await Store.open(tmp_path)
    await again.close()

    assert one_sentence(caught.value)


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """Something else under that name is named, and left exactly as it was."""
    file = tmp_path / FILE
    file.write_bytes(b"Dear diary, " * 100)

    with pytest.raises(NotADatabaseError) as caught:
        await Store.open(tmp_path)

    assert one_sentence(caught.value)
    assert file.read_bytes() == b"Dear diary, " * 100


async def test_a_database_of_another_program(tmp_path: Path) -> None:
    """Somebody else's tables are not touched."""
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("CREATE TABLE songs (name TEXT)")
    other.commit()
    other.close()
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(NotADatabaseError) as caught:
        await Store.open(tmp_path)

    assert one_sentence(caught.value)
    assert (tmp_path / FILE).read_bytes() == before


async def test_a_file_from_a_newer_version(tmp_path: Path) -> None:
    """A newer file is refused, and left exactly as it was."""
    store = await Store.open(tmp_path)
    await store.close()
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("INSERT INTO migrations VALUES (999, 'm999_later', '')")
    db.commit()
    db.close()
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(NewerFileError) as caught:
        await Store.open(tmp_path)

    assert one_sentence(caught.value)
    assert (tmp_path / FILE).read_bytes() == before


async def test_an_empty_file_is_a_fresh_start(tmp_path: Path) -> None:
    """SQLite itself leaves an empty file when a process dies before its first write."""
    (tmp_path / FILE).touch()
    store = await Store.open(tmp_path)
    counts = await store.counts()
    await store.close()

    assert not any(counts.values())


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the way is named."""
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(ReadOnlyError) as caught:
        await Store.open(tmp_path / "data")

    assert one_sentence(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
async def test_a_read_only_folder(tmp_path: Path) -> None:
    """A folder that may not be written to is named."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ReadOnlyError) as caught:
            await Store.open(tmp_path)
    finally:
        tmp_path.chmod(0o700)

    assert one_sentence(caught.value)


async def test_a_folder_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, as the operating system would say it, for the superuser too."""
    original = Path.open

    def refuse(self: Path, mode: str = "r", **options: object) -> object:
        if self.parent == tmp_path and mode != "rb":
            raise PermissionError(13, "Permission denied", str(self))
        return original(self, mode, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(ReadOnlyError) as caught:
        await Store.open(tmp_path)

    assert one_sentence(caught.value)
    assert not (tmp_path / FILE).exists()


async def test_another_program_is_writing(tmp_path: Path) -> None:
    """A file locked by another program is named when something is to be stored."""
    store = await Store.open(tmp_path)
    await store._db.read(lambda db: db.execute("PRAGMA busy_timeout = 1"))
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(InUseError) as caught:
            await store._db.write(lambda db: db.execute("DELETE FROM inbox"))
    finally:
        other.rollback()
        other.close()
        await store.close()

    assert one_sentence(caught.value)

"""Numbered steps: a blank file reaches the shape we expect, and every old file still opens."""

import sqlite3
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.looking import donated_in
from bot.store.migrations import STEPS, migrate, steps_done
from bot.store.opening import FILE

TABLES = {
    "check_in_ends",
    "check_ins",
    "club_check_ins",
    "club_codes",
    "club_drafts",
    "club_feelings",
    "club_members",
    "club_places",
    "club_posts",
    "club_rsvps",
    "club_runs",
    "clubs",
    "conversations",
    "donated",
    "failures",
    "inbox",
    "link_codes",
    "link_tries",
    "log",
    "migrations",
    "outbox",
    "people",
    "places",
    "runners",
}


def tables(db: sqlite3.Connection) -> set[str]:
    """The tables of a file, without SQLite's own."""
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row[0] for row in rows if not row[0].startswith("sqlite_")}


def test_a_blank_file_reaches_the_newest_shape() -> None:
    """All steps are taken and noted, in order."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    taken = migrate(db)
    names = [row[0] for row in db.execute("SELECT name FROM migrations ORDER BY number")]

    assert taken == len(STEPS)
    assert names == [step.__name__ for step in STEPS]
    assert tables(db) == TABLES
    db.close()


def test_taking_them_again_does_nothing() -> None:
    """A file in the newest shape stays as it is."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)

    assert migrate(db) == 0
    db.close()


def test_the_numbers_are_in_the_names() -> None:
    """A step's name says its number, so that nobody inserts one in the middle."""
    for number, step in enumerate(STEPS, start=1):
        assert step.__name__.startswith(f"m{number:03}_")


@pytest.mark.parametrize("shape", range(1, len(STEPS) + 1))
async def test_every_old_file_opens(shape: int, tmp_path: Path) -> None:
    """A file left in any earlier shape is brought up to date, with what is in it."""
    db = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    migrate(db, upto=shape)
    state = b'{"version":1,"zone":"Asia/Tokyo"}'
    db.execute("INSERT INTO runners (id, state) VALUES (7, ?)", (state,))
    db.close()

    store = await Store.open(tmp_path)
    runner = await store.runner(7)
    await store.close()

    assert runner.zone == "Asia/Tokyo"


@pytest.mark.parametrize("shape", range(1, len(STEPS) + 1))
def test_every_old_file_can_be_looked_at(shape: int, tmp_path: Path) -> None:
    """A file from before sentences could be given holds none; looking does not change its shape."""
    db = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    migrate(db, upto=shape)

    assert donated_in(tmp_path) == []
    assert steps_done(db) == shape
    db.close()


def test_a_step_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a step is no step."""

    def m_bad(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (a)")
        raise RuntimeError("in the middle")

    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    monkeypatch.setattr("bot.store.migrations.STEPS", [*STEPS, m_bad])

    with pytest.raises(RuntimeError):
        migrate(db)

    assert tables(db) == TABLES
    db.close()

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.terminal.saved_clock import FILE, SavedClock

WORLD = datetime(2026, 5, 7, 12, 0, tzinfo=UTC)
START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


def clock(folder: Path, start: datetime | None = None, world: datetime = WORLD) -> SavedClock:
    """A clock in a world that stands still."""
    return SavedClock(folder, start, lambda: world)


def test_a_new_clock_shows_the_worlds_time(tmp_path: Path) -> None:
    """Without a start or a skip, it is now."""
    assert clock(tmp_path).now() == WORLD
    assert not clock(tmp_path).skipped


def test_what_was_skipped_stays_skipped(tmp_path: Path) -> None:
    """A clock opened later goes on from the time that was skipped to."""
    first = clock(tmp_path)
    first.save(WORLD + timedelta(hours=18))
    first.move_to(WORLD + timedelta(hours=18))

    later = clock(tmp_path, world=WORLD + timedelta(hours=1))

    assert first.now() == WORLD + timedelta(hours=18)
    assert later.now() == WORLD + timedelta(hours=19)
    assert later.skipped


def test_a_start_makes_time_stand_still(tmp_path: Path) -> None:
    """With a start, only moving moves the clock."""
    standing = clock(tmp_path, START)

    assert standing.now() == START
    standing.move_to(START + timedelta(days=2))
    assert standing.now() == START + timedelta(days=2)


def test_time_in_a_folder_never_goes_back(tmp_path: Path) -> None:
    """The same start again, or moving back, keeps the later time."""
    first = clock(tmp_path, START)
    first.save(START + timedelta(days=2))

    again = clock(tmp_path, START)
    again.move_to(START)

    assert again.now() == START + timedelta(days=2)


def test_a_folder_from_the_future_stays_there_without_a_start(tmp_path: Path) -> None:
    """A standing clock ahead of the world becomes a running one from that moment."""
    clock(tmp_path, WORLD + timedelta(days=30)).save(WORLD + timedelta(days=30))

    assert clock(tmp_path).now() == WORLD + timedelta(days=30)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"skipped_s": "x"}', '{"stands_at": "never"}', "\0"]
)
def test_an_unreadable_clock_counts_as_none(tmp_path: Path, text: str) -> None:
    """A damaged clock file never keeps anyone out."""
    (tmp_path / FILE).write_text(text)

    assert clock(tmp_path).now() == WORLD

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.terminal.saved_clock import FILE, SavedClock

START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_new_clock_shows_the_worlds_time(tmp_path: Path) -> None:
    """Without a start or a skip, it is now."""
    before = datetime.now(UTC)
    clock = SavedClock(tmp_path)

    assert before <= clock.now() <= datetime.now(UTC)
    assert not clock.moved


def test_what_was_skipped_stays_skipped(tmp_path: Path) -> None:
    """A clock opened later goes on from the time that was skipped to."""
    then = SavedClock(tmp_path).now() + DAY
    SavedClock(tmp_path).save(then)
    later = SavedClock(tmp_path)

    assert then <= later.now() <= datetime.now(UTC) + DAY
    assert later.moved


def test_a_start_makes_time_stand_still(tmp_path: Path) -> None:
    """With a start, only moving moves the clock."""
    clock = SavedClock(tmp_path, START)

    assert clock.now() == clock.now() == START
    clock.clock.move_to(START + DAY)
    assert clock.now() == START + DAY


@pytest.mark.parametrize("start", [START, START - DAY])
def test_time_in_a_folder_never_goes_back(tmp_path: Path, start: datetime) -> None:
    """The same start again, or an earlier one, keeps the later time."""
    SavedClock(tmp_path, START).save(START + DAY)

    assert SavedClock(tmp_path, start).now() == START + DAY


def test_a_folder_from_the_future_stays_there_without_a_start(tmp_path: Path) -> None:
    """A standing clock ahead of the world becomes a running one from that moment."""
    ahead = datetime.now(UTC) + 30 * DAY
    SavedClock(tmp_path, ahead).save(ahead)

    assert SavedClock(tmp_path).now() >= ahead


def test_a_folder_from_the_past_catches_up_without_a_start(tmp_path: Path) -> None:
    """A standing clock behind the world is forgotten when nobody asks for it."""
    SavedClock(tmp_path, START).save(START)

    assert not SavedClock(tmp_path).moved


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "\0", '{"skipped_s": "x"}', '{"skipped_s": 1e300}', '{"skipped_s": NaN}'),
        *('{"stands_at": "never"}', '{"stands_at": "2090-01-01"}', '{"stands_at": 3}'),
        *('{"skipped_s": 9e12}', '{"skipped_s": -99}'),
    ],
)
def test_an_unreadable_clock_counts_as_none(tmp_path: Path, text: str) -> None:
    """A damaged clock file never keeps anyone out."""
    (tmp_path / FILE).write_text(text)

    assert not SavedClock(tmp_path).moved

"""Tables of past activities: the columns of the common exports, and guesses at others."""

from datetime import UTC, datetime

import pytest

from bot.files.activity import MOST, FileRead
from bot.files.cells import figure, moment, order_of, span
from bot.files.read import read_file

NUMBERED = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,"
    "Elapsed Time,Moving Time,Distance\n"
    '1,"Nov 20, 2026, 7:03:11 PM","Easy, with Ann",Run,1860,5.02,1860.0,1801.0,5020.5\n'
    '2,"Nov 21, 2026, 8:00:00 AM",Ride,Ride,3600,20.11,3600.0,3500.0,20110.0\n'
)
WATCH = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Moving Time,Elapsed Time\n"
    'Running,2026-11-20 07:03:11,false,"Town","8,05","1,020",00:46:11,00:45:02,00:50:00\n'
    "Treadmill Running,2026-11-18 07:00:00,false,Gym,5.00,300,00:30:00,00:30:00,00:30:00\n"
)


def table(text: str) -> FileRead:
    """What is read from a table."""
    return read_file(text.encode())


def test_the_export_that_numbers_its_activities() -> None:
    """Its days are UTC, and of its two distances the second is in metres."""
    found = table(NUMBERED)
    (run,) = found.activities

    assert (run.start, run.local) == (datetime(2026, 11, 20, 19, 3, 11, tzinfo=UTC), None)
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (5020.5, 1801, 1860)
    assert found.others == {"ride": 1}
    assert found.unit_known


def test_the_export_of_a_watch() -> None:
    """Its clock is the runner's own, and its distances do not say their unit."""
    found = table(WATCH)
    first, last = found.activities

    assert (first.distance_m, last.distance_m) == (5000, 8050)
    assert (last.local, last.start) == (datetime(2026, 11, 20, 7, 3, 11), None)  # noqa: DTZ001
    assert last.moving_s == 45 * 60 + 2
    assert not found.unit_known


@pytest.mark.parametrize(
    ("text", "metres", "seconds"),
    [
        ("Date;Distance (km);Time\n2026-03-01;5,5;31:00\n", 5500, 1860),
        ("day\tmiles\tduration\n2026-03-01\t3.1\t0:29:05\n", 4988.97, 1745),
        ("Date,Distance,Time\n2026-03-01,5500 m,1:02:03\n", 5500000 / 1000, 3723),
        ("Start Time,Distance (mi),Duration (min)\n3/31/2026 7:00 AM,6.2,60\n", 9977.93, 3600),
        ("Date,Distance (km),Time\n2026-03-01,12,1:02\n", 12000, 3720),
    ],
)
def test_other_tables_are_guessed_by_their_headings(
    text: str, metres: float, seconds: float
) -> None:
    """Semicolons and tabs, miles and metres, minutes and hours."""
    (run,) = table(text).activities

    assert run.distance_m == pytest.approx(metres, abs=0.1)
    assert run.duration_s == seconds


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Name,Colour\nAnn,red\n", "no_columns"),
        ("Date,Distance (km),Time\n", "empty"),
        ("Date,Distance (km),Time\nsoon,far,long\n", "no_columns"),
        ("Date,Distance (km),Time\n3/4/2026,5,30:00\n", "day_or_month"),
        ("one line of words", "unknown"),
    ],
)
def test_tables_that_cannot_be_read_have_a_word(text: str, problem: str) -> None:
    """No columns, no lines, days that may be months."""
    assert table(text).problem == problem


def test_lines_that_cannot_be_read_are_counted() -> None:
    """One bad line costs nothing but itself."""
    found = table(
        "Date,Distance (km),Time\n2026-03-01,5,30:00\nyesterday,?,?\n2026-03-02,5,30:00\n"
    )

    assert (len(found.activities), found.skipped) == (2, 1)


def test_only_the_newest_runs_are_kept() -> None:
    """Of more runs than are kept, the oldest are counted and left out."""
    lines = [
        f"20{10 + n // 300}-{1 + n // 25 % 12:02}-{1 + n % 25:02},5,30:00" for n in range(MOST + 5)
    ]
    found = table("\n".join(["Date,Distance (km),Time", *lines]))

    assert (len(found.activities), found.older) == (MOST, 5)
    assert found.activities[-1].local == datetime(2012, 1, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["31/03/2026", "01/04/2026"], "day"),
        (["03/31/2026", "04/01/2026"], "month"),
        (["01/02/2026", "02/02/2026", "01/03/2026"], "day"),
        (["03/04/2026"], ""),
        (["2026-03-04"], ""),
    ],
)
def test_days_are_told_from_months(cells: list[str], order: str) -> None:
    """By a figure over 12, or by the order of the lines; never by a guess."""
    assert order_of(cells) == order


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("5.02", 5.02), ("5,02", 5.02), ("1,234.5", 1234.5), ("1.234,5 km", 1234.5), ("--", None)],
)
def test_figures_have_any_comma(cell: str, expected: float | None) -> None:
    """A comma or a point, and thousands with the other."""
    assert figure(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("0:38:12", 2292), ("38:12", 2292), ("2292.0", 2292), ("38m 12s", 2292), ("1h 2m", 3720), ("--", None)],
)  # fmt: skip
def test_times_are_read_in_many_forms(cell: str, expected: float | None) -> None:
    """Colons, letters, or bare seconds."""
    assert span(cell) == expected


@pytest.mark.parametrize(
    "cell", ["Nov 20, 2026, 7:03:11 PM", "2026-11-20 19:03:11", "20 November 2026 19:03:11"]
)
def test_days_are_read_in_many_forms(cell: str) -> None:
    """With names or figures, and a clock of 12 or 24 hours."""
    assert moment(cell, "") == datetime(2026, 11, 20, 19, 3, 11)  # noqa: DTZ001

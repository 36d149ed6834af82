from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.earliest import LastRun, earliest_day
from bot.content.coaching import Coaching

MONDAY = datetime(2026, 6, 1, 7, tzinfo=UTC)
EVENING = MONDAY + timedelta(hours=13)


def day(coaching: Coaching, last: LastRun, now: datetime, *, on_ladder: bool = True) -> date:
    """The earliest day, which there must be."""
    found = earliest_day(last, now, coaching, on_ladder=on_ladder)
    assert found is not None
    return found.day


def test_no_run_yet_is_today(coaching: Coaching) -> None:
    """Without a run and without soreness it is today."""
    assert day(coaching, LastRun(None), MONDAY) == MONDAY.date()


def test_a_clear_day_on_the_ladder(coaching: Coaching) -> None:
    """Monday's run is followed by Wednesday's at the earliest."""
    assert day(coaching, LastRun(MONDAY, "green"), EVENING) == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (MONDAY, datetime(2026, 6, 2, 23, tzinfo=UTC)),
        (EVENING, datetime(2026, 6, 3, 12, tzinfo=UTC)),
    ],
)
def test_40_hours_off_the_ladder(coaching: Coaching, start: datetime, expected: datetime) -> None:
    """Off the ladder it is 40 hours from start to start."""
    found = earliest_day(LastRun(start, "green"), start, coaching, on_ladder=False)

    assert found is not None
    assert (found.at, found.why) == (expected, "spacing")


def test_red_is_2_days_off(coaching: Coaching) -> None:
    """Red on Monday: Tuesday and Wednesday off, Thursday at the earliest."""
    found = earliest_day(LastRun(MONDAY, "red"), EVENING, coaching)

    assert found is not None
    assert (found.day, found.why) == (date(2026, 6, 4), "red")


def test_an_extra_rest_day(coaching: Coaching) -> None:
    """Two ambers add one day to the clear day."""
    assert day(coaching, LastRun(MONDAY, "amber", extra_rest_days=1), EVENING) == date(2026, 6, 4)


def test_stop_gives_no_day(coaching: Coaching) -> None:
    """After a stop light there is no earliest day."""
    assert earliest_day(LastRun(MONDAY, "stop"), EVENING, coaching) is None


def test_soreness_waits_for_the_peak(coaching: Coaching) -> None:
    """Above 2/10 on stairs: 72 hours after the run, and only if stairs are 2/10 or less."""
    found = earliest_day(LastRun(MONDAY, "amber", soreness=6), EVENING, coaching)

    assert found is not None
    assert (found.day, found.why, found.stairs_at_most) == (date(2026, 6, 4), "doms", 2)


def test_little_soreness_does_not_wait(coaching: Coaching) -> None:
    """2/10 on stairs is no reason to wait."""
    found = earliest_day(LastRun(MONDAY, "green", soreness=2), EVENING, coaching)

    assert found is not None
    assert (found.day, found.stairs_at_most) == (date(2026, 6, 3), None)


def test_sore_without_a_known_run_is_not_today(coaching: Coaching) -> None:
    """Sore now, with no run known, is tomorrow at the earliest."""
    assert day(coaching, LastRun(None, soreness=5), EVENING) == date(2026, 6, 2)


def test_the_day_is_the_runners(coaching: Coaching) -> None:
    """Late on Monday in London is already Tuesday in Auckland."""
    late = datetime(2026, 6, 1, 20, tzinfo=UTC)
    found = earliest_day(LastRun(late), late, coaching, zone=ZoneInfo("Pacific/Auckland"))

    assert found is not None
    assert found.day == date(2026, 6, 4)


@given(
    hours=st.integers(0, 400),
    light=st.sampled_from([None, "green", "amber", "red"]),
    sore=st.integers(0, 10),
    extra=st.integers(0, 2),
    on_ladder=st.booleans(),
    zone=st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "America/St_Johns"]),
)
def test_never_too_soon(
    coaching: Coaching,
    hours: int,
    light: str | None,
    sore: int,
    extra: int,
    on_ladder: bool,
    zone: str,
) -> None:
    """It is never in the past, never within 40 hours, never within 2 days of a red."""
    now = MONDAY + timedelta(hours=hours)
    last = LastRun(MONDAY, light, sore, extra)  # type: ignore[arg-type]
    found = earliest_day(last, now, coaching, zone=ZoneInfo(zone), on_ladder=on_ladder)

    assert found is not None
    assert found.at >= max(now, MONDAY + timedelta(hours=40))
    clear = 2 if light == "red" else int(on_ladder)
    assert (found.day - MONDAY.astimezone(ZoneInfo(zone)).date()).days > clear
    assert (found.stairs_at_most == 2) == (sore > 2)

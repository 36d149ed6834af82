from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.nudges import is_quiet, lapse_stage, may_send, wait_days
from bot.content.coaching import Coaching


@pytest.mark.parametrize(
    ("days", "wait"), [(0, 3), (1, 3), (2, 2), (9, 2), (10, 6), (29, 6), (30, 15), (400, 15)]
)
def test_back_off(coaching: Coaching, days: int, wait: int) -> None:
    """The waits of the published rule, doubled after 2 unanswered in a row."""
    assert wait_days(days, 0, coaching.nudges) == wait
    assert wait_days(days, 1, coaching.nudges) == wait
    assert wait_days(days, 2, coaching.nudges) == wait * 2


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (None, "none"),
        (1, "none"),
        (2, "neutral_line"),
        (6, "neutral_line"),
        (7, "smaller_plan"),
        (13, "smaller_plan"),
        (14, "level_again"),
        (29, "level_again"),
        (30, "pause"),
        (365, "pause"),
    ],
)
def test_lapse(coaching: Coaching, days: int | None, stage: str) -> None:
    """Each stage begins on its day."""
    assert lapse_stage(days, coaching.nudges) == stage


@pytest.mark.parametrize(
    ("today", "week", "more", "may"),
    [
        (0, 0, {}, True),
        (1, 1, {}, False),
        (1, 1, {"run_day_with_reminder": True}, True),
        (2, 2, {"run_day_with_reminder": True}, False),
        (0, 7, {}, True),
        (0, 8, {}, False),
        (0, 3, {"unanswered": 2}, True),
        (0, 4, {"unanswered": 2}, False),
        (0, 4, {"unanswered": 1}, True),
        (5, 20, {"exempt": True}, True),
    ],
)
def test_limits(
    coaching: Coaching, today: int, week: int, more: dict[str, bool], may: bool
) -> None:
    """1 a day, 2 with the reminder, 8 a week, half of that unanswered; safety is exempt."""
    assert may_send(today, week, coaching.nudges, **more) is may


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [((20, 59), False), ((21, 0), True), ((0, 0), True), ((7, 59), True), ((8, 0), False)],
)
def test_quiet_hours_over_midnight(clock: tuple[int, int], quiet: bool) -> None:
    """From 21:00 up to, not including, 08:00."""
    assert is_quiet(time(*clock), time(21), time(8)) is quiet


@given(clock=st.times(), start=st.times(), end=st.times())
def test_quiet_or_not(clock: time, start: time, end: time) -> None:
    """Swapping start and end turns quiet into not quiet, unless they are the same."""
    if start != end:
        assert is_quiet(clock, start, end) != is_quiet(clock, end, start)

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.start import Before, pace_factor, start_level, volume_part
from bot.content.coaching import Coaching

befores = st.builds(
    Before,
    break_days=st.none() | st.integers(0, 4000),
    week_m=st.none() | st.floats(0, 120_000),
    weeks=st.none() | st.integers(0, 600),
    pain=st.integers(0, 10),
    calf_trouble_12mo=st.booleans(),
    age_50=st.booleans(),
    bmi_over_30=st.booleans(),
    new_shoes_or_technique=st.booleans(),
    overloaded=st.booleans(),
)


@pytest.mark.parametrize(
    ("days", "level", "row", "hold_weeks"),
    [
        (0, "resume", "under_1_week", 0),
        (6, "resume", "under_1_week", 0),
        (7, "resume", "1_to_2_weeks", 1),
        (13, "resume", "1_to_2_weeks", 1),
        (14, "resume", "2_to_4_weeks", 2),
        (27, "resume", "2_to_4_weeks", 2),
        (28, 6, "1_to_3_months", 4),
        (89, 6, "1_to_3_months", 4),
        (90, 3, "3_to_6_months", 4),
        (183, 3, "3_to_6_months", 4),
        (184, 1, "over_6_months", 4),
        (None, 1, "over_6_months", 4),
    ],
)
def test_every_row(
    coaching: Coaching,
    days: int | None,
    level: int | Literal["resume"],
    row: str,
    hold_weeks: int,
) -> None:
    """Each row of 4.1 with nothing else known, at both of its ends."""
    start = start_level(Before(days), coaching)

    assert (start.level, start.row, start.hold_off_weeks) == (level, row, hold_weeks)


def test_worked_example(coaching: Coaching) -> None:
    """5 months off, 22 km a week, 52 years, no pain: 3 + 1 - 1 is level 3."""
    start = start_level(Before(152, week_m=22_000, age_50=True), coaching)

    assert (start.level, start.first_level, start.prior, start.penalty) == (3, 3, 1, -1)
    assert coaching.ladder.level[3].run_s == 9 * 60
    assert start.risks == ("age_50",)


def test_worked_example_after_8_months(coaching: Coaching) -> None:
    """The same runner after 8 months: a week of walking, then level 1."""
    start = start_level(Before(243, week_m=22_000, age_50=True), coaching)

    assert (start.level, start.first_level, start.walk_week_first) == (1, 0, True)


def test_a_big_run_after_a_long_break(coaching: Coaching) -> None:
    """About 6 months off, sore 6 to 8, the big run done: level 1, after rest."""
    start = start_level(Before(183, pain=7, overloaded=True), coaching)

    assert (start.level, start.rest_first) == (1, True)


def test_what_was_run_before_counts_nothing_over_6_months(coaching: Coaching) -> None:
    """Over 6 months off, 60 km a week for 10 years changes nothing."""
    assert start_level(Before(200, week_m=60_000, weeks=520), coaching).level == 1


@pytest.mark.parametrize(
    ("days", "week_m", "weeks", "prior"),
    [
        (40, 30_000, 52, 2),
        (40, 30_000, 51, 1),
        (40, 29_999, 520, 1),
        (40, 15_000, None, 1),
        (40, 14_999, 520, 0),
        (40, None, None, 0),
        (120, 50_000, 520, 1),
        (200, 50_000, 520, 0),
    ],
)
def test_what_was_run_before(
    coaching: Coaching, days: int, week_m: float | None, weeks: int | None, prior: int
) -> None:
    """30 km a week for a year gives 2 levels, 15 km gives 1, less nothing; the rows cut it off."""
    assert start_level(Before(days, week_m=week_m, weeks=weeks), coaching).prior == prior


@pytest.mark.parametrize(
    ("before", "level"),
    [
        (Before(40, pain=2), 6),
        (Before(40, pain=3), 5),
        (Before(40, calf_trouble_12mo=True), 5),
        (Before(40, age_50=True, bmi_over_30=True), 4),
        (Before(40, age_50=True, bmi_over_30=True, new_shoes_or_technique=True), 3),
        (
            Before(40, pain=5, calf_trouble_12mo=True, age_50=True, bmi_over_30=True),
            3,
        ),
        (Before(40, overloaded=True), 5),
        (
            Before(40, calf_trouble_12mo=True, age_50=True, bmi_over_30=True, overloaded=True),
            3,
        ),
    ],
)
def test_risks_add_up_to_3_levels(coaching: Coaching, before: Before, level: int) -> None:
    """Each risk is one level, the big run one more, and all together 3 at most."""
    assert start_level(before, coaching).level == level


def test_sore_after_2_to_4_weeks(coaching: Coaching) -> None:
    """2 to 4 weeks off and sore: level 9; the soreness is not counted twice, other risks are."""
    assert start_level(Before(20, pain=2), coaching).level == "resume"
    assert start_level(Before(20, pain=3), coaching).level == 9
    assert start_level(Before(20, pain=3, age_50=True), coaching).level == 8


@pytest.mark.parametrize(
    ("days", "factor"),
    [(0, 1), (5, 1), (7, 0.994), (14, 0.973), (28, 0.931), (72, 0.8), (900, 0.8), (None, 0.8)],
)
def test_pace_factor(coaching: Coaching, days: int | None, factor: float) -> None:
    """The fitness that is left is the published one at each published day (S16)."""
    assert pace_factor(days, coaching.comeback) == pytest.approx(factor)


@given(days=st.integers(0, 400))
def test_pace_only_falls(coaching: Coaching, days: int) -> None:
    """A longer break never leaves more fitness."""
    later = pace_factor(days + 1, coaching.comeback)

    assert 0.8 <= later <= pace_factor(days, coaching.comeback) <= 1


@pytest.mark.parametrize(
    ("missed", "day", "part"),
    [
        (5, 0, 1.0),
        (10, 0, 0.75),
        (10, 9, 0.75),
        (10, 10, 1.0),
        (20, 0, 0.5),
        (20, 9, 0.5),
        (20, 10, 0.75),
        (20, 20, 1.0),
        (60, 19, 0.33),
        (60, 20, 0.5),
        (60, 40, 0.75),
        (60, 60, 1.0),
        (120, 0, None),
    ],
)
def test_volume(coaching: Coaching, missed: int, day: int, part: float | None) -> None:
    """The part of the usual week follows the break table; the ladder has none."""
    start = start_level(Before(missed), coaching)

    assert volume_part(start, missed, day) == part


@given(before=befores)
def test_always_on_the_ladder(coaching: Coaching, before: Before) -> None:
    """A start is to resume or a level of the ladder, and penalties are 3 at most."""
    start = start_level(before, coaching)

    assert start.level == "resume" or 0 <= start.level <= 14
    assert -3 <= start.penalty <= 0
    assert 0 <= start.prior <= 2


@given(before=befores)
def test_more_trouble_never_starts_higher(coaching: Coaching, before: Before) -> None:
    """The same runner with every risk never starts above the runner with none."""
    calm = Before(before.break_days, before.week_m, before.weeks)
    troubled = Before(
        before.break_days, before.week_m, before.weeks, 9, True, True, True, True, True
    )
    high, low = start_level(calm, coaching).level, start_level(troubled, coaching).level

    assert high == "resume" or (low != "resume" and low <= high)


@given(before=befores, more=st.integers(1, 400))
def test_a_longer_break_never_starts_higher(coaching: Coaching, before: Before, more: int) -> None:
    """With all else the same, a longer break on the ladder never starts higher."""
    days = 28 if before.break_days is None else max(before.break_days, 28)
    shorter = Before(days, before.week_m, before.weeks, before.pain)
    longer = Before(days + more, before.week_m, before.weeks, before.pain)
    high, low = start_level(shorter, coaching).level, start_level(longer, coaching).level

    assert isinstance(high, int)
    assert isinstance(low, int)
    assert low <= high

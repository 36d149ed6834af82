from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.plan import PlanItem, Small, Standing, Wishes, plan_weeks
from bot.coaching.start import Before, start_level
from bot.content.coaching import Coaching

MONDAY = date(2026, 6, 1)
MON_WED_FRI = frozenset({0, 2, 4})
days_of_week = st.frozensets(st.integers(0, 6), min_size=1)


def standing(coaching: Coaching, break_days: int | None, **more: object) -> Standing:
    """Where a runner stands after a break."""
    return Standing(start_level(Before(break_days), coaching), **more)  # type: ignore[arg-type]


def weeks(items: tuple[PlanItem, ...]) -> list[tuple[PlanItem, ...]]:
    """The plan in blocks of 7 days."""
    return [items[first : first + 7] for first in range(0, len(items), 7)]


def kinds(items: tuple[PlanItem, ...]) -> str:
    """One letter a day."""
    return "".join(item.kind[0] if item.kind != "rest" else "." for item in items)


def test_from_zero(coaching: Coaching) -> None:
    """3 to 6 months off: 1 run and 2 walks, two weeks of 2 and 1, then 3 runs."""
    items = plan_weeks(standing(coaching, 120), Wishes(MON_WED_FRI), MONDAY, coaching)
    counts = [Counter(item.kind for item in week) for week in weeks(items)]

    assert [week["run"] for week in counts] == [1, 2, 2, 3]
    assert [week["walk"] for week in counts] == [2, 1, 1, 0]
    assert all(week["exercises"] == 2 for week in counts)
    assert [item.level for item in items if item.kind == "run"] == [3, 3, 4, 4, 5, 5, 6, 6]
    assert [kinds(week) for week in weeks(items)] == ["rew.w.e", "rew.r.e", "rew.r.e", "rer.r.e"]
    assert items[0] == PlanItem(MONDAY, "run", 3)


def test_a_week_of_walking_first(coaching: Coaching) -> None:
    """Over 6 months off: 3 walks in week 1, then 1 run at level 1 and 2 walks."""
    items = plan_weeks(standing(coaching, 300), Wishes(MON_WED_FRI), MONDAY, coaching)
    counts = [Counter(item.kind for item in week) for week in weeks(items)]

    assert [week["run"] for week in counts] == [0, 1, 2, 2]
    assert [week["walk"] for week in counts] == [3, 2, 1, 1]
    assert [item.level for item in items if item.kind == "run"] == [1, 1, 2, 2, 3]


def test_a_smaller_week_holds_what_it_says(coaching: Coaching) -> None:
    """4 days of a smaller week: 1 run, 1 day of exercises; then weeks as usual, 28 days in all."""
    small = Small(MONDAY + timedelta(days=4), runs=1, exercise_days=1)
    wishes = Wishes(MON_WED_FRI, small=small)
    items = plan_weeks(standing(coaching, 40), wishes, MONDAY, coaching)
    usual = plan_weeks(standing(coaching, 40), Wishes(MON_WED_FRI), MONDAY, coaching)

    assert [item.day for item in items] == [item.day for item in usual]
    assert kinds(items[:4]).replace(".", "") == "re"
    assert kinds(items[4:11]).count("r") >= 1


def test_nothing_is_left_of_a_smaller_week(coaching: Coaching) -> None:
    """What was done counts off it: then its days are rest."""
    small = Small(MONDAY + timedelta(days=7), runs=0, exercise_days=0)
    items = plan_weeks(standing(coaching, 120), Wishes(MON_WED_FRI, small=small), MONDAY, coaching)

    assert kinds(items[:7]) == "......."
    assert items[7].kind == "run"


def test_a_week_of_walks_passes(coaching: Coaching) -> None:
    """3 days before its end there are 2 walks left, and then the first run; after it, none first."""
    start = standing(coaching, 300)
    early = Wishes(MON_WED_FRI, walks_until=MONDAY + timedelta(days=3))
    left = plan_weeks(start, early, MONDAY, coaching)
    over = plan_weeks(start, Wishes(MON_WED_FRI, walks_until=MONDAY), MONDAY, coaching)

    assert kinds(left[:3]).count("w") == 2
    assert next(item for item in left if item.kind == "run").day < MONDAY + timedelta(days=10)
    assert over[0] == PlanItem(MONDAY, "run", 1)


def test_level_0_is_walked(coaching: Coaching) -> None:
    """A start at level 0 begins with walks, and the first run is level 1."""
    sore = Before(120, pain=5, calf_trouble_12mo=True, age_50=True)
    start = start_level(sore, coaching)
    items = plan_weeks(Standing(start), Wishes(MON_WED_FRI), MONDAY, coaching)

    assert start.level == 0
    assert min(item.level for item in items if item.kind == "run" and item.level is not None) == 1


def test_no_run_before_the_earliest_day(coaching: Coaching) -> None:
    """Runs wait for the earliest day, exercises for theirs; walks need not."""
    later = standing(
        coaching,
        120,
        earliest=MONDAY + timedelta(days=3),
        exercises_from=MONDAY + timedelta(days=4),
    )
    items = plan_weeks(later, Wishes(MON_WED_FRI), MONDAY, coaching)

    assert min(item.day for item in items if item.kind == "run") == date(2026, 6, 5)
    assert min(item.day for item in items if item.kind == "exercises") >= date(2026, 6, 5)


def test_resuming_has_volume_and_no_level(coaching: Coaching) -> None:
    """10 days off: no level, three quarters of the usual week for 10 days, then all of it."""
    back = standing(coaching, 10, runs_before=(3, 3, 3, 0), missed_days=10)
    items = plan_weeks(back, Wishes(MON_WED_FRI), MONDAY, coaching)
    runs = [(item.level, item.volume) for item in items if item.kind == "run"]

    assert {level for level, _ in runs} == {None}
    assert runs[0][1] == 0.75
    assert runs[-1][1] == 1.0
    assert not any(item.kind == "walk" for item in items)


def test_two_neighbouring_days_give_one_run(coaching: Coaching) -> None:
    """With only Saturday and Sunday to run there is one run a week: a clear day comes first."""
    items = plan_weeks(standing(coaching, 120), Wishes(frozenset({5, 6})), MONDAY, coaching)

    assert max(sum(item.kind == "run" for item in week) for week in weeks(items)) == 1


@pytest.mark.parametrize("run_days", [frozenset[int](), frozenset({7})])
def test_a_plan_needs_run_days(coaching: Coaching, run_days: frozenset[int]) -> None:
    """Without a day of the week to run there is no plan."""
    with pytest.raises(ValueError, match="Run days"):
        plan_weeks(standing(coaching, 120), Wishes(run_days), MONDAY, coaching)


@given(
    break_days=st.none() | st.integers(28, 500),
    run_days=days_of_week,
    target=st.integers(1, 7),
    before=st.lists(st.integers(0, 5), max_size=4).map(tuple),
    today=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    last=st.none() | st.integers(1, 5),
)
def test_the_plan_keeps_its_rules(
    coaching: Coaching,
    break_days: int | None,
    run_days: frozenset[int],
    target: int,
    before: tuple[int, ...],
    today: date,
    last: int | None,
) -> None:
    """Every day once, runs on run days with a clear day between, a free day, levels step by step."""
    last_run = None if last is None else today - timedelta(days=last)
    where = standing(coaching, break_days, runs_before=before, last_run=last_run)
    items = plan_weeks(where, Wishes(run_days, target), today, coaching)
    runs = [item for item in items if item.kind == "run"]
    run_dates = ([last_run] if last_run else []) + [item.day for item in runs]

    assert [item.day for item in items] == [today + timedelta(days=day) for day in range(28)]
    assert all(item.day.weekday() in run_days for item in runs)
    assert all((later - earlier).days >= 2 for earlier, later in pairwise(run_dates))
    levels = [item.level for item in runs if item.level is not None]
    assert len(levels) == len(runs)
    assert all(0 <= after - first <= 1 for first, after in pairwise(levels))
    for week in weeks(items):
        assert sum(item.kind == "run" for item in week) <= target
        assert sum(item.kind in {"run", "exercises"} for item in week) <= 6
        long_run = max((item.day for item in week if item.kind == "run"), default=None)
        if long_run is not None:
            before_it = long_run - timedelta(days=1)
            assert not any(item.day == before_it and item.kind == "exercises" for item in week)

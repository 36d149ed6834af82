from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.plan import Kind, PlanItem
from bot.coaching.weeks import OnPlan, Pause, weeks_on_plan
from bot.content.coaching import Coaching

MONDAY = date(2026, 1, 5)
WEEK: tuple[Kind, ...] = ("run", "exercises", "run", "rest", "run", "exercises", "rest")


def plan(count: int) -> list[PlanItem]:
    """So many weeks of 3 runs, 2 times exercises and 2 rest days."""
    return [
        PlanItem(MONDAY + timedelta(days=week * 7 + day), kind)
        for week in range(count)
        for day, kind in enumerate(WEEK)
    ]


def kept(items: list[PlanItem], good: set[int]) -> set[date]:
    """The days of the good weeks."""
    return {item.day for item in items if (item.day - MONDAY).days // 7 in good}


def after(weeks: int) -> date:
    """The Monday after so many weeks."""
    return MONDAY + timedelta(weeks=weeks)


def count(
    coaching: Coaching, items: list[PlanItem], done: set[date], pauses: list[Pause], today: date
) -> OnPlan:
    """Weeks on plan with the figures as they ship."""
    return weeks_on_plan(items, done, pauses, today, coaching.nudges.weeks_on_plan)


def test_6_of_the_last_8(coaching: Coaching) -> None:
    """Ten weeks, two of the last eight missed: 6 of 8."""
    items = plan(10)
    done = kept(items, set(range(10)) - {4, 7})

    assert count(coaching, items, done, [], after(10)) == OnPlan(6, 8)


def test_nothing_resets(coaching: Coaching) -> None:
    """A missed week takes one off and leaves the others."""
    items = plan(9)

    assert count(coaching, items, kept(items, set(range(8))), [], after(8)) == OnPlan(8, 8)
    assert count(coaching, items, kept(items, set(range(8))), [], after(9)) == OnPlan(7, 8)


def test_the_running_week_is_not_counted(coaching: Coaching) -> None:
    """On Sunday of week 2 only week 1 counts."""
    items = plan(2)

    assert count(coaching, items, kept(items, {0, 1}), [], after(2) - timedelta(days=1)) == OnPlan(
        1, 1
    )


@pytest.mark.parametrize(("missed", "expected"), [(4, 1), (5, 0)])
def test_rest_and_free_misses_count(coaching: Coaching, missed: int, expected: int) -> None:
    """2 rest days and 2 free misses make 4 of 7; one more done is two thirds."""
    items = plan(1)
    active = [item.day for item in items if item.kind != "rest"]

    assert count(coaching, items, set(active[missed:]), [], after(1)).kept == expected


def test_free_misses_are_2_a_month(coaching: Coaching) -> None:
    """The second week with 4 misses in one month is not on plan, in the next month it is."""
    items = plan(5)
    active = [item.day for item in items if item.kind != "rest"]
    done = set(active) - set(active[0:4]) - set(active[5:9]) - set(active[20:24])

    assert count(coaching, items, done, [], after(5)) == OnPlan(4, 5)


def test_a_pause_freezes(coaching: Coaching) -> None:
    """Three weeks of illness leave the count as it was."""
    items = plan(13)
    done = kept(items, set(range(10)) - {4})
    ill = Pause(after(10), after(13) - timedelta(days=1))

    assert count(coaching, items, done, [ill], after(13)) == count(
        coaching, items, done, [], after(10)
    )


def test_a_kept_week_in_a_pause_counts(coaching: Coaching) -> None:
    """A pause on its last day does not take a week away that was kept."""
    items = plan(2)
    late = Pause(after(2) - timedelta(days=1))

    assert count(coaching, items, kept(items, {0, 1}), [late], after(2)) == OnPlan(2, 2)


def test_no_plan_no_count(coaching: Coaching) -> None:
    """Without a plan there is nothing to count."""
    assert count(coaching, [], set(), [], after(3)) == OnPlan(0, 0)


@given(
    total=st.integers(1, 14),
    good=st.sets(st.integers(0, 13)),
    first=st.integers(0, 13),
)
def test_a_pause_from_now_on_never_raises_the_count(
    coaching: Coaching, total: int, good: set[int], first: int
) -> None:
    """A pause that begins and goes on leaves what was counted before it began."""
    items = plan(total)
    done = kept(items, {week for week in good if week < first})
    begun = count(coaching, items, done, [], after(min(first, total)))
    later = count(coaching, items, done, [Pause(after(first))], after(total))

    assert later == begun


@given(total=st.integers(0, 14), good=st.sets(st.integers(0, 13)))
def test_kept_is_part_of_what_counts(coaching: Coaching, total: int, good: set[int]) -> None:
    """Never more kept than counted, never more than 8, and doing more never lowers it."""
    items = plan(total)
    some = count(coaching, items, kept(items, good), [], after(total))
    everything = count(coaching, items, kept(items, set(range(14))), [], after(total))

    assert 0 <= some.kept <= some.of == min(total, 8)
    assert some.kept <= everything.kept == everything.of

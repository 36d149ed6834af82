import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.effort import is_hard, session_load, week_load, weekly_change
from bot.content.coaching import Coaching


@pytest.mark.parametrize(
    ("week", "before", "remark"),
    [
        (12_000, 10_000, "within_aim"),
        (12_001, 10_000, "above_aim"),
        (13_000, 10_000, "above_aim"),
        (13_001, 10_000, "remark"),
        (5000, 10_000, "within_aim"),
        (5000, 0, "unknown"),
    ],
)
def test_weekly_change(coaching: Coaching, week: float, before: float, remark: str) -> None:
    """Up to 1.20 is the aim, above 1.30 is remarked on, without a week before nothing is said."""
    assert weekly_change(week, before, coaching.load.weekly_change).remark == remark


def test_session_load() -> None:
    """Effort 5 for 40 minutes is 200."""
    assert session_load(5, 2400) == 200


@pytest.mark.parametrize("effort", [-1, 11])
def test_effort_is_0_to_10(effort: int) -> None:
    """An effort outside 0 to 10 is a mistake of the caller."""
    with pytest.raises(ValueError, match="0 to 10"):
        session_load(effort, 60)


def test_week_load() -> None:
    """Week, monotony and strain of two equal runs and five days of rest."""
    found = week_load([100, 0, 0, 100, 0, 0, 0])
    spread = (2 / 7 * 5 / 7) ** 0.5

    assert found.week == 200
    assert found.monotony == pytest.approx(2 / 7 / spread)
    assert found.strain == pytest.approx(200 * 2 / 7 / spread)


@pytest.mark.parametrize("daily", [[], [50.0], [0.0] * 7, [30.0] * 7])
def test_no_spread_has_no_monotony(daily: list[float]) -> None:
    """When every day is the same there is nothing to divide by."""
    found = week_load(daily)

    assert (found.week, found.monotony, found.strain) == (sum(daily), None, None)


@given(daily=st.lists(st.integers(0, 2000), min_size=7, max_size=7))
def test_the_order_of_days_does_not_matter(daily: list[int]) -> None:
    """A week in any order has the same load."""
    assert week_load(daily).week == week_load(daily[::-1]).week


def test_hard_from_7(coaching: Coaching) -> None:
    """A return run at effort 7 is hard, at 6 it is not."""
    assert is_hard(7, coaching.load.effort)
    assert not is_hard(6, coaching.load.effort)

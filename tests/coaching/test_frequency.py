import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.frequency import max_runs_next_week, walks_beside
from bot.content.coaching import Coaching

weeks_of_runs = st.lists(st.integers(0, 7), max_size=10)


def test_from_zero(coaching: Coaching) -> None:
    """From zero: 1 run, then 2 weeks of 2, then 3, with walks up to 3 active days."""
    figures = coaching.load.frequency
    weeks: list[int] = []
    for _ in range(5):
        weeks.append(max_runs_next_week(weeks, 3, figures))

    assert weeks == [1, 2, 2, 3, 3]
    assert [walks_beside(runs, figures) for runs in weeks] == [2, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("weeks", "target", "reds", "ambers", "most"),
    [
        ([2], 4, 0, 0, 2),
        ([2, 2], 4, 0, 0, 3),
        ([2, 2], 4, 0, 1, 3),
        ([2, 2], 4, 0, 2, 2),
        ([2, 2], 4, 1, 0, 2),
        ([2, 2], 2, 0, 0, 2),
        ([1], 4, 0, 0, 2),
        ([1], 4, 1, 0, 1),
        ([0], 4, 1, 0, 1),
        ([3, 3, 3, 0], 4, 0, 0, 2),
        ([4, 4, 4, 4], 5, 0, 0, 5),
        ([5, 5, 5, 5], 3, 0, 0, 3),
        ([3, 3, 3, 3], 0, 0, 0, 1),
    ],
)
def test_next_week(
    coaching: Coaching, weeks: list[int], target: int, reds: int, ambers: int, most: int
) -> None:
    """Each condition of 3.5, on both sides."""
    found = max_runs_next_week(weeks, target, coaching.load.frequency, reds=reds, ambers=ambers)

    assert found == most


def test_a_negative_count_is_refused(coaching: Coaching) -> None:
    """A negative number of runs is a mistake of the caller."""
    with pytest.raises(ValueError, match="negative"):
        max_runs_next_week([-1], 3, coaching.load.frequency)


@given(weeks=weeks_of_runs, target=st.integers(1, 7), reds=st.integers(0, 2))
def test_one_more_at_most(coaching: Coaching, weeks: list[int], target: int, reds: int) -> None:
    """Never below 1, never above the target, never more than one above what was run."""
    found = max_runs_next_week(weeks, target, coaching.load.frequency, reds=reds)

    assert 1 <= found <= target
    assert found <= max(weeks[-4:], default=0) + 1
    if reds:
        assert found <= max(max(weeks[-4:], default=0), 1)

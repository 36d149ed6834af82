from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.dose import Sitting, next_dose
from bot.content.coaching import Coaching

NOW = datetime(2026, 5, 31, 18, tzinfo=UTC)


def sitting(days_ago: float, dose: int, settled: bool | None = True, **more: object) -> Sitting:
    """One time an exercise was done."""
    return Sitting(NOW - timedelta(days=days_ago), dose, settled_24h=settled, **more)  # type: ignore[arg-type]


histories = st.lists(
    st.builds(
        sitting,
        st.floats(0, 60),
        st.integers(0, 4),
        st.sampled_from([None, True, False]),
        pain=st.integers(0, 10),
        felt=st.sampled_from([None, "easy", "right", "hard"]),
    ),
    max_size=10,
    unique_by=lambda one: one.at,
)


@pytest.mark.parametrize(
    ("history", "tendon", "dose", "change"),
    [
        ([], False, 0, "start"),
        ([sitting(2, 0)], False, 1, "up"),
        ([sitting(2, 0, felt="easy")], False, 1, "up"),
        ([sitting(2, 0, felt="hard")], False, 0, "same"),
        ([sitting(2, 0, made_easier=True)], False, 0, "same"),
        ([sitting(2, 0, None)], False, 0, "wait"),
        ([sitting(2, 1, False)], False, 0, "down"),
        ([sitting(2, 0, False)], False, 0, "down"),
        ([sitting(2, 1, pain=2)], False, 2, "up"),
        ([sitting(2, 1, pain=3)], False, 1, "same"),
        ([sitting(2, 1, pain=4)], False, 0, "down"),
        ([sitting(2, 1, pain=5)], True, 1, "same"),
        ([sitting(2, 1, pain=6)], True, 0, "down"),
        ([sitting(2, 4)], False, 4, "top"),
        ([sitting(2, 9)], False, 4, "top"),
    ],
)
def test_next_dose(
    coaching: Coaching, history: list[Sitting], tendon: bool, dose: int, change: str
) -> None:
    """Up after a good day and night, same, down, and the ends of five doses."""
    found = next_dose(5, history, NOW, coaching.strength, tendon=tendon)

    assert (found.dose, found.change) == (dose, change)


@pytest.mark.parametrize(("days", "due"), [(20, False), (21, True)])
def test_something_changes_after_3_weeks(coaching: Coaching, days: int, due: bool) -> None:
    """The same dose for 3 weeks asks for a change, unless it goes up anyway."""
    hard = [sitting(days, 1), sitting(days - 7, 1), sitting(2, 1, felt="hard")]
    going_up = [sitting(days, 1), sitting(2, 1)]

    assert next_dose(5, hard, NOW, coaching.strength).change_due is due
    assert not next_dose(5, going_up, NOW, coaching.strength).change_due


def test_another_dose_in_between_starts_the_3_weeks_again(coaching: Coaching) -> None:
    """The time counts from the last change."""
    history = [sitting(30, 1), sitting(10, 2), sitting(4, 1, felt="hard")]

    assert not next_dose(5, history, NOW, coaching.strength).change_due


def test_an_exercise_without_doses_is_refused(coaching: Coaching) -> None:
    """There is always a dose to start with."""
    with pytest.raises(ValueError, match="at least one dose"):
        next_dose(0, [], NOW, coaching.strength)


@given(history=histories, doses=st.integers(1, 5), tendon=st.booleans())
def test_never_more_than_one_up(
    coaching: Coaching, history: list[Sitting], doses: int, tendon: bool
) -> None:
    """The dose exists, goes up by one at most, and only after a good next morning."""
    found = next_dose(doses, history, NOW, coaching.strength, tendon=tendon)

    assert 0 <= found.dose < doses
    if history:
        last = max(history, key=lambda one: one.at)
        assert found.dose <= min(last.dose, doses - 1) + 1
        if found.dose > last.dose:
            assert last.settled_24h
            assert last.pain <= 2
    else:
        assert found.dose == 0

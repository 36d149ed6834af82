import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.selftest import (
    AGE_OF_BAND,
    SelfTests,
    heel_raise_norm,
    may_self_test,
    self_tests,
)
from bot.content.coaching import Coaching
from bot.content.coaching.strength import Sex


@pytest.mark.parametrize(
    ("age", "men", "women"),
    [
        (18, 37, 30),
        (20, 37, 30),
        (29, 37, 30),
        (30, 32, 27),
        (49, 28, 24),
        (50, 23, 21),
        (65, 19, 19),
        (79, 14, 16),
        (90, 14, 16),
    ],
)
def test_norms(coaching: Coaching, age: int, men: int, women: int) -> None:
    """The norms of 6.3 at the ends of the rows; with no sex known the lower one."""
    assert heel_raise_norm(age, "men", coaching.strength) == men
    assert heel_raise_norm(age, "women", coaching.strength) == women
    assert heel_raise_norm(age, None, coaching.strength) == min(men, women)


def test_every_age_band_has_a_norm(coaching: Coaching) -> None:
    """Each adult age band has a norm, an unknown age has none."""
    norms = [heel_raise_norm(age, None, coaching.strength) for age in AGE_OF_BAND.values()]

    assert norms == [30, 27, 24, 21, 19]
    assert heel_raise_norm(None, None, coaching.strength) is None


@pytest.mark.parametrize(
    ("left", "right", "below", "uneven"),
    [
        (21, 23, False, False),
        (20, 22, True, False),
        (27, 30, False, False),
        (26, 30, False, True),
        (0, 0, True, False),
        (0, 10, True, True),
        (25, None, False, None),
        (None, None, None, None),
    ],
)
def test_raises(
    coaching: Coaching,
    left: int | None,
    right: int | None,
    below: bool | None,
    uneven: bool | None,
) -> None:
    """Below the norm of 21 on the weaker side; uneven from more than 10% of the better side."""
    found = self_tests(SelfTests(left, right, age=52), coaching.strength)

    assert (found.below_norm, found.uneven) == (below, uneven)


@pytest.mark.parametrize(
    ("left", "right", "stiff"), [(8.0, 10.0, True), (8.1, 10.0, False), (8.0, None, None)]
)
def test_knee_to_wall(
    coaching: Coaching, left: float, right: float | None, stiff: bool | None
) -> None:
    """2 cm between the sides counts, less does not."""
    tests = SelfTests(wall_left_cm=left, wall_right_cm=right)

    assert self_tests(tests, coaching.strength).stiff is stiff


def test_any_of_them_points_to_strength(coaching: Coaching) -> None:
    """One finding is enough, none is not."""
    weak = SelfTests(5, 5, age=40)
    fine = SelfTests(40, 40, 10, 10, age=40)

    assert self_tests(weak, coaching.strength).strength_flex
    assert not self_tests(fine, coaching.strength).strength_flex
    assert not self_tests(SelfTests(), coaching.strength).strength_flex


@pytest.mark.parametrize(
    ("pain", "suspect", "may"), [(2, False, True), (3, False, False), (0, True, False)]
)
def test_only_when_calm(coaching: Coaching, pain: int, suspect: bool, may: bool) -> None:
    """The tests are offered at 2/10 walking and with no suspicion only."""
    assert may_self_test(pain, suspect=suspect, strength=coaching.strength) is may
    assert not may_self_test(None, suspect=False, strength=coaching.strength)


@given(
    left=st.integers(0, 60),
    right=st.integers(0, 60),
    age=st.integers(18, 99),
    sex=st.sampled_from([None, "men", "women"]),
)
def test_sides_are_alike(
    coaching: Coaching, left: int, right: int, age: int, sex: Sex | None
) -> None:
    """Left and right swapped give the same result."""
    one = self_tests(SelfTests(left, right, age=age, sex=sex), coaching.strength)

    assert one == self_tests(SelfTests(right, left, age=age, sex=sex), coaching.strength)

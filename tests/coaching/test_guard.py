import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.guard import Measure, overload_cap, session_cap, session_guard
from bot.content.coaching import Coaching

metres = st.floats(100, 60_000)


@pytest.mark.parametrize(
    ("planned", "band", "action"),
    [
        (10_000, "reference", "go"),
        (11_000, "reference", "go"),
        (11_001, "small", "suggest_cap"),
        (13_000, "small", "suggest_cap"),
        (13_001, "moderate", "split_or_shorten"),
        (20_000, "moderate", "split_or_shorten"),
        (20_001, "large", "advise_against"),
    ],
)
def test_bands_of_the_study(coaching: Coaching, planned: float, band: str, action: str) -> None:
    """Each band of S1 begins right above 1.10, 1.30 and 2.00 times the longest run."""
    guard = session_guard(planned, 10_000, coaching.load)

    assert guard.band is not None
    assert (guard.band.id, guard.action) == (band, action)


def test_hazards_are_the_published_ones(coaching: Coaching) -> None:
    """The hazard ratios and intervals are those of S1."""
    found = [(one.hazard, one.hazard_low, one.hazard_high) for one in coaching.load.session_band]

    assert found == [(1, 1, 1), (1.64, 1.31, 2.05), (1.52, 1.16, 2.00), (2.28, 1.50, 3.48)]


def test_12_km_against_7(coaching: Coaching) -> None:
    """12 km with a longest run of 7 km is 1.7 times that; 7.7 km is offered."""
    guard = session_guard(12_000, 7000, coaching.load)

    assert guard.spike == pytest.approx(12 / 7)
    assert guard.suggestion == guard.cap == 7700


def test_no_run_in_30_days_has_no_ratio(coaching: Coaching) -> None:
    """Without a longest run the ladder's minutes are used, and there is no band and no cap."""
    guard = session_guard(9656, None, coaching.load)

    assert guard.action == "use_ladder_minutes"
    assert (guard.spike, guard.band, guard.cap, guard.suggestion) == (None, None, None, None)


def test_a_tiny_base_may_grow(coaching: Coaching) -> None:
    """After 1 km, 1.3 km is fine though the ratio is in the small band; 1.31 km is not."""
    assert session_guard(1300, 1000, coaching.load).action == "go"
    assert session_guard(1310, 1000, coaching.load).action == "split_or_shorten"


def test_minutes_the_same_way(coaching: Coaching) -> None:
    """33 minutes after 30 is within, 34 is not."""
    assert session_guard(33 * 60, 30 * 60, coaching.load, "s").action == "go"
    assert session_guard(34 * 60, 30 * 60, coaching.load, "s").action == "suggest_cap"


@pytest.mark.parametrize("planned", [0, -1])
def test_nothing_planned_is_refused(coaching: Coaching, planned: float) -> None:
    """A run of no length is a mistake of the caller."""
    with pytest.raises(ValueError, match="longer than 0"):
        session_guard(planned, 5000, coaching.load)


def test_after_a_run_that_was_too_much(coaching: Coaching) -> None:
    """The next run is 0.7 of the old longest run, or unknown with it."""
    assert overload_cap(7000, coaching.load) == pytest.approx(4900)
    assert overload_cap(None, coaching.load) is None


@given(planned=metres, longest=metres, measure=st.sampled_from(["m", "s"]))
def test_go_means_under_the_cap(
    coaching: Coaching, planned: float, longest: float, measure: Measure
) -> None:
    """It says go exactly up to the cap, and what it suggests always gets a go."""
    guard = session_guard(planned, longest, coaching.load, measure)

    assert guard.cap is not None
    assert guard.suggestion is not None
    assert (guard.action == "go") == (planned <= guard.cap * (1 + 1e-9))
    assert session_guard(guard.suggestion, longest, coaching.load, measure).action == "go"
    assert guard.suggestion <= max(planned, guard.cap)


@given(one=metres, other=metres)
def test_the_cap_grows_with_the_longest_run(coaching: Coaching, one: float, other: float) -> None:
    """A longer longest run never has a smaller cap."""
    low, high = sorted((one, other))
    caps = session_cap(low, coaching.load), session_cap(high, coaching.load)

    assert caps[0] is not None
    assert caps[1] is not None
    assert low < caps[0] <= caps[1]

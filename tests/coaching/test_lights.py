import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.lights import Check, light, light_of_rule, worst
from bot.content.coaching import Coaching

score = st.none() | st.integers(0, 10)
maybe = st.none() | st.booleans()
checks = st.builds(
    Check,
    during=score,
    limp=maybe,
    sharp=maybe,
    built_up=maybe,
    morning=score,
    usual=score,
    stiff_longer=maybe,
    settled_24h=maybe,
    stop_sign=st.booleans(),
    hard_return_run=st.booleans(),
)
ORDER = [None, "green", "amber", "red", "stop"]


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (Check(), None),
        (Check(during=0), "green"),
        (Check(during=2), "green"),
        (Check(during=3), "amber"),
        (Check(during=5), "amber"),
        (Check(during=6), "red"),
        (Check(during=0, limp=True), "red"),
        (Check(during=0, sharp=True), "red"),
        (Check(during=0, built_up=True), "red"),
        (Check(during=1, limp=False), "green"),
        (Check(morning=2, usual=0), "green"),
        (Check(morning=3, usual=2), "amber"),
        (Check(morning=4, usual=2), "red"),
        (Check(morning=4, usual=4), "green"),
        (Check(morning=5, usual=4), "amber"),
        (Check(morning=6, usual=4), "red"),
        (Check(morning=3, usual=0), "red"),
        (Check(morning=3), "amber"),
        (Check(morning=4), "red"),
        (Check(during=1, morning=1, stiff_longer=True), "red"),
        (Check(during=1, settled_24h=True), "green"),
        (Check(during=1, settled_24h=False), "red"),
        (Check(during=4, morning=1, settled_24h=True), "amber"),
        (Check(during=1, hard_return_run=True), "amber"),
        (Check(during=6, hard_return_run=True), "red"),
        (Check(stop_sign=True), "stop"),
    ],
)
def test_lights(coaching: Coaching, check: Check, expected: str | None) -> None:
    """Each boundary of the table in 4.4."""
    assert light(check, coaching.lights) == expected


@pytest.mark.parametrize(
    ("tissue", "during", "expected"),
    [
        ("strain", 2, "green"),
        ("strain", 3, "red"),
        ("bone", 0, "green"),
        ("bone", 1, "red"),
        ("tendon", 5, "amber"),
    ],
)
def test_strain_and_bone_allow_less(
    coaching: Coaching, tissue: str, during: int, expected: str
) -> None:
    """A strain allows 2 while running and bone 0, with no amber between."""
    assert light(Check(during=during, tissue=tissue), coaching.lights) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("warm_up_continues", "red"),
        ("warm_up_goes_away", "amber"),
        ("goes_away_returns", "red"),
        ("sore_next_day", "amber"),
        ("no_soreness", "green"),
    ],
)
def test_delaware_map(coaching: Coaching, rule: str, expected: str) -> None:
    """First and third rule are red, second and fourth amber, the fifth green."""
    assert light_of_rule(rule, coaching.lights) == expected


@given(check=checks)
def test_a_stop_sign_always_stops(coaching: Coaching, check: Check) -> None:
    """It is stop exactly if there is a stop sign."""
    assert (light(check, coaching.lights) == "stop") == check.stop_sign


@given(check=checks, more=st.integers(1, 10))
def test_more_pain_is_never_a_better_light(coaching: Coaching, check: Check, more: int) -> None:
    """Raising the pain during the run never improves the light."""
    low = check.during or 0
    parts = {name: getattr(check, name) for name in ("morning", "usual", "limp", "settled_24h")}
    before = light(Check(during=low, **parts), coaching.lights)
    after = light(Check(during=min(low + more, 10), **parts), coaching.lights)

    assert ORDER.index(after) >= ORDER.index(before)


@given(lights=st.lists(st.sampled_from([None, "green", "amber", "red", "stop"])))
def test_worst(lights: list[str | None]) -> None:
    """The worst is the most serious of those that are known."""
    assert worst(*lights) == max(lights, key=ORDER.index, default=None)  # type: ignore[arg-type]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.combine import (
    NewThing,
    coaching_suspended,
    cut_first,
    days_to_next_new,
    in_order,
    smallest,
    top_causes,
)
from bot.content.coaching import Coaching


@pytest.mark.parametrize(
    ("triage", "rules", "suspended"),
    [
        ("emergency", set(), True),
        ("same_day", set(), True),
        ("this_week", {"W1"}, True),
        ("this_week", {"W3"}, True),
        ("this_week", {"W4"}, False),
        ("self_manage", {"S"}, False),
    ],
)
def test_suspended(coaching: Coaching, triage: str, rules: set[str], suspended: bool) -> None:
    """Emergency, same day and W1 to W3 suspend all coaching."""
    assert coaching_suspended(triage, rules, coaching.comeback.combine) == suspended


def test_order(coaching: Coaching) -> None:
    """Tissue first, then style and shoes, the break, the big run, hills, strength, then others."""
    mixed = {"strength_flex", "doms", "overload", "long_break", "technique_change", "tendon_mid"}
    ordered = in_order(mixed, coaching.comeback.combine)

    assert ordered == (
        "tendon_mid",
        "technique_change",
        "long_break",
        "overload",
        "strength_flex",
        "doms",
    )
    assert top_causes(mixed, coaching.comeback.combine) == ordered[:2]


@given(caps=st.lists(st.none() | st.floats(0, 1e6)))
def test_the_smallest_cap_counts(caps: list[float | None]) -> None:
    """The smallest known cap, or none."""
    known = [cap for cap in caps if cap is not None]

    assert smallest(*caps) == (min(known) if known else None)


def test_cut_intensity_first(coaching: Coaching) -> None:
    """After a big run with hills: intensity, then distance, then days. Otherwise nothing."""
    combine = coaching.comeback.combine

    assert cut_first({"overload", "hills_speed"}, combine) == ("intensity", "distance", "days")
    assert cut_first({"overload"}, combine) == ()


@pytest.mark.parametrize(
    ("days", "last", "wait"),
    [(0, "other", 14), (13, "other", 1), (14, "other", 0), (14, "technique", 14), (40, "other", 0)],
)
def test_one_new_thing_at_a_time(coaching: Coaching, days: int, last: NewThing, wait: int) -> None:
    """2 weeks between new things, 4 after a change of style."""
    assert days_to_next_new(days, last, coaching.comeback.combine) == wait

from dataclasses import replace

import pytest

from bot.coaching.criteria import Able, AfterStrain, criteria_to_start
from bot.content.coaching import Coaching

READY = Able(1800, 1, False, 2, 20, 10, 2, 10, 2)
HEALED = AfterStrain(0, 0.9, 0.9, 23)


def test_ready(coaching: Coaching) -> None:
    """At every limit of 4.2 the runner may start."""
    assert criteria_to_start(READY, coaching.comeback).met


@pytest.mark.parametrize(
    ("change", "unmet"),
    [
        ({"walk_s": 1799}, "walk_30_min"),
        ({"walk_pain": 2}, "walk_pain"),
        ({"limp": True}, "no_limp"),
        ({"stairs_pain": 3}, "stairs_pain"),
        ({"double_raises": 19}, "double_raises"),
        ({"single_raises": 9}, "single_raises"),
        ({"raise_pain": 3}, "raise_pain"),
        ({"hops": 9}, "hops"),
        ({"hop_pain": 3}, "hop_pain"),
    ],
)
def test_each_criterion(coaching: Coaching, change: dict[str, int], unmet: str) -> None:
    """One step beyond a limit is named, and only that one."""
    found = criteria_to_start(replace(READY, **change), coaching.comeback)  # type: ignore[arg-type]

    assert (found.unmet, found.unknown) == ((unmet,), ())


def test_what_is_not_known_is_said(coaching: Coaching) -> None:
    """Nothing known: nothing unmet, everything unknown, and not met."""
    found = criteria_to_start(Able(), coaching.comeback)

    assert (found.unmet, len(found.unknown), found.met) == ((), 9, False)


@pytest.mark.parametrize(
    ("able", "strain", "unmet"),
    [
        (replace(READY, single_raises=23), HEALED, ()),
        (replace(READY, single_raises=22), HEALED, ("raises_norm",)),
        (replace(READY, single_raises=29), replace(HEALED, norm=None), ("raises_norm",)),
        (replace(READY, single_raises=30), replace(HEALED, norm=37), ()),
        (replace(READY, single_raises=23), replace(HEALED, tenderness=1), ("tenderness",)),
        (replace(READY, single_raises=23), replace(HEALED, ankle_bend_part=0.89), ("ankle_bend",)),
        (replace(READY, single_raises=23), replace(HEALED, raises_part=0.89), ("raises_even",)),
    ],
)
def test_after_a_strain(
    coaching: Coaching, able: Able, strain: AfterStrain, unmet: tuple[str, ...]
) -> None:
    """A strain adds tenderness, bend, evenness, and 30 raises or the norm if that is lower."""
    assert criteria_to_start(able, coaching.comeback, strain).unmet == unmet

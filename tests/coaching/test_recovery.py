from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.recovery import Band, Soreness, days_to_settle, memory_for, recovery_memory
from bot.coaching.runs import Run
from bot.content.coaching import Coaching

START = date(2026, 1, 1)


def on(day: int) -> date:
    """A day, 0 is the first."""
    return START + timedelta(days=day)


def log(metres: float, settle_days: list[int]) -> tuple[list[Run], list[Soreness]]:
    """Runs ten days apart, sore until the day they settle."""
    runs, soreness = [], []
    for index, days in enumerate(settle_days):
        runs.append(Run(on(index * 10), metres))
        soreness += [Soreness(on(index * 10 + day), 5) for day in range(1, days)]
        soreness.append(Soreness(on(index * 10 + days), 2))
    return runs, soreness


def test_the_median_with_its_number_of_runs(coaching: Coaching) -> None:
    """Six runs of 5 to 6 km that took 1, 2, 2, 2, 3 and 4 days: 2 days, from 6 runs."""
    runs, soreness = log(5500, [1, 2, 2, 2, 3, 4])
    bands = recovery_memory(runs, soreness, coaching.nudges.recovery)

    assert bands == (Band(5000, 6000, 2, 6),)
    assert memory_for(5000, bands) == bands[0]
    assert memory_for(6000, bands) is None


def test_silent_under_6_runs(coaching: Coaching) -> None:
    """Five runs say nothing."""
    runs, soreness = log(5500, [1, 2, 2, 2, 3])

    assert recovery_memory(runs, soreness, coaching.nudges.recovery) == ()


@pytest.mark.parametrize(
    ("reports", "next_run", "days"),
    [
        ([(1, 2)], None, 1),
        ([(1, 3), (2, 2)], None, 2),
        ([(0, 0)], None, None),
        ([(1, 5)], None, None),
        ([(7, 0)], None, 7),
        ([(8, 0)], None, None),
        ([(3, 0)], 2, None),
        ([(2, 0)], 2, 2),
    ],
)
def test_days_to_settle(
    coaching: Coaching, reports: list[tuple[int, int]], next_run: int | None, days: int | None
) -> None:
    """The first later report of 2/10 or less within 7 days and not after the next run."""
    run = Run(on(0), 5000)
    runs = [run] if next_run is None else [run, Run(on(next_run), 5000)]
    soreness = [Soreness(on(day), score) for day, score in reports]

    assert days_to_settle(run, runs, soreness, coaching.nudges.recovery) == days


@given(settle=st.lists(st.integers(1, 7), min_size=6, max_size=20), metres=st.floats(0, 42_000))
def test_the_median_is_within_what_happened(
    coaching: Coaching, settle: list[int], metres: float
) -> None:
    """The memory never claims more or less than the log, and counts every run."""
    bands = recovery_memory(*log(metres, settle), coaching.nudges.recovery)

    assert len(bands) == 1
    assert min(settle) <= bands[0].days <= max(settle)
    assert bands[0].runs == len(settle)
    assert bands[0].from_m <= metres < bands[0].to_m

"""A runner's own recovery: after so far, the calves need so many days.

Rule (product.md 4.4): plain medians of the runner's own log, by distance band, with how many runs
they rest on; silent under 6 runs in a band [D]. Never another runner's, never a prediction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from bot.coaching.runs import Run
from bot.content.coaching.nudges import Recovery


@dataclass(frozen=True, slots=True)
class Soreness:
    """What the runner said on one day, 0 to 10."""

    day: date
    score: int


@dataclass(frozen=True, slots=True)
class Band:
    """Runs of `from_m` to below `to_m` metres took `days` (median) to settle, in `runs` runs."""

    from_m: float
    to_m: float
    days: float
    runs: int


def recovery_memory(
    runs: Sequence[Run], soreness: Sequence[Soreness], recovery: Recovery
) -> tuple[Band, ...]:
    """Median days to settle for each distance band with at least 6 runs, shortest first."""
    found: dict[int, list[int]] = {}
    for run in runs:
        days = days_to_settle(run, runs, soreness, recovery)
        if days is not None and run.distance_m is not None:
            found.setdefault(int(run.distance_m // recovery.band_m), []).append(days)
    return tuple(
        Band(band * recovery.band_m, (band + 1) * recovery.band_m, median(days), len(days))
        for band, days in sorted(found.items())
        if len(days) >= recovery.runs_at_least
    )


def days_to_settle(
    run: Run, runs: Sequence[Run], soreness: Sequence[Soreness], recovery: Recovery
) -> int | None:
    """Days from a run to the first later report of 2/10 or less; None if none came in time.

    In time is within 7 days and not after the next run: the next run starts its own count.
    """
    later = min((one.day for one in runs if one.day > run.day), default=None)
    settled = [
        (one.day - run.day).days
        for one in soreness
        if one.day > run.day
        and (later is None or one.day <= later)
        and one.score <= recovery.settled_at_most
    ]
    first = min(settled, default=None)
    return first if first is not None and first <= recovery.within_days else None


def memory_for(distance_m: float, bands: Sequence[Band]) -> Band | None:
    """The band a planned distance falls into; None where the memory is silent."""
    return next((band for band in bands if band.from_m <= distance_m < band.to_m), None)

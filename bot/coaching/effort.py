"""Weekly change and session load: described, never used to block.

Rules (evidence.md 3.2, 3.4): this week / the week before, aim 1.20, remark above 1.30 [D].
Session load = effort (0 to 10) x minutes; week = sum; monotony = mean / spread of the daily
loads; strain = week x monotony. There is no ratio of recent to usual load anywhere (3.3, S7, S8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Literal

from bot.content.coaching.load import Effort, WeeklyChange

Remark = Literal["unknown", "within_aim", "above_aim", "remark"]


@dataclass(frozen=True, slots=True)
class Change:
    """This week against the week before; `ratio` is None if there was no week before."""

    ratio: float | None
    remark: Remark


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """The load of 7 days in effort x minutes; monotony and strain None if all days were alike."""

    week: float
    monotony: float | None
    strain: float | None


def weekly_change(week_m: float, week_before_m: float, figures: WeeklyChange) -> Change:
    """Metres of the last 7 days against the 7 before (3.2 [D]); a soft remark at most."""
    if week_before_m <= 0:
        return Change(None, "unknown")
    ratio = week_m / week_before_m
    if ratio <= figures.aim + 1e-9:
        return Change(ratio, "within_aim")
    return Change(ratio, "remark" if ratio > figures.remark_above + 1e-9 else "above_aim")


def session_load(effort: int, duration_s: float) -> float:
    """Effort (0 to 10) x minutes (3.4). Raises ValueError for an effort outside 0 to 10."""
    if not 0 <= effort <= 10:
        raise ValueError("Effort is 0 to 10.")
    return effort * duration_s / 60


def week_load(daily: Sequence[float]) -> WeekLoad:
    """Load, monotony and strain of the daily loads, a rest day as 0 (3.4); population spread."""
    week = sum(daily)
    spread = pstdev(daily) if len(daily) > 1 else 0.0
    if spread == 0:
        return WeekLoad(week, None, None)
    monotony = fmean(daily) / spread
    return WeekLoad(week, monotony, week * monotony)


def is_hard(effort: int, figures: Effort) -> bool:
    """Whether a return run was hard: an amber input and nothing else (3.4 [D])."""
    return effort >= figures.hard_from

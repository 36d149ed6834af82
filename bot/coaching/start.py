"""The break-length rule: where to start after a break.

Rule (evidence.md 4.1, all [D]; pace S16): start = base of the break + what was run before -
risks, between level 0 and the top of the ladder. Rows that resume have no level, except when
sore. Above 6 months nothing that was run before counts, and a week of walking (level 0) comes
first. A long break with a run that was already too much starts one level lower (2.3 rule 5); all
penalties together are 3 levels at most (2.3 rule 3). Soreness that chose the level of a resume
row is not counted again.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.content.coaching import Coaching
from bot.content.coaching.comeback import Break, BreakId, Comeback, VolumeStep

Risk = Literal["sore", "calf_trouble_12mo", "age_50", "bmi_over_30", "new_shoes_or_technique"]


@dataclass(frozen=True, slots=True)
class Before:
    """The runner before today. `break_days` None: has never run. Metres a week, for so many weeks.

    `pain` is the higher of first steps and stairs, 0 to 10. `overloaded`: the big run was already
    done.
    """

    break_days: int | None
    week_m: float | None = None
    weeks: int | None = None
    pain: int = 0
    calf_trouble_12mo: bool = False
    age_50: bool = False
    bmi_over_30: bool = False
    new_shoes_or_technique: bool = False
    overloaded: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """Where to start. `level` is a ladder level or "resume"; `first_level` is the first session's.

    `volume`: parts of the usual week, each for a share of as many days as were missed; empty: the
    ladder alone. `pace_factor`: part of the old fitness that is left. No speed and hills for
    `hold_off_runs` runs and `hold_off_weeks` weeks, counted from the end of the ladder if
    `hold_off_from_ladder_end`. `prior`, `penalty` (0 or below) and `risks` say how the level came
    about. `rest_first`: walk only until walking hurts 2/10 or less.
    """

    level: int | Literal["resume"]
    row: BreakId
    volume: tuple[VolumeStep, ...]
    pace_factor: float
    hold_off_runs: int
    hold_off_weeks: int
    hold_off_from_ladder_end: bool
    first_run_within_longest: bool
    walk_week_first: bool
    rest_first: bool
    prior: int
    penalty: int
    risks: tuple[Risk, ...]

    @property
    def first_level(self) -> int | None:
        """The level of the very first session; None if the runner resumes."""
        if self.level == "resume":
            return None
        return 0 if self.walk_week_first else self.level


def start_level(before: Before, coaching: Coaching) -> Start:
    """Where to start after a break (evidence.md 4.1 [D], S16; combined by 2.3 rules 3 and 5)."""
    comeback = coaching.comeback
    row = break_row(before.break_days, comeback)
    sore = before.pain >= comeback.risk.sore_from
    sore_level = row.level_if_sore if sore else None
    base = row.level if sore_level is None else sore_level
    risks = _risks(before, comeback)
    counted = len(risks) - (1 if sore_level is not None else 0)
    prior = min(_prior(before, comeback), row.max_prior)
    long_overload = before.overloaded and row.level is not None
    penalty = combined_penalty(
        comeback,
        counted * comeback.risk.levels_each,
        comeback.combine.overload_levels if long_overload else 0,
    )
    level: int | Literal["resume"] = "resume"
    if base is not None:
        lowest = 1 if row.walk_week_first else 0
        level = min(max(base + prior + penalty, lowest), len(coaching.ladder.level) - 1)
    return Start(
        level=level,
        row=row.id,
        volume=row.volume,
        pace_factor=pace_factor(before.break_days, comeback),
        hold_off_runs=row.hold_off_runs,
        hold_off_weeks=row.hold_off_weeks,
        hold_off_from_ladder_end=row.hold_off_from_ladder_end,
        first_run_within_longest=row.first_run_within_longest,
        walk_week_first=row.walk_week_first,
        rest_first=before.overloaded,
        prior=prior if base is not None else 0,
        penalty=penalty if base is not None else 0,
        risks=risks,
    )


def break_row(break_days: int | None, comeback: Comeback) -> Break:
    """The row of the break table for so many days off; None is the last row (4.1 [D])."""
    if break_days is None:
        return comeback.break_[-1]
    fits = [row for row in comeback.break_ if row.from_days <= max(break_days, 0)]
    return fits[-1]


def pace_factor(break_days: int | None, comeback: Comeback) -> float:
    """Part of the old fitness left after so many days off, with no other training (4.1, S16)."""
    points = comeback.pace
    if break_days is None or break_days >= points[-1].days:
        return points[-1].factor
    for before, after in pairwise(points):
        if before.days <= break_days <= after.days:
            part = (break_days - before.days) / (after.days - before.days)
            return before.factor + part * (after.factor - before.factor)
    return points[0].factor


def volume_part(start: Start, missed_days: int, day: int) -> float | None:
    """The part of the usual week on the day-th day back (0 is the first); None on the ladder alone.

    1.0 once as many days as were missed have gone by (4.1 [D]).
    """
    if not start.volume:
        return None
    end = 0.0
    for step in start.volume:
        end += step.share * missed_days
        if day < end - 1e-9:
            return step.volume
    return 1.0


def combined_penalty(comeback: Comeback, *levels: int) -> int:
    """Level penalties added up, 3 levels at most; 0 or below (2.3 rule 3)."""
    return max(sum(levels), comeback.risk.max_levels)


def _prior(before: Before, comeback: Comeback) -> int:
    gained = [
        row.levels
        for row in comeback.prior
        if (before.week_m or 0) >= row.week_m and (before.weeks or 0) >= row.weeks
    ]
    return max(gained, default=0)


def _risks(before: Before, comeback: Comeback) -> tuple[Risk, ...]:
    found: list[tuple[Risk, bool]] = [
        ("sore", before.pain >= comeback.risk.sore_from),
        ("calf_trouble_12mo", before.calf_trouble_12mo),
        ("age_50", before.age_50),
        ("bmi_over_30", before.bmi_over_30),
        ("new_shoes_or_technique", before.new_shoes_or_technique),
    ]
    return tuple(name for name, there in found if there)

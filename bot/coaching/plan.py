"""A plan for the coming weeks: run, walk, exercises or rest for every day.

Rule (evidence.md 3.5, 4.3, 6.0): runs a week by frequency.py, as if all goes green; on the ladder
at least one clear day between runs, and brisk walks fill a week up to 3 active days. Each level
twice. Exercises on 2 days without a run, not the day before the week's last and longest run, and
at least one day a week without run or exercises [D]. The plan waits for the runner: it is made
again after each run. A smaller week after a lapse (7 [D]) holds what it says and no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Literal

from bot.coaching.frequency import max_runs_next_week, walks_beside
from bot.coaching.ladder import top_level
from bot.coaching.start import Start, volume_part
from bot.content.coaching import Coaching

Kind = Literal["run", "walk", "exercises", "rest"]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """What is planned for one day. `level`: of the ladder, 0 for a walk; None off the ladder.

    `volume`: part of the usual week that applies that day, None on the ladder alone.
    """

    day: date
    kind: Kind
    level: int | None = None
    volume: float | None = None


@dataclass(frozen=True, slots=True)
class Small:
    """The rest of a smaller week after a lapse: up to, not with, a day; runs or walks; exercises."""

    until: date
    runs: int
    exercise_days: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """Days on which the runner can run (0 is Monday), runs a week to reach, weeks to plan."""

    run_days: frozenset[int]
    target: int = 3
    weeks: int = 4
    small: Small | None = None
    walks_until: date | None = None
    """The day on which the week of walks that comes first is over; None: it begins today."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the plan starts. `earliest`: no run before; `exercises_from`: no exercises before.

    `runs_before`: runs in each past week, oldest first. `done_at_level`: green runs at this level.
    `last_run`: the day of the last run. `missed_days`: of the break, for the volume.
    """

    start: Start
    earliest: date | None = None
    exercises_from: date | None = None
    runs_before: tuple[int, ...] = ()
    done_at_level: int = 0
    last_run: date | None = None
    missed_days: int = 0


@dataclass(slots=True)
class _Progress:
    """The plan as it goes on: level, greens at it, the last run, runs in each week."""

    level: int | None
    greens: int
    last_run: date | None
    weeks: list[int]


def plan_weeks(
    standing: Standing, wishes: Wishes, today: date, coaching: Coaching
) -> tuple[PlanItem, ...]:
    """One item for every day from `today`, `wishes.weeks` times 7 days.

    Raises ValueError without a run day.
    """
    if not wishes.run_days or not wishes.run_days <= set(range(7)):
        raise ValueError("Run days are 1 or more of 0 (Monday) to 6 (Sunday).")
    start = standing.start
    level = None if start.level == "resume" else start.level
    progress = _Progress(
        level, standing.done_at_level, standing.last_run, list(standing.runs_before)
    )
    items: list[PlanItem] = []
    for number, (days, small) in enumerate(_weeks(today, wishes)):
        walk_only = start.walk_week_first and (
            number == 0 if wishes.walks_until is None else days[0] < wishes.walks_until
        )
        items += _week(days, progress, standing, wishes, coaching, walk_only=walk_only, small=small)
    return tuple(
        PlanItem(item.day, item.kind, item.level, _volume(item, standing, today))
        for item in items[: wishes.weeks * 7]
    )


def _weeks(today: date, wishes: Wishes) -> Iterator[tuple[list[date], Small | None]]:
    """The days of each week to come; what is left of a smaller week, or of walks, comes first."""
    small = wishes.small
    first = max(today, small.until if small else today, wishes.walks_until or today)
    if first > today:
        yield [today + timedelta(days=offset) for offset in range((first - today).days)], small
    for week in range(wishes.weeks):
        begin = first + timedelta(weeks=week)
        yield [begin + timedelta(days=offset) for offset in range(7)], None


def _week(
    days: list[date],
    progress: _Progress,
    standing: Standing,
    wishes: Wishes,
    coaching: Coaching,
    *,
    walk_only: bool,
    small: Small | None = None,
) -> list[PlanItem]:
    """Seven days at most: runs first, then walks, exercises and rest around them."""
    load = coaching.load
    most = _share(max_runs_next_week(progress.weeks, wishes.target, load.frequency), days)
    most = most if small is None else min(most, small.runs)
    able = [day for day in days if day.weekday() in wishes.run_days]
    runs = () if walk_only else _run_days(able, most, progress, standing, coaching)
    levels = {day: _next(progress, coaching) for day in runs}
    walks: set[date] = {day for day, level in levels.items() if level == 0}
    if progress.level is not None:
        wanted = _share(walks_beside(len(runs), load.frequency), days)
        wanted = wanted if small is None else small.runs - len(runs)
        walks |= _spread(able, days, set(runs), wanted)
    real = [day for day in runs if levels[day] != 0]
    progress.weeks.append(len(real))
    progress.last_run = real[-1] if real else progress.last_run
    exercises = _exercise_days(days, real, walks, standing, coaching)
    if len(days) < 7 or small is not None:
        count = _share(coaching.strength.days.strength_at_least, days)
        count = count if small is None else small.exercise_days
        exercises = set(sorted(exercises)[:count])
    return [_item(day, levels, walks, exercises) for day in days]


def _share(count: int, days: list[date]) -> int:
    """So many a week, for a part of a week."""
    return -(-count * len(days) // 7)


def _item(
    day: date, levels: dict[date, int | None], walks: set[date], exercises: set[date]
) -> PlanItem:
    if day in walks:
        return PlanItem(day, "walk", 0)
    if day in levels:
        return PlanItem(day, "run", levels[day])
    return PlanItem(day, "exercises" if day in exercises else "rest")


def _run_days(
    able: list[date], most: int, progress: _Progress, standing: Standing, coaching: Coaching
) -> tuple[date, ...]:
    """As many run days as allowed, spread as widely as possible, the first as early as possible."""
    clear = coaching.load.clear_days
    gap = 1 if progress.level is None else clear.between_runs + 1
    earliest = standing.earliest or date.min
    after = date.min if progress.last_run is None else progress.last_run + timedelta(days=gap)
    free = [day for day in able if day >= max(earliest, after)]
    for count in range(min(most, len(free)), 0, -1):
        fits = [days for days in combinations(free, count) if _least_gap(days) >= gap]
        if fits:
            return max(fits, key=lambda days: (_least_gap(days), -days[0].toordinal()))
    return ()


def _least_gap(days: Sequence[date]) -> int:
    return min(((after - before).days for before, after in pairwise(days)), default=7)


def _next(progress: _Progress, coaching: Coaching) -> int | None:
    """The level of the next run, and on to the one after: each level twice on green."""
    level = progress.level
    if level is None:
        return None
    progress.greens += 1
    if progress.greens >= coaching.ladder.repeat.times and level < top_level(coaching.ladder):
        progress.level, progress.greens = level + 1, 0
    return level


def _spread(able: list[date], days: list[date], taken: set[date], count: int) -> set[date]:
    """So many days, the runner's run days first, each far from the others."""
    chosen: set[date] = set()
    for pool in (able, days):
        while len(chosen) < count:
            free = [day for day in pool if day not in taken | chosen]
            if not free:
                break
            chosen.add(
                max(free, key=lambda day: (_distance(day, taken | chosen), -day.toordinal()))
            )
    return chosen


def _distance(day: date, others: set[date]) -> int:
    return min((abs((day - other).days) for other in others), default=7)


def _exercise_days(
    days: list[date],
    runs: Sequence[date],
    walks: set[date],
    standing: Standing,
    coaching: Coaching,
) -> set[date]:
    """Days for strength: no run, not the day before the longest one, one day of the week free."""
    figures = coaching.strength.days
    before_longest = {runs[-1] - timedelta(days=1)} if runs else set()
    first = standing.exercises_from or date.min
    room = 7 - figures.free_at_least - len(runs)
    count = min(figures.strength_at_least, max(room, 0))
    able = [day for day in days if day >= first and day not in before_longest]
    quiet = [day for day in able if day not in walks]
    blocked = set(runs) | walks
    chosen: set[date] = set()
    while len(chosen) < count:
        free = [day for day in quiet if day not in blocked | chosen]
        if not free:
            break
        chosen.add(max(free, key=lambda day: (_distance(day, chosen), -day.toordinal())))
    return chosen


def _volume(item: PlanItem, standing: Standing, today: date) -> float | None:
    if item.kind != "run":
        return None
    return volume_part(standing.start, standing.missed_days, (item.day - today).days)

"""Up, again or down: the next ladder level from the runs so far.

Rule (evidence.md 4.4, 4.3): a level is done twice in a row on green, then one up, never more than
2 levels up in 7 days (S9, S12). Amber: the same level; 2 ambers in 7 days: an extra rest day and
no step up. Red or stop: one level down, 2 if it is the second red in 14 days [D]. More than 7
days off: one level down for every 5 days missed (S82). Muscle soreness alone never counts as
failing (2.3 rule 8). The level follows from the log alone, so a correction of an old light
corrects it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from bot.coaching.ladder import top_level
from bot.coaching.runs import Light
from bot.content.coaching import Coaching

Reason = Literal[
    "start", "repeat", "up", "too_fast", "amber", "two_ambers", "red", "second_red", "top", "wait"
]


@dataclass(frozen=True, slots=True)
class Done:
    """One ladder session: its start (aware UTC), level, and light (None: not known yet)."""

    at: datetime
    level: int
    light: Light | None
    doms_only: bool = False


@dataclass(frozen=True, slots=True)
class NextLevel:
    """The next level, why, days of extra rest, and levels lost to time off (0 or below)."""

    level: int
    reason: Reason
    extra_rest_days: int = 0
    layoff_levels: int = 0


def next_level(start: int, done: Sequence[Done], now: datetime, coaching: Coaching) -> NextLevel:
    """The next session's level; `start` until one is done (4.4, S9, S12, S82)."""
    if not done:
        return NextLevel(start, "start")
    past = sorted(done, key=lambda one: one.at)
    last = past[-1]
    change, reason, rest = _change(past, now, coaching)
    lost = _layoff(last.at, now, coaching)
    level = min(max(last.level + change + lost, 0), top_level(coaching.ladder))
    return NextLevel(level, reason, rest, lost)


def ladder_done(done: Sequence[Done], coaching: Coaching) -> bool:
    """Whether the top level was done on green 3 times in a row: the ladder is done (2.2 [D])."""
    times = coaching.comeback.done.ladder_runs_green
    last = sorted(done, key=lambda one: one.at)[-times:]
    top = top_level(coaching.ladder)
    return len(last) == times and all(one.level == top and one.light == "green" for one in last)


def two_ambers(
    lights: Sequence[tuple[datetime, Light | None]], now: datetime, coaching: Coaching
) -> bool:
    """Whether 2 runs of the last 7 days were amber (4.4 [D])."""
    amber = coaching.lights.amber
    since = now - timedelta(days=amber.in_days)
    return sum(light == "amber" and since <= at <= now for at, light in lights) >= amber.count


def _change(past: list[Done], now: datetime, coaching: Coaching) -> tuple[int, Reason, int]:
    """Levels up or down, why, and days of extra rest, from the last light."""
    last = past[-1]
    if last.light in {"red", "stop"}:
        return _red(past, coaching)
    ambers = two_ambers([(one.at, _light(one)) for one in past], now, coaching)
    rest = coaching.lights.amber.extra_rest_days if ambers else 0
    if last.light is None:
        return 0, "wait", rest
    if ambers:
        return 0, "two_ambers", rest
    if _light(last) == "amber" or last.doms_only:
        return 0, "amber" if _light(last) == "amber" else "repeat", 0
    if last.level >= top_level(coaching.ladder):
        return 0, "top", 0
    times = coaching.ladder.repeat.times
    recent = past[-times:]
    if len(recent) < times or any(
        one.level != last.level or one.light != "green" for one in recent
    ):
        return 0, "repeat", 0
    return (0, "too_fast", 0) if _too_fast(past, now, coaching) else (1, "up", 0)


def _red(past: list[Done], coaching: Coaching) -> tuple[int, Reason, int]:
    red = coaching.lights.red
    since = past[-1].at - timedelta(days=red.second_in_days)
    earlier = any(one.light in {"red", "stop"} and one.at >= since for one in past[:-1])
    if earlier:
        return red.second_levels, "second_red", 0
    return red.levels, "red", 0


def _light(one: Done) -> Light | None:
    """The light with muscle soreness alone left out: it never counts as failing."""
    return "green" if one.doms_only and one.light == "amber" else one.light


def _too_fast(past: list[Done], now: datetime, coaching: Coaching) -> bool:
    pace = coaching.ladder.pace_of_levels
    since = now - timedelta(days=pace.in_days)
    gained = sum(
        max(after.level - before.level, 0) for before, after in pairwise(past) if after.at > since
    )
    return gained >= pace.max_up


def _layoff(last: datetime, now: datetime, coaching: Coaching) -> int:
    layoff = coaching.ladder.layoff
    off = (now - last).days
    return -(off // layoff.days_per_level) if off > layoff.over_days else 0

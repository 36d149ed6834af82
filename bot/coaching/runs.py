"""The 30-day longest run rule: which runs count, and which is the longest.

Rule (evidence.md 3.1, S1): the longest run of the 30 days up to the day in question, in metres
and in seconds. A run that ended red does not raise it, nor does a run over the cap that was
followed by soreness [D]; the first run after 30 days without one counts as over the cap. None: no
run that counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.content.coaching.load import Load

Light = Literal["green", "amber", "red", "stop"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run that was done. Metres, seconds; soreness is the highest of the next days, 0 to 10."""

    day: date
    distance_m: float | None = None
    duration_s: float | None = None
    light: Light | None = None
    sore_after: int | None = None


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest run in metres and in seconds (they may be two runs); None is not known."""

    distance_m: float | None = None
    duration_s: float | None = None


def longest_run_30d(runs: Iterable[Run], today: date, load: Load) -> Longest:
    """The longest run of the 30 days up to and including `today` (evidence.md 3.1, S1)."""
    counted: list[Run] = []
    for run in sorted(runs, key=lambda run: run.day):
        if run.day <= today and _counts(run, counted, load):
            counted.append(run)
    return _longest(counted, today, load)


def _counts(run: Run, before: list[Run], load: Load) -> bool:
    """Whether a run may raise the longest run of the runs that counted before it."""
    ignore = load.session_ignore
    if run.light == "stop" or (run.light == "red" and ignore.ended_red):
        return False
    if run.sore_after is None or run.sore_after < ignore.spike_sore_from:
        return True
    base = _longest(before, run.day, load)
    cap, floor = load.session_cap.ratio, load.session_floor
    return not (
        _over(run.distance_m, base.distance_m, cap, floor.add_m)
        or _over(run.duration_s, base.duration_s, cap, floor.add_s)
        or (base.distance_m is None and base.duration_s is None)
    )


def _over(done: float | None, base: float | None, ratio: float, add: float) -> bool:
    return done is not None and base is not None and done > max(base * ratio, base + add)


def _longest(runs: Iterable[Run], today: date, load: Load) -> Longest:
    first = today - timedelta(days=load.session_window.days)
    recent = [run for run in runs if first <= run.day <= today]
    metres = [run.distance_m for run in recent if run.distance_m]
    seconds = [run.duration_s for run in recent if run.duration_s]
    return Longest(max(metres, default=None), max(seconds, default=None))

"""The gate before a run: lock, walk, or run with the smallest of all limits.

Rule (evidence.md 3.6): an emergency or same-day answer locks everything; rules W1 to W3, and any
this-week answer (1.5), lock running. Enough runs this week: a walk. Less than 40 hours since the
last run: a walk or strength. Otherwise run, for the smallest of the level's minutes, the session
cap and the share of a change of style. Two ambers in 7 days hold the level, a red steps it back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.coaching.combine import smallest
from bot.coaching.levels import two_ambers
from bot.coaching.runs import Light
from bot.content.coaching import Coaching

Action = Literal["lock", "lock_running", "walk", "walk_or_strength", "run"]


@dataclass(frozen=True, slots=True)
class AtGate:
    """What is known before a run. Limits are seconds of running, None where there is none.

    `rules`: ids of the safety rules that hold. `lights`: of past runs, with their starts (aware
    UTC).
    """

    triage: str
    rules: frozenset[str] = frozenset()
    lights: tuple[tuple[datetime, Light | None], ...] = ()
    level_run_s: float | None = None
    cap_s: float | None = None
    technique_s: float | None = None
    runs_this_week: int = 0
    max_runs: int = 1
    last_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate says; `limit_s`: running at most, seconds, None if no limit or no run."""

    action: Action
    limit_s: float | None = None
    hold_level: bool = False
    step_back: bool = False


def gate(at: AtGate, now: datetime, coaching: Coaching) -> Gate:
    """Whether and how long to run now (evidence.md 3.6)."""
    if at.triage in {"emergency", "same_day"}:
        return Gate("lock")
    hold = two_ambers(at.lights, now, coaching)
    last = max(at.lights, key=lambda one: one[0], default=None)
    back = last is not None and last[1] in {"red", "stop"}
    if at.triage == "this_week" or at.rules & set(coaching.comeback.combine.suspend_rules):
        return Gate("lock_running", None, hold, back)
    if at.runs_this_week >= at.max_runs:
        return Gate("walk", None, hold, back)
    spacing = timedelta(hours=coaching.load.spacing.min_h)
    if at.last_start is not None and now - at.last_start < spacing:
        return Gate("walk_or_strength", None, hold, back)
    return Gate("run", smallest(at.level_run_s, at.cap_s, at.technique_s), hold, back)

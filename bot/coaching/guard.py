"""The session guard: one planned run against the longest run of the last 30 days.

Rule (evidence.md 3.1, S1): spike = planned / longest. Up to 1.10 go; above, say so with numbers,
offer the cap, never block. cap = max(1.10 x longest, longest + a small floor [D]). Without a run
in 30 days there is no ratio: the ladder's minutes are used. Metres or seconds, the same way.
"""

from dataclasses import dataclass
from typing import Literal

from bot.content.coaching.load import Load, SessionBand

Measure = Literal["m", "s"]
Action = Literal["go", "suggest_cap", "split_or_shorten", "advise_against", "use_ladder_minutes"]
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Guard:
    """What the guard says; `cap` and `suggestion` in the measure asked with, None if unknown.

    `band` is the study's band, with its hazard ratios, and `spike` its ratio; both None without a
    run in 30 days. `action` is "go" for all that fits under the cap. `suggestion` is what to run
    instead.
    """

    action: Action
    planned: float
    measure: Measure
    spike: float | None = None
    band: SessionBand | None = None
    cap: float | None = None
    suggestion: float | None = None


def session_cap(longest: float | None, load: Load, measure: Measure = "m") -> float | None:
    """The most for one run, metres or seconds; None without a longest run (3.1, S1; floor [D])."""
    if not longest or longest <= 0:
        return None
    floor = load.session_floor.add_m if measure == "m" else load.session_floor.add_s
    return round(max(longest * load.session_cap.ratio, longest + floor), 6)


def session_guard(
    planned: float, longest: float | None, load: Load, measure: Measure = "m"
) -> Guard:
    """Compare a planned run with the longest of 30 days, both metres or both seconds (3.1, S1).

    Raises ValueError if `planned` is not above 0.
    """
    if planned <= 0:
        raise ValueError("A planned run is longer than 0.")
    cap = session_cap(longest, load, measure)
    if cap is None or longest is None:
        return Guard("use_ladder_minutes", planned, measure)
    spike = planned / longest
    band = _band(spike, load)
    if planned <= cap * (1 + _NEAR):
        return Guard("go", planned, measure, spike, band, cap, planned)
    return Guard(band.action, planned, measure, spike, band, cap, cap)


def overload_cap(old_longest: float | None, load: Load) -> float | None:
    """The next run after one that was too much: part of the longest before it (2.2 [D])."""
    return old_longest * load.overload_cap.ratio if old_longest else None


def _band(spike: float, load: Load) -> SessionBand:
    for band in load.session_band:
        if band.upto is None or spike <= band.upto * (1 + _NEAR):
            return band
    return load.session_band[-1]

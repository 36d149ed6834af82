"""Figures of content/coaching/load.toml: how much, how often, how hard (evidence.md 3)."""

from typing import Literal

from bot.content.coaching.cited import Figure, Finding

BandId = Literal["reference", "small", "moderate", "large"]
BandAction = Literal["go", "suggest_cap", "split_or_shorten", "advise_against"]


class SessionWindow(Figure, frozen=True, kw_only=True):
    """How many days back the longest run is looked for."""

    days: int


class SessionCap(Figure, frozen=True, kw_only=True):
    """The largest run for one day, as a part of the longest run."""

    ratio: float


class SessionFloor(Figure, frozen=True, kw_only=True):
    """What may always be added to the longest run, metres and seconds."""

    add_m: float
    add_s: float


class SessionIgnore(Figure, frozen=True, kw_only=True):
    """Which runs do not raise the longest run."""

    ended_red: bool
    spike_sore_from: int


class OverloadCap(Figure, frozen=True, kw_only=True):
    """The next run after one that was too much, as a part of the old longest run."""

    ratio: float


class SessionBand(Figure, frozen=True, kw_only=True):
    """One band of planned / longest, with its hazard rate ratio and 95% interval."""

    id: BandId
    action: BandAction
    hazard: float
    hazard_low: float
    hazard_high: float
    upto: float | None = None


class WeeklyChange(Figure, frozen=True, kw_only=True):
    """This week / the week before: what to aim for, and from where to remark."""

    aim: float
    remark_above: float


class FirstWeekHighBmi(Figure, frozen=True, kw_only=True):
    """Running in week 1 for a runner who said their BMI is over 30, metres."""

    max_m: float


class Effort(Figure, frozen=True, kw_only=True):
    """When to ask for the effort (seconds after the run), and from where a return run was hard."""

    ask_after_s: int
    hard_from: int


class Frequency(Figure, frozen=True, kw_only=True):
    """How the number of runs in a week may grow."""

    mean_weeks: int
    step: int
    max_reds: int
    max_ambers: int
    free_up_to: int
    held_weeks: int
    never_below: int
    active_days_from_zero: int


class ClearDays(Figure, frozen=True, kw_only=True):
    """Days without a run between two runs, until a ladder level."""

    between_runs: int
    until_level: int


class Spacing(Figure, frozen=True, kw_only=True):
    """Hours between the starts of two runs."""

    min_h: float


class Load(Figure, frozen=True, kw_only=True):
    """All of load.toml."""

    session_window: SessionWindow
    session_cap: SessionCap
    session_floor: SessionFloor
    session_ignore: SessionIgnore
    overload_cap: OverloadCap
    session_band: tuple[SessionBand, ...]
    weekly_change: WeeklyChange
    first_week_high_bmi: FirstWeekHighBmi
    effort: Effort
    frequency: Frequency
    clear_days: ClearDays
    spacing: Spacing
    finding: tuple[Finding, ...]

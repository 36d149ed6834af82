"""Figures of content/coaching/technique.toml: new style or shoes (evidence.md 5)."""

from bot.content.coaching.cited import Figure, Finding


class ShareStep(Figure, frozen=True, kw_only=True):
    """In these weeks, this part of the week's distance in the new style or shoes."""

    from_week: int
    to_week: int
    share: float
    max_run_s: int | None = None
    max_runs: int | None = None


class Entry(Figure, frozen=True, kw_only=True):
    """What has to hold before week 1."""

    calm_weeks: int
    calf_pain_at_most: int
    raises_of_norm: float
    distance_flat_weeks: int


class BackOff(Figure, frozen=True, kw_only=True):
    """What ambers and reds do to the share."""

    amber_hold_days: int
    ambers: int
    in_days: int
    red_weeks_old: int
    red_restart_share: float


class Seed(Figure, frozen=True, kw_only=True):
    """The physio's own time with a change, and the plan's length made from it."""

    sore_months: int
    plan_weeks: int


class Cadence(Figure, frozen=True, kw_only=True):
    """Faster steps: how to count and how far to go."""

    count_s: int
    first_percent: int
    max_percent: int
    burst_s: int
    whole_runs_after_weeks: int


class FormAssessment(Figure, frozen=True, kw_only=True):
    """When a look at the running form is suggested."""

    episodes: int
    in_weeks: int


class TechniqueFigures(Figure, frozen=True, kw_only=True):
    """All of technique.toml."""

    step: tuple[ShareStep, ...]
    entry: Entry
    back_off: BackOff
    seed: Seed
    cadence: Cadence
    form_assessment: FormAssessment
    finding: tuple[Finding, ...]

"""Figures of content/coaching/nudges.toml: when the bot may write first (evidence.md 7)."""

from typing import Annotated, Literal

import msgspec

from bot.content.coaching.cited import Figure, Finding

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
LapseStage = Literal["none", "neutral_line", "smaller_plan", "level_again", "pause"]


class Message(Figure, frozen=True, kw_only=True):
    """One kind of message: its time (relative, or a local clock time) and limits."""

    id: str
    before_s: int | None = None
    after_from_s: int | None = None
    after_to_s: int | None = None
    at: Clock | None = None
    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] | None = None
    retries: int = 0
    retry_after_s: int | None = None
    retry_at: Clock | None = None
    also_after_h: int | None = None
    per_week: int | None = None
    opt_in: bool = False
    exempt: bool = False


class Lapse(Figure, frozen=True, kw_only=True):
    """What happens from so many days after the first miss."""

    id: LapseStage
    from_days: int


class SmallerPlan(Figure, frozen=True, kw_only=True):
    """How much the smaller plan after a lapse holds, and for how many days."""

    days: int
    runs: int
    exercise_days: int


class Limits(Figure, frozen=True, kw_only=True):
    """Messages the bot sends first, at most; and when it sends half as many."""

    per_day: int
    per_run_day: int
    per_week: int
    unanswered_to_halve: int


class Quiet(Figure, frozen=True, kw_only=True):
    """Local clock times between which nothing is sent."""

    from_: Clock = msgspec.field(name="from")
    to: Clock


class BackOffRow(Figure, frozen=True, kw_only=True):
    """Last answered at least so many days ago: wait so many days."""

    from_days: int
    wait_days: int


class WeeksOnPlan(Figure, frozen=True, kw_only=True):
    """How weeks on plan are counted."""

    window_weeks: int
    kept_from: float
    free_skips_a_month: int


class Recovery(Figure, frozen=True, kw_only=True):
    """How the runner's own recovery is summed up."""

    band_m: float
    runs_at_least: int
    settled_at_most: int
    within_days: int


class NudgeFigures(Figure, frozen=True, kw_only=True):
    """All of nudges.toml."""

    message: tuple[Message, ...]
    lapse: tuple[Lapse, ...]
    smaller_plan: SmallerPlan
    limits: Limits
    quiet: Quiet
    back_off: tuple[BackOffRow, ...]
    weeks_on_plan: WeeksOnPlan
    recovery: Recovery
    finding: tuple[Finding, ...]

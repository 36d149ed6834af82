"""Figures of content/coaching/return.toml: starting after a break (evidence.md 2 and 4)."""

from typing import Literal

import msgspec

from bot.content.coaching.cited import Figure, Finding

BreakId = Literal[
    "under_1_week",
    "1_to_2_weeks",
    "2_to_4_weeks",
    "1_to_3_months",
    "3_to_6_months",
    "over_6_months",
]


class VolumeStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For this share of as many days as were missed, this part of the usual week."""

    share: float
    volume: float


class Break(Figure, frozen=True, kw_only=True):
    """One row of the break table. Either `resume` or a `level` of the ladder."""

    id: BreakId
    from_days: int
    resume: bool = False
    level: int | None = None
    level_if_sore: int | None = None
    volume: tuple[VolumeStep, ...] = ()
    first_run_within_longest: bool = False
    walk_week_first: bool = False
    max_prior: int = 2
    hold_off_runs: int = 0
    hold_off_weeks: int = 0
    hold_off_from_ladder_end: bool = False


class PacePoint(Figure, frozen=True, kw_only=True):
    """After so many days off, this part of the old fitness is left."""

    days: int
    factor: float


class Prior(Figure, frozen=True, kw_only=True):
    """Levels gained for what the runner used to run: metres a week, for so many weeks."""

    week_m: float
    weeks: int
    levels: int


class Risk(Figure, frozen=True, kw_only=True):
    """Levels lost for each risk, and at most."""

    levels_each: int
    max_levels: int
    sore_from: int
    age_from: int


class Combine(Figure, frozen=True, kw_only=True):
    """How several causes are taken together."""

    order: tuple[str, ...]
    suspend_rules: tuple[str, ...]
    overload_levels: int
    walk_pain_at_most: int
    between_new_days: int
    between_new_technique_days: int
    cut_order: tuple[str, ...]
    causes_shown: int


class Done(Figure, frozen=True, kw_only=True):
    """When a branch has done its work."""

    easy_weeks_green: int
    technique_green_weeks: int
    ladder_runs_green: int
    doms_days: int
    tendon_weeks_at_least: int
    tendon_pain_at_most: int
    tendon_calm_weeks: int
    hills_speed_off_weeks: int
    hills_speed_back_per_week: int


class Criteria(Figure, frozen=True, kw_only=True):
    """What has to be possible before the first run. Pain is 0 to 10, times in seconds."""

    walk_s: int
    walk_pain_at_most: int
    stairs_pain_at_most: int
    double_raises: int
    single_raises: int
    raise_pain_at_most: int
    hops: int
    hop_pain_at_most: int


class CriteriaAfterStrain(Figure, frozen=True, kw_only=True):
    """What a true strain adds; the parts are of the other side."""

    tenderness_at_most: int
    ankle_bend_within: float
    raises_within: float


class StrainRaises(Figure, frozen=True, kw_only=True):
    """Single-leg heel raises after a strain."""

    at_least: int


class Comeback(Figure, frozen=True, kw_only=True):
    """All of return.toml. Its tables are named as in the file, `break_` for `[[break]]`."""

    break_: tuple[Break, ...] = msgspec.field(name="break")
    pace: tuple[PacePoint, ...]
    prior: tuple[Prior, ...]
    risk: Risk
    combine: Combine
    done: Done
    criteria: Criteria
    criteria_after_strain: CriteriaAfterStrain
    strain_raises: StrainRaises
    finding: tuple[Finding, ...]

"""Figures of content/coaching/strength.toml: strength, stretching, self-tests (evidence.md 6)."""

from typing import Literal

from bot.content.coaching.cited import Figure, Finding

Sex = Literal["men", "women"]


class StrengthDays(Figure, frozen=True, kw_only=True):
    """Strength days in a week, and days with no calf loading."""

    strength_at_least: int
    strength_at_most: int
    free_at_least: int


class ChoiceFigures(Figure, frozen=True, kw_only=True):
    """Limits for choosing exercises. Pain is 0 to 10."""

    at_most: int
    pain_muscle_at_most: int
    pain_tendon_at_most: int
    calm_pain_at_most: int
    strain_wait_h: int
    grass_from_level: int
    grass_pain_below: int
    grass_after_strain_days: int
    hops_from_raises: int


class DoseFigures(Figure, frozen=True, kw_only=True):
    """When a dose changes."""

    change_every_days: int


class RestFigures(Figure, frozen=True, kw_only=True):
    """Seconds of rest between two sets: of strength or hops, and of anything else."""

    strength_s: int
    other_s: int


class SideGap(Figure, frozen=True, kw_only=True):
    """How much the two sides may differ, as a part of the better one."""

    side_gap: float


class KneeToWall(Figure, frozen=True, kw_only=True):
    """A difference between the sides that counts, centimetres."""

    gap_cm: float


class SelfTest(Figure, frozen=True, kw_only=True):
    """When the self-tests may be done."""

    walk_pain_at_most: int


class Norm(Figure, frozen=True, kw_only=True):
    """Single-leg heel raises that are typical for an age."""

    sex: Sex
    from_age: int
    to_age: int
    raises: int


class StrengthFigures(Figure, frozen=True, kw_only=True):
    """All of strength.toml."""

    days: StrengthDays
    choice: ChoiceFigures
    rest: RestFigures
    dose: DoseFigures
    tests: SideGap
    knee_to_wall: KneeToWall
    self_test: SelfTest
    norm: tuple[Norm, ...]
    finding: tuple[Finding, ...]

"""The two self-tests: single-leg heel raises and knee to wall.

Rule (evidence.md 2.1 Q9, 6.3 S28, S39): weak if below the norm for the age, or if the sides
differ by more than 10%; stiff if knee to wall differs by 2 cm or more [D]. Home counts are rough
and run high: a change from side to side says more than the norm. If nobody said the sex, the
lower norm is used [D]. Only when walking hurts 2/10 or less.
"""

from dataclasses import dataclass

from bot.content.coaching.strength import Sex, StrengthFigures

AGE_OF_BAND = {"18_29": 20, "30_39": 30, "40_49": 40, "50_59": 50, "60_plus": 60}


@dataclass(frozen=True, slots=True)
class SelfTests:
    """Counts and centimetres of each side; None is not done. `age` in years, None not known."""

    raises_left: int | None = None
    raises_right: int | None = None
    wall_left_cm: float | None = None
    wall_right_cm: float | None = None
    age: int | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class TestResult:
    """What the self-tests show; None where there is too little to tell.

    `norm`: raises typical for the age. `raise_gap`: difference of the sides as a part of the
    better one.
    """

    __test__ = False

    norm: int | None
    below_norm: bool | None
    raise_gap: float | None
    uneven: bool | None
    stiff: bool | None

    @property
    def strength_flex(self) -> bool:
        """Whether they point to a calf that is weak or stiff."""
        return bool(self.below_norm or self.uneven or self.stiff)


def heel_raise_norm(age: int | None, sex: Sex | None, strength: StrengthFigures) -> int | None:
    """Typical single-leg heel raises for an age in years (6.3, S28).

    The lower one if no sex is known. Below the first row that row counts, above the last
    the last. None without an age.
    """
    if age is None:
        return None
    return min(
        _norm_of(one, age, strength) for one in ("men", "women") if sex is None or one == sex
    )


def self_tests(tests: SelfTests, strength: StrengthFigures) -> TestResult:
    """Compare the self-tests with the norm and side to side (2.1 Q9; 6.3, S28, S39)."""
    norm = heel_raise_norm(tests.age, tests.sex, strength)
    counts = [one for one in (tests.raises_left, tests.raises_right) if one is not None]
    gap = _gap(tests.raises_left, tests.raises_right)
    wall = (
        None
        if tests.wall_left_cm is None or tests.wall_right_cm is None
        else abs(tests.wall_left_cm - tests.wall_right_cm)
    )
    return TestResult(
        norm=norm,
        below_norm=None if norm is None or not counts else min(counts) < norm,
        raise_gap=gap,
        uneven=None if gap is None else gap > strength.tests.side_gap + 1e-9,
        stiff=None if wall is None else wall >= strength.knee_to_wall.gap_cm - 1e-9,
    )


def may_self_test(walk_pain: int | None, *, suspect: bool, strength: StrengthFigures) -> bool:
    """Whether the self-tests may be offered; `suspect`: a sign of strain, bone or rupture (Q9)."""
    return (
        walk_pain is not None and walk_pain <= strength.self_test.walk_pain_at_most and not suspect
    )


def _norm_of(sex: str, age: int, strength: StrengthFigures) -> int:
    rows = [row for row in strength.norm if row.sex == sex]
    fits = [row for row in rows if row.from_age <= age]
    return (fits[-1] if fits else rows[0]).raises


def _gap(left: int | None, right: int | None) -> float | None:
    if left is None or right is None:
        return None
    return abs(left - right) / max(left, right) if max(left, right) > 0 else 0.0

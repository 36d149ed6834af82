"""What one exercise is: how it is done, how much, when, and when not.

Rule: an exercise is never given while one of its `not_if` pathways is open, that is, not yet
checked by a professional (evidence.md 6.0 and 1.5). Doses run from the start to the top; each has
its own id, so that a plan can name it.
"""

from typing import Literal, TypeAlias

from bot.content.base import Content

Strength: TypeAlias = Literal["strong", "moderate", "weak", "tradition"]
Group: TypeAlias = Literal["strength", "stretch", "roll", "grass", "hops", "easy"]
Kit: TypeAlias = Literal["step", "rail", "wall", "chair", "bag", "roller", "stick", "grass"]
DayKind: TypeAlias = Literal["non_running", "after_run", "any_day", "sore_day"]


class Dose(Content, frozen=True):
    """One step of the dose: `sets` of `reps` or of `seconds`, on each side if `per_side`.

    `walk_seconds` is a walk that goes with it. `words` says the same for people.
    """

    id: str
    words: str
    sets: int
    reps: int | None = None
    seconds: int | None = None
    per_side: bool = True
    walk_seconds: int = 0

    @property
    def says_how_much(self) -> bool:
        """True if there is at least 1 set of either reps or seconds, not of both."""
        amounts = [amount for amount in (self.reps, self.seconds) if amount is not None]
        return self.sets >= 1 and len(amounts) == 1 and amounts[0] >= 1

    @property
    def short(self) -> str:
        """The dose in a few characters: "2 x 8 each side"."""
        amount = f"{self.reps}" if self.reps else f"{self.seconds} seconds"
        return f"{self.sets} x {amount}{' each side' if self.per_side else ''}"


class Days(Content, frozen=True):
    """On which days, and how often in a week (least, most).

    `not_before` keeps it off the day before a run; `from_level` is the first ladder level for it;
    `gap_days` is the number of clear days between two times.
    """

    words: str
    when: tuple[DayKind, ...]
    per_week: tuple[int, int]
    not_before: tuple[Literal["longest_run", "any_run"], ...] = ()
    from_level: int = 0
    gap_days: int = 0


class Progress(Content, frozen=True):
    """When and how to do more: pain at most this (0 to 10), and a usual next morning."""

    words: str
    pain_at_most: int | None = None
    add_kg: tuple[int, int] | None = None


class Option(Content, frozen=True):
    """An easier or harder way: in words, and the id of another exercise where there is one."""

    words: str = ""
    id: str = ""


class PainLimit(Content, frozen=True):
    """The most pain (0 to 10) that is acceptable while doing it, for muscle and for tendon pain."""

    muscle: int
    tendon: int


class FactTest(Content, frozen=True):
    """A condition on one fact: equal to a value, or a number at least so high."""

    fact: str
    equals: bool | str | None = None
    at_least: float | None = None


class Wait(Content, frozen=True):
    """Hours to wait from the beginning of a problem, also when a professional has said go."""

    pathway: str
    hours: int


class NotIf(Content, frozen=True):
    """When the exercise is not given: open pathways, facts, and waiting times. `words` says it."""

    words: tuple[str, ...]
    pathways: tuple[str, ...]
    facts: tuple[FactTest, ...] = ()
    wait: tuple[Wait, ...] = ()


class Grade(Content, frozen=True):
    """How strong the evidence is (evidence.md 6.4), as one word and in a sentence.

    `strength` is about a sore but healthy calf; `tendon` is about Achilles pain, where it differs.
    """

    strength: Strength
    words: str
    tendon: Strength | None = None


class Tempo(Content, frozen=True):
    """Seconds up, held and down, for the picture and the beat."""

    up: float
    hold: float
    down: float


class Exercise(Content, frozen=True):
    """One exercise. An empty `reviewed_by` means that no clinician has reviewed it yet."""

    id: str
    code: str
    name: str
    group: Group
    kit: tuple[Kit, ...]
    kit_words: str
    set_up: str
    steps: tuple[str, ...]
    caption: str
    alt: str
    days: Days
    doses: tuple[Dose, ...]
    progress: Progress
    easier: Option
    harder: Option
    feel: str
    stop: tuple[str, ...]
    pain_limit: PainLimit
    not_if: NotIf
    evidence: Grade
    says: str
    sources: tuple[str, ...]
    also: tuple[str, ...] = ()
    tempo: Tempo | None = None
    reviewed_by: str = ""
    review_due: str = ""
    was: tuple[str, ...] = ()

    def next_dose(self, dose_id: str) -> Dose | None:
        """The dose after this one, None at the top; the first dose if this one is gone."""
        ids = [dose.id for dose in self.doses]
        after = ids.index(dose_id) + 1 if dose_id in ids else 0
        return self.doses[after] if after < len(self.doses) else None

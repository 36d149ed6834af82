"""More, the same or less: the next dose of one exercise.

Rule (evidence.md 6.0, 6.1; product.md 13): one dose up after a time that went well and was back
to usual after 24 hours at 2/10 or less, unless it felt hard; nothing changes before the morning
after is known; one down if it was not settled or above the pain guide (3 muscle, 5 tendon).
Something changes at least every 3 weeks [D].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.content.coaching.strength import StrengthFigures

Change = Literal["start", "up", "same", "down", "top", "wait"]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time an exercise was done: when (aware UTC), at which dose (index), and how it went.

    Pain while doing it, 0 to 10; `settled_24h` None: not known yet.
    """

    at: datetime
    dose: int
    pain: int = 0
    settled_24h: bool | None = None
    felt: Literal["easy", "right", "hard"] | None = None
    made_easier: bool = False


@dataclass(frozen=True, slots=True)
class NextDose:
    """Index of the next dose, why, and whether the same dose has stood for 3 weeks."""

    dose: int
    change: Change
    change_due: bool = False


def next_dose(
    doses: int,
    history: Sequence[Sitting],
    now: datetime,
    strength: StrengthFigures,
    *,
    tendon: bool = False,
) -> NextDose:
    """The next of `doses` doses (indices from 0) for one exercise (6.1). ValueError without doses.

    `change_due` asks for another exercise of the group, a load, or an easier dose: the caller's
    choice.
    """
    if doses < 1:
        raise ValueError("An exercise has at least one dose.")
    past = sorted((one for one in history if one.at <= now), key=lambda one: one.at)
    if not past:
        return NextDose(0, "start")
    dose, change = _step(past[-1], doses, strength, tendon=tendon)
    due = dose == past[-1].dose and _stood_days(past, now) >= strength.dose.change_every_days
    return NextDose(dose, change, due)


def _step(
    last: Sitting, doses: int, strength: StrengthFigures, *, tendon: bool
) -> tuple[int, Change]:
    choice, at = strength.choice, min(last.dose, doses - 1)
    guide = choice.pain_tendon_at_most if tendon else choice.pain_muscle_at_most
    if last.settled_24h is False or last.pain > guide:
        return max(at - 1, 0), "down"
    if last.settled_24h is None:
        return at, "wait"
    if last.pain > choice.calm_pain_at_most or last.felt == "hard" or last.made_easier:
        return at, "same"
    return (at + 1, "up") if at + 1 < doses else (at, "top")


def _stood_days(past: Sequence[Sitting], now: datetime) -> int:
    """Days since the dose of the last time was first done without a break by another dose."""
    first = past[-1]
    for one in reversed(past):
        if one.dose != first.dose:
            break
        first = one
    return (now - first.at).days

"""Stage 4, resolve: one week told, and its points for being now.

Rule: words of the present give points, the past and words of habit take them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

RUNS, KM = "load.runs_per_week", "load.weekly_km"
MOST_RUNS = 14
_NOW = frozenset(
    ("now", "currently", "lately", "recently", "then", "jetzt", "ahora", "agora", "maintenant")
)
_IN_THE_DAY = frozenset(("work", "breakfast", "school", "bed", "dawn", "sunrise"))


@dataclass(frozen=True, slots=True)
class Told:
    """A week told: how much of what, at tokens i to j, with points for now (below 0: before)."""

    name: str
    value: float
    i: int
    j: int
    points: float
    fixed: bool = False
    derived: bool = False


def now_points(text: Text, i: int, j: int) -> float:
    """Points for now: words of the present give, the past and habit take."""
    own = text.sentence(i)
    first = max(own.first, i - 8)
    points = 0.0
    for hit in text.within("used_to", first, min(own.last, j + 3)):
        if text.norm(hit.i) == "before" and text.norm(hit.i + 1) in _IN_THE_DAY:
            continue
        weak = text.norm(hit.i) in ("was", "were", "before")
        if not (weak and hit.j <= i and text.break_between(hit.j, i + 1)):
            points = min(points, -3.0)
    if any(h.j <= i + 1 for h in text.within("usual_week", max(own.first, i - 6), i + 1)):
        points -= 1
    behind = [t for t in range(j, min(own.last, j + 2)) if not text.break_between(j, t + 1)]
    if any(text.norm(t) in _NOW for t in (*range(max(own.first, i - 5), i), *behind)):
        points += 2
    weeks = text.within("week.this", max(own.first, i - 6), min(own.last, j + 6))
    if any(h.i < i or not text.break_between(j, h.i + 1) for h in weeks):
        points += 2
    if text.norm(i - 1) == "to" and text.norm(i - 2) == "up":
        points += 2
    return points

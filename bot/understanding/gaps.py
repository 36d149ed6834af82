"""A stretch of time without running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.quantities import Quantity

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without running at tokens i to j, in days."""

    days: float
    low: float
    high: float
    i: int
    j: int


def about(q: Quantity) -> Gap:
    """A length of time as a gap, give or take a tenth."""
    days = q.middle / DAY_S
    return Gap(days, round(0.9 * q.low / DAY_S, 1), round(1.1 * q.high / DAY_S, 1), q.i, q.j)

"""Stage 2, mentions: runs told by their parts: so many laps, and there and back.

Rule: laps of a told length are one distance; "8 mins out and 8 back" is one time.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_LAPS = frozenset(("laps", "loops", "circuits", "runden", "vueltas", "tours", "voltas"))
_LAP = frozenset(("lap", "laps", "loop", "loops", "track", "circuit", "each", "runde", "round"))
_OUT = frozenset(("out", "there", "hin", "outbound"))
_HOME = frozenset(("back", "home", "return", "zuruck"))
_MOST_LAPS = 60
_LONGEST_LAP_M = 12_000
_NEAR = 8


def with_laps(text: Text, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, with laps multiplied and the ways out and back added."""
    ready = [_each_way(text, q) for q in found]
    for k, (a, b) in enumerate(pairwise(tuple(ready))):
        same = text.tokens[a.i].sentence == text.tokens[b.i].sentence
        if not same or b.i - a.j > _NEAR:
            continue
        if _laps(text, a, b):
            ready[k] = replace(a, kind="other")
            ready[k + 1] = replace(b, low=b.low * a.low, high=b.high * a.high)
        elif _there_and_back(text, a, b):
            unit = 1.0 if b.kind == a.kind else a.unit
            ready[k] = replace(a, low=a.low + b.low * unit, high=a.high + b.high * unit)
            ready[k + 1] = replace(b, kind="other")
    return ready


def _each_way(text: Text, q: Quantity) -> Quantity:
    """As in "4 miles each way": twice as far."""
    way = (text.norm(q.j), text.norm(q.j + 1)) == ("each", "way")
    if not way or q.kind not in ("distance", "duration"):
        return q
    return replace(q, low=2 * q.low, high=2 * q.high, j=q.j + 2)


def _laps(text: Text, a: Quantity, b: Quantity) -> bool:
    """As in "3 laps of a 2k loop", "3 laps at 2.4 km a lap"."""
    many = a.kind in ("number", "other") and a.low == a.high and 2 <= a.low <= _MOST_LAPS
    named = text.norm(a.j) in _LAPS or text.norm(a.j - 1) in _LAPS
    if not many or not named or b.kind != "distance":
        return False
    lap = any(text.norm(t) in _LAP for t in range(b.j, b.j + 2))
    return lap and b.high <= _LONGEST_LAP_M


def _there_and_back(text: Text, a: Quantity, b: Quantity) -> bool:
    """As in "3 miles there and 3 back", "8 mins out, 8 mins back"."""
    kinds = a.kind in ("distance", "duration") and b.kind in (a.kind, "number")
    return kinds and a.unit > 0 and text.norm(a.j) in _OUT and text.norm(b.j) in _HOME

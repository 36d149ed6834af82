"""Stage 2, mentions: distances that are of a week though no "a week" stands beside them.

Rule: a distance is of a week when it follows a rate ("4 times a week, about 24 miles all in"), stands
in a list that ends in a week ("70, 85, then 104 km a week"), or is told as the new height of a total
and is nearer to that total than to any run ("15k a week. Knocked up to 30k").
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_LEAST_WEEK_M = 10_000
_LEAST_LIST_M = 20_000
_LONG_WEEK_M = 45_000
_JOINS = frozenset(("then", "and", "now", "to", "dann", "und", "luego", "y", "puis", "et", "e"))
_NEW = frozenset(("to", "now", "then", "at", "hit", "did", "done", "was", "this"))


def mark_weeks(text: Text, found: list[Quantity]) -> list[Quantity]:
    """The quantities, with distances of a week marked so."""
    ready = [_weekly(q) if _named_week(text, q) else q for q in found]
    return _new_height(text, _lists(text, _after_rates(text, ready)))


def _named_week(text: Text, q: Quantity) -> bool:
    """As in "weekly mileage about 25 miles", "50k weeks", "42 miles for the week"."""
    if q.kind != "distance" or q.weekly or q.change or q.low < _LEAST_WEEK_M:
        return False
    if text.norm(q.j) == "weeks" and not text.tokens[q.j].before:
        return True
    own = text.sentence(q.i)
    behind = any(
        not text.break_between(q.j, h.i + 1) for h in text.within("in_a_week", q.j, q.j + 2)
    )
    named = any(h.j <= q.i for h in text.within("mileage", max(own.first, q.i - 6), q.i))
    days = any(text.has(name, q.j, q.j + 2) for name in ("day", "when"))
    return behind or (named and not days and not text.has("run.done", own.first, q.i))


def _weekly(q: Quantity) -> Quantity:
    return replace(q, weekly=True)


def _after_rates(text: Text, found: list[Quantity]) -> list[Quantity]:
    """As in "4 times a week, about 24 miles all in": the distance is of the week."""
    kept: list[Quantity] = []
    often: Quantity | None = None
    for q in found:
        far = q.kind == "distance" and q.low >= _LEAST_WEEK_M and not q.change
        if far and often is not None and 0 <= q.i - often.j <= 5 and _beside(text, often.j, q):
            q = _weekly(q)  # noqa: PLW2901 - the same distance, better known
        often = q if q.kind == "per_week" else often
        kept.append(q)
    return kept


def _beside(text: Text, j: int, q: Quantity) -> bool:
    each = text.norm(q.j) in ("each", "every", "at") or text.has("run.done", j, q.i)
    if text.norm(q.i - 1) in ("weeks", "longest", "my") or text.has("run.word", q.j, q.j + 2):
        return False
    if text.norm(q.j) in ("on", "am") and text.has("day", q.j, q.j + 2):
        return False
    comma = text.break_between(j, q.i + 1) or text.norm(q.i - 1) in ("and", "about", "around")
    return comma and not each and text.tokens[q.i].sentence == text.tokens[j - 1].sentence


def _lists(text: Text, found: list[Quantity]) -> list[Quantity]:
    """As in "55k, 60k, 72k, then 95k this week", "weeks in km: 22, 24, 23, 41"."""
    ready = list(found)
    start = 0
    while start < len(ready):
        end = start + 1
        while end < len(ready) and _next_of_list(text, ready[end - 1], ready[end]):
            end += 1
        run = ready[start:end]
        if len(run) > 1 and (unit := _unit_of_weeks(text, run)):
            ready[start:end] = [_as_week(q, unit) for q in run]
        elif len(run) == 1 and _long_week(text, run[0]):
            ready[start] = _weekly(run[0])
        start = end
    return ready


def _as_week(q: Quantity, unit: float) -> Quantity:
    if q.kind == "distance":
        return _weekly(q)
    return replace(q, kind="distance", low=q.low * unit, high=q.high * unit, unit=unit, weekly=True)


def _next_of_list(text: Text, a: Quantity, b: Quantity) -> bool:
    kinds = ("distance", "number")
    if a.kind not in kinds or b.kind not in kinds or a.change or b.change:
        return False
    gap = [text.norm(t) for t in range(a.j, b.i)]
    joined = len(gap) <= 2 and all(word in _JOINS for word in gap)
    marked = bool(gap) or "," in text.tokens[b.i].before
    return joined and marked and text.tokens[a.i].sentence == text.tokens[b.i].sentence


def _unit_of_weeks(text: Text, run: list[Quantity]) -> float:
    """Metres of the list's unit if it is one of weeks, else 0."""
    first, last = run[0], run[-1]
    unit = next((q.unit for q in reversed(run) if q.unit >= 500), 0.0)
    headed = {text.norm(t) for t in range(max(text.sentence(first.i).first, first.i - 4), first.i)}
    if headed & {"weeks", "mileage", "totals"}:
        said = list(text.within("unit.distance", max(0, first.i - 3), first.i))
        unit = unit or float(said[0].value or 1000) if said else unit
        return unit
    week = last.weekly or (
        text.has("week.this", last.j, last.j + 1) and last.middle >= _LEAST_LIST_M
    )
    big = all((q.middle if q.unit else q.middle * unit) >= _LEAST_WEEK_M for q in run)
    return unit if week and big else 0.0


def _long_week(text: Text, q: Quantity) -> bool:
    """As in "95k this week", "60 miles last week": too far for one run, and of a week."""
    far = q.kind == "distance" and q.low >= _LONG_WEEK_M and not q.weekly
    return far and text.has("week.this", q.j, q.j + 1)


def _new_height(text: Text, found: list[Quantity]) -> list[Quantity]:
    """As in "15k a week. Knocked up to 30k": nearer to the week's total than to any run told."""
    weeks = [q for q in found if q.weekly and q.unit]
    totals = [q.middle for q in weeks] + _products(text, found)
    runs = [q.middle for q in found if q.kind == "distance" and not q.weekly and q.unit >= 500]
    if not totals:
        return found
    ready = []
    for q in found:
        bare = q.kind == "distance" and not q.weekly and not q.change and q.low >= _LEAST_WEEK_M
        others = [m for m in runs if m != q.middle]
        least = max(totals) if totals else 0.0
        grown = bare and q.middle >= 0.9 * least and q.middle >= 1.5 * max(others, default=0.0)
        free = text.norm(q.i - 1) in _NEW or text.break_between(q.i, q.i + 1)
        told = not any(text.has(n, q.j, q.j + 2) for n in ("day", "when", "run.word"))
        up = text.norm(q.i - 1) == "to" and text.norm(q.i - 2) == "up"
        same = any(abs(q.middle - t) < 0.05 * t for t in totals)
        ready.append(_weekly(q) if grown and told and free and (up or same) else q)
    return ready


def _products(text: Text, found: list[Quantity]) -> list[float]:
    """The total of "3 runs a week at 5k each"."""
    products = []
    for often, q in pairwise(found):
        if often.kind == "per_week" and q.kind == "distance" and q.i - often.j <= 2:
            products.append(often.middle * q.middle)
    return products

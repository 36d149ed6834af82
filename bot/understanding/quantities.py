"""Stage 2, mentions: numbers with their units.

Distances in metres, durations in seconds. "m" is miles up to 30 and metres above; a clock such as
28:36 is a duration or a pace by what stands next to it; 3-4 keeps both ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.understanding.numbers import Number, number_at

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

Kind = Literal[
    "distance", "duration", "clock", "pace", "speed", "score", "per_week", "other", "number", "reps"
]
_MILE = 1609.344
_MILES_AT_MOST = 30
_DAY = 86_400
_LEAST_WEEK_M = 10_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning, at tokens i to j. `weekly` for a distance in a week.

    `change` is true for "from 3 to 5": low was before, high is now.
    """

    kind: Kind
    low: float
    high: float
    i: int
    j: int
    weekly: bool = False
    change: bool = False

    @property
    def middle(self) -> float:
        """The middle of the range; for a single number, the number."""
        return (self.low + self.high) / 2


def find_quantities(text: Text) -> tuple[Quantity, ...]:
    """All quantities of a text, left to right, none overlapping."""
    found: list[Quantity] = []
    i = 0
    while i < len(text.tokens):
        quantity = _quantity_at(text, i)
        if quantity is None:
            i += 1
            continue
        if found:
            quantity = _repeated(text, found[-1], quantity)
        if quantity.high > quantity.low and _is_change(text, i):
            quantity = replace(quantity, change=True)
        found.append(quantity)
        i = max(quantity.j, i + 1)
    return tuple(_weeks_told(text, _joined_changes(text, found)))


def _weeks_told(text: Text, found: list[Quantity]) -> list[Quantity]:
    """As in "4 times a week, about 24 miles all in": the distance is of the week."""
    kept: list[Quantity] = []
    often: Quantity | None = None
    for q in found:
        far = q.kind == "distance" and q.low >= _LEAST_WEEK_M and not q.change
        if far and often is not None and 0 <= q.i - often.j <= 5 and _beside(text, often.j, q):
            q = replace(q, weekly=True)  # noqa: PLW2901 - the same distance, better known
        often = q if q.kind == "per_week" else often
        kept.append(q)
    return kept


def _beside(text: Text, j: int, q: Quantity) -> bool:
    each = text.norm(q.j) in ("each", "every", "at") or text.has("run.done", j, q.i)
    comma = text.break_between(j, q.i + 1) or text.norm(q.i - 1) in ("and", "about", "around")
    return comma and not each and text.tokens[q.i].sentence == text.tokens[j - 1].sentence


def _joined_changes(text: Text, found: list[Quantity]) -> list[Quantity]:
    """As in "From 10k to 25k a week" is one change, not two distances."""
    kept: list[Quantity] = []
    for q in found:
        last = kept[-1] if kept else None
        if (
            (
                last is not None
                and q.i - last.j == 1
                and text.norm(last.j) in ("to", "para", "auf", "a")
            )
            and _is_change(text, last.i)
            and q.kind == last.kind
            and q.high > last.low > 0
        ):
            kept[-1] = replace(q, low=last.low, i=last.i, change=True)
            continue
        kept.append(q)
    return kept


def _repeated(text: Text, before: Quantity, now: Quantity) -> Quantity:
    """10 x 1 minute is 10 minutes; 6 x 800 are repetitions, not a run."""
    times = (text.norm(before.j) == "x" and before.j + 1 == now.i) or (
        before.j == now.i and "x" in text.tokens[now.i].before
    )
    if before.kind != "number" or not times:
        return now
    if now.kind == "duration" and now.high < 3600:
        return replace(now, low=now.low * before.low, high=now.high * before.high)
    return replace(now, kind="reps")


def _is_change(text: Text, i: int) -> bool:
    """As in "From 3 to 5", "de 3 para 5": a change, not a range."""
    return text.norm(i - 1) in ("from", "de", "von", "desde") and not text.tokens[i].before


def _quantity_at(text: Text, i: int) -> Quantity | None:
    number = number_at(text, i)
    if number is None:
        return _bare_unit(text, i)
    if number.clock is not None:
        return _clock(text, i, number)
    low, high, j = number.low, number.high, number.j
    if _slash_ten(text, j) and high <= 10:
        return Quantity("score", low, high, i, j + 1)
    for hit in text.within("out_of_ten", j, j + 1):
        return Quantity("score", low, high, i, hit.j)
    if text.norm(j) in ("mpw", "kpw"):
        metre = _MILE if text.norm(j) == "mpw" else 1000.0
        return Quantity("distance", low * metre, high * metre, i, j + 1, weekly=True)
    return (
        _with_unit(text, i, number)
        or _frequency(text, i, number)
        or Quantity("number", low, high, i, j)
    )


def _slash_ten(text: Text, j: int) -> bool:
    return text.norm(j) == "10" and text.tokens[j].before == "/"


def _with_unit(text: Text, i: int, number: Number) -> Quantity | None:
    low, high, j = number.low, number.high, number.j
    skip = (
        1
        if text.norm(j)
        in (
            "easy",
            "slow",
            "steady",
            "long",
            "more",
            "whole",
            "full",
            "solid",
            "short",
            "hard",
            "gentle",
            "good",
            "glorious",
            "extra",
            "odd",
            "straight",
            "blissful",
            "miserable",
            "complete",
            "clear",
            "or",
        )
        else 0
    )
    for at in (j, j + skip) if skip else (j,):
        if at >= len(text.tokens) or _cut(text, i, at):
            continue
        for concept in ("unit.speed", "unit.other"):
            for hit in text.within(concept, at, at + 1):
                kind: Kind = "speed" if concept == "unit.speed" else "other"
                return Quantity(kind, low, high, i, hit.j)
        for hit in text.within("unit.time", at, at + 1):
            return _duration(text, i, low, high, hit.j, float(hit.value or 0))
        for hit in text.within("unit.distance", at, at + 1):
            return _distance(text, i, low, high, hit.j, float(hit.value or 0))
        if text.norm(at) == "m" and text.has("unit.m", at, at + 1):
            return _letter_m(text, i, low, high, at + 1)
    return None


def _cut(text: Text, i: int, at: int) -> bool:
    """Whether a unit at `at` cannot belong to the number at i: another sentence or a comma."""
    return text.tokens[at].sentence != text.tokens[i].sentence or "," in text.tokens[at].before


def _letter_m(text: Text, i: int, low: float, high: float, j: int) -> Quantity:
    if text.language.name == "en" and high <= _MILES_AT_MOST:
        return _distance(text, i, low, high, j, _MILE)
    return _distance(text, i, low, high, j, 1.0)


def _distance(text: Text, i: int, low: float, high: float, j: int, unit: float) -> Quantity:
    for hit in text.within("and_half", j, j + 1):
        low, high, j = low + 0.5, high + 0.5, hit.j
    if text.norm(j) in ("week", "weeks", "woche", "semana", "semaine") and text.norm(i - 1) != "in":
        return Quantity("distance", low * unit, high * unit, i, j + 1, weekly=True)
    for hit in text.within("per_week", j, j + 1):
        if hit.j - hit.i > 1 or text.norm(j) != "week" or text.tokens[j].before == "/":
            return Quantity("distance", low * unit, high * unit, i, hit.j, weekly=True)
    return Quantity("distance", low * unit, high * unit, i, j)


def _duration(text: Text, i: int, low: float, high: float, j: int, unit: float) -> Quantity:
    if unit <= 60 and (text.has("unit.distance", j, j + 1) or text.has("pace_word", j, j + 1)):
        return Quantity("pace", low * unit, high * unit, i, j + 1)
    if text.norm(j) == "per" and text.has("unit.distance", j + 1, j + 2):
        return Quantity("pace", low * unit, high * unit, i, j + 2)
    if unit == _DAY and text.has("per_week", j, j + 1) and text.norm(j) != "week":
        return Quantity("per_week", low, high, i, j + 2)
    for hit in text.within("and_half", j, j + 1):
        low, high, j = low + 0.5, high + 0.5, hit.j
    low, high = low * unit, high * unit
    if unit == 3600:
        extra, j = _minutes_after(text, j)
        low, high = low + extra, high + extra
    return Quantity("duration", low, high, i, j)


def _minutes_after(text: Text, j: int) -> tuple[float, int]:
    """The minutes of "1 h 20" or "an hour and 20 minutes"."""
    at = j + 1 if text.norm(j) in ("and", "y", "et", "und", "e") else j
    number = number_at(text, at) if at < len(text.tokens) and not text.tokens[at].before else None
    if number is None or number.high >= 60 or number.clock is not None:
        return 0.0, j
    if text.has("unit.time", number.j, number.j + 1) or text.norm(number.j) == "m":
        return number.low * 60, number.j + 1
    return (number.low * 60, number.j) if at == j and number.low >= 5 else (0.0, j)


def _frequency(text: Text, i: int, number: Number) -> Quantity | None:
    """3 times a week, 3x week, twice a week."""
    j = number.j
    for hit in text.within("times", j, j + 1):
        j = hit.j
        break
    for hit in text.within("per_week", j, j + 1):
        if j > number.j or hit.j - hit.i > 1 or text.norm(i) in ("once", "twice", "thrice"):
            return Quantity("per_week", number.low, number.high, i, hit.j)
    return None


def _clock(text: Text, i: int, number: Number) -> Quantity:
    seconds, j = number.clock or 0.0, number.j
    if text.norm(j) == "s" or text.has("pace_word", j, j + 1):
        return Quantity("pace", seconds, seconds, i, j + 1)
    if j < len(text.tokens) and "/" in text.tokens[j].before:
        return Quantity("pace", seconds, seconds, i, j + 1)
    if text.norm(j) in ("per", "min", "mins") and text.has("unit.distance", j, j + 3):
        return Quantity("pace", seconds, seconds, i, j + 2)
    if text.norm(j) in ("am", "pm", "uhr"):
        return Quantity("other", seconds, seconds, i, j + 1)
    return Quantity("clock", seconds, seconds, i, j)


def _bare_unit(text: Text, i: int) -> Quantity | None:
    """A mile, an hour, a week: one of the unit, when "a" stands before it."""
    if (
        not (text.has("a_unit", i, i + 1) or text.norm(i) in ("past", "last"))
        or i + 1 >= len(text.tokens)
        or _cut(text, i, i + 1)
    ):
        return None
    for hit in text.within("unit.time", i + 1, i + 2):
        whole = text.norm(i) not in ("past", "last") or text.has("and_half", hit.j, hit.j + 1)
        if whole or text.norm(i) == "past":
            return _duration(text, i, 1, 1, hit.j, float(hit.value or 0))
    if text.norm(i) in ("past", "last"):
        return None
    for hit in text.within("unit.distance", i + 1, i + 2):
        return _distance(text, i, 1, 1, hit.j, float(hit.value or 0))
    return None

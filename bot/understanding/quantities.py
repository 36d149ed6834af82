"""Stage 2, mentions: numbers with their units.

Distances in metres, durations in seconds. "m" is miles up to 30 and metres above; a clock such as
28:36 is a duration or a pace by what stands next to it; 3-4 keeps both ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.understanding.changes import is_change, joined_changes
from bot.understanding.elided import with_units
from bot.understanding.laps import with_laps
from bot.understanding.numbers import Number, number_at
from bot.understanding.small_words import BETWEEN_UNIT
from bot.understanding.weekly import mark_weeks

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

Kind = Literal[
    "distance", "duration", "clock", "pace", "speed", "score", "per_week", "other", "number", "reps"
]
_MILE = 1609.344
_MILES_AT_MOST = 30
_DAY = 86_400
_PLACED = frozenset(("km", "mile", "kilometre", "kilometer", "kilometro", "quilometro", "milla"))
_MONEY = ("£", "$", "€")
_WHOLE_RUN_S = 600
_WHOLE_RUN_M = 3000
_FASTEST, _SLOWEST = 0.15, 0.75
_ON = frozenset(("on", "in", "at", "this", "yesterday", "today", "with", "and", "easy", "of"))
_ALONE = frozenset(("once", "twice", "thrice"))
_ONE_OF = frozenset(("past", "last", "once"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning, at tokens i to j. `weekly` for a distance in a week.

    `change` is true for "from 3 to 5": low was before, high is now. `unit` is metres or seconds of
    one of the unit it was told in, 0 without one.
    """

    kind: Kind
    low: float
    high: float
    i: int
    j: int
    weekly: bool = False
    change: bool = False
    unit: float = 0.0

    @property
    def middle(self) -> float:
        """The middle of the range; for a single number, the number."""
        return (self.low + self.high) / 2


def find_quantities(text: Text) -> tuple[Quantity, ...]:
    """All quantities of a text, left to right, none overlapping."""
    found: list[Quantity] = []
    free = 0
    for i in _places(text):
        quantity = _quantity_at(text, i) if i >= free else None
        if quantity is None:
            continue
        if found:
            quantity = _repeated(text, found[-1], _in_time(text, found[-1], quantity))
        if quantity.high > quantity.low and is_change(text, i):
            quantity = replace(quantity, change=True)
        found.append(quantity)
        free = quantity.j
    found = with_laps(text, found)
    known = with_units(text, mark_weeks(text, joined_changes(text, found)))
    return tuple(mark_weeks(text, known))


def _in_time(text: Text, before: Quantity, now: Quantity) -> Quantity:
    """As in "10k in 48", "5k 24.30": minutes, at a pace that can be run."""
    whole, _, rest = text.norm(now.i).partition(".")
    if now.kind == "number" and before.kind == "distance" and before.j == now.i and len(rest) == 2:
        seconds = int(whole) * 60.0 + int(rest) if whole.isdigit() and rest.isdigit() else 0.0
        if rest < "60" and _FASTEST <= seconds / max(before.low, 1) <= _SLOWEST:
            return replace(now, kind="duration", low=seconds, high=seconds, unit=60)
    beside = before.kind == "distance" and before.j == now.i - 1 and text.norm(now.i - 1) == "in"
    if now.kind != "number" or not beside or before.weekly or before.low <= 0:
        return now
    fits = _FASTEST <= now.low * 60 / before.low <= _SLOWEST
    return (
        replace(now, kind="duration", low=now.low * 60, high=now.high * 60, unit=60)
        if fits
        else now
    )


def _places(text: Text) -> list[int]:
    """Tokens a quantity can begin at: figures, number words, and "a" or "last" before a unit."""
    places = {i for i, token in enumerate(text.tokens) if token.number or token.norm in _ONE_OF}
    places.update(hit.i for name in ("num", "a_unit") for hit in text.of(name))
    return sorted(places)


def _repeated(text: Text, before: Quantity, now: Quantity) -> Quantity:
    """10 x 1 minute is 10 minutes; 6 x 800 are repetitions; 3 x 20 minutes are three runs."""
    times = (text.norm(before.j) == "x" and before.j + 1 == now.i) or (
        before.j == now.i and "x" in text.tokens[now.i].before
    )
    if before.kind != "number" or not times:
        return now
    if now.kind == "duration" and now.high < _WHOLE_RUN_S:
        return replace(now, low=now.low * before.low, high=now.high * before.high)
    if now.weekly:
        return replace(now, low=now.low * before.low, high=now.high * before.high)
    if now.kind == "duration" or (now.kind == "distance" and now.low >= _WHOLE_RUN_M):
        return now
    return replace(now, kind="reps")


def _quantity_at(text: Text, i: int) -> Quantity | None:
    number = number_at(text, i)
    if number is None:
        return _once(text, i) if text.norm(i) == "once" else _bare_unit(text, i)
    if number.clock is not None:
        return _clock(text, i, number)
    low, high, j = number.low, number.high, number.j
    if _slash_ten(text, j) and high <= 10:
        return Quantity("score", low, high, i, j + 1)
    for hit in text.within("out_of_ten", j, j + 1):
        return Quantity("score", low, high, i, hit.j)
    if text.norm(j) in ("mpw", "kpw"):
        metre = _MILE if text.norm(j) == "mpw" else 1000.0
        return Quantity("distance", low * metre, high * metre, i, j + 1, weekly=True, unit=metre)
    known = _with_unit(text, i, number)
    if known is None and _no_quantity(text, i, j):
        return Quantity("other", low, high, i, j)
    return known or _frequency(text, i, number) or Quantity("number", low, high, i, j)


def _once(text: Text, i: int) -> Quantity | None:
    """Once a week."""
    hit = next((h for h in text.within("per_week", i + 1, i + 2) if h.j - h.i > 1), None)
    asked = text.sentence(i).question
    return None if hit is None or asked else Quantity("per_week", 1, 1, i, hit.j)


def _slash_ten(text: Text, j: int) -> bool:
    return text.norm(j) == "10" and text.tokens[j].before == "/"


def _with_unit(text: Text, i: int, number: Number) -> Quantity | None:
    low, high, j = number.low, number.high, number.j
    signed = _signed(text, i, number)
    if signed is not None:
        return signed
    if text.norm(i - 1) in _PLACED and not text.tokens[i].before and _alone(text, i):
        metre = _MILE if text.norm(i - 1).startswith("mi") else 1000.0
        return Quantity("distance", low * metre, high * metre, i, j, unit=metre)
    skip = 1 if text.norm(j) in BETWEEN_UNIT or _ordinal_sign(text, j) else 0
    for at in (j, j + skip) if skip else (j,):
        if at >= len(text.tokens) or _cut(text, i, at):
            continue
        for concept in ("unit.speed", "unit.other"):
            for hit in text.within(concept, at, at + 1):
                kind: Kind = "speed" if concept == "unit.speed" else "other"
                return Quantity(kind, low, high, i, hit.j)
        for hit in text.within("unit.time", at, at + (0 if _per_week(text, at) else 1)):
            return _duration(text, i, low, high, hit.j, float(hit.value or 0))
        for hit in text.within("unit.distance", at, at + 1):
            return _distance(text, i, low, high, hit.j, float(hit.value or 0))
        if text.norm(at) == "m" and text.has("unit.m", at, at + 1):
            return _letter_m(text, i, low, high, at + 1)
    return None


def _per_week(text: Text, at: int) -> bool:
    """As in "4/week": a rate, not 4 weeks."""
    return "/" in text.tokens[at].before and text.has("per_week", at, at + 1)


def _alone(text: Text, i: int) -> bool:
    """Whether the word for a unit before token i has no number of its own: km 7, not 3 km 7."""
    return i < 2 or not (text.tokens[i - 2].number or text.has("num", i - 2, i - 1))


def _ordinal_sign(text: Text, j: int) -> bool:
    """As in "7e km"."""
    close = j < len(text.tokens) and text.tokens[j].start == text.tokens[j - 1].end
    return close and text.norm(j) in ("e", "eme", "er", "th", "st", "nd", "rd", "o")


def _cut(text: Text, i: int, at: int) -> bool:
    """Whether a unit at `at` cannot belong to the number at i: another sentence or a comma."""
    return text.tokens[at].sentence != text.tokens[i].sentence or "," in text.tokens[at].before


def _letter_m(text: Text, i: int, low: float, high: float, j: int) -> Quantity:
    close = j < len(text.tokens) and text.tokens[j].number
    if (
        close
        and text.tokens[j].start == text.tokens[j - 1].end
        and text.norm(j + 1) in ("s", "sec")
    ):
        more = float(text.norm(j)) if text.norm(j).isdigit() else 0.0  # 47m33s
        return Quantity("duration", low * 60 + more, high * 60 + more, i, j + 2, unit=60)
    if text.language.name == "en" and high <= _MILES_AT_MOST:
        return _distance(text, i, low, high, j, _MILE)
    return _distance(text, i, low, high, j, 1.0)


def _distance(text: Text, i: int, low: float, high: float, j: int, unit: float) -> Quantity:
    for hit in text.within("and_half", j, j + 1):
        low, high, j = low + 0.5, high + 0.5, hit.j
    if text.norm(j) in ("week", "woche", "semana", "semaine") and text.norm(i - 1) != "in":
        return Quantity("distance", low * unit, high * unit, i, j + 1, weekly=True, unit=unit)
    for hit in text.within("per_week", j, j + 1):
        if hit.j - hit.i > 1 or text.norm(j) != "week" or text.tokens[j].before == "/":
            return Quantity("distance", low * unit, high * unit, i, hit.j, True, unit=unit)
    return Quantity("distance", low * unit, high * unit, i, j, unit=unit)


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
    if unit == 60 and (seconds := _seconds_after(text, j)):
        low, high, j = low + seconds[0], high + seconds[0], seconds[1]
    return Quantity("duration", low, high, i, j, unit=unit)


def _seconds_after(text: Text, j: int) -> tuple[float, int] | None:
    """The seconds of "34 mins 20", "34 min 20 sec"."""
    if j >= len(text.tokens) or not text.tokens[j].number or text.tokens[j].before:
        return None
    figure = text.norm(j)
    if not figure.isdigit() or int(figure) >= 60 or not _stays(text, j):
        return None
    if text.norm(j + 1) in ("s", "sec", "secs", "seconds"):
        return float(figure), j + 2
    ends = j + 1 >= len(text.tokens) or bool(text.tokens[j + 1].before) or text.norm(j + 1) in _ON
    return (float(figure), j + 1) if ends and len(figure) == 2 else None


def _stays(text: Text, j: int) -> bool:
    return text.tokens[j].sentence == text.tokens[j - 1].sentence


def _no_quantity(text: Text, i: int, j: int) -> bool:
    """A price, a time of day or an ordinal: £220, 7am, the 3rd."""
    if text.tokens[i].before[-1:] in _MONEY:
        return True
    after = text.norm(j)
    close = j < len(text.tokens) and text.tokens[j].start == text.tokens[j - 1].end
    clock = after in ("am", "pm", "oclock") and not text.tokens[j].before
    return (clock and text.norm(j + 1) != "i") or (close and after in ("st", "nd", "rd", "th"))


def _signed(text: Text, i: int, number: Number) -> Quantity | None:
    """A time written with signs: 25' and 35'20"."""
    told = _minutes_seconds(text, i, number.j, number.low)
    figure = text.tokens[number.j - 1].number and _minutes_sign(text, number.j, number.high)
    if told is None and figure:
        return Quantity("duration", number.low * 60, number.high * 60, i, number.j, unit=60)
    return told


def _minutes_seconds(text: Text, i: int, j: int, low: float) -> Quantity | None:
    """As in 35'20"; 5'9" is a height."""
    if j != i + 1 or j >= len(text.tokens) or text.tokens[j].before not in ("'", "’", "′"):
        return None
    figure, end = text.norm(j), text.tokens[j].end
    if text.raw[end : end + 1] not in ('"', "″", "”") or not figure.isdigit() or low < 8:
        return None
    seconds = low * 60 + int(figure)
    return Quantity("duration", seconds, seconds, i, j + 1, unit=60)


def _minutes_sign(text: Text, j: int, high: float) -> bool:
    """As in 25' for 25 minutes; 5'9 is a height."""
    end = text.tokens[j - 1].end
    if text.raw[end : end + 1] not in ("'", "’", "′") or not 5 <= high <= 240:
        return False
    return not text.raw[end + 1 : end + 2].isalnum()


def _minutes_after(text: Text, j: int) -> tuple[float, int]:
    """The minutes of "1 h 20" or "an hour and 20 minutes"."""
    if (text.norm(j), text.norm(j + 1), text.norm(j + 2)) == ("and", "a", "quarter"):
        return 900.0, j + 3
    at = j + 1 if text.norm(j) in ("and", "y", "et", "und", "e") else j
    number = number_at(text, at) if at < len(text.tokens) and not text.tokens[at].before else None
    if number is None or number.high >= 60 or number.clock is not None:
        return 0.0, j
    if text.has("unit.time", number.j, number.j + 1) or text.norm(number.j) == "m":
        return number.low * 60, number.j + 1
    ends = (
        number.j >= len(text.tokens) or text.tokens[number.j].before or text.norm(number.j) in _ON
    )
    bare = number.low >= 5 and (at == j or (number.low % 5 == 0 and ends))
    return (number.low * 60, number.j) if bare else (0.0, j)


def _frequency(text: Text, i: int, number: Number) -> Quantity | None:
    """3 times a week, 3x week, twice a week."""
    j = number.j
    for hit in text.within("times", j, j + 1):
        j = hit.j
        break
    for hit in text.within("week.this", j, j + 1):
        if j > number.j or text.norm(i) in _ALONE:
            return Quantity("per_week", number.low, number.high, i, hit.j)
    for hit in text.within("per_week", j, j + 1):
        stroke = "/" in text.tokens[j].before
        if j > number.j or hit.j - hit.i > 1 or text.norm(i) in _ALONE or stroke:
            return Quantity("per_week", number.low, number.high, i, hit.j)
    return None


def _clock(text: Text, i: int, number: Number) -> Quantity:
    seconds, j = number.clock or 0.0, number.j
    told = text.norm(i - 1) if text.norm(i - 1) not in ("of", "was", "avg") else text.norm(i - 2)
    if (
        text.norm(j) == "s"
        or text.has("pace_word", j, j + 1)
        or told in ("pace", "ritmo", "allure")
    ):
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

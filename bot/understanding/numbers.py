"""Stage 2, mentions: numbers, in figures and in words, with ranges and clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.tokens import Token

_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+$")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_DASHES = frozenset("-–—/~")


@dataclass(frozen=True, slots=True)
class Number:
    """A number from low to high, ending before token j. `clock` is 28:36 in seconds."""

    low: float
    high: float
    j: int
    clock: float | None = None


def clock_seconds(figure: str) -> float | None:
    """Seconds of m:ss or h:mm:ss, or None if it is no clock."""
    parts = figure.split(":")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        return None
    if any(int(part) >= 60 for part in parts[1:]) or len(parts[-1]) != 2:
        return None
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds


def figure_value(token: Token, decimal_comma: bool) -> float | None:
    """The value of a figure such as 5, 5.5, 5,5 or 2,000, or None if it has none."""
    norm = token.norm
    if norm in _FRACTIONS:
        return _FRACTIONS[norm]
    if ":" in norm:
        return None
    if _THOUSANDS.match(norm) and not decimal_comma:
        norm = norm.replace(",", "")
    norm = norm.replace(",", ".")
    try:
        return float(norm) if len(norm) <= 12 else None
    except ValueError:
        return None


def number_at(text: Text, i: int) -> Number | None:
    """The number that begins at token i, with its range if it has one."""
    if i < len(text.tokens) and text.tokens[i].number:
        seconds = clock_seconds(text.tokens[i].norm)
        if seconds is not None:
            return Number(seconds, seconds, i + 1, seconds)
    first = _single(text, i)
    if first is None:
        return None
    value, j = first
    return _range(text, i, value, j)


def _single(text: Text, i: int) -> tuple[float, int] | None:
    if i >= len(text.tokens):
        return None
    token = text.tokens[i]
    if token.number:
        value = figure_value(token, text.language.name != "en")
        if value is None:
            return None
        return _with_half(text, *_fraction(text, value, i + 1))
    for hit in text.within("num", i, i + 1):
        return _with_half(text, *_compound(text, float(hit.value or 0), hit.j))
    return None


def _compound(text: Text, value: float, j: int) -> tuple[float, int]:
    """Twenty five, two hundred."""
    tens, few = 20 <= value < 100 and value % 10 == 0, value < 10
    for unit in text.within("num", j, j + 1):
        more = float(unit.value or 0)
        if tens and more in range(1, 10) and _joined(text, j):
            return value + more, unit.j
        if few and more == 100:
            return value * 100, unit.j
    return value, j


def _joined(text: Text, j: int) -> bool:
    return text.tokens[j].before in ("", "-")


def _fraction(text: Text, value: float, j: int) -> tuple[float, int]:
    """1/2 is a half, when a number of the size of a fraction stands after the stroke."""
    if j < len(text.tokens) and text.tokens[j].norm in _FRACTIONS and not text.tokens[j].before:
        return value + _FRACTIONS[text.tokens[j].norm], j + 1
    if j < len(text.tokens) and text.tokens[j].before == "/" and text.tokens[j].norm in ("2", "4"):
        below = float(text.tokens[j].norm)
        return (value / below, j + 1) if value < below and _of_distance(text, j) else (value, j)
    return value, j


def _of_distance(text: Text, j: int) -> bool:
    return text.has("unit.distance", j + 1, j + 3)


def _with_half(text: Text, value: float, j: int) -> tuple[float, int]:
    for hit in text.within("and_half", j, j + 1):
        return value + 0.5, hit.j
    return value, j


def _range(text: Text, i: int, value: float, j: int) -> Number:
    """3-4, 3 to 4, 3 or 4, three or four."""
    if j >= len(text.tokens) or text.tokens[j].sentence != text.tokens[i].sentence:
        return Number(value, value, j)
    at = -1
    if text.tokens[j].before in _DASHES and text.tokens[j].before and text.tokens[j].before != "/":
        at = j
    elif text.has("range_word", j, j + 1) and not text.tokens[j].before:
        at = j + 1
    second = _single(text, at) if 0 <= at < len(text.tokens) and not _is_clock(text, at) else None
    if second is None or not value < second[0] <= max(value * 4, value + 3):
        return Number(value, value, j)
    return Number(value, second[0], second[1])


def _is_clock(text: Text, at: int) -> bool:
    return ":" in text.tokens[at].norm

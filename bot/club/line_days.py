"""The day and the time in a line about a run.

Rule: a weekday is the next such day, today included while its time is still to come. A date without
a year is the next such date. A weekday that does not fit its date is said, never put right silently.
A long name with a typing error ("Thrusday") is still that weekday.
Figures with a stroke (5/6) are no date: half of the world reads them the other way round.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from bot.coaching.clock import WEEKDAYS

T = TypeVar("T")
NOON = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TIME = re.compile(
    r"(?<![\d.,:x×/])(?:\bat\s+)?(?<![\d.,:x×/])"
    r"(?:(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)(?![a-z])"
    r"|(\d{1,2})[:.](\d{2})(?![\d.,:])(?!\s*(?:k|km|kms|kilomet\w*|mi|miles?|m)\b)(?:\s*h\b)?"
    r"|(\d{1,2})\s?h(\d{2})?(?!\w))",
    re.IGNORECASE,
)
_NOON = re.compile(r"\b(?:at\s+)?(?:noon|midday)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(?:on\s+)?(\d{4})-(\d{2})-(\d{2})\b")
_DAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur|urs)?(?:day)?s?\b\.?,?"
_WEEKDAY = re.compile(rf"\b(?:on\s+)?(?:(next|this)\s+)?{_DAY}", re.IGNORECASE)
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORD = re.compile(r"\b(?:on\s+)?(?:(next|this)\s+)?([a-z]{6,11})\b", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"\b(?:on\s+)?(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+(\d{{4}}))?(?!\w)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?:on\s+)?{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?(?![\w:.])",
    re.IGNORECASE,
)
_NEAR = re.compile(r"\b(today|tonight|this evening|tomorrow)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something read, the stretches of the line it was read from, and what is wrong with it."""

    value: T
    spans: tuple[tuple[int, int], ...]
    wrong: str = ""

    def without(self, text: str) -> str:
        """The line without it; what stood on both sides stays apart."""
        for start, end in sorted(self.spans, reverse=True):
            text = f"{text[:start]} ; {text[end:]}"
        return text


@dataclass(frozen=True, slots=True)
class _Weekday:
    """A weekday in a line: 0 is Monday; whether "next" stood before it; where it stands."""

    number: int
    next_: bool
    span: tuple[int, int]


def find_time(text: str) -> Found[time] | None:
    """The time of day: "7pm", "9.30am", "18:30", "noon"; None for anything less clear."""
    for found in _TIME.finditer(text):
        value = _clock(found)
        if value is not None:
            return Found(value, (found.span(),))
    noon = _NOON.search(text)
    return Found(time(NOON), (noon.span(),)) if noon else None


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found[1] or found[4] or found[6])
    minute = int(found[2] or found[5] or found[7] or 0)
    half = (found[3] or "").casefold().replace(".", "")
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def find_day(text: str, today: date, clock: time, at: time | None) -> Found[date] | None:
    """The day in a line; `clock` is the time there now, `at` the time of the run if it is known."""
    weekday = _weekday(text)
    dated = _dated(text, today)
    if dated is not None:
        return _agreeing(dated, weekday, today)
    near = _NEAR.search(text)
    if near:
        days = 1 if near[1].casefold() == "tomorrow" else 0
        return _judged(today + timedelta(days=days), (near.span(),), today)
    if weekday is None:
        return None
    away = (weekday.number - today.weekday()) % 7
    over = at is not None and at <= clock
    if away == 0 and (over or weekday.next_):
        away = 7
    return Found(today + timedelta(days=away), (weekday.span,))


def _weekday(text: str) -> _Weekday | None:
    """The weekday named, with its typing errors."""
    found = _WEEKDAY.search(text)
    if found:
        return _named(found, WEEKDAYS.index(found[2].casefold()))
    for word in _WORD.finditer(text):
        errors = 1 if len(word[2]) < len("tuesday") else 2
        for number, name in enumerate(_FULL):
            if OSA.distance(word[2].casefold(), name, score_cutoff=errors) <= errors:
                return _named(word, number)
    return None


def _named(found: re.Match[str], number: int) -> _Weekday:
    return _Weekday(number, (found[1] or "").casefold() == "next", found.span())


def _agreeing(dated: Found[date], weekday: _Weekday | None, today: date) -> Found[date]:
    if weekday is None or _overlap(weekday.span, dated.spans[0]):
        return _judged(dated.value, dated.spans, today, dated.wrong)
    fits = dated.value.weekday() == weekday.number
    wrong = dated.wrong if fits else "weekday"
    return _judged(dated.value, (*dated.spans, weekday.span), today, wrong)


def _judged(
    day: date, spans: tuple[tuple[int, int], ...], today: date, wrong: str = ""
) -> Found[date]:
    return Found(day, spans, wrong or ("past" if day < today else ""))


def _dated(text: str, today: date) -> Found[date] | None:
    for pattern, order in ((_ISO, (1, 2, 3)), (_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        for found in pattern.finditer(text):
            year, month, day = (found[group] or "" for group in order)
            real = _real(year, _number(month), day, today)
            if real is not None:
                return Found(real, (found.span(),))
    return None


def _number(month: str) -> str:
    return month if month.isdigit() else str(_MONTHS.index(month.casefold()[:3]) + 1)


def _real(year: str, month: str, day: str, today: date) -> date | None:
    """That date; without a year the next one, today included. None if there is no such day."""
    years = (int(year),) if year else range(today.year, today.year + 9)
    for one in years:
        try:
            found = date(one, int(month), int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]

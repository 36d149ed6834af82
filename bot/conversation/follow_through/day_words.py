"""Days to come in a runner's words: "3 May", "the 14th", "next Friday", "in 3 weeks", "Christmas".

Rule: a day without a year is the next such day; a weekday is the next one after today, "next Friday"
the one of next week. A day that no calendar has, or that is past, is not guessed at. What is read
here is always read back with its date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|urday|rsday)?\b"
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8,
    "ten": 10, "twelve": 12, "couple": 2,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_COUNT = r"(\d{1,3}|a couple|" + "|".join(_NUMBERS) + r")"
_SPAN = re.compile(rf"\b{_COUNT}(?: of)?(?: more)? (day|week|fortnight|month|year)s?\b")
_YEAR = r"(?:,?\s+(\d{4}))?"
_LONGEST = timedelta(days=366)
_YEAR_AGO = timedelta(days=330)
"""A day and month that comes round only after so long was most likely meant as a day gone by."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was told, and where it ends in the text; `on` is None if no calendar has it."""

    on: date | None
    end: int


_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")),
    ("figures", re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b\.?")),
    ("end_of_month", re.compile(rf"(?:the )?end of {_MONTH}")),
    ("day_month", re.compile(rf"(?:the )?{_NTH}(?: of)? {_MONTH}{_YEAR}")),
    ("month_day", re.compile(rf"{_MONTH} (?:the )?{_NTH}\b{_YEAR}")),
    ("end_of", re.compile(r"(?:the )?end of (?:the |this )?(week|month)\b")),
    ("next", re.compile(r"next (week|month)\b")),
    ("month", re.compile(rf"{_MONTH}")),
    ("weekday", re.compile(rf"(next |this |on )?{_WEEKDAY}(?: the {_NTH}\b)?")),
    ("nth", re.compile(r"(?:the )(\d{1,3})(?:st|nd|rd|th)?\b|(\d{1,3})(?:st|nd|rd|th)\b")),
    ("named", re.compile(r"(tomorrow|the weekend|christmas|new year)\b")),
)


def day_at(text: str, start: int, today: date, *, month_first: bool = False) -> Day | None:
    """The day that these lower-case words begin with, from `start` on; None if they name none."""
    for name, form in _FORMS:
        found = form.match(text, start)
        if found is not None:
            try:
                on = _read(name, found, today, month_first=month_first)
            except ValueError:
                on = None
            return Day(on, found.end())
    return None


def days_ahead(text: str) -> int | None:
    """How many days a span has: "3 weeks" is 21, "a fortnight" 14; None if none is told."""
    found = _SPAN.search(text)
    if found is None:
        return None
    told = found[1].removeprefix("a ")
    count = _NUMBERS[told] if told in _NUMBERS else int(told)
    return count * _UNITS[found[2]]


def sensible(day: date, today: date) -> bool:
    """Whether a pause may end on this day: after today, and within a year."""
    return today < day <= today + _LONGEST


def _read(name: str, found: re.Match[str], today: date, *, month_first: bool) -> date:
    """The day of one form. Raises ValueError if no calendar has it."""
    match name:
        case "iso":
            return date(int(found[1]), int(found[2]), int(found[3]))
        case "figures" | "day_month" | "month_day":
            return _dated(name, found, today, month_first=month_first)
        case "month":
            return _of_year(_month(found[1]), 1, None, today)
        case "end_of_month":
            return _after(_of_year(_month(found[1]), 1, None, today, running=True))
        case "end_of" | "next":
            monday = today + timedelta(days=7 - today.weekday())
            return _after(today) if found[1] == "month" else monday
        case "weekday":
            return _weekday(found, today)
        case "nth":
            return _nth(int(found[1] or found[2]), today)
        case _:
            return _named(found[1], today)


def _dated(name: str, found: re.Match[str], today: date, *, month_first: bool) -> date:
    if name == "figures":
        day, month = (2, 1) if month_first else (1, 2)
        return _of_year(int(found[month]), int(found[day]), found[3], today)
    day, month = (1, 2) if name == "day_month" else (2, 1)
    return _of_year(_month(found[month]), int(found[day]), found[3], today)


def _of_year(month: int, day: int, year: str | None, today: date, *, running: bool = False) -> date:
    """The next such day; one of the last weeks is taken as it is, and so as past."""
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = next(_years(month, day, today))
    if this > today or (running and this.month == today.month):
        return this
    later = next(_years(month, day, today, after=1))
    return this if later - today > _YEAR_AGO else later


def _years(month: int, day: int, today: date, after: int = 0) -> Iterator[date]:
    """The day in this year or after; the 29th of February waits for its year."""
    for year in range(today.year + after, today.year + after + 4):
        if (month, day) == (2, 29) and year % 4:
            continue
        yield date(year, month, day)


def _after(day: date) -> date:
    """The first of the month after this day's."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _weekday(found: re.Match[str], today: date) -> date:
    if found[3]:
        return _nth(int(found[3]), today)
    number = _WEEKDAYS.index(found[2][:3])
    if (found[1] or "").startswith("next"):
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _nth(day: int, today: date) -> date:
    """The next day of the month with this number."""
    if not 1 <= day <= 31:
        raise ValueError(day)
    month = today
    while True:
        try:
            told = month.replace(day=day)
        except ValueError:
            told = today
        if told > today:
            return told
        month = _after(month)


def _named(name: str, today: date) -> date:
    if name == "tomorrow":
        return today + timedelta(days=1)
    if name == "the weekend":
        return today + timedelta(days=(5 - today.weekday() - 1) % 7 + 1)
    month, day = (12, 25) if name == "christmas" else (1, 1)
    return _of_year(month, day, None, today)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1

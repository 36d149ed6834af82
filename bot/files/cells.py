"""Cells of a table of past activities: days, clocks and figures as the common exports write them."""

import re
from datetime import datetime
from typing import Literal

Order = Literal["", "day", "month"]
"""Whether 3/11 is the 3rd of November or March 11; "" while not known."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_NAMED = re.compile(
    r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})|(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?")
_UNITS = re.compile(r"(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+(?:\.\d+)?)\s*s\w*)?")
_DAY_S = 86_400


def order_of(cells: list[str]) -> Order:
    """Whether the days of a column are day first or month first; "" where nothing tells."""
    found = [match for cell in cells if (match := _FIGURES.search(cell)) and not _ISO.search(cell)]
    if any(int(match[1]) > 12 for match in found):
        return "day"
    if any(int(match[2]) > 12 for match in found):
        return "month"
    runs_on = {
        order: _runs_on([(match[3], *_turned(match, order)) for match in found])
        for order in ("day", "month")
    }
    if runs_on["day"] != runs_on["month"]:
        return "day" if runs_on["day"] else "month"
    return ""


def _turned(match: re.Match[str], order: str) -> tuple[int, int]:
    first, second = int(match[1]), int(match[2])
    return (second, first) if order == "day" else (first, second)


def _runs_on(days: list[tuple[str, int, int]]) -> bool:
    return len(days) > 2 and (days == sorted(days) or days == sorted(days, reverse=True))


def moment(cell: str, order: Order) -> datetime | None:
    """A day and perhaps a clock, without a zone: "Nov 20, 2026, 7:03:11 AM". None if it is no day.

    Where there is no clock it is midnight.
    Raises ValueError where day and month cannot be told apart.
    """
    text = " ".join(cell.casefold().split())
    day = _day(text, order)
    if day is None:
        return None
    hour, minute, second = _clock(text)
    try:
        return datetime(*day, hour, minute, second)  # noqa: DTZ001 - the file tells no zone
    except ValueError:
        return None


def _day(text: str, order: Order) -> tuple[int, int, int] | None:
    if match := _ISO.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NAMED.search(text):
        name = (match[1] or match[5])[:3]
        if name not in _MONTHS:
            return None
        return int(match[3] or match[6]), _MONTHS.index(name) + 1, int(match[2] or match[4])
    if match := _FIGURES.search(text):
        if not order and match[1] != match[2]:
            raise ValueError(text)
        month, day = _turned(match, order or "day")
        year = int(match[3])
        return (year if year > 99 else 2000 + year), month, day
    return None


def _clock(text: str) -> tuple[int, int, int]:
    match = _CLOCK.search(text.replace("t", " "))
    if match is None:
        return 0, 0, 0
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    return min(hour, 23), min(int(match[2]), 59), min(int(match[3] or 0), 59)


def figure(cell: str) -> float | None:
    """A figure with whatever comma it has: "5.02", "5,02", "1,234.5", "1.234,5 km"."""
    match = re.search(r"\d[\d.,' ]*", cell)
    if match is None:
        return None
    text = match[0].rstrip("., ").replace("'", "").replace(" ", "")
    if "," in text and "." in text:
        last = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    elif text.count(",") == 1:
        text = text.replace(",", ".")
    try:
        found = float(text.replace(",", ""))
    except ValueError:
        return None
    return found if found < 1e9 else None


def span(cell: str, each_s: float = 1.0) -> float | None:
    """A length of time in seconds: "0:38:12", "38:12", "2292", "38m 12s". A bare figure is `each_s`."""
    text = cell.strip().casefold()
    parts = text.split(":")
    if len(parts) in (2, 3) and all(re.fullmatch(r"\d{1,4}(\.\d+)?", part) for part in parts):
        seconds = 0.0
        for part in parts:
            seconds = seconds * 60 + float(part)
        return seconds if 0 < seconds < 10 * _DAY_S else None
    match = _UNITS.fullmatch(text)
    if text and match and any(match.groups()):
        hours, minutes, rest = match.groups()
        return int(hours or 0) * 3600.0 + int(minutes or 0) * 60.0 + float(rest or 0)
    found = figure(text) if re.fullmatch(r"[\d.,]+", text) else None
    return found * each_s if found else None

"""Stage 4, resolve: time without running that is told by dates, and counted to today.

"haven't run since March", "last ran in 2019", "from July to October without running". The month the
runner says it is now ("it's now mid-September") goes before the day of the message. Lengths in days.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.gaps import Gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit

_SEASON_ENDS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28)}
_PART_OF_MONTH = {"early": 5, "start": 3, "beginning": 3, "mid": 15, "end": 27, "late": 25}
_CLOCKS_DAY = 28
_FIRST_YEAR = 1980


def since_dates(text: Text) -> list[Gap]:
    """As in "Haven't run since March", "first run since spring": counted from today."""
    found = []
    for since in text.of("since"):
        own = text.sentence(since.i)
        if not text.has("break", max(own.first, since.i - 7), min(own.last, since.i + 1)):
            continue
        if text.norm(since.i - 1) in ("week", "weekly"):
            continue
        gap = _date_gap(text, since, min(own.last, since.j + 7))
        if gap is not None:
            found.append(gap)
    return found


def last_run_on(text: Text) -> list[Gap]:
    """As in "My last run was on the 12th of October", "last ran in 2019"."""
    found = []
    for hit in text.of("last_run"):
        own = text.sentence(hit.i)
        gap = _date_gap(text, hit, min(own.last, hit.j + 6))
        if gap is not None:
            found.append(gap)
    return found


def between_months(text: Text) -> list[Gap]:
    """As in "from July to October without running"."""
    found = []
    for a, b in pairwise(text.of("month")):
        own = text.sentence(a.i)
        near = b.i < own.last and b.i - a.j <= 4
        whole = near and text.norm(a.j) in ("and", "or")
        near = whole or (near and text.has("until", a.j, b.i + 1))
        if near and text.has("break", own.first, own.last):
            months = (int(float(b.value or 1)) - int(float(a.value or 1))) % 12 or 12
            first, last = _day_in(text, a), _day_in(text, b)
            parts = (last or 15) - (first or 1) if first or last else 0
            days = (months + (1 if whole else 0)) * 30.4 + parts
            found.append(Gap(days, days - 25, days + 31, a.i, b.j))
    return found


def now_of(text: Text) -> date:
    """The day the runner counts from: in the month they say it is, else the day of the message."""
    for cue in text.of("now_is"):
        for hit in text.within("month", cue.j - 1, min(text.sentence(cue.i).last, cue.j + 4)):
            day = _day_in(text, hit) or 15
            return date(text.today.year, int(float(hit.value or 1)), day)
    return text.today


def _date_gap(text: Text, cue: Hit, stop: int) -> Gap | None:
    now = now_of(text)
    for hit in text.within("clocks", cue.i, stop):
        days = _days_since(now, int(float(hit.value or 1)), _CLOCKS_DAY)
        return Gap(days, days - 10, days + 10, cue.i, hit.j)
    for hit in text.within("month", cue.i, stop):
        day = _day_in(text, hit)
        days = _days_since(now, int(float(hit.value or 1)), day or 15)
        slack = 6 if day else 20
        return Gap(days, days - slack, days + slack, cue.i, hit.j)
    for hit in text.within("season", cue.i, stop):
        days = _days_since_season(now, hit)
        return Gap(days, days - 45, days + 60, cue.i, hit.j)
    for t in range(cue.i, stop):
        norm = text.norm(t)
        if norm.isdigit() and _FIRST_YEAR <= int(norm) <= now.year:
            days = max(30.0, (now - date(int(norm), 7, 1)).days)
            return Gap(days, days - 190, days + 190, cue.i, t + 1)
    return None


def _day_in(text: Text, month: Hit) -> int | None:
    """The day of the month named beside it: "12th of October", "mid-September", "March 3rd"."""
    for t in _beside(text, month):
        norm = text.norm(t)
        digits = norm.rstrip("stndrh")
        if digits.isdigit() and 1 <= int(digits) <= 28:
            return int(digits)
        if norm in _PART_OF_MONTH:
            return _PART_OF_MONTH[norm]
    return None


def _beside(text: Text, month: Hit) -> Iterator[int]:
    own = text.sentence(month.i)
    yield from range(month.i, month.j)
    yield from range(month.i - 1, max(own.first, month.i - 3) - 1, -1)
    yield from range(month.j, min(own.last, month.j + 1))


def _days_since(now: date, month: int, day: int) -> float:
    then = date(now.year, month, min(day, 28))
    return float((now - (then if then < now else then.replace(year=now.year - 1))).days)


def _days_since_season(now: date, hit: Hit) -> float:
    month, day = _SEASON_ENDS[str(hit.value)]
    end = date(now.year, month, day)
    if end >= now:
        end = date(now.year - 1, month, day)
    return float(max((now - end).days, 14))

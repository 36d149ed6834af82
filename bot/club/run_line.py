"""A run in one line: "Thu 7pm Town Hall 10k easy; 4k walk-run", "every Tue 18:30 track, 6x400m, max 20".

Rule: a day, a time and a place make a run; the rest is optional, in any order that people write it.
What is read is cut out of the line; what is left is the place and the options. Nothing is guessed: a
bare "at 7" is no time. Reading never fails, it says what is missing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.club.line_days import Found, find_day, find_time
from bot.club.line_options import find_options
from bot.club.state import Option
from bot.content.club import RunLimits

NEEDS = ("day", "time", "place")
_NOTE = re.compile(r"[;,.]?\s*\b(?:notes?|nb)\s*:\s*(.*)$", re.IGNORECASE)
_TITLE = re.compile(r"[\"“„«]([^\"”“»]{1,200})[\"”“»]")
_LIMIT = re.compile(
    r"\b(?:(?:max(?:imum)?|limit|up to)\.?\s*:?\s*(\d{1,4})(?!\d)(?:\s*(?:people|runners|places|spots))?"
    r"|(\d{1,4})\s*(?:places|spots|people|runners)(?:\s*(?:max(?:imum)?|only))?)"
    r"(?!\s*(?:k|km|mi|miles?|m|min|%|[.,:]?\d)\b)",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(r"\bno (?:limit|max(?:imum)?)\b", re.IGNORECASE)
_WEEKLY = re.compile(r"\b(?:every(?: week(?: on)?)?|weekly|each(?: week)?)\b", re.IGNORECASE)
_ONCE = re.compile(r"\b(?:once|just once|not weekly)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says of a run. `named` holds the names of the parts that it says."""

    on: date | None = None
    at: time | None = None
    place: str = ""
    title: str = ""
    options: tuple[Option, ...] = ()
    limit: int | None = None
    notes: str = ""
    weekly: bool = False
    named: frozenset[str] = field(default_factory=frozenset)
    wrong: str = ""
    """What cannot be: "past", "weekday", "far_day", "many_options", "limit"; "" if all can."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What a run needs and the line does not say."""
        return tuple(name for name in NEEDS if name not in self.named)


def read_line(text: str, today: date, clock: time, limits: RunLimits) -> Line:
    """Read a line. `today` and `clock` are the club's. Never raises."""
    rest = _plain(text)[: limits.line]
    named: dict[str, object] = {}
    rest = _cut_words(rest, named)
    rest, weekly = _flag(rest, _WEEKLY)
    rest, once = _flag(rest, _ONCE)
    if weekly or once:
        named["weekly"] = weekly
    at = find_time(rest)
    rest = at.without(rest) if at else rest
    day = find_day(rest, today, clock, at.value if at else None)
    rest = day.without(rest) if day else rest
    options, place = find_options(rest, limits)
    named |= {name: value for name, value in (("options", options), ("place", place)) if value}
    if at:
        named["time"] = at.value
    if day:
        named["day"] = day.value
    return _line(named, options, place, day, at, limits, today)


def _line(
    named: Mapping[str, object],
    options: tuple[Option, ...],
    place: str,
    day: Found[date] | None,
    at: Found[time] | None,
    limits: RunLimits,
    today: date,
) -> Line:
    limit = named.get("limit")
    return Line(
        on=day.value if day else None,
        at=at.value if at else None,
        place=place[: limits.place],
        title=str(named.get("title", ""))[: limits.title],
        options=options[: limits.options],
        limit=limit if isinstance(limit, int) else None,
        notes=str(named.get("notes", ""))[: limits.note],
        weekly=named.get("weekly") is True,
        named=frozenset(named),
        wrong=_wrong(options, limit, day, limits, today),
    )


def _wrong(
    options: tuple[Option, ...],
    limit: object,
    day: Found[date] | None,
    limits: RunLimits,
    today: date,
) -> str:
    if day is not None and day.wrong:
        return day.wrong
    if day is not None and (day.value - today).days > limits.ahead_days:
        return "far_day"
    if len(options) > limits.options:
        return "many_options"
    if isinstance(limit, int) and not 1 <= limit <= limits.runners:
        return "limit"
    return ""


def _cut_words(rest: str, named: dict[str, object]) -> str:
    """Take out the note, the title and the limit."""
    found = _NOTE.search(rest)
    if found:
        named["notes"] = found[1].strip()
        rest = rest[: found.start()]
    found = _TITLE.search(rest)
    if found:
        named["title"] = found[1].strip()
        rest = f"{rest[: found.start()]} ; {rest[found.end() :]}"
    found = _NO_LIMIT.search(rest)
    if found:
        named["limit"] = None
        return f"{rest[: found.start()]} ; {rest[found.end() :]}"
    found = _LIMIT.search(rest)
    if found:
        named["limit"] = int(found[1] or found[2])
        rest = f"{rest[: found.start()]} ; {rest[found.end() :]}"
    return rest


def _flag(rest: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    found = pattern.search(rest)
    if found is None:
        return rest, False
    return f"{rest[: found.start()]} {rest[found.end() :]}", True


def _plain(text: str) -> str:
    """One line of printable characters; a line break separates options."""
    lines = " ; ".join(text.splitlines())
    kept = "".join(one if one.isprintable() else " " for one in lines)
    return " ".join(kept.split())

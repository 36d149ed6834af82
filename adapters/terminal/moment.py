"""Reading how far to move the clock: "18h", "2d", "1h30m", "until sat 9:00".

Rule: the clock of a chat only moves forward. A length is elapsed time; "until" is wall-clock time
in the runner's zone, and names the next such moment after now. At most a year at a time, because
every check-in on the way is really sent.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=366)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXAMPLES = "Try :skip 30m, :skip 18h, :skip 2d or :skip until sat 9:00."

_TOO_FAR = "That is more than a year. Skip a year or less at a time."
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_NAMED = {"sec": "s", "second": "s", "min": "m", "minute": "m", "hour": "h", "hr": "h"}
_NAMED |= {"day": "d", "week": "w"}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+)")
_CLOCK = re.compile(r"(?:(?P<day>[a-z]+|\d{4}-\d\d-\d\d)[ t]+)?(?P<h>\d{1,2})[:.](?P<m>\d\d)")


class NotAMoment(ValueError):  # noqa: N818 - it reads as a sentence where it is caught
    """The words are not a length of time or a moment. The text of the error helps the reader."""


def moment(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that `words` lead to from `now`. Raises NotAMoment."""
    text = " ".join(words.lower().split())
    try:
        if text.startswith("until "):
            then = _until(text.removeprefix("until ").strip(), now, zone)
        else:
            then = now + _length(text)
    except OverflowError:
        raise NotAMoment(_TOO_FAR) from None
    if then <= now:
        raise NotAMoment(f"The clock only moves forward. {EXAMPLES}")
    if then - now > LONGEST:
        raise NotAMoment(_TOO_FAR)
    return then


def _length(text: str) -> timedelta:
    found = list(_LENGTH.finditer(text))
    left_over = _LENGTH.sub("", text).replace(" ", "").replace(",", "").replace("and", "")
    if not found or left_over:
        raise NotAMoment(f'"{text[:40]}" is not a length of time. {EXAMPLES}')
    seconds = 0.0
    for piece in found:
        unit = piece[2]
        unit = _NAMED.get(unit, _NAMED.get(unit.removesuffix("s"), unit))
        if unit not in _UNITS:
            raise NotAMoment(f'"{piece[2][:20]}" is not a unit of time. {EXAMPLES}')
        seconds += float(piece[1]) * _UNITS[unit]
    return timedelta(seconds=seconds)


def _until(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    found = _CLOCK.fullmatch(text)
    if not found or int(found["h"]) > 23 or int(found["m"]) > 59:
        raise NotAMoment(f'"{text[:40]}" is not a day and a time. {EXAMPLES}')
    at = time(int(found["h"]), int(found["m"]))
    today = now.astimezone(zone).date()
    day = found["day"]
    if day is None:
        then = _at(today, at, zone)
        return then if then > now else _at(today + timedelta(days=1), at, zone)
    if day[:3] in WEEKDAYS:
        ahead = (WEEKDAYS.index(day[:3]) - today.weekday()) % 7
        then = _at(today + timedelta(days=ahead), at, zone)
        return then if then > now else _at(today + timedelta(days=ahead + 7), at, zone)
    return _at(_day(day, today), at, zone)


def _day(word: str, today: date) -> date:
    if word in {"today", "tomorrow"}:
        return today + timedelta(days=word == "tomorrow")
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise NotAMoment(f'"{word[:20]}" is not a day. {EXAMPLES}') from None


def _at(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)

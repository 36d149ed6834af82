"""Wall-clock time: when "18:00 on Tuesdays" is, in a zone, this week.

Rule: 18:00 stays 18:00 over clock changes, travel and restarts. A local time that does not exist
moves forward by the missing hour; one that happens twice counts the first time only. Whatever fired
on a local date does not fire on that date again. This is all of Heeldrop's arithmetic with zones.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name; UTC where the name is empty or not known."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Whether that is the name of an IANA zone."""
    return bool(name) and (name == "UTC" or zone_of(name).key == name)


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) of a local time on a local date.

    zoneinfo reads a time that does not exist with the offset from before the gap, which is the same
    as moving it forward by the gap, and a time that happens twice as the first one.
    """
    return datetime.combine(day, at, tzinfo=zone_of(zone)).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """The date on the runner's calendar."""
    return moment.astimezone(zone_of(zone)).date()


def next_day(
    at: time,
    zone: str,
    after: datetime,
    weekdays: Sequence[str] = (),
    *,
    not_before: date | None = None,
    last_on: date | None = None,
) -> tuple[date, datetime]:
    """The first day, and the instant (UTC) after `after`, at which a wall clock there shows `at`.

    `weekdays` ("mon" to "sun") restricts the days, `not_before` is the first day allowed, and
    `last_on` is the day it last fired for, which is not used again. The instant may be on the
    calendar's next day, if the time is in an hour that is left out just before midnight.
    """
    day = local_day(after, zone) - _DAY
    if last_on is not None:
        day = max(day, last_on + _DAY)
    if not_before is not None:
        day = max(day, not_before)
    while True:
        if not weekdays or WEEKDAYS[day.weekday()] in weekdays:
            found = instant(day, at, zone)
            if found > after:
                return day, found
        day += _DAY


def in_quiet_hours(moment: datetime, zone: str, start: time, end: time) -> bool:
    """Whether it is quiet there; `start` after `end` means over midnight, equal means never."""
    local = moment.astimezone(zone_of(zone)).time()
    if start <= end:
        return start <= local < end
    return local >= start or local < end


def after_quiet_hours(moment: datetime, zone: str, start: time, end: time) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    if not in_quiet_hours(moment, zone, start, end):
        return moment
    return next_day(end, zone, moment)[1]

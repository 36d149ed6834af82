"""Times of day and time zones in a runner's words.

Rule: a zone is known by a city, by what the clock shows there now, or by a shared location; never by
an address. What the clock shows is compared with this moment, to the nearest quarter of an hour.
"""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.cities import City, largest_of_zones

_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?![\d/])", re.IGNORECASE
)
_HERE = re.compile(
    r"^(?:(?:it'?s|it is|the time is|my time is|here it is|time here is)\s+)(.+?)\s*"
    r"(?:here|now|for me|where i am)[.!]?$",
    re.IGNORECASE,
)
QUARTER_S = 900
DAY_S = 86_400
NOON = 12


def time_of(text: str) -> time | None:
    """The time of day in a few words: "18:40", "6.40 pm", "7am", "18"; None if there is none."""
    found = _TIME.search(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").casefold().replace(".", "")
    if half and not 1 <= hour <= NOON:
        return None
    if half == "pm" and hour < NOON:
        hour += NOON
    if half == "am" and hour == NOON:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def two_times(text: str) -> tuple[time, time] | None:
    """Two times: "22:00 to 7:00"; None if there are not exactly two."""
    found = [time_of(match[0]) for match in _TIME.finditer(text)]
    if len(found) != 2 or found[0] is None or found[1] is None:
        return None
    return found[0], found[1]


def here(text: str) -> time | None:
    """The time in "it is 18:40 here"; None for anything else."""
    found = _HERE.match(text.strip())
    return time_of(found[1]) if found else None


def cities_where(shows: time, now: datetime, country: str, most: int = 5) -> list[City]:
    """Cities whose clock shows this time now, one for each zone; those of the country only."""
    cities = largest_of_zones(country) if country else largest_of_zones()
    fits = [one for one in cities if _near(shows, now.astimezone(ZoneInfo(one.zone)))]
    return fits[:most]


def _near(shows: time, local: datetime) -> bool:
    wanted = timedelta(hours=shows.hour, minutes=shows.minute)
    there = timedelta(hours=local.hour, minutes=local.minute)
    away = abs((wanted - there).total_seconds())
    return min(away, DAY_S - away) < QUARTER_S / 2

"""The time zone of a location, without asking anyone.

Rule: only the zone's name leaves this file. The map of zones is loaded when the first location comes;
it takes about 35 MB of memory and 0.1 s then, and nothing before.
"""

from bot.coaching.clock import is_zone


def zone_at(latitude: float, longitude: float) -> str:
    """The IANA zone there, or "" if it is not known."""
    from tzfpy import get_tz  # noqa: PLC0415 - heavy, and rarely needed

    name: str = get_tz(longitude, latitude)
    return name if name and is_zone(name) else ""

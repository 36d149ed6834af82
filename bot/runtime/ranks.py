"""Asking a platform who somebody is in a group, and what we may do there.

Rule: the platform's own word each time, kept for minutes and no longer; where it does not answer,
nobody is an admin.
"""

from collections import OrderedDict
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.club.state import Missing, Rank
from bot.conversation.event import Person, Place
from bot.runtime.adapter import Abilities, Adapter, Ranks, Roles

T = TypeVar("T")
HOLDS = timedelta(minutes=4)
"""How long an answer is good [D]; platforms advise to keep it for 5 minutes at most."""
_KEPT = 1000


class Standings:
    """What platforms said lately about people in groups."""

    def __init__(self) -> None:
        self._adapters: dict[str, object] = {}
        self._ranks: OrderedDict[tuple[str, str, str], tuple[Rank, datetime]] = OrderedDict()

    def attach(self, platform: str, adapter: Adapter) -> None:
        """Ask this adapter about that platform's groups."""
        self._adapters[platform] = adapter

    async def rank(self, who: Person, place: Place, now: datetime) -> Rank:
        """What somebody is in a group."""
        adapter = self._adapters.get(place.platform)
        if not isinstance(adapter, Ranks) or place.platform != who.platform:
            return "unknown"
        key = (place.platform, place.chat, who.id)
        known = self._ranks.get(key)
        if known is not None and timedelta() <= now - known[1] < HOLDS:
            return known[0]
        found: Rank = await _or(adapter.rank(place, who), "unknown")
        if found != "unknown":
            self._ranks[key] = (found, now)
            while len(self._ranks) > _KEPT:
                self._ranks.popitem(last=False)
        return found

    async def roles(self, who: Person, place: Place) -> tuple[str, ...]:
        """The roles somebody has in a group; none where the platform has no such thing."""
        adapter = self._adapters.get(place.platform)
        if not isinstance(adapter, Roles) or place.platform != who.platform:
            return ()
        return await _or(adapter.roles(place, who), ())

    async def missing(self, place: Place) -> tuple[Missing, ...]:
        """What we may not do in a group; asked anew each time, for it is asked while it is mended."""
        adapter = self._adapters.get(place.platform)
        return await _or(adapter.abilities(place), ()) if isinstance(adapter, Abilities) else ()


async def _or(asked: Awaitable[T], otherwise: T) -> T:
    """What a platform says, or that where it does not answer."""
    try:
        return await asked
    except Exception:
        return otherwise

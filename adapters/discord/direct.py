"""Direct-message channels: opened once for each person, and not too many at a time.

Rule: only people who pressed or typed something are ever written to. Discord looks askance at a bot
that opens many of these channels quickly, so check-ins after a restart wait their turn.
"""

import time
from collections import OrderedDict, deque

import discord

_KEPT = 10_000
_OPENED_A_MINUTE = 30
"""New channels a minute for check-ins [D]; Discord names no figure."""


class TooManyOpenedError(Exception):
    """Enough channels were opened for now. `wait_s` says how long to wait."""

    def __init__(self, wait_s: float) -> None:
        super().__init__()
        self.wait_s = wait_s


class DirectMessages:
    """The channels known so far, by person."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._channels: OrderedDict[str, int] = OrderedDict()
        self._opened: deque[float] = deque(maxlen=_OPENED_A_MINUTE)

    def remember(self, person: str, channel: str) -> None:
        """This is where that person wrote from."""
        self._channels[person] = int(channel)
        self._channels.move_to_end(person)
        if len(self._channels) > _KEPT:
            self._channels.popitem(last=False)

    def forget(self, person: str) -> None:
        """That channel is no longer there."""
        self._channels.pop(person, None)

    async def to(self, person: str, *, asked: bool) -> discord.PartialMessageable:
        """The channel of a person, opened if need be. `asked`: they wait for it now.

        Raises TooManyOpenedError, or what the library raises.
        """
        if person not in self._channels:
            now = time.monotonic()
            if not asked and len(self._opened) == _OPENED_A_MINUTE:
                wait = self._opened[0] + 60 - now
                if wait > 0:
                    raise TooManyOpenedError(wait)
            self._opened.append(now)
            made = await self._client.create_dm(discord.Object(int(person)))
            self.remember(person, str(made.id))
        channel = self._channels[person]
        return self._client.get_partial_messageable(channel, type=discord.ChannelType.private)

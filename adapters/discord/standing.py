"""Who somebody is in a server, and what we may do there, by Discord's own word.

Rule: what somebody may do comes with each of their interactions, and is asked of Discord where none
is at hand; it is never taken from the fact that a command was shown to them. How long an answer is
good is decided by whoever asks; here it is kept for as long as one interaction takes.
"""

import logging
import time
from collections import OrderedDict
from typing import NamedTuple

import discord

from adapters.discord.calendar import may_make
from adapters.discord.permissions import allowed_in
from bot.club.state import Missing, Rank
from bot.conversation.event import Person, Place

LOG = logging.getLogger("heeldrop.discord")
_HOLDS_S = 30.0
_KEPT = 500
_NOBODY = {10007, 10013}


class Known(NamedTuple):
    """What Discord said about somebody: their rank and their roles."""

    rank: Rank
    roles: tuple[str, ...] = ()


class Standing:
    """Asks Discord about members of servers, ourselves among them."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._known: OrderedDict[tuple[int, int], tuple[Known, float]] = OrderedDict()

    def note(self, interaction: discord.Interaction) -> None:
        """What an interaction in a server says about whoever acted."""
        who, guild = interaction.user, interaction.guild_id
        if guild is not None and isinstance(who, discord.Member):
            self._keep((guild, who.id), _known(who, interaction.permissions))

    async def known(self, place: Place, person: Person) -> Known:
        """Somebody's standing in a server."""
        key = int(place.chat), int(person.id)
        held = self._known.get(key)
        if held is not None and time.monotonic() - held[1] < _HOLDS_S:
            return held[0]
        guild = self._client.get_guild(key[0])
        if guild is None or guild.unavailable:
            return Known("unknown")
        try:
            member = await guild.fetch_member(key[1])
        except discord.HTTPException as error:
            LOG.info("a rank is not known: %s %s", error.status, error.code)
            return Known("none" if error.code in _NOBODY else "unknown")
        return self._keep(key, _known(member, member.guild_permissions))

    def _keep(self, key: tuple[int, int], known: Known) -> Known:
        self._known[key] = known, time.monotonic()
        self._known.move_to_end(key)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return known

    def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What we may not do in a channel, of what a club needs."""
        channel = self._client.get_channel(int(place.thread or place.chat))
        allowed = allowed_in(channel)
        if allowed is None or channel is None:
            return ()
        inside = isinstance(channel, discord.Thread)
        post = allowed.send_messages_in_threads if inside else allowed.send_messages
        threads = allowed.create_public_threads and allowed.send_messages_in_threads
        guild = getattr(channel, "guild", None)
        may: dict[Missing, bool] = {
            "post": post and allowed.view_channel,
            "threads": threads and not inside,
            "files": allowed.attach_files,
            "events": guild is not None and may_make(guild),
        }
        return tuple(name for name, yes in may.items() if not yes)


def _known(member: discord.Member, allowed: discord.Permissions) -> Known:
    rank: Rank = "admin" if allowed.administrator or allowed.manage_guild else "member"
    everyone = member.guild.id
    return Known(rank, tuple(str(role.id) for role in member.roles if role.id != everyone))

"""The bot is added to a server, or thrown out of one, as events of that server's club.

Rule: nobody is named for it: Discord does not say who it was. One message may be written by itself,
in the channel that Discord keeps for news to admins or for the system's own, else the first one where
we may write.
"""

import discord

from adapters.discord.receive import PLATFORM, place_in
from bot.conversation.event import Event, Person, Presence

NOBODY = Person(PLATFORM, "")


def joined(guild: discord.Guild) -> Event | None:
    """We were added; None if there is no channel where we may say so."""
    channel = _writable(guild)
    if channel is None:
        return None
    since = guild.me.joined_at
    number = f"joined:{guild.id}:{since.timestamp() if since else 0:.3f}"
    return Event(number, NOBODY, place_in(guild, channel.id), Presence("joined"))


def removed(guild: discord.Guild) -> Event:
    """We were thrown out."""
    since = guild.me.joined_at
    number = f"removed:{guild.id}:{since.timestamp() if since else 0:.3f}"
    return Event(number, NOBODY, place_in(guild, None), Presence("removed"))


def _writable(guild: discord.Guild) -> discord.TextChannel | None:
    """Where a first message goes."""
    best = (guild.public_updates_channel, guild.system_channel, *guild.text_channels)
    for channel in best:
        if channel is not None:
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages:
                return channel
    return None

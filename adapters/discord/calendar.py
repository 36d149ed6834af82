"""A server's own calendar: an entry beside each run, where we may make one.

Rule: the post says all of it as well, so what cannot be entered is let be and never tried again. An
entry has no key of ours: before one is made a second time, those that are there are looked through.
"""

import logging

import discord

from bot.runtime.adapter import Delivery, Receipt, Sent, Vanished
from bot.store.rows import ScheduledEvent

LOG = logging.getLogger("heeldrop.discord")
_UNKNOWN, _FINISHED = 10070, 180000
_NAME, _TEXT, _PLACE = 100, 1000, 100


class Calendar:
    """Keeps the entries. Methods raise the library's errors."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def keep(self, delivery: Delivery) -> Receipt:
        """Make, change or cancel an entry."""
        guild, entry = self._client.get_guild(int(delivery.place.chat)), delivery.scheduled_event
        if guild is None or entry is None or not may_make(guild):
            return Sent(delivery.edits)
        try:
            if delivery.edits:
                await self._change(guild, int(delivery.edits), entry)
                return Sent(delivery.edits)
            return Sent(await self._make(guild, delivery, entry))
        except discord.Forbidden:
            LOG.info("server %d: no entry in its calendar, it is not allowed", guild.id)
            return Sent(delivery.edits)
        except discord.HTTPException as error:
            if error.code in {_UNKNOWN, _FINISHED}:
                return Vanished()
            raise

    async def _make(self, guild: discord.Guild, delivery: Delivery, entry: ScheduledEvent) -> str:
        if entry.what != "make":  # it was never made, or somebody has deleted it
            return ""
        if delivery.repeat and (found := await self._there(guild, entry)):
            return found
        made = await guild.create_scheduled_event(
            name=entry.title[:_NAME],
            start_time=entry.starts_at,
            end_time=entry.ends_at,
            location=_place(guild, entry),
            description=entry.text[:_TEXT],
            entity_type=discord.EntityType.external,
            privacy_level=discord.PrivacyLevel.guild_only,
        )
        return str(made.id)

    async def _there(self, guild: discord.Guild, entry: ScheduledEvent) -> str:
        me = self._client.user
        for one in await guild.fetch_scheduled_events(with_counts=False):
            same = (one.name, one.start_time) == (entry.title[:_NAME], entry.starts_at)
            if same and me is not None and one.creator_id == me.id:
                return str(one.id)
        return ""

    async def _change(self, guild: discord.Guild, number: int, entry: ScheduledEvent) -> None:
        known = await guild.fetch_scheduled_event(number, with_counts=False)
        if entry.what == "cancel":
            await known.cancel()
            return
        await known.edit(
            name=entry.title[:_NAME],
            start_time=entry.starts_at,
            end_time=entry.ends_at,
            location=_place(guild, entry),
            description=entry.text[:_TEXT],
        )


def may_make(guild: discord.Guild) -> bool:
    """Whether we may make entries there."""
    allowed = guild.me.guild_permissions
    return allowed.create_events or allowed.manage_events


def _place(guild: discord.Guild, entry: ScheduledEvent) -> str:
    """Where it is; Discord wants to be told something."""
    return (entry.where or guild.name)[:_PLACE]

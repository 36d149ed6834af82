"""What stands in a channel and changes: posts are edited, deleted, have a thread below them.

Rule: all of it may be done twice. A post that somebody deleted has vanished and is let be; an edit
too many waits by itself and holds up nobody. Without the permission for threads, or where a thread
cannot be, what belongs below a post answers it.
"""

import asyncio
import logging
import re
from typing import Any, NamedTuple

import discord

from adapters.discord import words
from adapters.discord.failures import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from adapters.discord.permissions import may_quote, may_thread
from adapters.discord.receive import PLATFORM
from bot.runtime.adapter import Delivery, Later, Receipt, Sent, Vanished

LOG = logging.getLogger("heeldrop.discord")
_ARCHIVED = {50083, 160005}
_HAS_ONE = 160004
_TOO_OLD_TO_EDIT_SO_OFTEN = 30046
_UNKNOWN_GUILD = 10004
_PATIENCE_S = 5.0
"""So long the library may wait for its turn with one edit; then others of the channel go first."""
_LONGEST_NAME = 100
_TITLE = re.compile(r"\*\*(.+?)\*\*")


class Spot(NamedTuple):
    """Where a message goes: a channel or thread, and the message in it that it answers (0: none)."""

    channel: int
    thread: str = ""
    answers: int = 0


class Posts:
    """Changes what was posted. Methods raise the library's errors, unless they say what becomes of one."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._left: set[int] = set()

    async def change(self, delivery: Delivery, shown: dict[str, Any]) -> Receipt:
        """Let a post say this, or delete it."""
        number = int(delivery.thread or channel_of(delivery))
        message = self._client.get_partial_messageable(number).get_partial_message(
            int(delivery.edits)
        )
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._changed(message, delivery, shown)
        except TimeoutError:
            return Later(1.0, only_this=True)
        except discord.RateLimited as error:
            return Later(error.retry_after, only_this=True)
        except discord.HTTPException as error:
            if error.code == _TOO_OLD_TO_EDIT_SO_OFTEN:
                return Later(60.0, only_this=True)
            lost = error.code == UNKNOWN_CHANNEL and delivery.thread
            if error.code == UNKNOWN_MESSAGE or error.code in _ARCHIVED or lost:
                return Vanished()
            raise
        return Sent(delivery.edits, thread=delivery.thread)

    async def _changed(
        self, message: discord.PartialMessage, delivery: Delivery, shown: dict[str, Any]
    ) -> None:
        if delivery.drop:
            await message.delete()
            return
        shown = {"view": None} | shown
        try:
            await message.edit(**shown)
        except discord.HTTPException as error:
            if error.code not in _ARCHIVED or not delivery.thread:
                raise
            await self._reopen(int(delivery.thread), int(delivery.place.chat))
            await message.edit(**shown)

    async def _reopen(self, thread: int, guild: int) -> None:
        """Nobody wrote in the thread for a day, so Discord has put it away."""
        found = self._client.get_channel(thread) or await self._client.fetch_channel(thread)
        if isinstance(found, discord.Thread):
            await found.edit(archived=False)

    async def below(self, delivery: Delivery) -> Spot:
        """Where something that belongs to a post goes: its thread, made if need be."""
        number = int(channel_of(delivery))
        channel, parent = self._client.get_channel(number), int(delivery.thread_of)
        answer = Spot(number, answers=parent if may_quote(channel) else 0)
        if delivery.thread:
            return Spot(int(delivery.thread), delivery.thread)
        if not isinstance(channel, discord.TextChannel) or not may_thread(channel):
            return answer
        message = channel.get_partial_message(parent)
        try:
            made = await message.create_thread(name=await self._name(message))
        except discord.HTTPException as error:
            if error.code == _HAS_ONE:  # an earlier try has made it: it has its message's number
                return Spot(parent, str(parent))
            if error.code == UNKNOWN_MESSAGE:
                return Spot(number)
            if isinstance(error, discord.Forbidden):
                return answer
            raise
        return Spot(made.id, str(made.id))

    async def _name(self, message: discord.PartialMessage) -> str:
        """What a run's thread is called: as the run is, if its post can be read."""
        try:
            found = _TITLE.search((await message.fetch()).content)
        except discord.Forbidden:
            found = None
        title = re.sub(r"\\(.)", r"\1", found[1]) if found else ""
        return title[:_LONGEST_NAME] or words.THREAD

    async def leave(self, delivery: Delivery) -> Receipt:
        """Leave the server; where we are not any more, that is done."""
        guild = self._client.get_guild(int(delivery.place.chat))
        if guild is None:
            return Sent()
        self._left.add(guild.id)
        try:
            await guild.leave()
        except discord.HTTPException as error:
            if error.code != _UNKNOWN_GUILD:
                self._left.discard(guild.id)
                raise
        return Sent()

    def has_left(self, guild: int) -> bool:
        """Whether news of being out of a server is of our own leaving; asked once."""
        own = guild in self._left
        self._left.discard(guild)
        return own


def channel_of(delivery: Delivery) -> str:
    """The channel or thread that a place in a server names."""
    return delivery.place.thread or delivery.place.chat


def is_post(delivery: Delivery) -> bool:
    """Whether a club posts this by itself, rather than as an answer to somebody."""
    return not delivery.event and not delivery.place.private and delivery.place.platform == PLATFORM

"""The library's client: what it is told by Discord, and what it asks for.

Rule: no privileged intent, and no cache of messages or members. Whatever somebody did is acknowledged
before anything else is done; whatever fails here is noted by its kind, never with what was said.
"""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Any

import discord
import msgspec

from adapters.discord import comings, words
from adapters.discord.choices import Choices
from adapters.discord.commands import Translations, Tree
from adapters.discord.deliver import DiscordAdapter
from adapters.discord.files import fetched
from adapters.discord.forms import FORM, RUN_FORM
from adapters.discord.items import Pick, Press, Write, view_of
from adapters.discord.permissions import may_quote, missing_in
from adapters.discord.receive import PLATFORM, Arrived
from adapters.discord.talk import GOES_ON_IN_PRIVATE
from bot.conversation.event import Dropped
from bot.conversation.message import Button
from bot.conversation.token import action
from bot.runtime.host import Host
from bot.runtime.post import nonce_of
from bot.runtime.turns import Taken
from bot.store.errors import StoreError

LOG = logging.getLogger("heeldrop.discord")
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
_LONGEST_WAIT_S = 30.0
"""The library waits this long by itself when Discord asks for it; longer waits are the outbox's."""


class HeeldropClient(discord.Client):
    """One connection to Discord. `folder` is where the content's pictures are."""

    def __init__(self, host: Host, choices: Choices, folder: Path) -> None:
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=0,
            max_ratelimit_timeout=_LONGEST_WAIT_S,
        )
        self._host = host
        self._choices = choices
        self._tasks: set[asyncio.Task[None]] = set()
        self.adapter = DiscordAdapter(self, folder, lambda: host.clock.now().timestamp())
        self.tree = Tree(self)

    # -------------------------------------------------------------- connecting
    async def setup_hook(self) -> None:
        """Make old buttons work, and tell Discord the commands, once."""
        self.add_dynamic_items(Press, Pick, Write)
        await self.tree.set_translator(Translations(self._choices.languages))
        self._start(self.tree.send())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord wants five seconds between two sessions; a test server does not."""
        if not self._choices.test_server:
            await super().before_identify_hook(shard_id, initial=initial)

    async def on_ready(self) -> None:
        """Connected."""
        LOG.info("connected to Discord as %s, in %d servers", self.user, len(self.guilds))

    async def close(self) -> None:
        """Finish what is under way, then say goodbye."""
        await self.adapter.close()
        for task in self._tasks:
            task.cancel()
        await super().close()

    # -------------------------------------------------------------- what people do
    async def on_message(self, message: discord.Message) -> None:
        """A direct message, or a mention; everything else is dropped unread."""
        arrived = self.adapter.receive(message)
        if arrived is None:
            return
        taken = await self._take(arrived)
        if taken is None:
            await self._sorry(arrived)
        elif arrived.hints["where"] == "mention" and taken.new:
            await self._point(message, taken)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A form was sent. It is read here and not by the library, which forgets it at a restart."""
        data: Any = interaction.data or {}
        modal = interaction.type is discord.InteractionType.modal_submit
        if modal and data.get("custom_id") in {FORM, RUN_FORM}:
            await self.arrive(interaction)

    async def arrive(self, interaction: discord.Interaction) -> None:
        """Somebody used a command, a button, a menu or a form."""
        arrived = self.adapter.receive(interaction)
        if arrived is None:
            return
        event, hints = arrived.event.id, arrived.hints
        self.adapter.answers.acknowledge(event, interaction, hints)
        taken = await self._take(arrived)
        if taken is None:
            await self._sorry(arrived)
        elif taken.new and "fill" in hints and not _answered_here(taken):
            said = bool(taken.turn and taken.turn.messages)
            await self.adapter.answers.clear(event, hints, said=said)

    async def _take(self, arrived: Arrived) -> Taken | None:
        """Take its turn; None if it could not be kept."""
        event, hints = arrived.event, arrived.hints
        try:
            if not isinstance(event.what, Dropped):
                taken = await self._host.receive(event, hints)
                if arrived.file is None or not taken.new:
                    return taken
                event = msgspec.structs.replace(event, id=f"{event.id}f")
            if arrived.file is None:
                return await self._host.receive(event, hints)
            folder = self._host.store.path.parent / "incoming"
            async with fetched(arrived.file, folder, event.id) as what:
                event = msgspec.structs.replace(event, what=what)
                return await self._host.receive(event, hints)
        except StoreError as error:
            LOG.warning("an event was not kept: %s", error)
            return None

    async def _point(self, message: discord.Message, taken: Taken) -> None:
        """Under a mention: say where the answer is. Nothing of it is said here."""
        said = taken.turn.messages if taken.turn else ()
        if said and all(each.audience == "everyone_here" for each in said):
            return
        if any(each.kind in GOES_ON_IN_PRIVATE for each in said):
            return  # the line that everyone reads has the button
        lacking = missing_in(message.channel)
        try:
            if lacking:
                nonce = nonce_of(f"lacking:{message.id}")
                await message.author.send(lacking, nonce=nonce)
                return
            view = view_of([[Button(words.SHOW_IT_HERE, action("go_on"))]]) or discord.ui.View()
            nonce = nonce_of(f"point:{message.id}")
            if may_quote(message.channel):
                quoted = message.to_reference(fail_if_not_exists=False)
                await message.channel.send(
                    words.ANSWERED_IN_PRIVATE, nonce=nonce, view=view, reference=quoted
                )
            else:
                await message.channel.send(words.ANSWERED_IN_PRIVATE, nonce=nonce, view=view)
        except discord.HTTPException as error:
            LOG.info("a mention was not answered there: %s %s", error.status, error.code)

    async def _sorry(self, arrived: Arrived) -> None:
        """It could not be kept: say so, in private."""
        event, hints = arrived.event, arrived.hints
        told: dict[str, Any] = {
            "content": words.NOT_KEPT,
            "allowed_mentions": discord.AllowedMentions.none(),
        }
        answers = self.adapter.answers
        try:
            if not await answers.alive(event.id, hints):
                channel = await self.adapter.direct.to(event.who.id, asked=True)
                await channel.send(nonce=nonce_of(f"sorry:{event.id}"), **told)
            elif "fill" in hints:
                await answers.fill(event.id, hints, 0, **told)
            else:
                await answers.follow(event.id, hints, **told)
        except discord.HTTPException as error:
            LOG.info("nobody could be told: %s %s", error.status, error.code)

    # -------------------------------------------------------------- coming and going
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Added: one message, where it may be written."""
        event = comings.joined(guild)
        if event is None:
            LOG.info("server %d has no channel to say hello in", guild.id)
        else:
            await self._take(Arrived(event))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Thrown out: its club ends, and nothing more is sent there. An outage does not come here."""
        if self.adapter.posts.has_left(guild.id):
            return
        await self._take(Arrived(comings.removed(guild)))
        for chat in (guild.id, *(one.id for one in (*guild.channels, *guild.threads))):
            await self._gone(chat, "removed from the server")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone. Whether a club posts there is found out when it does."""
        await self._gone(channel.id, "the channel is gone")

    async def _gone(self, chat: int, why: str) -> None:
        try:
            await self._host.gone(PLATFORM, str(chat), why)
        except StoreError as error:
            LOG.warning("a closed channel was not noted: %s", error)

    # -------------------------------------------------------------- trouble
    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Note what went wrong by its kind."""
        kind = sys.exc_info()[0]
        LOG.error("%s failed: %s", event_method, kind.__name__ if kind else "?")

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _answered_here(taken: Taken) -> bool:
    """Whether some answer goes into the waiting message."""
    if taken.failed:
        return True
    said = taken.turn.messages if taken.turn else ()
    return any(each.audience != "everyone_here" for each in said)

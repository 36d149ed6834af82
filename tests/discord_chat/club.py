"""A running club on the local Discord: the real library, store, content and club, step by step."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from adapters.discord import words
from adapters.discord.deliver import DiscordAdapter
from bot.content.load import Content, load_content
from bot.conversation.event import Event
from bot.conversation.step import step as conversation
from bot.runtime.clock import Clock
from bot.runtime.club_turns import ClubCore, club_core
from bot.runtime.host import Host
from bot.runtime.rates import Rates
from bot.runtime.turns import Step, Taken
from tests.discord_chat.world import QUICK, heeldrop, settled
from tests.platforms.discord_people import Member
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_state import Call
from tests.platforms.discord_world import EPHEMERAL, Channel, Guild, Message

MONDAY = datetime(2026, 5, 4, 11, tzinfo=UTC)
"""12:00 in London."""
AT_ONCE = msgspec.structs.replace(QUICK, edit_gap_s=0.0, backoff_s=0.01)
"""Edits wait for nothing."""
RUN = {
    "Title": "Thursday social run",
    "When": "Thu 7pm",
    "Where": "Town Hall steps",
    "Options": "10k easy; 4k walk-run",
}
_SAID_TO_ONE, _FORM = "execute_webhook", 9


@cache
def content() -> Content:
    """The content in use."""
    return load_content()


@dataclass(slots=True)
class Scene:
    """A server with its admin Lena in it, a channel for runs, and everything that serves it."""

    server: DiscordServer
    host: Host
    adapter: DiscordAdapter
    guild: Guild
    lena: Member
    delivers: bool
    taken: int = 0
    awaited: int = 0

    @property
    def runs(self) -> Channel:
        """#runs."""
        return self.guild.channels[1]

    async def step(self, count: int = 1) -> None:
        """Wait until so many more things that happened are taken in, and all is delivered."""
        await self.heard(count)
        await (settled(self.host) if self.delivers else self.host.deliver_pending())

    async def heard(self, count: int = 1) -> None:
        """Wait until so many more things that happened are taken in."""
        self.awaited += count
        await self.server.until(lambda: self.taken >= self.awaited, "the turn")

    async def slash(
        self,
        who: Member,
        words: str,
        options: dict[str, Any] | None = None,
        channel: Channel | None = None,
    ) -> Message:
        """Somebody uses a command in #runs; gives the newest message that they see of the bot then."""
        where = channel or self.runs
        who.slash(words, options, channel=where)
        await self.step()
        return who.bot_messages(where)[-1]

    async def taps(
        self, who: Member, button: str, channel: Channel | None = None, **more: Any
    ) -> Message:
        """Somebody presses a button; gives the newest message that they see of the bot then."""
        where = channel or self.runs
        who.presses(button, channel=where, **more)
        await self.step()
        return who.bot_messages(where)[-1]

    async def writes(self, who: Member, text: str, channel: Channel | None = None) -> Message:
        """Somebody presses the button for own words, and writes."""
        where = channel or self.runs
        who.presses(words.WRITE, channel=where)
        await who.sees_form()
        who.submits({words.FORM_LABEL: text})
        await self.step()
        return who.bot_messages(where)[-1]

    async def until(self, to: datetime) -> None:
        """Time passes; what falls due on the way happens at its own instant."""
        await self.host.advance(to)

    async def is_on(self) -> None:
        """Lena sets the club up."""
        await self.slash(self.lena, "setup")
        await self.writes(self.lena, "London")
        await self.taps(self.lena, "Turn on")

    async def form(self, who: Member, **fields: str) -> Message:
        """Somebody fills in the form for a run; gives what they see then."""
        who.slash("run", channel=self.runs)
        await who.sees_form()
        who.submits(RUN | fields)
        await self.step()
        return who.bot_messages(self.runs)[-1]

    async def posted(self) -> Message:
        """Lena posts a run; gives the post."""
        await self.form(self.lena)
        await self.taps(self.lena, "Post")
        return self.posts()[-1]

    async def changed(self, line: str) -> None:
        """Lena changes the next run."""
        shown = await self.slash(self.lena, "runs")
        await self.taps(self.lena, shown.buttons[0])
        await self.writes(self.lena, line)
        await self.taps(self.lena, "Save")

    def posts(self, channel: Channel | None = None) -> list[Message]:
        """What the bot said to everyone, oldest first."""
        shown = self.server.messages(channel or self.runs)
        return [each for each in shown if each.author is self.server.state.bot]

    def seen(self, by: Member | None = None) -> str:
        """All that was ever sent to one person alone, or (None) to everyone: every call counts."""
        reader = by.id if by else None
        calls = [one for one in self.server.sent if reader_of(self.server, one) == reader]
        return "\n".join(repr(one.body) for one in calls)


def reader_of(server: DiscordServer, call: Call) -> int | None:
    """Who reads what a call shows: one person, or (None) everyone in a server; -1: nobody."""
    parts, state = call.parts, server.state
    token = parts.get("webhook_token") or parts.get("interaction_token")
    if token:
        made = state.by_token[token]
        body = call.body or {}
        shown = body.get("data") or {} if parts.get("interaction_token") else body
        hidden = bool((shown.get("flags") or 0) & EPHEMERAL) or body.get("type") == _FORM
        if call.name != _SAID_TO_ONE and made.original is not None:
            hidden = hidden or made.original.ephemeral_for is not None
        return made.user.id if hidden or made.channel.guild is None else None
    if "channel_id" in parts:
        channel = state.channels[int(parts["channel_id"])]
        person = next((one for one in channel.people if not one.bot), None)
        return person.id if person and channel.guild is None else None
    return None if "guild_id" in parts else -1


@asynccontextmanager
async def scene(
    server: DiscordServer,
    folder: Path,
    clock: Clock,
    *,
    rates: Rates = AT_ONCE,
    inside: bool = True,
    deliver: bool = False,
    core: tuple[Step, ClubCore] | None = None,
    before: Scene | None = None,
) -> AsyncIterator[Scene]:
    """Heeldrop in a server of Lena's, where nothing has happened yet; or not `inside` it.

    It delivers after each step, or in the background with `deliver`. With `before` it is the same
    server, after a restart.
    """
    guild = before.guild if before else server.guild("Town Runners", "general", "runs", bot=inside)
    lena = before.lena if before else server.admin("Lena", guild)
    step, club = core or (conversation, club_core(content()))
    async with heeldrop(
        server,
        folder,
        step=step,
        content=content(),
        clock=clock,
        rates=rates,
        club=club,
        deliver=deliver,
    ) as host:
        adapter: Any = host._deliveries._posts["discord"]._adapter
        await adapter._client.wait_until_ready()
        made = Scene(server, host, adapter, guild, lena, deliver)
        receive = host.receive

        async def counting(event: Event, hints: dict[str, str] | None = None) -> Taken:
            try:
                return await receive(event, hints)
            finally:
                made.taken += 1
                server.state.bell.ring()

        host.receive = counting  # type: ignore[method-assign]
        yield made

"""A running club on the local Telegram: the real library, store, content and club, step by step."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.content.load import Content, load_content
from bot.conversation.step import step as core
from bot.runtime.clock import MovableClock, ShiftedClock
from bot.runtime.club_turns import club_core
from bot.runtime.rates import Rates
from tests.platforms.telegram_people import Person
from tests.platforms.telegram_server import TelegramServer
from tests.platforms.telegram_world import Chat, Message
from tests.telegram.world import FAST, ByHand, Program, heeldrop

NAME = "@heeldrop_test_bot"
MONDAY = datetime(2026, 5, 4, 11, tzinfo=UTC)
"""12:00 in London."""
RUN = '/run "Thursday social run" Thu 7pm Town Hall steps 10k easy; 4k walk-run'
TOPIC = 17


@cache
def content() -> Content:
    """The content in use."""
    return load_content()


@dataclass(frozen=True, slots=True)
class Scene:
    """A group with its admin Lena in it, and everything that serves it."""

    server: TelegramServer
    program: Program
    clock: MovableClock | ShiftedClock
    lena: Person
    group: Chat
    hand: ByHand

    async def says(self, who: Person, text: str, chat: Chat | None = None, **more: Any) -> None:
        """Somebody writes, and all that follows happens."""
        who.says(text, chat, **more)
        await self.hand.step()

    async def taps(self, who: Person, button: str, chat: Chat | None = None) -> None:
        """Somebody presses, and all that follows happens."""
        who.taps(button, chat=chat)
        await self.hand.step()

    async def until(self, to: datetime) -> None:
        """Time passes."""
        await self.program.host.advance(to)

    async def is_on(self, where: Chat | None = None, topic: int | None = None) -> None:
        """Lena sets the club up, in our private chat."""
        await self.says(self.lena, f"/setup{NAME}", where or self.group, topic=topic)
        await self.says(self.lena, "London")
        await self.taps(self.lena, "Turn on")

    async def posted(self, line: str = RUN) -> Message:
        """Lena posts a run; gives the post."""
        await self.says(self.lena, line)
        await self.taps(self.lena, "Post")
        return self.posts()[-1]

    def posts(self, chat: Chat | None = None) -> list[Message]:
        """What the bot said to everyone, oldest first."""
        shown = self.server.messages(chat or self.group)
        return [each for each in shown if each.sender is self.server.state.bot]

    def seen(self, by: Person | None = None) -> str:
        """All that was ever sent to one person alone, or (None) to a group: every call counts."""
        found = []
        for call in self.server.sent:
            if not call.method.startswith(("send", "edit", "answer")):
                continue
            whose = _reader(self.server, call.params)
            if whose == (by.id if by else None):
                found.append(repr(call.params))
        return "\n".join(found)


def _reader(server: TelegramServer, params: dict[str, Any]) -> int | None:
    """Who reads what a call shows: one person, or (None) everyone in a group."""
    press = server.state.callbacks.get(params.get("callback_query_id", ""))
    if press is not None:
        return press.person.id
    chat = params.get("chat_id", 0)
    return chat if chat > 0 else None if chat else -1


@asynccontextmanager
async def scene(
    server: TelegramServer,
    folder: Path,
    clock: MovableClock | ShiftedClock,
    *,
    started: bool = True,
    rates: Rates = FAST,
    live: bool = False,
    **group: Any,
) -> AsyncIterator[Scene]:
    """Heeldrop in a group of Lena's, where nothing has happened yet; `live`: in the background."""
    lena = server.person("Lena", started=started)
    chat = server.group("Town Runners", lena, **group)
    async with heeldrop(
        server,
        folder,
        step=core,
        content=content(),
        clock=clock,
        club=club_core(content()),
        rates=rates,
        fetch=live,
        deliver=live,
    ) as program:
        yield Scene(server, program, clock, lena, chat, ByHand(program))

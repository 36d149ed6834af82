"""What a test can do with the pretended Telegram as a whole."""

from collections.abc import Callable
from typing import TypeVar

from tests.platforms.telegram_people import Person
from tests.platforms.telegram_state import State
from tests.platforms.telegram_world import Account, Callback, Chat, Message
from tests.platforms.waiting import PATIENCE

T = TypeVar("T")


class Drivers:
    """What a test can do with the whole server: make people and groups, look, and wait."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.updates = state.updates
        self._group_number = 0

    def person(self, name: str, *, language: str | None = "en", started: bool = False) -> Person:
        """A new person; `started` means they have written to the bot before."""
        number = 7_000_001 + len(self.state.accounts)
        account = Account(number, name, f"{name.lower()}_{number}", language, started=started)
        private = Chat(number, "private", owner=account, members={number: "member"})
        private.members[self.state.bot.id] = "member"
        self.state.accounts[number] = account
        self.state.chats[number] = private
        return Person(self.state, account, private)

    def group(
        self,
        title: str,
        owner: Person,
        *members: Person,
        supergroup: bool = True,
        topics: dict[int, str] | None = None,
        bot: str | None = "member",
    ) -> Chat:
        """A new group. The bot is in it unless `bot` (its status) is None, and is told of nothing.

        `topics` makes it a forum: thread id to name.
        """
        self._group_number += 1
        base = -1_001_000_000_000 if supergroup else -4_000_000
        sort = "supergroup" if supergroup else "group"
        chat = Chat(base - self._group_number, sort, title, is_forum=bool(topics))
        chat.topics = dict(topics or {})
        chat.members = {owner.id: "creator"} | {each.id: "member" for each in members}
        if bot is not None:
            chat.members[self.state.bot.id] = bot
        self.state.chats[chat.id] = chat
        return chat

    def messages(self, chat: Chat, viewer: Person | None = None) -> list[Message]:
        """What stands in a chat now, for everyone or (with what is theirs alone) for one member."""
        if viewer is not None:
            return viewer.sees(chat)
        return [each for each in chat.messages if not each.deleted and not each.ephemeral_for]

    @property
    def unanswered(self) -> list[Callback]:
        """Presses the bot has not answered yet; their buttons still show a clock."""
        return [
            each for each in self.state.callbacks.values() if not each.answered and not each.expired
        ]

    @property
    def uploads(self) -> list[str]:
        """The names of the files the bot sent as files, not by id."""
        return [each.name for each in self.state.uploads]

    async def until(self, look: Callable[[], T], what: str = "it", timeout: float = PATIENCE) -> T:
        """Wait until something is true of the server; see `Bell.until`."""
        return await self.state.bell.until(look, what, timeout)

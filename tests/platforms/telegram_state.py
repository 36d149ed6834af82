"""The pretended Telegram as a whole: one bot, its accounts, chats, files, and what happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.telegram_updates import Updates
from tests.platforms.telegram_world import (
    Account,
    Callback,
    Chat,
    Message,
    RefusalError,
    StoredFile,
)
from tests.platforms.violations import Violations
from tests.platforms.waiting import Bell

EPHEMERAL_WINDOW = (
    15.0  # seconds after a press in which a bot that is no admin may answer privately
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: the parameters as read, and what was answered."""

    method: str
    params: dict[str, Any]
    result: Any = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the platform did it."""
        return self.error is None


@dataclass(slots=True, eq=False, repr=False)
class State:
    """Everything the methods of the Bot API read and change. `now` gives seconds since 1970."""

    now: Callable[[], float]
    bot: Account
    bell: Bell = field(default_factory=Bell)
    violations: Violations = field(default_factory=Violations)
    accounts: dict[int, Account] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    uploads: list[StoredFile] = field(default_factory=list)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menus: dict[int, dict[str, Any]] = field(default_factory=dict)
    actions: list[tuple[Chat, str, int | None]] = field(default_factory=list)
    spoke_last: dict[int, bool] = field(default_factory=dict)
    privacy_mode: bool = True
    next_ephemeral: int = 1
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Updates(self.bell, self.now)
        self.accounts[self.bot.id] = self.bot

    def break_rule(self, kind: str, call: str, problem: str) -> None:
        """Record a broken rule."""
        self.violations.add(kind, call, problem)

    def chat(self, chat_id: int | str) -> Chat:
        """The chat a call means, or a refusal."""
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            raise RefusalError("chat not found", kind="unknown_chat")
        return found

    def chat_to_write(self, chat_id: int | str) -> Chat:
        """The chat a call means, if the bot may write there; otherwise Telegram's refusal."""
        chat = self.chat(chat_id)
        if chat.owner is not None:
            self._check_person(chat.owner)
            return chat
        if chat.moved_to is not None:
            raise RefusalError(
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": chat.moved_to},
            )
        sort = "supergroup" if chat.type == "supergroup" else "group"
        status = chat.members.get(self.bot.id, "left")
        if status == "kicked":
            raise RefusalError(f"bot was kicked from the {sort} chat", 403)
        if status == "left":
            raise RefusalError(f"bot is not a member of the {sort} chat", 403)
        return chat

    def check_allowed(self, chat: Chat, sort: str) -> None:
        """Whether the bot may send this sort of message ("messages", "documents") there."""
        if f"can_send_{sort}" in chat.denied and not self.is_admin(chat, self.bot):
            named = "text messages" if sort == "messages" else sort
            raise RefusalError(f"not enough rights to send {named} to the chat")

    def _check_person(self, person: Account) -> None:
        if person.deactivated:
            raise RefusalError("user is deactivated", 403)
        if person.blocked:
            raise RefusalError("bot was blocked by the user", 403)
        if not person.started:
            raise RefusalError("bot can't initiate conversation with a user", 403)

    def post(self, chat: Chat, sender: Account, **more: Any) -> Message:
        """Put a message into a chat."""
        receiver: Account | None = more.get("ephemeral_for")
        if receiver is not None:
            more["ephemeral_id"] = self.next_ephemeral
            self.next_ephemeral += 1
        markup = more.pop("markup", None)
        message = Message(chat.next_id, chat, sender, int(self.now()), **more)
        message.set_markup(markup)
        chat.next_id += 1
        chat.messages.append(message)
        if sender.is_bot:
            self.spoke_last[chat.id] = sender is self.bot
        self.bell.ring()
        return message

    def is_admin(self, chat: Chat, account: Account) -> bool:
        """Whether an account is an admin or the owner of a group."""
        return chat.members.get(account.id) in {"administrator", "creator"}

    def keep_file(
        self, name: str, mime: str, data: bytes, *, by_bot: bool, size: int | None = None
    ) -> StoredFile:
        """Keep a file and give it an id."""
        file_id = f"AgAC{len(self.files) + 1:06d}"
        stored = StoredFile(file_id, name, mime, data, len(data) if size is None else size, by_bot)
        self.files[file_id] = stored
        if by_bot:
            self.uploads.append(stored)
        return stored

    def check_ephemeral(self, chat: Chat, wanted: dict[str, Any]) -> Account:
        """The one person a message is for, if the bot may write to them alone now."""
        person = self.accounts.get(wanted["receiver_user_id"])
        if person is None or chat.members.get(person.id, "left") in {"left", "kicked"}:
            raise RefusalError("user not found", kind="bad_parameter")
        if self.is_admin(chat, self.bot):
            return person
        callback = self.callbacks.get(wanted.get("callback_query_id", ""))
        fresh = callback is not None and callback.person is person
        if callback is None or not fresh or self.now() - callback.at > EPHEMERAL_WINDOW:
            raise RefusalError("not enough rights to send ephemeral messages", kind="not_allowed")
        return person

    def __repr__(self) -> str:
        return "<the local Telegram>"

"""What exists on the pretended Telegram: accounts, chats, messages and files."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

GROUP_ANONYMOUS_BOT = 1087968824  # the account Telegram shows for an admin who hides
SEES_NOTHING = {"left", "kicked"}


class RefusalError(Exception):
    """An answer with `ok: false`. A `kind` makes it a broken rule, None just the way things are."""

    def __init__(
        self,
        description: str,
        code: int = 400,
        kind: str | None = None,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.kind = kind
        prefix = {400: "Bad Request", 403: "Forbidden", 409: "Conflict"}.get(code)
        self.description = f"{prefix}: {description}" if prefix else description
        self.parameters = parameters or {}


@dataclass(slots=True, eq=False, repr=False)
class Account:
    """A person or a bot. `started` means they have written to the bot privately at least once."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> dict[str, Any]:
        """The User object of the Bot API."""
        made: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {key: value for key, value in made.items() if value is not None}

    def __repr__(self) -> str:
        return f"<Account {self.first_name} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Chat:
    """A private chat, a group or a supergroup; `members` maps account ids to their status.

    `denied` names what members who are no admins may not do here, as Telegram's permissions do.
    """

    id: int
    type: str
    title: str | None = None
    is_forum: bool = False
    owner: Account | None = None
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    moved_to: int | None = None
    denied: set[str] = field(default_factory=set)
    messages: list["Message"] = field(default_factory=list)
    next_id: int = 1

    def as_chat(self) -> dict[str, Any]:
        """The Chat object of the Bot API."""
        made: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.owner is not None:
            made["first_name"] = self.owner.first_name
            if self.owner.username:
                made["username"] = self.owner.username
        if self.title is not None:
            made["title"] = self.title
        if self.is_forum:
            made["is_forum"] = True
        return made

    def find(self, message_id: int) -> "Message | None":
        """A message that is still there, by its id."""
        for each in self.messages:
            if each.id == message_id and not each.deleted and not each.ephemeral_for:
                return each
        return None

    def __repr__(self) -> str:
        return f"<Chat {self.title or self.owner} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message as the people in the chat have it now.

    `text` is what they read (the caption, if there is a picture or file in `media`); `source` is
    what the bot sent before parsing. `versions` keeps every keyboard the message ever had.
    """

    id: int
    chat: Chat
    sender: Account
    date: int
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    source: str = ""
    thread_id: int | None = None
    markup: dict[str, Any] | None = None
    media: str | None = None
    file_id: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    reply_to: "Message | None" = None
    silent: bool = False
    edited: int | None = None
    deleted: bool = False
    sender_chat: Chat | None = None
    ephemeral_for: Account | None = None
    ephemeral_id: int | None = None
    reactions: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def keyboard(self) -> list[list[dict[str, Any]]]:
        """The inline buttons now on the message, in rows."""
        rows: list[list[dict[str, Any]]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline buttons, in reading order."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def keys(self) -> list[str]:
        """The labels of the keyboard that replaces the phone's own, in reading order."""
        rows = (self.markup or {}).get("keyboard", [])
        return [key if isinstance(key, str) else key["text"] for row in rows for key in row]

    def set_markup(self, markup: dict[str, Any] | None) -> None:
        """Put a new keyboard on the message, or take it away."""
        if markup and markup.get("inline_keyboard") == []:
            markup = None
        self.markup = markup
        if markup:
            self.versions.append(markup)

    def as_json(self, *, inner: bool = False) -> dict[str, Any]:
        """The Message object of the Bot API; `inner` leaves out what it replies to."""
        made: dict[str, Any] = {
            "message_id": 0 if self.ephemeral_id else self.id,
            "date": self.date,
            "chat": self.chat.as_chat(),
            "from": self.sender.as_user(),
        }
        if self.text:
            made["caption" if self.media else "text"] = self.text
        if self.entities:
            made["caption_entities" if self.media else "entities"] = self.entities
        if self.thread_id:
            made |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.sender_chat:
            made["sender_chat"] = self.sender_chat.as_chat()
        if self.edited:
            made["edit_date"] = self.edited
        if self.keyboard:
            made["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.reply_to and not inner:
            made["reply_to_message"] = self.reply_to.as_json(inner=True)
        if self.ephemeral_for:
            made["receiver_user"] = self.ephemeral_for.as_user()
            made["ephemeral_message_id"] = self.ephemeral_id
        return made | self.extra

    def __repr__(self) -> str:
        return f"<Message {self.id} from {self.sender.first_name}: {self.text!r:.80}>"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram keeps. `size` may be larger than `data` to pretend a large file."""

    file_id: str
    name: str
    mime: str
    data: bytes
    size: int
    by_bot: bool

    @property
    def unique_id(self) -> str:
        """The same for the same content."""
        return hashlib.sha256(self.data).hexdigest()[:16]

    def as_json(self, *, path: bool = False) -> dict[str, Any]:
        """The File object of the Bot API, with the path it can be fetched from if asked."""
        made: dict[str, Any] = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }
        return made | ({"file_path": f"documents/{self.file_id}"} if path else {})


@dataclass(slots=True, eq=False, repr=False)
class Callback:
    """One press of an inline button, and how the bot answered it."""

    id: str
    person: Account
    message: Message
    data: str
    at: float
    answered: bool = False
    expired: bool = False
    text: str | None = None
    alert: bool = False

    def __repr__(self) -> str:
        return f"<Callback {self.id} {self.data!r} by {self.person.first_name}>"

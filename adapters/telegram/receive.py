"""A raw update as what it means to Heeldrop. Nothing is decided and nothing is sent here.

Rule: in a group only what is meant for us is read (commands, answers to our messages, our buttons);
all other talk is dropped before anything is kept. A person is never guessed: whoever writes as the
group, as a channel or as another bot is nobody.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from telegram import Chat, ChatMember, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from adapters.telegram.commands import KNOWN
from adapters.telegram.mentions import Names, with_ids
from adapters.telegram.zones import zone_at
from bot.conversation.event import (
    Dropped,
    Event,
    Happening,
    Located,
    Person,
    Place,
    Presence,
    Said,
    Tapped,
)

PLATFORM = "telegram"
KINDS = ["message", "callback_query", "my_chat_member"]
"""The kinds of update that are asked for."""
LARGEST_FILE = 20_000_000
"""Bytes; Telegram gives larger files to no bot."""
GROUP_ANONYMOUS_BOT = 1087968824
"""Who Telegram says wrote what an admin writes as the group."""
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@(\w+))?(?=\s|$)")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_INSIDE = {
    ChatMemberStatus.OWNER,
    ChatMemberStatus.ADMINISTRATOR,
    ChatMemberStatus.MEMBER,
    ChatMemberStatus.RESTRICTED,
}


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, and the folder that files sent to it are put into."""

    id: int
    username: str
    files: Path = Path("incoming")
    names: Names = field(default_factory=Names)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event with what the adapter wants to find again; `shown` is the tapped message's HTML."""

    event: Event
    hints: dict[str, str] = field(default_factory=dict)
    press: str = ""
    """The id of the press that must be answered."""
    shown: str = ""
    file: str = ""
    """Telegram's id of the file to be fetched first."""
    start: str = ""
    """What a link to our private chat carried."""


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """A group has become a supergroup with another number."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Nameless:
    """Someone wants something, but writes as the group: we cannot know who it is.

    `text` is what they said, if it is a command.
    """

    where: Place
    message: int
    text: str = ""


def receive(update: Update, me: Me) -> Arrived | ChatMoved | Nameless | None:
    """What the update means; None if it is nothing to us."""
    if update.callback_query is not None:
        return _press(update, me)
    if update.my_chat_member is not None:
        return _presence(update, me)
    if update.message is not None:
        return _message(update, update.message, me)
    return None


# ------------------------------------------------------------------ presses


def _press(update: Update, me: Me) -> Arrived | None:
    query = update.callback_query
    if query is None or query.message is None or not query.data:
        return None
    message = query.message
    hints = {"press": query.id}
    shown = ""
    thread = ""
    # A message that is deleted, or too old for Telegram to show us, comes without its words.
    if isinstance(message, Message) and message.is_accessible:
        hints["message"] = str(message.message_id)
        thread = _thread(message)
        if message.caption is not None or message.photo or message.animation:
            hints["caption"] = "yes"
        shown = message.caption_html if "caption" in hints else message.text_html
    where = _place(message.chat, thread)
    if not where.private:
        hints["button"] = query.data
    event = _event(update, query.from_user, where, Tapped(query.data))
    return Arrived(event, hints, press=query.id, shown=shown or "")


# ------------------------------------------------------------------ coming and going


def _presence(update: Update, me: Me) -> Arrived | None:
    changed = update.my_chat_member
    if changed is None or changed.chat.type == ChatType.CHANNEL:
        return None
    if changed.from_user.id == me.id:
        return None  # we left by ourselves
    was, now = inside(changed.old_chat_member), inside(changed.new_chat_member)
    if was == now:
        return None
    private = changed.chat.type == ChatType.PRIVATE
    what = Presence(
        ("returned" if private else "joined") if now else ("blocked" if private else "removed")
    )
    event = _event(update, changed.from_user, _place(changed.chat, ""), what)
    return Arrived(event)


def inside(member: ChatMember) -> bool:
    """Whether somebody is in the chat now."""
    return member.status in _INSIDE and getattr(member, "is_member", True) is not False


# ------------------------------------------------------------------ messages


def _message(update: Update, message: Message, me: Me) -> Arrived | ChatMoved | Nameless | None:
    if message.migrate_to_chat_id:
        return ChatMoved(str(message.chat.id), str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return ChatMoved(str(message.migrate_from_chat_id), str(message.chat.id))
    where = _place(message.chat, _thread(message))
    sender = message.from_user
    if message.chat.type == ChatType.CHANNEL or sender is None or message.is_automatic_forward:
        return None
    what = _happening(update, message, me) if where.private else _addressed(message, me)
    if what is None:
        return None
    if message.sender_chat is not None or sender.id == GROUP_ANONYMOUS_BOT:
        said = what.text if isinstance(what, Said) else ""
        return Nameless(where, message.message_id, said if _COMMAND.match(said) else "")
    if sender.is_bot:
        return None
    hints = {} if where.private else {"reply_to": str(message.message_id)}
    if isinstance(what, Located):
        hints["located"] = "yes"
    event = _event(update, sender, where, what)
    return Arrived(event, hints, file=_file(what, message), start=_start(what))


def _happening(update: Update, message: Message, me: Me) -> Happening | None:
    """What someone said, sent or shared in private."""
    if message.text is not None:
        return Said(_without_our_name(message.text, me) or "/help")
    if message.location is not None:
        return Located(zone_at(message.location.latitude, message.location.longitude))
    if message.document is not None:
        return _dropped(update, message, me)
    if message.caption:
        return Said(message.caption)
    if message.effective_attachment is not None:
        # A picture, a voice message and the like: nothing of it is fetched.
        return Dropped(_kind(message), "", 0)
    return None  # a service message


def _dropped(update: Update, message: Message, me: Me) -> Dropped | None:
    document = message.document
    if document is None:
        return None
    name = document.file_name or "file"
    size = document.file_size or 0
    if size > LARGEST_FILE:
        return Dropped(name, "", size)
    suffix = Path(name).suffix.lower()
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    return Dropped(name, str(me.files / f"{update.update_id}{suffix}"), size)


def _file(what: Happening, message: Message) -> str:
    wanted = isinstance(what, Dropped) and what.path and message.document
    return message.document.file_id if wanted and message.document else ""


def _kind(message: Message) -> str:
    kinds = ("photo", "voice", "video", "sticker", "audio", "contact", "poll", "video_note")
    return next((kind for kind in kinds if getattr(message, kind)), "attachment")


def _addressed(message: Message, me: Me) -> Said | None:
    """What someone in a group says to us; None for everything that is not meant for us."""
    if not message.text:
        return None
    text = with_ids(message, me.names)
    command = _COMMAND.match(text)
    if command:
        name, bot = command[1].lower(), (command[2] or "").lower()
        ours = bot == me.username.lower() if bot else name in KNOWN
        return Said(_without_our_name(text, me)) if ours else None
    answered = message.reply_to_message
    to_us = answered is not None and answered.from_user is not None
    if to_us and answered and answered.from_user and answered.from_user.id == me.id:
        return Said(_without_our_name(text, me) or "/help")
    return Said(_without_our_name(text, me) or "/help") if _mentioned(text, me) else None


def _mentioned(text: str, me: Me) -> bool:
    """By name. Telegram keeps most of these from a bot, but not all."""
    return bool(re.search(rf"(?<!\w)@{re.escape(me.username)}\b", text, re.IGNORECASE))


def _without_our_name(text: str, me: Me) -> str:
    return re.sub(rf"\s?@{re.escape(me.username)}\b", "", text, flags=re.IGNORECASE).strip()


def _start(what: Happening) -> str:
    words = what.text.split(maxsplit=1) if isinstance(what, Said) else []
    return words[1].strip() if len(words) == 2 and words[0] == "/start" else ""


# ------------------------------------------------------------------ who and where


def _event(update: Update, who: User, where: Place, what: Happening) -> Event:
    person = Person(PLATFORM, str(who.id), _language(who))
    happened = update.message or update.my_chat_member
    sent_at = happened.date if happened is not None else None
    # A private chat with somebody has that person's number.
    home = None if where.private else Place(PLATFORM, str(who.id))
    return Event(str(update.update_id), person, where, what, sent_at, home)


def _language(who: User) -> str:
    code = (who.language_code or "")[:2].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _place(chat: Chat, thread: str) -> Place:
    private = chat.type == ChatType.PRIVATE
    return Place(PLATFORM, str(chat.id), thread, private, "" if private else chat.title or "")


def _thread(message: Message) -> str:
    """The topic. Replies in ordinary groups carry a thread number too, which is none."""
    topic = message.is_topic_message and message.message_thread_id
    return str(message.message_thread_id) if topic else ""

"""Whom a command names: people by their numbers, as the core writes them, "<@7000001>".

Rule: only a command that is about people is read so. Telegram tells a bot who is meant where somebody
without a username is mentioned, and where the command answers a message of theirs. A username says
nothing to a bot that did not see who has it; those seen lately are known, in memory alone.
"""

import re
from collections import OrderedDict

from telegram import Message, MessageEntity, User

_MOST = 2000
_ABOUT_PEOPLE = re.compile(r"/organi[sz]ers?(?:@\w+)?(?=\s|$)", re.IGNORECASE)


class Names:
    """The usernames of people who wrote or pressed something lately."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, int] = OrderedDict()

    def saw(self, who: User | None) -> None:
        """Somebody did something."""
        if who is not None and who.username and not who.is_bot:
            self._ids[who.username.lower()] = who.id
            self._ids.move_to_end(who.username.lower())
            while len(self._ids) > _MOST:
                self._ids.popitem(last=False)

    def number_of(self, username: str) -> int:
        """Whose name this is, or 0."""
        return self._ids.get(username.lower(), 0)


def with_ids(message: Message, names: Names) -> str:
    """What was written, with the people it names by number."""
    text = message.text or ""
    if not _ABOUT_PEOPLE.match(text):
        return text
    raw = text.encode("utf-16-le")
    for entity in sorted(message.entities, key=lambda one: one.offset, reverse=True):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        who = entity.user.id if entity.user is not None else 0
        if entity.type == MessageEntity.MENTION:
            who = names.number_of(raw[start:end].decode("utf-16-le")[1:])
        if who:
            raw = raw[:start] + f"<@{who}>".encode("utf-16-le") + raw[end:]
    named = raw.decode("utf-16-le")
    return named if named != text else text + _answered(message)


def _answered(message: Message) -> str:
    """The one whose message this answers; in a topic every message answers the one that opened it."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or answered.sender_chat:
        return ""
    who = answered.from_user
    return f" <@{who.id}>" if who is not None and not who.is_bot else ""

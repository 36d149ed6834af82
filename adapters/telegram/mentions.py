"""Whom a command names: people by their numbers, as the core writes them, "<@7000001>".

Rule: only a command that is about people is read so. Telegram tells a bot who is meant where somebody
without a username is mentioned, and where the command answers a message of theirs; a username alone
says nothing to a bot.
"""

import re

from telegram import Message, MessageEntity

_ABOUT_PEOPLE = re.compile(r"/organi[sz]ers?(?:@\w+)?(?=\s|$)", re.IGNORECASE)


def with_ids(message: Message) -> str:
    """What was written, with the people it names by number."""
    text = message.text or ""
    if not _ABOUT_PEOPLE.match(text):
        return text
    raw = text.encode("utf-16-le")
    for entity in sorted(message.entities, key=lambda one: one.offset, reverse=True):
        if entity.type == MessageEntity.TEXT_MENTION and entity.user is not None:
            start, end = entity.offset * 2, (entity.offset + entity.length) * 2
            raw = raw[:start] + f"<@{entity.user.id}>".encode("utf-16-le") + raw[end:]
    named = raw.decode("utf-16-le")
    return named if named != text else text + _answered(message)


def _answered(message: Message) -> str:
    """The one whose message this answers; in a topic every message answers the one that opened it."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or answered.sender_chat:
        return ""
    who = answered.from_user
    return f" <@{who.id}>" if who is not None and not who.is_bot else ""

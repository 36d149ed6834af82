"""Who somebody is in a group, and what we may do there, by Telegram's own word.

Rule: asked each time it matters; how long an answer is good is decided by whoever asks. Only what
Telegram knows is named: it has topics instead of threads, no calendar, and lets us delete our own.
"""

import logging

from telegram import (
    Bot,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatPermissions,
)
from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.failures import says
from adapters.telegram.receive import GROUP_ANONYMOUS_BOT, inside
from bot.club.state import Missing, Rank
from bot.conversation.event import Person, Place

LOG = logging.getLogger("heeldrop.telegram")


class Standing:
    """Asks Telegram about members of groups, ourselves among them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def rank(self, place: Place, person: Person) -> Rank:
        """What somebody is there; "unknown" if Telegram does not say."""
        if person.id == str(GROUP_ANONYMOUS_BOT):
            return "admin"  # only admins can write as the group
        try:
            member = await self._member(int(place.chat), int(person.id))
        except BadRequest as error:
            known = says(error, "member not found", "user not found", "participant_id_invalid")
            return "none" if known else "unknown"
        except (TelegramError, ValueError) as error:
            LOG.info("a rank is not known: %s", type(error).__name__)
            return "unknown"
        if isinstance(member, ChatMemberOwner | ChatMemberAdministrator):
            return "admin"
        return "member" if inside(member) else "none"

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What we may not do there, of what a club needs. Raises the library's errors."""
        chat = int(place.chat)
        us = await self._member(chat, self._bot.id)
        if isinstance(us, ChatMemberAdministrator):
            return ()
        if not inside(us):
            return ("post", "files")
        if isinstance(us, ChatMemberRestricted):
            return _missing(us)
        permissions = (await self._bot.get_chat(chat)).permissions
        return _missing(permissions) if permissions is not None else ()

    async def _member(self, chat: int, person: int) -> ChatMember:
        try:
            return await self._bot.get_chat_member(chat, person)
        except ChatMigrated as error:  # asked about by a button of the time before it moved
            return await self._bot.get_chat_member(error.new_chat_id, person)


def _missing(may: ChatMemberRestricted | ChatPermissions) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if may.can_send_messages is False:
        found.append("post")
    if may.can_send_documents is False:
        found.append("files")
    return tuple(found)

"""What stands in a group and changes: posts are edited, deleted, and in the end we leave.

Rule: all of it may be done twice. A post that somebody deleted, or that is too old for Telegram to
touch, has vanished; an edit too many waits by itself and holds up nobody.
"""

from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter

from adapters.telegram.failures import says, wait_of
from adapters.telegram.sending import Sender, Target
from bot.runtime.adapter import Delivery, Later, Receipt, Sent, Vanished

_UNDELETABLE = ("to delete not found", "can't be deleted", "message_id_invalid")


class Posts:
    """Changes what was posted. All methods raise the library's errors."""

    def __init__(self, bot: Bot, sender: Sender) -> None:
        self._bot = bot
        self._sender = sender

    async def change(self, delivery: Delivery, group: Target) -> Receipt:
        """Let a post say this, or delete it."""
        message = int(delivery.edits)
        try:
            if delivery.drop:
                await self._bot.delete_message(group.chat, message)
            elif not await self._sender.change(delivery, group, message):
                return Vanished()
        except RetryAfter as error:
            return Later(wait_of(error), only_this=True)
        except BadRequest as error:
            if delivery.drop and says(error, *_UNDELETABLE):
                return Vanished()
            raise
        return Sent(delivery.edits)

    async def leave(self, delivery: Delivery) -> Receipt:
        """Leave the group; where we are not any more, that is done."""
        try:
            await self._bot.leave_chat(int(delivery.place.chat))
        except Forbidden:
            return Sent()
        except BadRequest as error:
            if not says(error, "chat not found", "not a member", "deactivated"):
                raise
        return Sent()

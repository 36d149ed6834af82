"""Delivering: one message out of the outbox, one receipt back.

Rule: who may read a message is in the message. What is not for everyone never goes to a group. Taking
the buttons off an answered message is an edit, and an edit may be repeated; a message may not.
"""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from adapters.telegram.failures import receipt_of, says
from adapters.telegram.posts import Posts
from adapters.telegram.private import PrivateAnswers
from adapters.telegram.render import MARK, chosen_under
from adapters.telegram.sending import Sender, Target
from adapters.telegram.standing import Standing
from adapters.telegram.typing_sign import TypingSign
from bot.club.state import Missing, Rank
from bot.conversation.event import Person, Place
from bot.conversation.fit import TELEGRAM, Limits
from bot.runtime.adapter import Bug, Delivery, Receipt, Sent
from bot.store.rows import Lane

LOG = logging.getLogger("heeldrop.telegram")
_MARGIN = 40
"""Characters kept free, for the line that says a message may be a double."""
LIMITS = msgspec.structs.replace(
    TELEGRAM, text=TELEGRAM.text - _MARGIN, caption=TELEGRAM.caption - _MARGIN
)
_SHOWN_KEPT = 2000

IsNight = Callable[[Person], Awaitable[bool]]


class Shown:
    """The words of messages that were tapped lately, so that a choice can be written under them."""

    def __init__(self) -> None:
        self._html: OrderedDict[tuple[str, str], str] = OrderedDict()

    def keep(self, chat: str, message: str, source: str) -> None:
        """This is what the tapped message says, as HTML."""
        self._html[chat, message] = source
        while len(self._html) > _SHOWN_KEPT:
            self._html.popitem(last=False)

    def take(self, chat: str, message: str) -> str:
        """What it says, or "" if that is not known any more."""
        return self._html.pop((chat, message), "")


class TelegramAdapter:
    """Telegram as the outbox sees it."""

    def __init__(
        self, bot: Bot, sender: Sender, private: PrivateAnswers, typing: TypingSign, night: IsNight
    ) -> None:
        self._bot = bot
        self._sender = sender
        self._posts = Posts(bot, sender)
        self._standing = Standing(bot)
        self._private = private
        self._typing = typing
        self._night = night
        self.shown = Shown()

    @property
    def limits(self) -> Limits:
        """What one message may be."""
        return LIMITS

    async def rank(self, place: Place, person: Person) -> Rank:
        """What somebody is in a group, by Telegram itself."""
        return await self._standing.rank(place, person)

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What Telegram does not let us do in a group. Raises the library's errors."""
        return await self._standing.abilities(place)

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send it. Every failure the platform or the network can think of becomes a receipt."""
        group = not delivery.place.private
        self._typing.over(delivery.place.chat)
        try:
            if delivery.leave:
                return await self._posts.leave(delivery)
            if delivery.edits:
                return await self._posts.change(delivery, target_of(delivery))
            if delivery.retire:
                return await self._retire(delivery)
            return await self._send(delivery)
        except TelegramError as error:
            receipt = receipt_of(error, group=group, repeatable=_repeatable(delivery))
            LOG.info("delivery %d: %s", delivery.id, type(receipt).__name__)
            return receipt
        except (ValueError, OSError) as error:
            return Bug(type(error).__name__)

    async def _send(self, delivery: Delivery) -> Receipt:
        silent = await self._silent(delivery)
        target = target_of(delivery)
        if not target.private and delivery.audience != "everyone_here":
            return await self._private.answer(delivery, target, silent=silent)
        number = delivery.hints.get("message", "")
        if (
            delivery.in_place
            and number
            and await self._sender.change(delivery, target, int(number))
        ):
            return Sent(number)
        target = replace(target, link="" if target.private else self._private.link_for(delivery))
        message = await self._sender.send(delivery, target, silent=silent)
        return Sent(str(message.message_id) if message else "")

    async def _silent(self, delivery: Delivery) -> bool:
        """A group hears nothing it was not meant to; a person, nothing unasked at night."""
        if not delivery.place.private and delivery.audience == "everyone_here":
            return not (delivery.pings or delivery.urgent)
        if delivery.urgent or delivery.lane is Lane.REPLY:
            return False
        return await self._night(delivery.person)

    async def _retire(self, delivery: Delivery) -> Receipt:
        """In a group the buttons are everyone's, and a choice is nobody else's business."""
        message = delivery.hints.get("message", "")
        if not message or not delivery.place.private:
            return Sent()
        chat = delivery.place.chat
        source = self.shown.take(chat, message)
        try:
            await self._edit(int(chat), int(message), source, delivery)
        except BadRequest as error:
            # Done already, or gone, or too old: there are no buttons left to take off.
            if not says(error, "not modified", "to edit not found", "can't be edited"):
                raise
        except TelegramError:
            self.shown.keep(chat, message, source)
            raise
        return Sent(message)

    async def _edit(self, chat: int, message: int, source: str, delivery: Delivery) -> None:
        caption = "caption" in delivery.hints
        text = chosen_under(source, delivery.retire)
        room = TELEGRAM.caption if caption else TELEGRAM.text
        added = len(MARK) + len(delivery.retire)
        # Escaping only ever makes it longer, so what fits as HTML fits as words.
        if not source or len(text) + added > room:
            await self._bot.edit_message_reply_markup(chat, message)
        elif caption:
            await self._bot.edit_message_caption(chat, message, caption=text, parse_mode="HTML")
        else:
            await self._bot.edit_message_text(text, chat, message, parse_mode="HTML")


def _repeatable(delivery: Delivery) -> bool:
    return bool(delivery.retire or delivery.in_place or delivery.edits or delivery.leave)


def target_of(delivery: Delivery) -> Target:
    """Where the conversation is. A group has no threads: what belongs to a post is a reply to it."""
    place = delivery.place
    above = delivery.thread_of or delivery.hints.get("reply_to", "")
    reply_to = 0 if place.private else int(above or 0)
    return Target(int(place.chat), int(place.thread or 0) or None, place.private, reply_to)

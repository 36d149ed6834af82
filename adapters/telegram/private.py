"""What was asked in a group and is answered to one person alone.

Rule: what is not for everyone is never sent where everyone reads. In order: a pop-up, if it fits in
one; our private chat; and if that person never opened it, a link to it that says nothing. The link
carries a code that means something to us alone, for a short while, and for that person only. A pop-up
has no buttons: where there are some, the same press once more brings all of it to our private chat.
"""

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from adapters.telegram.again import Again
from adapters.telegram.failures import unreachable
from adapters.telegram.presses import LONGEST_POPUP, Presses
from adapters.telegram.sending import OPEN, Sender, Target
from bot.club.clubtalk import POPUP
from bot.runtime.adapter import Bug, Delivery, Receipt, Sent
from bot.store.rows import Lane

ANSWERED = "I have answered in our private chat."
OFFER = "I answer this in our private chat. Press the button, then press Start."
MORE = "\n\nPress again to go on in our private chat."
_HELLO = {"club_hello"}
_NAMES_CLUB = "club_next"
"""A line for everyone whose kind goes on with the club that its link names: "club_next:club42"."""
_GOES_ON_IN_PRIVATE = {"club_private_line", "club_safety_line"}
"""Lines for everyone that are followed by an answer for one."""
_NEED_BUTTONS = {f"{POPUP}ask"}
"""Questions: without their buttons they cannot be answered."""
_PREFIX = "h-"
_LIVES_S = 3600.0
_MOST_PEOPLE = 1000
_MOST_EACH = 20


@dataclass(slots=True)
class _Waiting:
    code: str
    until: float
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    offered: bool = False


class Held:
    """Messages that wait until someone opens our private chat. They are held in memory alone."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._by_person: OrderedDict[str, _Waiting] = OrderedDict()
        self._in_order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def in_order(self, person: str) -> asyncio.Lock:
        """Held while something goes to this person, so that what was held goes out first."""
        return self._in_order.setdefault(person, asyncio.Lock())

    def put(self, delivery: Delivery) -> _Waiting:
        """Hold one more for its person."""
        waiting = self.open(delivery.person.id)
        if len(waiting.deliveries) < _MOST_EACH:
            waiting.deliveries[delivery.id] = delivery
        return waiting

    def open(self, person: str) -> _Waiting:
        """What is held for a person, with the code that opens it."""
        waiting = self._by_person.get(person)
        if waiting is None or waiting.until < self._now():
            code = _PREFIX + secrets.token_urlsafe(12)
            waiting = _Waiting(code, self._now() + _LIVES_S)
            self._by_person[person] = waiting
        while len(self._by_person) > _MOST_PEOPLE:
            self._by_person.popitem(last=False)
        return waiting

    def of(self, person: str) -> list[Delivery]:
        """What is held for a person, oldest first."""
        waiting = self._by_person.get(person)
        if waiting is None or waiting.until < self._now():
            return []
        return list(waiting.deliveries.values())

    def sent(self, delivery: Delivery) -> None:
        """It need not be held any more."""
        waiting = self._by_person.get(delivery.person.id)
        if waiting is not None:
            waiting.deliveries.pop(delivery.id, None)

    def take(self, code: str, person: str) -> list[Delivery]:
        """What is held under this code, if it is theirs."""
        waiting = self._by_person.get(person)
        if waiting is None or not self.knows(code, person):
            return []
        del self._by_person[person]
        return list(waiting.deliveries.values())

    def knows(self, code: str, person: str) -> bool:
        """Whether this code is theirs, and still good."""
        waiting = self._by_person.get(person)
        return waiting is not None and waiting.code == code and waiting.until >= self._now()


def is_ours(code: str) -> bool:
    """Whether a link's payload is one of these codes, still good or not."""
    return code.startswith(_PREFIX)


class PrivateAnswers:
    """Answers to one person who asked in a group. `ephemeral`: use messages that only they see."""

    def __init__(
        self, bot: Bot, sender: Sender, presses: Presses, held: Held, *, ephemeral: bool = False
    ) -> None:
        self._bot = bot
        self._sender = sender
        self._presses = presses
        self._held = held
        self._ephemeral = ephemeral
        self._again = Again()

    def link_for(self, delivery: Delivery) -> str:
        """Where a line for everyone leads to our private chat; "" for nearly all of them."""
        if delivery.kind in _HELLO:
            return f"https://t.me/{self._bot.username}"
        kind, _, club = delivery.kind.partition(":")
        if kind == _NAMES_CLUB and club:
            return create_deep_linked_url(self._bot.username, club)
        if delivery.kind not in _GOES_ON_IN_PRIVATE or not delivery.person.id:
            return ""
        waiting = self._held.open(delivery.person.id)
        waiting.offered = True
        return create_deep_linked_url(self._bot.username, waiting.code)

    async def answer(self, delivery: Delivery, group: Target, *, silent: bool) -> Receipt:
        """Deliver it to its person alone. Raises the library's errors where the group is meant."""
        if not delivery.person.id:
            return Bug("a message for one person, and nobody to send it to")
        if delivery.audience == "only_you_here" and await self._here(delivery, group):
            return Sent()
        target = Target(int(delivery.person.id))
        async with self._held.in_order(delivery.person.id):
            try:
                # What was held comes first: they may have opened our private chat since.
                for each in self._held.of(delivery.person.id):
                    await self._sender.send(each, target, silent=silent)
                    self._held.sent(each)
                message = await self._sender.send(delivery, target, silent=silent)
            except TelegramError as error:
                if not unreachable(error):
                    raise
                return await self._offer(delivery, group)
        await self._presses.whisper(delivery.hints.get("press", ""), ANSWERED)
        return Sent(str(message.message_id) if message else "")

    async def _here(self, delivery: Delivery, group: Target) -> bool:
        press = delivery.hints.get("press", "")
        if not press:
            return False
        if self._ephemeral and await self._show_one(delivery, group, press):
            return True
        if delivery.kind.startswith(POPUP) and delivery.kind not in _NEED_BUTTONS:
            return await self._in_short(delivery, press)
        more = delivery.fitted.rows or delivery.picture or delivery.attachment or delivery.drawn
        if more or len(delivery.text) > LONGEST_POPUP:
            return False
        return await self._presses.show(press, delivery.text)

    async def _in_short(self, delivery: Delivery, press: str) -> bool:
        """An answer whose words are enough; False if the rest of it is wanted."""
        text = delivery.text
        if delivery.fitted.rows:
            if self._again.is_again(delivery.person.id, delivery.hints.get("button", "")):
                return False
            text = text + MORE if len(text + MORE) <= LONGEST_POPUP else text
        # If it is too late for a pop-up, so be it: the post shows the same, and is not to be followed
        # by a line for everyone.
        await self._presses.show(press, text)
        return True

    async def _show_one(self, delivery: Delivery, group: Target, press: str) -> bool:
        """A message in the group that only its person sees. Not every server or group has these."""
        only = {"receiver_user_id": int(delivery.person.id), "callback_query_id": press}
        extra = {"ephemeral_message_parameters": only}
        try:
            await self._sender.send(delivery, group, silent=True, api_kwargs=extra)
        except TelegramError:
            return False
        self._presses.close(press)
        return True

    async def _offer(self, delivery: Delivery, group: Target) -> Receipt:
        if delivery.lane is not Lane.REPLY:
            return Bug("this person has not opened our private chat")
        waiting = self._held.put(delivery)
        link = create_deep_linked_url(self._bot.username, waiting.code)
        if await self._presses.lead(delivery.hints.get("press", ""), link):
            waiting.offered = True
        if not waiting.offered:
            await self.say_link(group, OFFER, link)
            waiting.offered = True
        return Sent()

    async def say_link(self, group: Target, text: str, link: str) -> Message:
        """A line for everyone, with a link to our private chat."""
        return await self.ask_all(group, text, InlineKeyboardButton(OPEN, url=link))

    async def ask_all(self, group: Target, text: str, button: InlineKeyboardButton) -> Message:
        """A line for everyone, with one button."""
        reply = ReplyParameters(group.reply_to, allow_sending_without_reply=True)
        return await self._bot.send_message(
            group.chat,
            text,
            disable_notification=True,
            message_thread_id=group.thread,
            reply_markup=InlineKeyboardMarkup([[button]]),
            reply_parameters=reply if group.reply_to else None,
        )

"""Taking updates in: each is stored before Telegram hears that it was received.

Rule: updates of one chat have their turns in order, chats side by side. `take` returns when all it was
given is safe on the disk: usually because the turns were taken, and for turns that take long because
the updates were put into the inbox. What cannot be stored is tried again until it can.
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from telegram import Bot, InlineKeyboardButton, Update
from telegram.error import TelegramError

from adapters.telegram.deliver import Shown, TelegramAdapter
from adapters.telegram.presses import Presses
from adapters.telegram.private import Held, PrivateAnswers, is_ours
from adapters.telegram.receive import PLATFORM, Arrived, ChatMoved, Me, Nameless, receive
from adapters.telegram.sending import Target
from adapters.telegram.typing_sign import TypingSign
from adapters.telegram.unsigned import Unsigned, is_unsigned
from bot.conversation.event import Dropped, Place, Presence, Said, Tapped
from bot.runtime.adapter import Delivery, Later
from bot.runtime.host import Host
from bot.runtime.turns import Taken
from bot.store import StoreError

LOG = logging.getLogger("heeldrop.telegram")
NAMELESS = "You write as the group, so I cannot tell who you are. Please write to me in private."
WHO = "You write as the group, so I cannot tell who you are. Press the button, and I do it."
THAT_WAS_ME = "That was me"
NOT_YOURS = "That is for the admin who wrote it."
WRITE_AGAIN = "I do not have that any more. Please write it again."
_Matter = Arrived | ChatMoved | Nameless


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an update may need."""

    host: Host
    bot: Bot
    me: Me
    adapter: TelegramAdapter
    presses: Presses
    private: PrivateAnswers
    held: Held
    typing: TypingSign
    unsigned: Unsigned

    @property
    def shown(self) -> Shown:
        """What the tapped messages say."""
        return self.adapter.shown


class Intake:
    """Takes updates in. `patience_s`: how long turns may take before the inbox is used instead."""

    def __init__(self, desk: Desk, *, patience_s: float = 0.3, again_s: float = 1.0) -> None:
        self._desk = desk
        self._patience_s = patience_s
        self._again_s = again_s
        self._last: dict[str, asyncio.Task[None]] = {}
        self._running: dict[int, asyncio.Task[None]] = {}

    async def take(self, updates: Iterable[Update]) -> None:
        """Store them all. Raises StoreError if that cannot be done now: give them again later."""
        begun: dict[asyncio.Task[None], _Matter] = {}
        for update in updates:
            matter = _read(update, self._desk.me)
            if matter is not None:
                begun[self._begin(update.update_id, matter)] = matter
        if not begun:
            return
        done, slow = await asyncio.wait(begun, timeout=self._patience_s)
        for task in slow:
            matter = begun[task]
            if isinstance(matter, Arrived):
                await self._desk.host.accept(matter.event, matter.hints)
            else:
                await task
        for task in done:
            task.result()

    async def finish(self, patience_s: float = 10.0) -> None:
        """Finish the turns under way."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=patience_s)
        for task in self._running.values():
            task.cancel()

    def _begin(self, number: int, matter: _Matter) -> asyncio.Task[None]:
        running = self._running.get(number)
        if running is not None:
            return running
        chat = _chat(matter)
        task = asyncio.create_task(self._in_order(self._last.get(chat), matter))
        self._last[chat] = self._running[number] = task

        def ended(_task: asyncio.Task[None]) -> None:
            self._running.pop(number, None)
            if self._last.get(chat) is task:
                del self._last[chat]

        task.add_done_callback(ended)
        # Answered before its turn, and before the turns that this one must wait for.
        if isinstance(matter, Arrived) and matter.press and matter.event.where.private:
            self._desk.presses.answer_now(matter.press)
        return task

    async def _in_order(self, before: asyncio.Task[None] | None, matter: _Matter) -> None:
        if before is not None:
            await asyncio.wait([before])
        while True:
            try:
                await handle(self._desk, matter)
            except StoreError:
                LOG.exception("an update could not be stored; trying again")
                await asyncio.sleep(self._again_s)
            except Exception as error:
                # Not to be given again for ever: what cannot be handled now cannot be later.
                LOG.exception("an update could not be handled: %s", type(error).__name__)
                return
            else:
                return


def _read(update: Update, me: Me) -> _Matter | None:
    try:
        me.names.saw(update.effective_user)
        return receive(update, me)
    except Exception:
        LOG.exception("update %d could not be read", update.update_id)
        return None


def _chat(matter: _Matter) -> str:
    if isinstance(matter, ChatMoved):
        return matter.old
    return matter.event.where.chat if isinstance(matter, Arrived) else matter.where.chat


async def handle(desk: Desk, matter: _Matter) -> None:
    """One update. Raises StoreError if it could not be stored."""
    if isinstance(matter, ChatMoved):
        await desk.host.moved(PLATFORM, matter.old, matter.new)
    elif isinstance(matter, Nameless):
        await _ask_for_name(desk, matter)
    elif _opens(desk, matter):
        who = matter.event.who.id
        async with desk.held.in_order(who):
            await _deliver_held(desk, matter.event.where, desk.held.take(matter.start, who))
    elif isinstance(matter.event.what, Tapped) and is_unsigned(matter.event.what.token):
        await _signed(desk, matter, matter.event.what.token)
    else:
        await _turn(desk, matter)


async def _turn(desk: Desk, arrived: Arrived) -> None:
    event, hints = arrived.event, arrived.hints
    if is_ours(arrived.start):  # a link that has had its day, or somebody else's
        event = msgspec.structs.replace(event, what=Said("/start"))
    if arrived.press and not event.where.private:
        desk.presses.wait_for_turn(arrived.press)
    if isinstance(event.what, Tapped) and "message" in hints:
        desk.shown.keep(event.where.chat, hints["message"], arrived.shown)
    desk.typing.expect(event.where)
    if arrived.file and isinstance(event.what, Dropped):
        event = msgspec.structs.replace(event, what=await _fetched(desk.bot, arrived))
    try:
        taken = await desk.host.receive(event, hints)
    finally:
        if isinstance(event.what, Dropped) and event.what.path:
            Path(event.what.path).unlink(missing_ok=True)
    if not _answers(taken):
        desk.typing.over(event.where.chat)
    if arrived.press and not _answers_privately(taken):
        desk.presses.close(arrived.press)
    if isinstance(event.what, Presence) and event.what.what in {"blocked", "removed"}:
        await desk.host.gone(PLATFORM, event.where.chat, event.what.what)


def _answers(taken: Taken) -> bool:
    return taken.failed or (taken.turn is not None and bool(taken.turn.messages))


def _answers_privately(taken: Taken) -> bool:
    messages = taken.turn.messages if taken.turn is not None else ()
    return taken.failed or any(said.audience != "everyone_here" for said in messages)


async def _fetched(bot: Bot, arrived: Arrived) -> Dropped:
    """The file, put where the reader looks for it; without a path if it cannot be had."""
    what = arrived.event.what
    if not isinstance(what, Dropped):
        raise TypeError("not a file")
    path = Path(what.path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = await bot.get_file(arrived.file)
        await file.download_to_drive(path)
    except (TelegramError, OSError) as error:
        LOG.warning("a file could not be fetched: %s", type(error).__name__)
        path.unlink(missing_ok=True)
        return msgspec.structs.replace(what, path="")
    return msgspec.structs.replace(what, size=path.stat().st_size)


async def _ask_for_name(desk: Desk, nameless: Nameless) -> None:
    thread = int(nameless.where.thread or 0) or None
    group = Target(int(nameless.where.chat), thread, private=False, reply_to=nameless.message)
    try:
        if nameless.text:
            code = desk.unsigned.put(nameless)
            await desk.private.ask_all(
                group, WHO, InlineKeyboardButton(THAT_WAS_ME, callback_data=code)
            )
        else:
            await desk.private.say_link(group, NAMELESS, f"https://t.me/{desk.me.username}")
    except TelegramError as error:
        LOG.info("an anonymous admin was not answered: %s", type(error).__name__)


async def _signed(desk: Desk, arrived: Arrived, code: str) -> None:
    """Somebody says that a command of the group's was theirs: it is, if they are an admin."""
    event, press = arrived.event, arrived.press
    desk.presses.wait_for_turn(press)
    if await desk.adapter.rank(event.where, event.who) != "admin":
        await desk.presses.show(press, NOT_YOURS)
        return
    nameless = desk.unsigned.take(code)
    if nameless is None:
        await desk.presses.show(press, WRITE_AGAIN)
        return
    said = msgspec.structs.replace(event, where=nameless.where, what=Said(nameless.text))
    hints = {"press": press, "reply_to": str(nameless.message)}
    await _turn(desk, Arrived(said, hints, press=press))


def _opens(desk: Desk, arrived: Arrived) -> bool:
    """Whether somebody opened our private chat by a link that was made for them."""
    event = arrived.event
    return event.where.private and desk.held.knows(arrived.start, event.who.id)


async def _deliver_held(desk: Desk, place: Place, held: list[Delivery]) -> None:
    for delivery in held:
        here = msgspec.structs.replace(delivery, place=place, hints={})
        for _try in range(3):
            receipt = await desk.adapter.deliver(here)
            if not isinstance(receipt, Later):
                break
            await asyncio.sleep(min(receipt.wait_s or 1.0, 30.0))

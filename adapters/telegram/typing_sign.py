"""The "typing" sign, in a private chat that waits for more than a moment."""

import asyncio
import contextlib

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.conversation.event import Place


class TypingSign:
    """Shows the sign `after_s` seconds after something was asked, unless it was answered by then."""

    def __init__(self, bot: Bot, after_s: float = 1.0) -> None:
        self._bot = bot
        self._after_s = after_s
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def expect(self, place: Place) -> None:
        """Someone waits for an answer here."""
        if place.private and place.chat not in self._timers:
            loop = asyncio.get_running_loop()
            self._timers[place.chat] = loop.call_later(self._after_s, self._show, place)

    def over(self, chat: str) -> None:
        """They need not wait any more."""
        timer = self._timers.pop(chat, None)
        if timer is not None:
            timer.cancel()

    def stop(self) -> None:
        """Nobody waits any more."""
        for chat in list(self._timers):
            self.over(chat)
        for task in self._tasks:
            task.cancel()

    def _show(self, place: Place) -> None:
        self._timers.pop(place.chat, None)
        task = asyncio.create_task(self._send(place))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, place: Place) -> None:
        thread = int(place.thread) if place.thread else None
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(
                int(place.chat), ChatAction.TYPING, message_thread_id=thread
            )

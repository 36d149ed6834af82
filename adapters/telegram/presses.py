"""Presses of buttons: each is answered, once, and soon.

Rule: in a private chat the press is answered before anything else happens. In a group the answer may
be the only thing that just one member can see, so it waits for the turn, but never for long.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

LOG = logging.getLogger("heeldrop.telegram")
LONGEST_POPUP = 200
"""Characters in a pop-up."""


class Presses:
    """Presses that wait for their answer. `patience_s`: how long a press in a group may wait."""

    def __init__(self, bot: Bot, patience_s: float = 12.0) -> None:
        self._bot = bot
        self._patience_s = patience_s
        self._open: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def answer_now(self, press: str) -> None:
        """Answer it without a word, in the background."""
        self._begin(self._empty(press))

    def wait_for_turn(self, press: str) -> None:
        """Keep it open, for a while, so that its answer can carry words."""
        if press not in self._open:
            loop = asyncio.get_running_loop()
            self._open[press] = loop.call_later(self._patience_s, self.close, press)

    def close(self, press: str) -> None:
        """If it is still open, answer it without a word."""
        if self._taken(press):
            self.answer_now(press)

    async def show(self, press: str, text: str) -> bool:
        """Show words to the one who pressed, and to nobody else; False if it is too late for that."""
        return self._taken(press) and await self._answer(press, text=text, alert=True)

    async def whisper(self, press: str, text: str) -> None:
        """The same, as a line that goes away by itself; if it is too late, nothing."""
        if self._taken(press):
            await self._answer(press, text=text)

    async def lead(self, press: str, link: str) -> bool:
        """Open our private chat for the one who pressed; False if it is too late for that."""
        return self._taken(press) and await self._answer(press, url=link)

    async def finish(self) -> None:
        """Answer all that are open, and wait until that is done."""
        for press in list(self._open):
            self.close(press)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)

    def _taken(self, press: str) -> bool:
        timer = self._open.pop(press, None)
        if timer is not None:
            timer.cancel()
        return timer is not None

    def _begin(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, press: str) -> None:
        await self._answer(press)

    async def _answer(
        self, press: str, *, text: str | None = None, url: str | None = None, alert: bool = False
    ) -> bool:
        """Late and double answers are refused by Telegram, which harms nobody."""
        try:
            await self._bot.answer_callback_query(press, text=text, url=url, show_alert=alert)
        except TelegramError as error:
            LOG.info("a press was not answered: %s", type(error).__name__)
            return False
        return True

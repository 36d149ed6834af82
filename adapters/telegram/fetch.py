"""Fetching updates by asking for them (long polling).

Rule: asking for what comes after an update is how Telegram learns that it was received, so that is
asked only when the update is stored. The library's own polling confirms first; a crash there loses it.
"""

import asyncio
import contextlib
import logging
import warnings

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.telegram.connecting import TokenRefusedError
from adapters.telegram.failures import says, wait_of
from adapters.telegram.intake import Intake
from adapters.telegram.receive import KINDS
from bot.store import StoreError

LOG = logging.getLogger("heeldrop.telegram")
TWO_PROGRAMS = (
    "Another program fetches this bot's messages with the same token, so each gets only some of them. "
    "Stop the other one. If you do not know of one, ask @BotFather for a new token."
)
_LONGEST_PAUSE_S = 30.0
_ANSWERS_FIRST_S = 0.01


class Fetching:
    """Asks for updates until cancelled. Durations in seconds."""

    def __init__(self, bot: Bot, intake: Intake, *, poll_s: int = 50, pause_s: float = 1.0) -> None:
        self._bot = bot
        self._intake = intake
        self._poll_s = poll_s
        self._first_pause_s = pause_s
        self._pause_s = pause_s
        self._offset: int | None = None

    async def run(self) -> None:
        """Fetch for ever. Raises TokenRefusedError if the token is taken back."""
        try:
            while True:
                try:
                    await self._once(self._poll_s)
                    self._pause_s = self._first_pause_s
                except (TelegramError, StoreError) as error:
                    await self._rest(error)
        finally:
            await self._confirm()

    async def _once(self, wait_s: int) -> None:
        try:
            updates = await self._bot.get_updates(
                offset=self._offset, timeout=wait_s, allowed_updates=KINDS
            )
        except TelegramError:
            raise
        except Exception as error:
            LOG.warning("the library cannot read an update (%s)", type(error).__name__)
            await self._one_by_one()
            return
        if updates:
            await self._intake.take(updates)
            self._offset = updates[-1].update_id + 1
            # Making the next request keeps this thread busy; the answers go first.
            await asyncio.sleep(_ANSWERS_FIRST_S)

    async def _one_by_one(self) -> None:
        """Take those that can be read and leave out the others, or they would come for ever."""
        wanted = {"allowed_updates": KINDS} | ({"offset": self._offset} if self._offset else {})
        with warnings.catch_warnings():
            # The library says to use its own method, which is the one that cannot read this.
            warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'")
            found = await self._bot.do_api_request("getUpdates", api_kwargs=wanted)
        for raw in found:
            try:
                update = Update.de_json(raw, self._bot)
            except (ValueError, TypeError, KeyError, AttributeError):
                LOG.exception("update %d is left out", raw["update_id"])
            else:
                await self._intake.take([update])
            self._offset = raw["update_id"] + 1

    async def _rest(self, error: Exception) -> None:
        if isinstance(error, InvalidToken):
            raise TokenRefusedError from None
        pause = self._pause_s
        if isinstance(error, Conflict):
            await self._contended(error)
        elif isinstance(error, StoreError):
            LOG.error("updates could not be stored and stay at Telegram for now: %s", error)
        else:
            cause = type(error.__cause__ or error).__name__
            pause = max(pause, wait_of(error) if isinstance(error, TelegramError) else 0.0)
            LOG.warning("updates could not be fetched (%s); again in %.0f s", cause, pause)
        await asyncio.sleep(pause)
        self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)

    async def _contended(self, error: Conflict) -> None:
        if not says(error, "webhook is active"):
            LOG.error(TWO_PROGRAMS)
            return
        LOG.warning("this bot was set to be called at a web address; fetching instead")
        with contextlib.suppress(TelegramError):
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def _confirm(self) -> None:
        """On the way out: what is stored need not come again. It would do no harm."""
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(2):
                await self._bot.get_updates(offset=self._offset, timeout=0, limit=1)
        except (TelegramError, TimeoutError):
            LOG.debug("the last updates were not confirmed")

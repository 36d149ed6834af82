"""Updates on their way to the bot: kept until confirmed, fetched or sent to a webhook."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.platforms.telegram_spec import telegram_spec
from tests.platforms.telegram_world import RefusalError
from tests.platforms.waiting import Bell

OFF_UNLESS_LISTED = {"chat_member", "message_reaction", "message_reaction_count"}
CALLBACK_LIFE = 150.0  # seconds a press waits to be fetched
WEBHOOK_PAUSE = 0.01  # seconds before a webhook call that failed is made again
_SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Updates:
    """The queue of one bot.

    `pending` holds what is not yet confirmed, `confirmed` the ids that are; `conflicts` counts
    pollers thrown out by another one, `polls` the calls of getUpdates.
    """

    def __init__(self, bell: Bell, now: Callable[[], float]) -> None:
        self._bell = bell
        self._now = now
        self._next = 500_001
        self._poller = 0
        self._again: list[dict[str, Any]] = []
        self._born: dict[int, float] = {}
        self._sender: asyncio.Task[None] | None = None
        self.pending: list[dict[str, Any]] = []
        self.confirmed: list[int] = []
        self.allowed: set[str] | None = None
        self.closing = False
        self.conflicts = 0
        self.polls = 0
        self.webhook: dict[str, Any] = {}
        self.webhook_tries = 0

    def add(self, kind: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """Queue an update; gives it back, or None if the bot did not ask for this kind."""
        number = self._next
        update: dict[str, Any] = {"update_id": number, kind: body}
        problems = telegram_spec().problems("Update", update)
        if problems:
            raise AssertionError(f"the test server made a false update: {problems}")
        if not self._wanted(kind):
            return None
        self._next += 1
        self._born[number] = self._now()
        self.pending.append(update)
        self._bell.ring()
        return update

    def again(self, update: dict[str, Any]) -> None:
        """Deliver the same update once more, as Telegram does when a confirmation got lost."""
        self._again.append(update)
        self._bell.ring()

    def _wanted(self, kind: str) -> bool:
        if self.allowed:
            return kind in self.allowed
        return kind not in OFF_UNLESS_LISTED

    def allow(self, kinds: list[str] | None) -> None:
        """Set what the bot wants; None keeps what was set before, an empty list is the default."""
        if kinds is not None:
            self.allowed = set(kinds) or None

    async def poll(self, params: dict[str, Any], alive: Callable[[], bool]) -> list[dict[str, Any]]:
        """One getUpdates: confirm, wait for something new, give it; a second poller ends this."""
        if self.webhook:
            raise RefusalError(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
                409,
            )
        self._poller += 1
        self.polls += 1
        mine = self._poller
        self.allow(params.get("allowed_updates"))
        self._confirm(params.get("offset", 0))
        self._bell.ring()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(params.get("timeout", 0)):
                while not self._ready() and mine == self._poller and not self.closing:
                    await self._bell.rung()
        if mine != self._poller and alive():
            self.conflicts += 1
            raise RefusalError(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
                409,
            )
        if mine != self._poller or self.closing:
            return []
        return self._batch(params.get("limit", 100))

    def _ready(self) -> bool:
        return bool(self.pending or self._again)

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        for each in list(self.pending):
            too_old = self._now() - self._born[each["update_id"]] > CALLBACK_LIFE
            if "callback_query" in each and too_old:
                self.pending.remove(each)
        again, self._again = self._again, []
        return (again + self.pending)[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._next + offset
        if offset > 0:
            self.confirmed += [u["update_id"] for u in self.pending if u["update_id"] < offset]
            self.pending = [u for u in self.pending if u["update_id"] >= offset]

    def drop(self) -> None:
        """Throw away what was not fetched (`drop_pending_updates`)."""
        self.pending.clear()

    def set_webhook(self, params: dict[str, Any]) -> None:
        """Send updates to a web address from now on, or stop that if the address is empty."""
        if not params.get("url"):
            self.webhook = {}
            return
        self.webhook = {"url": params["url"], "secret": params.get("secret_token")}
        self.allow(params.get("allowed_updates"))
        if self._sender is None:
            self._sender = asyncio.create_task(self._send())
        self._bell.ring()

    async def _send(self) -> None:
        """Send one update after another; the next one only after a 2xx for the one before."""
        async with aiohttp.ClientSession() as session:
            while True:
                while not (self.webhook and self._ready()):
                    await self._bell.rung()
                repeated = bool(self._again)
                update = self._again[0] if repeated else self.pending[0]
                if not await self._post(session, update):
                    await asyncio.sleep(WEBHOOK_PAUSE)
                    continue
                (self._again if repeated else self.pending).remove(update)
                self.confirmed.append(update["update_id"])
                self._bell.ring()

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        self.webhook_tries += 1
        headers = {_SECRET: self.webhook["secret"]} if self.webhook["secret"] else {}
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    async def close(self) -> None:
        """End a waiting poll and the webhook's sender."""
        self.closing = True
        self._bell.ring()
        if self._sender is not None:
            self._sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sender
            self._sender = None

"""Being called by Telegram (a webhook), for owners who have a public address.

Rule: a call without our secret is nobody's. Telegram is told yes only when the update is stored;
otherwise it calls again by itself.
"""

import asyncio
import hmac
import logging

from aiohttp import web
from telegram import Bot, Update
from telegram.error import TelegramError

from adapters.telegram.choices import Webhook
from adapters.telegram.intake import Intake
from adapters.telegram.receive import KINDS
from bot.store import StoreError

LOG = logging.getLogger("heeldrop.telegram")
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST_UPDATE = 1_000_000


class Listener:
    """The small web server that Telegram calls."""

    def __init__(self, bot: Bot, intake: Intake, webhook: Webhook) -> None:
        self._bot = bot
        self._intake = intake
        self._webhook = webhook

    async def run(self, pause_s: float = 5.0) -> None:
        """Listen until cancelled."""
        app = web.Application(client_max_size=_LARGEST_UPDATE)
        app.router.add_post("/{path:.*}", self._called)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._webhook.host, self._webhook.port).start()
            LOG.info("listening for Telegram on %s:%d", self._webhook.host, self._webhook.port)
            await self._register(pause_s)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _register(self, pause_s: float) -> None:
        while True:
            try:
                await self._bot.set_webhook(
                    self._webhook.url, allowed_updates=KINDS, secret_token=self._webhook.secret
                )
            except TelegramError as error:
                LOG.warning("the webhook could not be set: %s", error.message)
                await asyncio.sleep(pause_s)
            else:
                return

    async def _called(self, request: web.Request) -> web.Response:
        shown = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._webhook.secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.de_json(await request.json(), self._bot)
        except (ValueError, TypeError, KeyError, AttributeError):
            LOG.warning("a call to the webhook could not be read")
            return web.Response(status=400)
        try:
            await self._intake.take([update])
        except StoreError as error:
            LOG.warning("an update could not be stored: %s", error)
            return web.Response(status=503)
        return web.Response()

"""Being called by Telegram instead of asking."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from adapters.telegram.choices import Webhook
from adapters.telegram.intake import Intake
from adapters.telegram.webhook import Listener
from bot.store import StoreError
from tests.platforms import telegram_faults as faults
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.world import Program, heeldrop

pytestmark = needs_telegram_spec
SECRET = "a-secret_of_ours"


async def test_what_telegram_calls_with_is_answered(tmp_path: Path) -> None:
    """Messages and presses come in through the webhook, and are confirmed once stored."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        async with _listening(server, program):
            ada = server.person("Ada")
            ada.says("/ask")
            await ada.hears("Sore")
            ada.taps("No")
            await ada.hears("you chose =sore:no")
            await server.until(lambda: len(server.updates.confirmed) == 2, "two times yes")

        assert server.updates.webhook["secret"] == SECRET
        assert server.updates.allowed == {"message", "callback_query", "my_chat_member"}


@pytest.mark.parametrize("secret", ["", "wrong", "ä"])
async def test_a_call_without_our_secret_is_nobodys(tmp_path: Path, secret: str) -> None:
    """Whoever does not know the secret is refused, and nothing is kept."""
    async with (
        TelegramServer() as server,
        heeldrop(server, tmp_path, fetch=False) as program,
        _listening(server, program) as url,
        aiohttp.ClientSession() as session,
    ):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with session.post(url, json={"update_id": 1}, headers=headers) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message": 3}', b'"x"'])
async def test_a_call_that_makes_no_sense_is_refused(tmp_path: Path, body: bytes) -> None:
    """Nonsense with the right secret does not stop the listener."""
    async with (
        TelegramServer() as server,
        heeldrop(server, tmp_path, fetch=False) as program,
        _listening(server, program) as url,
        aiohttp.ClientSession() as session,
    ):
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": SECRET,
            "Content-Type": "application/json",
        }
        async with session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 400


async def test_what_is_not_stored_is_called_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram is told to come again while the disk is full; then the answer goes out, once."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        tries = 0
        take = Intake.take

        async def full_at_first(self: Intake, updates: object) -> None:
            nonlocal tries
            tries += 1
            if tries < 3:
                raise StoreError("the disk is full")
            await take(self, updates)  # type: ignore[arg-type]

        monkeypatch.setattr(Intake, "take", full_at_first)
        async with _listening(server, program):
            ada = server.person("Ada")
            ada.says("hello")
            await ada.hears("heard hello")

        assert tries >= 3
        assert len(ada.bot_messages()) == 1


async def test_setting_the_webhook_is_tried_until_it_works(tmp_path: Path) -> None:
    """A Telegram that is away at the start is waited for."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        server.faults.order("setWebhook", faults.broken(502))
        async with _listening(server, program):
            ada = server.person("Ada")
            ada.says("hello")
            await ada.hears("heard hello")


@asynccontextmanager
async def _listening(server: TelegramServer, program: Program) -> AsyncIterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/hook"
    intake = Intake(program.desk)
    listener = Listener(program.desk.bot, intake, Webhook(url, SECRET, "127.0.0.1", port))
    task = asyncio.create_task(listener.run(pause_s=0.01))
    await server.until(lambda: server.updates.webhook, "the webhook")
    try:
        yield url
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await intake.finish()

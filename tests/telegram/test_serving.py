"""The adapter as the application starts it, and the owner's choices."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from adapters.telegram import adapter
from adapters.telegram.choices import read_choices
from bot.runtime.host import Host
from bot.runtime.plugins import find
from bot.runtime.settings import Settings, SettingsError
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram import toy

TOKEN = "1234:abcdef"


@needs_telegram_spec
async def test_the_application_finds_it_and_it_serves(tmp_path: Path) -> None:
    """With a token it is wanted, attaches while deliveries run, and serves until cancelled."""
    async with TelegramServer() as server:
        values = {"TELEGRAM_API_URL": server.url}
        settings = Settings(telegram_token=server.token, values=values)
        assert find("telegram") is adapter
        assert adapter.wants(settings)
        host = await Host.open(None, tmp_path, step=toy.step)
        jobs = [
            asyncio.create_task(host.deliver_forever()),
            asyncio.create_task(adapter.serve(host, settings)),
        ]
        ada = server.person("Ada")
        ada.says("hello")
        await ada.hears("heard hello")
        await server.until(lambda: server.calls("setMyDescription"), "the description")
        for job in jobs:
            job.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await job
        await host.close()


def test_without_a_token_it_is_not_wanted() -> None:
    """No token is no error: Telegram is left out."""
    assert not adapter.wants(Settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API_URL", "ftp://somewhere"),
        ("TELEGRAM_EPHEMERAL", "perhaps"),
        ("TELEGRAM_WEBHOOK_URL", "somewhere"),
        ("TELEGRAM_WEBHOOK_SECRET", "with a space"),
        ("TELEGRAM_WEBHOOK_LISTEN", "8443"),
        ("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:99999"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    """The sentence names the setting and what it should be."""
    values = {"TELEGRAM_WEBHOOK_URL": "https://example.org/hook", name: value}
    with pytest.raises(SettingsError, match=name):
        read_choices(Settings(telegram_token=TOKEN, values=values))


def test_a_wrong_token_is_named_but_not_shown() -> None:
    """What someone pasted by mistake is not repeated."""
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN") as raised:
        read_choices(Settings(telegram_token="hunter2"))

    assert "hunter2" not in str(raised.value)


def test_without_a_secret_one_is_made_from_the_token() -> None:
    """It is the same at every start, fit for Telegram, and does not give the token away."""
    values = {"TELEGRAM_WEBHOOK_URL": "https://example.org/hook"}
    first = read_choices(Settings(telegram_token=TOKEN, values=values)).webhook
    again = read_choices(Settings(telegram_token=TOKEN, values=values)).webhook
    assert first is not None

    assert first == again
    assert len(first.secret) == 64
    assert (first.host, first.port) == ("127.0.0.1", 8443)
    assert TOKEN not in repr(first) + first.secret

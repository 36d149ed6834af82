"""`heeldrop run` with both platforms: one of them refused, the other one serves."""

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord import adapter as discord_adapter
from adapters.telegram import adapter as telegram_adapter
from bot.runtime.commands.run import serve
from bot.runtime.plugins import PlatformAdapter
from bot.runtime.settings import Settings
from bot.store import Store
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer

pytestmark = [needs_discord_spec, needs_telegram_spec]
BOTH: dict[str, PlatformAdapter] = {"discord": discord_adapter, "telegram": telegram_adapter}


def settings_of(telegram: TelegramServer, discord: DiscordServer, folder: Path) -> Settings:
    """Both platforms on this machine."""
    return Settings(
        data=folder,
        telegram_token=telegram.token,
        discord_token=discord.token,
        values={
            "TELEGRAM_API_URL": telegram.url,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        },
    )


async def test_a_wrong_token_leaves_the_other_platform_serving(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord refuses its token; on Telegram people are answered, and doctor can tell why."""
    async with TelegramServer() as telegram, DiscordServer() as discord:
        settings = replace(settings_of(telegram, discord, tmp_path), discord_token="wrong")
        running = asyncio.create_task(serve(settings, BOTH))
        ada = telegram.person("Ada")
        ada.says("/start")
        await ada.hears("I help with sore calves", timeout=20)
        await telegram.until(lambda: not telegram.updates.pending, "the confirmation")
        assert not running.done()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, 10)

    store = await Store.open(tmp_path)
    troubles = await store.troubles()
    await store.close()
    assert [one.code for one in troubles] == ["platform_refused"]
    assert "discord is left out: Discord refuses the token" in caplog.text
    assert telegram.token not in caplog.text


async def test_two_chats_are_joined_across_platforms(tmp_path: Path) -> None:
    """Telegram shows a code, it is typed on Discord, and both are one runner with one log."""
    async with TelegramServer() as telegram, DiscordServer() as discord:
        running = asyncio.create_task(serve(settings_of(telegram, discord, tmp_path), BOTH))
        ada, twin = telegram.person("Ada"), discord.member("Ada", discord.guild("Club"))
        ada.says("/link")
        shown = await ada.hears("Your code is", timeout=20)
        code = shown.text.split()[3]
        await discord.ready(timeout=20)
        twin.says("/link 000000" if code != "000000" else "/link 000001")
        await twin.hears("That code does not work", timeout=10)
        twin.says(f"/link {code}")
        await twin.hears("Your chats are joined", timeout=10)
        await telegram.until(lambda: not telegram.updates.pending, "the confirmation")
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, 10)

    store = await Store.open(tmp_path)
    counts = await store.counts()
    await store.close()
    assert (counts["runners"], counts["conversations"]) == (1, 2)

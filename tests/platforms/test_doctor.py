"""`heeldrop doctor` asks the platforms of this machine."""

import asyncio
from pathlib import Path

import pytest

from bot.runtime.commands import doctor, main
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer

pytestmark = [needs_discord_spec, needs_telegram_spec]
NAMES = ("TELEGRAM_TOKEN", "DISCORD_TOKEN", "HEELDROP_DATA", "HEELDROP_DEBUG", "HEELDROP_ZONE")
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Doctor runs where no .env is."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Sets what the owner would; the content is left to tests of its own."""
    monkeypatch.setattr(doctor, "_content", lambda _: (doctor.OK, "content"))
    return monkeypatch


async def asked(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and what doctor says, while the local platforms go on answering."""
    code = await asyncio.to_thread(main, ["doctor"])
    return code, capsys.readouterr().out


async def test_both_platforms_are_reached_by_name(
    owner: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each platform says who we are; the tokens are never shown."""
    async with TelegramServer() as telegram, DiscordServer() as discord:
        owner.setenv("TELEGRAM_TOKEN", telegram.token)
        owner.setenv("TELEGRAM_API_URL", telegram.url)
        owner.setenv("DISCORD_TOKEN", discord.token)
        owner.setenv("DISCORD_API_URL", discord.api_url)
        code, said = await asked(capsys)

    assert code == 0, said
    assert "Telegram: a token is set; reached as @heeldrop_test_bot" in said
    assert "Discord: a token is set; reached as " in said
    assert telegram.token not in said
    assert discord.token not in said


async def test_a_refused_token_needs_the_owner(
    owner: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named for its platform, and the exit code says so."""
    async with TelegramServer() as telegram, DiscordServer() as discord:
        owner.setenv("TELEGRAM_TOKEN", "123:another-token")
        owner.setenv("TELEGRAM_API_URL", telegram.url)
        owner.setenv("DISCORD_TOKEN", "another")
        owner.setenv("DISCORD_API_URL", discord.api_url)
        code, said = await asked(capsys)

    assert code == 1
    assert "LOOK  Telegram: Telegram refuses the token in TELEGRAM_TOKEN" in said
    assert "LOOK  Discord: Discord refuses the token in DISCORD_TOKEN" in said
    assert "another" not in said


async def test_offline_is_a_clear_line_and_no_error(
    owner: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a network nothing is wrong with the installation."""
    owner.setenv("TELEGRAM_TOKEN", "123:a-token")
    owner.setenv("TELEGRAM_API_URL", NOBODY)
    owner.setenv("DISCORD_TOKEN", "a-token")
    owner.setenv("DISCORD_API_URL", f"{NOBODY}/api/v10")
    code, said = await asked(capsys)

    assert code == 0, said
    assert said.count("it cannot be reached from here now") == 2


async def test_a_platform_that_does_not_answer_is_not_waited_for(
    owner: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a while it is said that no answer came."""
    owner.setattr(doctor, "PATIENCE_S", 0.2)
    async with TelegramServer() as telegram:
        hold = telegram.hold("getMe")
        owner.setenv("TELEGRAM_TOKEN", telegram.token)
        owner.setenv("TELEGRAM_API_URL", telegram.url)
        code, said = await asked(capsys)
        hold.release()

    assert code == 0, said
    assert "note  Telegram: a token is set; no answer within" in said

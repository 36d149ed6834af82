"""A chart on its way: drawn beside the loop, sent by the real libraries, kept as a file in the terminal."""

import logging
from dataclasses import replace as as_core
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from bot.conversation.message import message
from bot.conversation.turn import Say, Turn
from bot.drawing.paint import png
from bot.runtime import drawing
from bot.runtime.drawing import drawn_of
from tests.discord_chat.world import heeldrop as on_discord
from tests.drawing.charts import FULL
from tests.harness.chat import Chat
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.world import heeldrop as on_telegram
from tests.terminal.toy_core import toy

WORDS = "Your last 6 lights are green\n\n• 14 runs in 8 weeks."


def step(_content: Any, conversation: Any, runner: Any, _event: Any, _now: Any) -> Turn:
    """A core that answers everything with a chart."""
    said = replace(message(WORDS, kind="chart"), drawing=FULL)
    return Turn(conversation, runner, (Say(said),))


@needs_telegram_spec
async def test_telegram_gets_a_photo_with_the_words_under_it(tmp_path: Path) -> None:
    """One sendPhoto, the very bytes of the picture, the words as its caption."""
    async with TelegramServer() as server:
        ada = server.person("Ada")
        async with on_telegram(server, tmp_path, step=step):
            ada.says("/chart")
            await ada.hears("14 runs in 8 weeks")

        shown = ada.bot_messages()[-1]
        assert (shown.media, shown.text) == ("photo", WORDS)
        assert server.state.uploads[-1].data == png(FULL)


@needs_discord_spec
async def test_discord_gets_a_file_with_a_description(tmp_path: Path) -> None:
    """The picture's description says what it shows to those who do not see it."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with on_discord(server, tmp_path, step=step):
            ada.says("/chart")
            heard = await ada.hears("14 runs in 8 weeks")

        shown = heard.attachments[0]
        assert (shown["filename"], shown["description"]) == (FULL.name, FULL.alt)
        assert shown["size"] == len(png(FULL))


def test_the_terminal_keeps_it_as_a_file(tmp_path: Path) -> None:
    """The words on the screen, and the path of a picture that opens."""
    with Chat.here(tmp_path, load=lambda: as_core(toy(), step=step)) as chat:
        heard = chat.say("/chart")[0]

    assert heard.text == WORDS
    assert heard.data["picture"]["alt"] == "Your last 6 lights are green"
    with Image.open(heard.data["picture"]["path"]) as picture:
        assert picture.size == (1080, 1350)


async def test_a_picture_that_cannot_be_drawn_leaves_the_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The runner reads the same without it; the owner finds a line in the log."""

    def broken(_chart: Any) -> bytes:
        raise OSError("no room")

    monkeypatch.setattr(drawing, "_png", broken)
    with caplog.at_level(logging.ERROR, "heeldrop.drawing"):
        assert await drawn_of(FULL) is None

    assert "could not be drawn" in caplog.text


async def test_what_is_drawn_is_the_png_of_the_chart() -> None:
    """Name, bytes and words."""
    drawn = await drawn_of(FULL)
    assert drawn is not None

    assert (drawn.name, drawn.alt) == (FULL.name, FULL.alt)
    assert Image.open(BytesIO(drawn.data)).format == "PNG"
    assert await drawn_of(None) is None

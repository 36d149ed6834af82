"""A message that takes the place of the one whose button was pressed, on both platforms."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.conversation.event import Tapped
from bot.conversation.message import Button, Picture, message
from bot.conversation.turn import Say, Turn
from tests.discord_chat.world import heeldrop as on_discord
from tests.platforms.discord_server import DiscordServer
from tests.platforms.faults import Fault
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.world import heeldrop as on_telegram

DONE = Button("Set done", "!set_done:1")
DROP = Picture("drop.png", "A runner on a step.")


def step(_content: Any, conversation: Any, runner: Any, event: Any, _now: Any) -> Turn:
    """A core with a set in a picture, and a rest that takes its place."""
    if isinstance(event.what, Tapped):
        said = replace(message("Rest until 18:41.", Button("Set 2", "!along:2")), in_place=True)
    else:
        said = message("Set 1 of 2.", DONE)
    return Turn(conversation, runner, (Say(replace(said, picture=DROP)),))


@needs_telegram_spec
async def test_telegram_changes_the_caption_and_the_buttons(tmp_path: Path) -> None:
    """One message all along, with its picture; a second press changes nothing more."""
    async with TelegramServer() as server:
        ada = server.person("Ada")
        async with on_telegram(server, tmp_path, step=step):
            ada.says("start")
            await ada.hears("Set 1 of 2.")
            ada.taps("Set done")
            await ada.hears("Rest until 18:41.")

        assert [(one.text, one.media) for one in ada.bot_messages()] == [
            ("Rest until 18:41.", "photo")
        ]
        assert [one["text"] for one in ada.bot_messages()[0].keyboard[0]] == ["Set 2"]


@needs_telegram_spec
async def test_what_telegram_cannot_change_is_sent(tmp_path: Path) -> None:
    """The message is too old, or gone: the words come as a new one."""
    gone = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: message to edit not found",
    }
    async with TelegramServer() as server:
        ada = server.person("Ada")
        async with on_telegram(server, tmp_path, step=step):
            ada.says("start")
            await ada.hears("Set 1 of 2.")
            server.faults.order("editMessageCaption", Fault(400, gone))
            ada.taps("Set done")
            await ada.hears("Rest until 18:41.")

        assert len(ada.bot_messages()) == 2


@needs_discord_spec
async def test_discord_changes_the_message(tmp_path: Path) -> None:
    """The pressed message itself says what comes next, and keeps its picture."""
    (tmp_path / "drop.png").write_bytes(b"PNG")
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with on_discord(server, tmp_path, step=step):
            ada.says("start")
            first = await ada.hears("Set 1 of 2.")
            ada.presses("Set done", message=first)
            await server.until(
                lambda: ada.bot_messages()[-1].content == "Rest until 18:41.", "a change"
            )

        assert len(ada.bot_messages()) == 1
        assert ada.bot_messages()[0].buttons == ["Set 2"]
        assert [one["filename"] for one in ada.bot_messages()[0].attachments] == ["drop.png"]

"""The kept payloads fit the platforms' descriptions, and the real libraries can read them."""

from typing import Any

import discord
import pytest
from telegram import Bot as TelegramBot
from telegram import Update

from tests.platforms.discord_bots import Bot, running
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_spec import discord_spec
from tests.platforms.payload_files import names, payload
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_spec import telegram_spec

EVERY = [(platform, name) for platform in ("telegram", "discord") for name in names(platform)]
INTERACTIONS = [
    each for each in names("discord") if payload("discord", each)["t"] == "INTERACTION_CREATE"
]
MESSAGES = [each for each in names("discord") if payload("discord", each)["t"] == "MESSAGE_CREATE"]


@pytest.mark.parametrize(("platform", "name"), EVERY)
def test_each_payload_says_what_it_shows(platform: str, name: str) -> None:
    """Every payload has a note that is a sentence."""
    note = payload(platform, name)["note"]

    assert len(note.split()) > 4
    assert note.endswith(".")


@needs_telegram_spec
@pytest.mark.parametrize("name", names("telegram"))
def test_each_update_is_as_the_description_says(name: str) -> None:
    """Every Telegram payload fits the description's Update."""
    assert telegram_spec().problems("Update", payload("telegram", name)["update"]) == []


@pytest.mark.parametrize("name", names("telegram"))
def test_the_telegram_library_reads_each_update(name: str) -> None:
    """Every Telegram payload becomes an Update with exactly one thing in it."""
    raw = payload("telegram", name)["update"]
    update = Update.de_json(raw, TelegramBot("1:x"))

    assert update.update_id == raw["update_id"]
    kinds = [kind for kind in Update.ALL_TYPES if getattr(update, kind)]
    assert kinds == [key for key in raw if key != "update_id"]


@needs_discord_spec
@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_is_as_the_description_says(name: str) -> None:
    """Every Discord message fits the schema, but for what only the gateway adds."""
    body = payload("discord", name)["d"]
    plain = {key: value for key, value in body.items() if key not in {"guild_id", "member"}}

    assert discord_spec().schema_problem("MessageResponse", plain) is None


class Listener(Bot):
    """Remembers what reached it, and answers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    async def setup_hook(self) -> None:
        """No commands."""
        self._connection._command_tree = None

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Remember an interaction by its number."""
        self._remember(str(interaction.id))

    async def on_message(self, message: discord.Message) -> None:
        """Remember a message by its number."""
        self._remember(str(message.id))

    def _remember(self, number: str) -> None:
        self.heard.append(number)
        self.server.state.bell.ring()

    server: DiscordServer


@needs_discord_spec
@pytest.mark.parametrize("name", INTERACTIONS + MESSAGES)
async def test_the_discord_library_reads_each_event(name: str) -> None:
    """Every interaction and message reaches a real bot whole."""
    packet: dict[str, Any] = payload("discord", name)
    async with DiscordServer() as server:
        bot = Listener()
        bot.server = server
        async with running(server, bot):
            server.gateway.emit(packet["t"], packet["d"])
            await server.until(lambda: bot.heard, "the event")

        assert bot.heard == [packet["d"]["id"]]

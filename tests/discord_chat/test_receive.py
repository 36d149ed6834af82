"""Raw payloads of Discord become events, by the real library and without a network."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from adapters.discord.receive import Arrived, receive
from bot.conversation.event import Dropped, Place, Said, Tapped
from tests.platforms.payload_files import names, payload

ME = 900_000_000_000_000_001


@pytest.fixture
async def client() -> AsyncIterator[discord.Client]:
    """A client that is connected to nothing."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as made:
        about: Any = {"id": str(ME), "username": "heeldrop", "discriminator": "0", "avatar": None}
        made._connection.user = discord.ClientUser(state=made._connection, data=about)
        yield made


def arrived(client: discord.Client, name: str) -> Arrived | None:
    """What a kept payload becomes."""
    raw: dict[str, Any] = payload("discord", name)
    state, body = client._connection, raw["d"]
    if raw["t"] == "INTERACTION_CREATE":
        return receive(discord.Interaction(data=body, state=state), ME)
    state._guilds[int(body.get("guild_id", 0))] = guild = discord.Guild(
        data={"id": body.get("guild_id", "0")},  # type: ignore[typeddict-item]
        state=state,
    )
    number = int(body["channel_id"])
    channel: Any = (
        discord.PartialMessageable(state, number, guild.id)
        if "guild_id" in body
        else discord.PartialMessageable(state, number)
    )
    return receive(discord.Message(state=state, channel=channel, data=body), ME)


SAID = {
    "slash_in_guild": "/run 5 km 28:30",
    "slash_in_dm": "/run 5 km",
    "slash_in_thread": "/run 3 mi",
    "slash_subcommand": "/club open",
    "slash_user_install": "/run 5 km",
    "slash_with_file": "/run 5 km 1573965801717760000",
    "modal_submit": "It pulled on the hill, <3 & ouch left",
    "mention": "how far on Sunday?",
    "message_in_dm": "my calf is sore since Sunday",
    "reply_to_bot": "9 is fine",
}
TAPPED = {
    "button_press": "swelling=none",
    "button_press_in_dm": "swelling=one_leg",
    "select_choice": "3",
}
NOTHING = ["autocomplete", "message_without_content", "own_message"]
SERVERS = ["guild_joined", "guild_outage", "guild_removed"]


def test_every_payload_is_looked_at() -> None:
    """Each kept payload has its place in the tests below, or is about servers and not people."""
    looked_at = [*SAID, *TAPPED, *NOTHING, *SERVERS, "message_with_file"]

    assert sorted(looked_at) == names("discord")


@pytest.mark.parametrize(("name", "text"), SAID.items())
async def test_what_is_said(client: discord.Client, name: str, text: str) -> None:
    """Commands, forms, direct messages, mentions and replies are things said."""
    found = arrived(client, name)

    assert found is not None
    assert found.event.what == Said(text)


@pytest.mark.parametrize(("name", "token"), TAPPED.items())
async def test_what_is_pressed(client: discord.Client, name: str, token: str) -> None:
    """A button's custom_id and a menu's value are the statement."""
    found = arrived(client, name)

    assert found is not None
    assert found.event.what == Tapped(token)


@pytest.mark.parametrize("name", NOTHING)
async def test_what_is_nothing_to_us(client: discord.Client, name: str) -> None:
    """Other people's talk, our own messages and half-typed options are dropped."""
    assert arrived(client, name) is None


async def test_a_file(client: discord.Client) -> None:
    """A file without words is a file, by name and size."""
    found = arrived(client, "message_with_file")

    assert found is not None
    assert found.event.what == Dropped("long_run.gpx", "", 6)


@pytest.mark.parametrize("name", [*SAID, *TAPPED])
async def test_the_place_is_the_persons_own(client: discord.Client, name: str) -> None:
    """Wherever it happened, the conversation is the person's, with their language if known."""
    raw = payload("discord", name)["d"]
    user = raw.get("user") or raw.get("author") or raw["member"]["user"]
    found = arrived(client, name)

    assert found is not None
    assert (found.event.home or found.event.where) == Place("discord", user["id"])
    assert found.event.who.id == user["id"]
    assert found.event.who.language == raw.get("locale", "")[:2]


IN_SERVER = {
    "slash_in_guild", "slash_in_thread", "slash_subcommand", "slash_with_file",
    "mention", "reply_to_bot",
}  # fmt: skip


@pytest.mark.parametrize("name", [*SAID, *TAPPED])
async def test_only_what_is_a_clubs_happens_in_the_server(
    client: discord.Client, name: str
) -> None:
    """A club's command, and what everyone can read; a person's own install is that person's own."""
    raw = payload("discord", name)["d"]
    found = arrived(client, name)

    assert found is not None
    where = found.event.where
    if name in IN_SERVER:
        assert (where.chat, where.thread) == (raw["guild_id"], raw["channel_id"])
    assert where.private == (name not in IN_SERVER)


async def test_where_answers_go(client: discord.Client) -> None:
    """The hints tell a server from direct messages, and name the channel or the thread."""
    thread, direct = arrived(client, "slash_in_thread"), arrived(client, "button_press_in_dm")
    assert thread is not None
    assert direct is not None

    raw = payload("discord", "slash_in_thread")["d"]
    assert thread.hints["where"] == "here"
    assert thread.hints["channel"] == raw["channel_id"]
    assert direct.hints["where"] == "dm"
    assert "fill" not in direct.hints

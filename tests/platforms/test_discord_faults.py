"""The local Discord server: what goes wrong, by itself or when a test orders it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import discord
import pytest

from tests.platforms import discord_faults as faults
from tests.platforms.discord_bots import running
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import (
    ATTACH_FILES,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)
from tests.platforms.faults import Fault
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


@pytest.mark.parametrize(
    ("fault", "error", "arrives"),
    [
        (faults.lost_before, aiohttp.ClientError, False),
        (faults.lost_after, aiohttp.ClientError, True),
        (lambda: faults.broken(503), discord.DiscordServerError, False),
        (lambda: faults.broken(503, after=True), discord.DiscordServerError, True),
        (lambda: faults.forbidden("permissions"), discord.Forbidden, False),
        (lambda: faults.forbidden("gone"), discord.NotFound, False),
    ],
)
async def test_a_fault_happens_once_as_ordered(
    fault: Callable[[], Fault], error: type[Exception], *, arrives: bool
) -> None:
    """Each fault raises the library's error; a second try with the same nonce makes one message."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            server.faults.order("create_message", fault())
            with pytest.raises(error):
                await channel.send("Hello", nonce="hello")
            assert len(server.messages(guild.channels[0])) == arrives
            await channel.send("Hello", nonce="hello")

        assert len(server.messages(guild.channels[0])) == 1


async def test_a_429_is_waited_out_by_the_library() -> None:
    """The library waits as told and sends again by itself."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            server.faults.order("create_message", faults.too_many(0.01))
            await channel.send("Hello", nonce="hello")

        assert [each.ok for each in server.calls("create_message")] == [False, True]


async def test_the_bucket_of_a_channel_empties() -> None:
    """With rate limits on, the sixth send within 5 s and one channel is refused."""
    async with DiscordServer(
        rate_limits=True, now=lambda: datetime(2026, 11, 22, tzinfo=UTC)
    ) as server:
        channel = server.guild("Club").channels[0]
        url = f"{server.api_url}/channels/{channel.id}/messages"
        body = {"content": "x", "allowed_mentions": {"parse": []}, "enforce_nonce": True}
        headers = {"Authorization": f"Bot {server.token}"}
        seen = []
        async with aiohttp.ClientSession(headers=headers) as session:
            for number in range(6):
                async with session.post(url, json=body | {"nonce": str(number)}) as answer:
                    seen.append((answer.status, answer.headers["X-RateLimit-Remaining"]))

        assert seen == [(200, "4"), (200, "3"), (200, "2"), (200, "1"), (200, "0"), (429, "0")]


async def test_a_slow_call_waits_until_it_is_released() -> None:
    """A held call does nothing until the test lets it go."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            hold = server.hold("create_message")
            sending = asyncio.create_task(channel.send("late", nonce="late"))
            await hold.arrived()
            assert server.messages(guild.channels[0]) == []
            hold.release()
            await sending

        assert len(server.messages(guild.channels[0])) == 1


@pytest.mark.parametrize(
    ("denied", "code"),
    [(SEND_MESSAGES, 50013), (ATTACH_FILES, None), (VIEW_CHANNEL, 50001)],
)
async def test_missing_permissions_are_refused_without_being_violations(
    denied: int, code: int | None
) -> None:
    """What the bot may not do is answered with 403; the library knows what it may."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            server.deny(guild.channels[0], denied)
            if code is None:
                await channel.send("Hello", nonce="hello")
            else:
                with pytest.raises(discord.Forbidden) as refused:
                    await channel.send("Hello", nonce="hello")
                assert refused.value.code == code


async def test_threads_need_their_own_permission_and_may_be_archived() -> None:
    """Writing in a thread needs the permission for threads, and fails when it is archived."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        thread = server.thread(guild.channels[0], "Week 47")
        async with running(server) as bot:
            channel: Any = bot.get_channel(thread.id)
            await channel.send("Hello", nonce="1")
            server.deny(guild.channels[0], SEND_MESSAGES_IN_THREADS)
            with pytest.raises(discord.Forbidden, match="50013"):
                await channel.send("Hello", nonce="2")
            guild.channels[0].denied, thread.archived = 0, True
            with pytest.raises(discord.HTTPException, match="50083"):
                await channel.send("Hello", nonce="3")
            await channel.edit(archived=False)
            await channel.send("Again", nonce="4")

        assert [each.text for each in server.messages(thread)] == ["Hello", "Again"]


async def test_private_messages_can_be_closed_or_have_no_common_guild() -> None:
    """Closed private messages give 50007, no common guild gives 50278."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild, known=True)
        async with running(server) as bot:
            user = await bot.fetch_user(ada.id)
            await user.send("Hello", nonce="1")
            ada.closes_dms()
            with pytest.raises(discord.Forbidden, match="50007"):
                await user.send("Hello", nonce="2")
            ada.opens_dms()
            ada.leaves(guild)
            with pytest.raises(discord.Forbidden, match="50278"):
                await user.send("Hello", nonce="3")

        assert [each.text for each in ada.sees()] == ["Hello"]


async def test_a_channel_or_guild_that_is_gone_is_refused() -> None:
    """A removed channel is unknown; a guild that threw the bot out cannot be reached."""
    async with DiscordServer() as server:
        guild, other = server.guild("Club"), server.guild("Other")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            far: Any = bot.get_channel(other.channels[0].id)
            server.remove_channel(guild.channels[0])
            with pytest.raises(discord.NotFound, match="10003"):
                await channel.send("Hello", nonce="1")
            server.remove_bot(other)
            with pytest.raises(discord.Forbidden, match="50001"):
                await far.send("Hello", nonce="2")


async def test_the_server_can_go_away_and_come_back() -> None:
    """After a stop and a start on the same port the library resumes its session."""
    server = DiscordServer()
    await server.start()
    guild = server.guild("Club")
    ada, channel = server.member("Ada", guild), guild.channels[0]
    async with running(server):
        await server.stop()
        await server.start()
        ada.says(f"{server.mention} back", channel)
        await ada.hears("You said back", channel, timeout=20)
    await server.stop()

    assert server.gateway.resumed == 1

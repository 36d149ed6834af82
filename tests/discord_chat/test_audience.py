"""Who sees what: a second member of the server watches, and nothing personal is ever to be seen."""

from pathlib import Path

import pytest

from adapters.discord import words
from bot.conversation.event import Place
from bot.conversation.fit import Fitted
from bot.conversation.message import Audience, Words
from bot.runtime.host import Host
from bot.store.rows import Lane, NewOutgoing, Outgoing
from tests.discord_chat.world import heeldrop, settled
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import SEND_MESSAGES, SEND_MESSAGES_IN_THREADS
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


@pytest.mark.parametrize("audience", ["only", "hello"], ids=["only_you_here", "private_chat"])
@pytest.mark.parametrize("way", ["slash", "form", "mention", "press"])
async def test_what_is_private_stays_private(tmp_path: Path, audience: Audience, way: str) -> None:
    """Whichever way it was asked, the one who watches sees nothing of the answer."""
    said = f"{audience} left calf"
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path) as host:
            if way == "mention":
                ada.says(f"{server.mention} {said}", channel)
                await ada.hears("left calf")
            elif way == "form":
                ada.slash("log", channel=channel)
                await ada.sees_form()
                ada.submits({words.FORM_LABEL: said})
                await ada.hears("left calf", channel)
            else:
                ada.slash("coach", {"words": said}, channel=channel)
                await ada.hears("left calf", channel)
            if way == "press":
                ada.presses("Yes", channel=channel)
                await ada.hears("You chose", channel)
            await settled(host)

        seen = " ".join(each.text for each in ben.bot_messages(channel))
        assert seen in {"", words.ANSWERED_IN_PRIVATE}
        public = [each.text for each in server.messages(channel) if each.author.bot]
        assert public in ([], [words.ANSWERED_IN_PRIVATE])


async def test_what_is_for_everyone_is_in_the_channel(tmp_path: Path) -> None:
    """A public answer stands where it was asked, and nothing is left thinking."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        thread = server.thread(guild.channels[0], "Week 47")
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "public next run"}, channel=thread)
            await ben.hears("next run", thread)
            await server.until(lambda: not server.thinking, "the end of thinking")

        assert ada.bot_messages(guild.channels[0]) == []
        assert [each.nonce for each in server.messages(thread)] != [None]


async def test_one_turn_may_say_both(tmp_path: Path) -> None:
    """What is for everyone goes to the channel, what is private to the person."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "both calf"}, channel=channel)
            private = await ada.hears("privately calf", channel)
            await ben.hears("here: calf", channel)

        assert private.ephemeral_for is ada.user
        assert len(ben.sees(channel)) == 1


async def test_a_public_mention_is_answered_in_its_thread(tmp_path: Path) -> None:
    """Asked by a mention, a public answer needs no pointer."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        thread = server.thread(guild.channels[0], "Week 47")
        async with heeldrop(server, tmp_path) as host:
            ada.says(f"{server.mention} public next run", thread)
            await ben.hears("next run", thread)
            await settled(host)

        assert len(ben.bot_messages(thread)) == 1


async def test_a_missing_permission_is_named_to_who_asked(tmp_path: Path) -> None:
    """Only the one who asked learns what is missing, in Discord's own words."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        thread = server.thread(guild.channels[0], "Week 47")
        server.deny(guild.channels[0], SEND_MESSAGES_IN_THREADS)
        async with heeldrop(server, tmp_path) as host:
            ada.slash("coach", {"words": "public next run"}, channel=thread)
            told = await ada.hears("I need Send Messages in Threads here.", thread)
            await settled(host)

        assert told.ephemeral_for is ada.user
        assert ben.bot_messages(thread) == []
        assert not server.calls("create_message")


async def test_a_mention_where_the_bot_may_not_write(tmp_path: Path) -> None:
    """The answer still comes in private, and what is missing as well."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        channel = guild.channels[0]
        server.deny(channel, SEND_MESSAGES)
        async with heeldrop(server, tmp_path):
            ada.says(f"{server.mention} left calf", channel)
            await ada.hears("You said left calf, 1")
            await ada.hears("I need Send Messages here.")

        assert ada.bot_messages(channel) == []


async def test_private_answers_need_no_permission(tmp_path: Path) -> None:
    """Where the bot may not write, a command still works."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        server.deny(channel, SEND_MESSAGES)
        async with heeldrop(server, tmp_path):
            ada.slash("menu", channel=channel)
            await ada.hears("You said /menu, 1", channel)


async def test_the_bot_never_writes_first(tmp_path: Path) -> None:
    """Added, removed, away and back: nobody hears of it."""
    async with DiscordServer() as server:
        guild, other = server.guild("Club"), server.guild("Other", bot=False)
        ada = server.member("Ada", guild, other)
        async with heeldrop(server, tmp_path):
            server.add_bot(other)
            server.outage(guild)
            server.back(guild)
            server.remove_bot(other)
            ada.says("just talking", guild.channels[0])
            ada.says("hello")
            await ada.hears("You said hello, 1")

        assert len(server.calls("create_message")) == 1


async def test_a_post_for_everyone_needs_no_question(tmp_path: Path) -> None:
    """A post goes into its thread once; in an outage it waits, after a removal it is given up."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ben = server.member("Ben", guild)
        thread = server.thread(guild.channels[0], "Week 47")
        place = Place("discord", str(guild.channels[0].id), str(thread.id), private=False)
        async with heeldrop(server, tmp_path) as host:
            await _post(host, place, "first")
            await ben.hears("first", thread)
            server.outage(guild)
            await server.until(lambda: guild.unavailable, "the outage")
            server.back(guild)
            server.remove_bot(guild)
            server.gateway.drop()
            await server.until(lambda: server.gateway.resumed, "the resumption")
            await _post(host, place, "second")
            await settled(host)

        assert [each.text for each in ben.bot_messages(thread)] == ["first"]
        assert len([each for each in server.calls("create_message") if not each.ok]) <= 1


async def _post(host: Host, place: Place, text: str) -> None:
    body = Outgoing(Fitted((Words(text),)), audience="everyone_here")
    row = NewOutgoing(f"post:{text}", Lane.BROADCAST, body)
    await host.store.broadcast(place, row, host.clock.now())
    host._deliveries.nudge()

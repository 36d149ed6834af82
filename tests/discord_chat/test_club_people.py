"""The people of a club on Discord: who may do what, who sees what, and how it ends."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord import words
from adapters.discord.comings import NOBODY
from bot.runtime.clock import MovableClock
from tests.discord_chat.club import MONDAY, scene
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import MANAGE_GUILD
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


# ------------------------------------------------------------------ who may
async def test_who_is_no_admin_is_refused_in_private(tmp_path: Path) -> None:
    """Shown to everyone by an admin, /setup and its button are still the admins' alone."""
    clock = MovableClock(MONDAY)
    async with (
        DiscordServer(now=clock.now) as server,
        scene(server, tmp_path, clock, inside=False) as club,
    ):
        server.add_bot(club.guild)
        await club.step()
        ben = server.member("Ben", club.guild)
        with pytest.raises(AssertionError, match="not shown"):
            ben.slash("setup", channel=club.runs)
        club.guild.opened.add("setup")
        general = club.guild.channels[0]
        for told in (await club.slash(ben, "setup"), await club.taps(ben, "Set up", general)):
            assert told.text == "That is for the admins of this group."
            assert told.ephemeral_for is ben.user
        told = await club.form(ben)
        assert "No club is set up here yet" in told.text


async def test_organisers_are_people_and_roles(tmp_path: Path) -> None:
    """Whoever is named may post, and everyone with a role that is; the same again takes it back."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        sam, kim, jo = (server.member(name, club.guild) for name in ("Sam", "Kim", "Jo"))
        leaders = server.role(club.guild, "RunLeader", kim)
        await club.is_on()
        await club.slash(club.lena, "organiser", {"who": sam})
        told = await club.slash(club.lena, "organiser", {"role": leaders})
        assert "Named organisers: 2" in told.text
        for who, may in ((sam, True), (kim, True), (jo, False)):
            shown = await club.form(who)
            assert ("It is not posted yet" in shown.text) == may
        told = await club.slash(club.lena, "organiser", {"role": leaders})
        assert "Named organisers: 1" in told.text
        shown = await club.slash(kim, "run", {"line": "Thu 7pm Park 5k"})
        assert "Organisers post and change runs here" in shown.text


# ------------------------------------------------------------------ coming and going
async def test_kicked_ends_the_club_and_nothing_more_is_tried(tmp_path: Path) -> None:
    """Everything of the server is gone, and no call is made there again."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.posted()
        ada = server.member("Ada", club.guild)
        await club.taps(ada, "Going A")
        server.remove_bot(club.guild)
        await club.step()
        before = len(server.sent)
        await club.until(MONDAY + timedelta(days=8))

        assert await club.host.store.club(1, clock.now()) is None
        assert server.sent[before:] == []


async def test_leave_says_goodbye_and_goes(tmp_path: Path) -> None:
    """One confirm, by an admin; then we are out, once, and Discord's news of it starts nothing."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        asked = await club.slash(club.lena, "leave")
        assert "Shall I leave this group?" in asked.text
        await club.taps(club.lena, asked.buttons[0])
        clock.move(timedelta(seconds=5))
        await club.host.deliver_pending()

        assert not club.guild.bot_inside
        assert len(server.calls("leave_guild")) == 1
        assert "Goodbye" in club.lena.bot_messages(club.runs)[-1].text
        assert await club.host.store.club(1, clock.now()) is None
        assert await club.host.runner(NOBODY) is None


# ------------------------------------------------------------------ nothing personal
async def test_nothing_of_one_member_reaches_the_server_or_another(tmp_path: Path) -> None:
    """Over every call that was made: what Ada told is Ada's, what Ben told is Ben's."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        ada, ben = server.member("Ada", club.guild), server.member("Ben", club.guild)
        ben.closes_dms()
        await club.is_on()
        await club.posted()
        await club.slash(ada, "coach", {"words": "ran 5.3 km yesterday, left calf sore 6/10"})
        await club.taps(ada, "Is this right for me?")
        await club.taps(ada, "Going A")
        ben.says(f"{server.mention} my right calf is swollen since 7.7 km", club.runs)
        await club.step()
        line = club.posts()[-1]
        assert line.buttons == [words.SHOW_IT_HERE]
        shown = await club.taps(ben, words.SHOW_IT_HERE)
        assert shown.ephemeral_for is ben.user
        assert shown.buttons
        await club.until(MONDAY + timedelta(days=7))

        assert club.seen(by=ben)
        for text in (club.seen(), club.seen(by=ben), club.seen(by=club.lena)):
            assert "5.3" not in text
            assert "6/10" not in text
            assert str(ada.id) not in text
        for text in (club.seen(), club.seen(by=ada), club.seen(by=club.lena)):
            assert "7.7" not in text
            assert "swollen" not in text
            assert str(ben.id) not in text
        assert [each.buttons for each in club.posts()].count([words.SHOW_IT_HERE]) == 1


async def test_a_run_for_the_calendar_and_a_word_if_it_changes(tmp_path: Path) -> None:
    """The file for one person; whoever asked is told of a move in direct messages, others are not."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        ada, ben = server.member("Ada", club.guild), server.member("Ben", club.guild)
        await club.is_on()
        await club.posted()
        told = await club.taps(ada, "Going A")
        file = await club.taps(ada, "Calendar", message=told)
        (attached,) = file.attachments
        assert attached["filename"] == "run-2026-05-07.ics"
        assert server.state.files[int(attached["id"])].startswith(b"BEGIN:VCALENDAR")
        assert file.ephemeral_for is ada.user
        await club.taps(ada, "Tell me if it changes", message=told)
        await club.taps(ben, "Going B")
        await club.changed("Fri 8pm")

        assert "Fri 8 May 20:00" in ada.bot_messages()[-1].text
        assert ben.bot_messages() == []


async def test_a_code_joins_a_second_server(tmp_path: Path) -> None:
    """One club, two servers: /code in one, /setup with it in the other."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        other = server.guild("Hill Runners")
        server.role(other, "Admin", club.lena, permissions=MANAGE_GUILD)
        club.lena.joins(other)
        await club.step()
        await club.is_on()
        told = await club.slash(club.lena, "code")
        code = "".join(one for one in told.text if one.isdigit())[:6]
        done = await club.slash(club.lena, "setup", {"code": code}, other.channels[0])
        assert "shares its runs" in done.text
        post = await club.posted()

        assert club.posts(other.channels[0])[-1].text == post.text
        ben = server.member("Ben", other)
        await club.taps(ben, "Going A", other.channels[0])
        assert post.text.endswith("Going 1 · Maybe 0")

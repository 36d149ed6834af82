"""What a server does to its club on Discord: many presses, lost rights, deleted posts, and leaving."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from adapters.discord import words
from adapters.discord.comings import NOBODY
from bot.conversation.event import Person, Place
from bot.conversation.fit import Fitted
from bot.conversation.message import Button, Words
from bot.runtime.adapter import Delivery, Later, Sent, Vanished
from bot.runtime.clock import MovableClock, SystemClock
from tests.discord_chat.club import AT_ONCE, MONDAY, Scene, scene
from tests.discord_chat.world import settled
from tests.platforms.discord_faults import too_many
from tests.platforms.discord_people import Member
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import (
    ATTACH_FILES,
    CREATE_EVENTS,
    CREATE_PUBLIC_THREADS,
    MANAGE_GUILD,
    SEND_MESSAGES,
    VIEW_CHANNEL,
)
from tests.platforms.faults import Fault, lost_after
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec
MANY = 40
TOO_MANY = Fault(429, {"message": "no", "retry_after": 40.0, "global": False}, {"Via": "1.1 test"})
"""Without a bucket's figures, by which the library would go on waiting on its own clock."""
GOING = Fitted((Words("Going 1"),), ((Button("Going", "!club:go:1-1@A"),),))


def _post(club: Scene, text: str = "Going 0") -> Delivery:
    place = Place("discord", str(club.guild.id), str(club.runs.id), private=False)
    fitted = Fitted((Words(text),))
    return Delivery(1, "n1", place, Person("discord", ""), fitted, "everyone_here")


def _refused(status: int, code: int) -> Fault:
    return Fault(status, {"message": "no", "code": code})


# ------------------------------------------------------------------ one call, one receipt
async def test_a_post_is_edited_and_deleted_by_its_number(tmp_path: Path) -> None:
    """The same words again are as good as sent; what is not there any more has vanished."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        deliver = club.adapter.deliver
        first = await deliver(_post(club))
        assert isinstance(first, Sent)
        edit = msgspec.structs.replace(_post(club), fitted=GOING, edits=first.message)

        assert await deliver(edit) == await deliver(edit) == first
        (shown,) = club.posts()
        assert (shown.text, shown.buttons, shown.silent) == ("Going 1", ["Going"], True)
        server.faults.order("update_message", too_many(70))
        assert await deliver(edit) == Later(70.0, only_this=True)
        server.faults.order("update_message", _refused(400, 30046))
        assert await deliver(edit) == Later(60.0, only_this=True)
        drop = msgspec.structs.replace(edit, drop=True)
        assert await deliver(drop) == first
        assert club.posts() == []
        server.violations.tolerate("unknown_message")
        assert await deliver(drop) == await deliver(edit) == Vanished()


async def test_what_pings_makes_a_sound_and_nothing_else_does(tmp_path: Path) -> None:
    """A server is alerted only where the core says so, and nobody in it is mentioned either way."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        for number, pings in enumerate((False, True)):
            post = _post(club, f"@everyone <@{club.lena.id}>")
            await club.adapter.deliver(
                msgspec.structs.replace(post, pings=pings, nonce=f"ping{number}")
            )

        assert [each.silent for each in club.posts()] == [True, False]
        assert [each.pings for each in club.posts()] == [[], []]


async def test_ranks_roles_and_rights_are_discords_own_word(tmp_path: Path) -> None:
    """Who manages the server is an admin; who left is nobody; what is denied to us is named."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        ada, gone = server.member("Ada", club.guild), server.member("Gone")
        leaders = server.role(club.guild, "Leaders", ada)
        place, adapter = _post(club).place, club.adapter
        people = [Person("discord", str(each.id)) for each in (club.lena, ada, gone)]
        owner = Person("discord", str(club.guild.owner.id))

        ranks = [await adapter.rank(place, one) for one in (*people, owner)]
        assert ranks == ["admin", "member", "none", "admin"]
        assert await adapter.roles(place, people[1]) == (str(leaders.id),)
        assert await adapter.abilities(place) == ()
        server.deny(club.runs, SEND_MESSAGES | ATTACH_FILES | CREATE_PUBLIC_THREADS)
        server.limit(club.guild, CREATE_EVENTS)
        await club.slash(ada, "menu")  # what was sent to us before it has been heard by then
        assert await adapter.abilities(place) == ("post", "threads", "files", "events")
        server.outage(club.guild)
        await club.slash(ada, "menu")
        assert await adapter.rank(place, Person("discord", "17")) == "unknown"


# ------------------------------------------------------------------ many at once
async def test_forty_presses_and_refused_edits_end_with_the_right_counts(tmp_path: Path) -> None:
    """Edits that Discord puts off come later, in few; nobody is lost, and all are answered."""
    clock = MovableClock(MONDAY)
    rates = msgspec.structs.replace(AT_ONCE, edit_gap_s=2.0)
    async with (
        DiscordServer(now=clock.now) as server,
        scene(server, tmp_path, clock, rates=rates) as club,
    ):
        await club.is_on()
        post = await club.posted()
        people = await _all_press(club)
        server.faults.order("update_message", TOO_MANY, times=2)
        for _ in range(4):
            await club.host.deliver_pending()
            clock.move(timedelta(seconds=45))

        assert post.text.endswith("Going 30 · Maybe 10")
        assert all(len(each.bot_messages(club.runs)) == 2 for each in people)
        assert [each.ok for each in server.calls("update_message")] == [False, False, True]
        assert server.thinking == []


async def test_forty_presses_in_the_background(tmp_path: Path) -> None:
    """The same with the couriers at work: the library waits, and the last word is in the post."""
    rates = msgspec.structs.replace(AT_ONCE, edit_gap_s=0.2)
    async with (
        DiscordServer() as server,
        scene(server, tmp_path, SystemClock(), rates=rates, deliver=True) as club,
    ):
        await club.is_on()
        post = await club.posted()
        server.faults.order("update_message", too_many(0.05), times=2)
        people = await _all_press(club)
        await server.until(lambda: post.text.endswith("Going 30 · Maybe 10"), "the counts")
        await settled(club.host)

        assert all(len(each.bot_messages(club.runs)) == 2 for each in people)
        assert len(server.calls("update_message")) < MANY / 2


async def _all_press(club: Scene) -> list[Member]:
    people = [club.server.member(f"Member{number}", club.guild) for number in range(MANY)]
    for number, each in enumerate(people):
        each.presses("Going A" if number % 4 else "Maybe", channel=club.runs)
    await club.heard(MANY)
    return people


async def test_posts_and_previews_outlive_a_restart(tmp_path: Path) -> None:
    """A new process takes presses on what the old one showed, and edits the same post."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server:
        async with scene(server, tmp_path, clock) as first:
            await first.is_on()
            post = await first.posted()
            await first.form(first.lena, When="Fri 7pm")
        async with scene(server, tmp_path, clock, before=first) as club:
            ada = server.member("Ada", club.guild)
            told = await club.taps(ada, "Going B", message=post)
            await club.taps(ada, "Maybe", message=post)
            await club.taps(club.lena, "Post")

            assert told.ephemeral_for is ada.user
            assert post.text.endswith("Going 0 · Maybe 1")
            assert len(club.posts()) == len(club.guild.events) == 2


# ------------------------------------------------------------------ rights, lost and missing
async def test_without_threads_the_question_answers_the_post(tmp_path: Path) -> None:
    """Where no thread may be made, or the post is in one, the question stands below the run."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        post = await club.posted()
        ada = server.member("Ada", club.guild)
        await club.taps(ada, "Going A")
        server.deny(club.runs, CREATE_PUBLIC_THREADS)
        await club.until(MONDAY + timedelta(days=3, hours=10))
        after = club.posts()[-1]

        assert "How was it?" in after.text
        assert after.reply_to is post
        assert server.calls("create_thread_from_message") == []
        await club.taps(ada, "Tough")
        assert after.text.endswith("Good 0 · Tough 1")


async def test_a_thread_is_made_once_and_opened_again(tmp_path: Path) -> None:
    """An answer that got lost makes no second thread; one that was put away is opened for an edit."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.posted()
        ada = server.member("Ada", club.guild)
        await club.taps(ada, "Going A")
        server.faults.order("create_thread_from_message", lost_after())
        await club.until(MONDAY + timedelta(days=3, hours=10))
        thread = club.guild.channels[-1]
        (after,) = club.posts(thread)
        thread.archived = True
        await club.taps(ada, "Good", thread)

        assert after.text.endswith("Good 1 · Tough 0")
        assert not thread.archived
        assert len(club.guild.channels) == 3


@pytest.mark.parametrize("how", ["silenced", "hidden", "deleted"])
async def test_rights_lost_in_the_middle_are_told_to_the_organiser(
    tmp_path: Path, how: str
) -> None:
    """The post is refused: said plainly in private, and not tried for ever."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.form(club.lena)
        club.lena.presses("Post", channel=club.runs)
        await club.heard()
        if how == "deleted":
            server.remove_channel(club.runs)
        else:
            server.deny(club.runs, SEND_MESSAGES if how == "silenced" else VIEW_CHANNEL)
        await club.host.deliver_pending()
        await club.until(MONDAY + timedelta(hours=2))

        assert club.posts() == []
        assert "I could not post" in club.lena.bot_messages()[-1].text
        tries = [one for one in server.calls("create_message") if not one.ok]
        assert len(tries) <= 1


async def test_a_refused_answer_does_not_end_the_club(tmp_path: Path) -> None:
    """Where we may not write, whoever asked learns why; the club's own channel goes on."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.posted()
        ada, general = server.member("Ada", club.guild), club.guild.channels[0]
        ada.closes_dms()
        server.deny(general, SEND_MESSAGES)
        told = await club.slash(ada, "next", channel=general)
        assert told.text == "I need Send Messages here."
        ada.says(f"{server.mention} my left calf is sore", general)
        await club.step()
        await club.slash(ada, "next")

        assert "Thursday social run" in club.posts()[-1].text
        assert club.posts(general) == []


# ------------------------------------------------------------------ the server's own calendar
async def test_an_event_is_made_moved_and_cancelled(tmp_path: Path) -> None:
    """Beside the run's post; a lost answer makes no second one, a deleted one is let be."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        server.faults.order("create_guild_scheduled_event", lost_after())
        await club.posted()
        clock.move(timedelta(seconds=5))
        await club.host.deliver_pending()
        (event,) = club.guild.events.values()
        assert (event.name, event.location) == ("Thursday social run", "Town Hall steps")
        assert event.starts_at == "2026-05-07T18:00:00+00:00"

        await _changed(club, "Fri 8pm")
        assert (event.starts_at, event.status) == ("2026-05-08T19:00:00+00:00", 1)
        await club.slash(club.lena, "runs")
        await club.taps(club.lena, "Change Thursday social run, Fri 8 May")
        await club.taps(club.lena, "Cancel the run")
        await club.taps(club.lena, "Yes, cancel it")
        assert event.status == 4
        assert club.posts()[-1].text.startswith("**Cancelled: Thursday social run**")
        assert len(club.guild.events) == 1


async def test_no_event_where_none_may_be_made(tmp_path: Path) -> None:
    """Without the permission there is the post alone, and nothing is tried; a deleted one stays so."""
    clock = MovableClock(MONDAY)
    async with DiscordServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.posted()
        club.guild.events.clear()
        await _changed(club, "Fri 8pm")
        assert club.guild.events == {}
        server.limit(club.guild, CREATE_EVENTS)
        await club.posted()

        assert len(server.calls("create_guild_scheduled_event")) == 1
        assert len(club.posts()) == 2


async def _changed(club: Scene, line: str) -> None:
    """Lena changes the only run."""
    shown = await club.slash(club.lena, "runs")
    await club.taps(club.lena, shown.buttons[0])
    await club.writes(club.lena, line)
    await club.taps(club.lena, "Save")


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
        await _changed(club, "Fri 8pm")

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

"""What a server does to its club on Discord: many presses, lost rights, deleted posts, and leaving."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

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

        await club.changed("Fri 8pm")
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
        await club.changed("Fri 8pm")
        assert club.guild.events == {}
        server.limit(club.guild, CREATE_EVENTS)
        await club.posted()

        assert len(server.calls("create_guild_scheduled_event")) == 1
        assert len(club.posts()) == 2

"""What a group does to its club on Telegram: many presses, upgrades, lost rights, admins in hiding."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from adapters.telegram.intake import THAT_WAS_ME, WHO
from adapters.telegram.sending import OPEN
from bot.conversation.event import Person as Who
from bot.conversation.event import Place
from bot.conversation.fit import Fitted
from bot.conversation.message import Button, Words
from bot.runtime.adapter import Later, Sent, Vanished
from bot.runtime.clock import MovableClock, ShiftedClock
from tests.platforms import telegram_faults as faults
from tests.platforms.faults import Fault
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.platforms.telegram_world import Message
from tests.telegram.club import MONDAY, NAME, TOPIC, Scene, scene
from tests.telegram.deliveries import delivery
from tests.telegram.world import FAST, heeldrop

pytestmark = needs_telegram_spec
MANY = 40
FITS = "Is this right for me?"


# ------------------------------------------------------------------ one call, one receipt
async def test_a_post_is_edited_and_deleted_by_its_number(tmp_path: Path) -> None:
    """The same words again are as good as sent; what is not there any more has vanished."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        club = server.group("Club", server.person("Ada"), topics={TOPIC: "Runs"})
        deliver = program.desk.adapter.deliver
        post = delivery(club.id, "Going 0", private=False, audience="everyone_here", thread="17")
        first = await deliver(post)
        assert isinstance(first, Sent)
        fitted = Fitted((Words("Going 1"),), ((Button("Going", "!club:go:1-1@A"),),))
        edit = msgspec.structs.replace(post, fitted=fitted, edits=first.message)

        assert await deliver(edit) == first
        server.faults.order("editMessageText", _refused("Message is not modified: the same"))
        assert await deliver(edit) == first
        (shown,) = server.messages(club)
        assert (shown.text, shown.buttons, shown.silent) == ("Going 1", ["Going"], True)
        server.faults.order("editMessageText", faults.too_many(7))
        assert await deliver(edit) == Later(7.0, only_this=True)
        drop = msgspec.structs.replace(edit, drop=True)
        assert await deliver(drop) == first
        assert server.messages(club) == []
        server.faults.order("deleteMessage", _refused("message to delete not found"))
        assert await deliver(drop) == Vanished()
        server.faults.order("editMessageText", _refused("message can't be edited"))
        assert await deliver(edit) == Vanished()


async def test_what_pings_makes_a_sound_and_nothing_else_does(tmp_path: Path) -> None:
    """A group is alerted only where the core says so."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        club = server.group("Club", server.person("Ada"))
        for pings in (False, True):
            await program.desk.adapter.deliver(
                delivery(club.id, "x", private=False, audience="everyone_here", pings=pings)
            )

        assert [each.silent for each in server.messages(club)] == [True, False]


async def test_ranks_and_rights_are_telegrams_own_word(tmp_path: Path) -> None:
    """Owner and admins are admins; who left is nobody; what is denied is named, an admin has all."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada, ben, cleo = (server.person(name) for name in ("Ada", "Ben", "Cleo"))
        club = server.group("Club", ada, ben)
        place, adapter = Place("telegram", str(club.id), private=False), program.desk.adapter

        async def ranks() -> list[str]:
            people = (ada.id, ben.id, cleo.id, 1087968824)
            return [await adapter.rank(place, Who("telegram", str(one))) for one in people]

        assert await ranks() == ["admin", "member", "none", "admin"]
        ada.promotes(ben, club)
        assert (await ranks())[1] == "admin"
        assert await adapter.abilities(place) == ()
        ada.forbids(club, "messages", "documents")
        assert await adapter.abilities(place) == ("post", "files")
        club.members[server.state.bot.id] = "restricted"
        assert await adapter.abilities(place) == ("post", "files")
        ada.promotes_bot(club)
        assert await adapter.abilities(place) == ()
        server.faults.order("getChatMember", faults.broken(500))
        assert (await ranks())[0] == "unknown"
        ada.kicks_bot(club)
        assert (await ranks())[0] == "unknown"


# ------------------------------------------------------------------ many at once
async def test_forty_presses_and_refused_edits_end_with_the_right_counts(tmp_path: Path) -> None:
    """Edits that Telegram puts off come later, in few; nobody is lost, and all are answered."""
    clock, rates = ShiftedClock(), msgspec.structs.replace(FAST, edit_gap_s=0.3)
    clock.move_to(MONDAY)
    async with (
        TelegramServer(now=clock.now) as server,
        scene(server, tmp_path, clock, rates=rates, live=True) as club,
    ):
        post = await _posted_live(club)
        people = [server.person(f"Member{number}") for number in range(MANY)]
        club.group.members |= {each.id: "member" for each in people}
        server.faults.order("editMessageText", faults.too_many(1), times=2)
        for number, each in enumerate(people):
            each.taps("Going A" if number % 4 else "Maybe", chat=club.group)
        counts = f"Going {MANY * 3 // 4} · Maybe {MANY // 4}"
        await server.until(lambda: post.text.endswith(counts), "the right counts", 8)
        await server.until(lambda: not server.unanswered, "all answers")

        calls = server.calls("editMessageText")
        edits = [call for call in calls if call.params["chat_id"] == club.group.id]
        assert [call.ok for call in edits][:2] == [False, False]
        assert len(edits) < 12
        assert all(len(each.popups) == 1 for each in people)


async def test_an_answer_that_comes_too_late_is_no_line_for_everyone(tmp_path: Path) -> None:
    """A pop-up that Telegram does not take any more is let go: the post shows the same."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        post = await club.posted()
        ada = server.person("Ada")
        ada.joins(club.group)
        before = len(club.posts())
        ada.taps("Going A", chat=club.group).expired = True
        await club.hand.step()

        assert post.text.endswith("Going 1 · Maybe 0")
        assert len(club.posts()) == before
        assert ada.bot_messages() == []


# ------------------------------------------------------------------ the group changes under it
async def test_an_upgrade_in_the_middle_of_a_sign_up(tmp_path: Path) -> None:
    """Buttons from before still count; the post stands in the new group, with everybody on it."""
    clock = MovableClock(MONDAY)
    async with (
        TelegramServer(now=clock.now) as server,
        scene(server, tmp_path, clock, supergroup=False) as club,
    ):
        await club.is_on()
        old = await club.posted()
        ada, ben = server.person("Ada"), server.person("Ben")
        for each in (ada, ben):
            each.joins(club.group)
        await club.taps(ada, "Going A", club.group)
        new = club.lena.upgrades(club.group)
        # In the new group the old post's number is that of another message of ours.
        while new.next_id < old.id:
            club.lena.says("hello", new)
        other = server.state.post(new, server.state.bot, text="Another message")
        assert other.id == old.id
        ben.taps("Going B", chat=club.group)
        await club.hand.step()

        assert other.text == "Another message"
        (fresh,) = [each for each in club.posts(new) if each is not other]
        assert fresh.text.endswith("Going 2 · Maybe 0")
        assert ben.popups[-1].text
        await club.taps(ben, "Maybe", new)
        assert fresh.text.endswith("Going 1 · Maybe 1")
        # Whoever presses a button of old is still asked for by rank, in the group as it is now.
        await club.taps(club.lena, "Going A", club.group)
        assert fresh.text.endswith("Going 2 · Maybe 1")


@pytest.mark.parametrize("how", ["forbidden", "kicked unheard"])
async def test_rights_lost_in_the_middle_are_told_to_the_organiser(
    tmp_path: Path, how: str
) -> None:
    """The post is refused: said plainly in private, and not tried for ever."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.says(club.lena, "/run Thu 7pm Town Hall 10k")
        assert "It is not posted yet" in club.lena.bot_messages()[-1].text
        if how == "forbidden":
            club.lena.forbids(club.group, "messages")
        else:
            server.faults.order("sendMessage", faults.forbidden("kicked"))
        before = len(server.calls("sendMessage"))
        club.lena.taps("Post")
        await club.hand.step()
        await club.until(clock.now() + timedelta(hours=2))

        assert club.posts() == []
        assert "I could not post" in club.lena.bot_messages()[-1].text
        tries = [one for one in server.calls("sendMessage")[before:] if not one.ok]
        assert len(tries) == 1
        # As soon as the group is heard of again, the club goes on.
        club.group.denied.clear()
        await club.says(club.lena, f"/next{NAME}", club.group)
        await club.until(clock.now() + timedelta(minutes=1))
        going = ["Going", "Maybe", "Can't", FITS]
        assert [each.buttons for each in club.posts()] == [[OPEN], going]


async def test_kicked_ends_the_club_and_nothing_more_is_tried(tmp_path: Path) -> None:
    """Everything of the group is gone; its old buttons say so, and no call is made there again."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.posted()
        ada = server.person("Ada")
        ada.joins(club.group)
        await club.taps(ada, "Going A", club.group)
        club.lena.kicks_bot(club.group)
        await club.hand.step()
        before = len(server.sent)
        await club.until(MONDAY + timedelta(days=8))

        assert await club.program.host.store.club(1, clock.now()) is None
        there = [
            call for call in server.sent[before:] if call.params.get("chat_id") == club.group.id
        ]
        assert there == []


async def test_leave_says_goodbye_and_goes(tmp_path: Path) -> None:
    """One confirm, by an admin; then the bot is out, once, and Telegram's news of it starts nothing."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        await club.says(club.lena, f"/leave{NAME}", club.group)
        assert club.lena.bot_messages()[-1].buttons
        await club.taps(club.lena, club.lena.bot_messages()[-1].buttons[0])

        assert club.group.members[server.state.bot.id] == "left"
        assert len(server.calls("leaveChat")) == 1
        assert await club.program.host.store.club(1, clock.now()) is None
        assert await club.program.host.runner(Who("telegram", str(server.state.bot.id))) is None


# ------------------------------------------------------------------ who may
async def test_an_anonymous_admin_sets_up_by_owning_up(tmp_path: Path) -> None:
    """The press tells who it is; the card comes to that person, and nobody else learns who."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        ben = server.person("Ben", started=True)
        club.group.members[ben.id] = "administrator"
        await club.says(ben, f"/setup{NAME}", club.group, anonymous=True)
        assert [each.text for each in club.posts()] == [WHO]
        await club.taps(ben, THAT_WAS_ME, club.group)
        await club.says(ben, "London")
        await club.taps(ben, "Turn on")

        assert "It is on" in ben.bot_messages()[-1].text
        assert "Ben" not in club.seen()
        assert str(ben.id) not in club.seen()


async def test_who_is_no_admin_is_refused_in_private(tmp_path: Path) -> None:
    """The buttons of the greeting and of the card are refused to others, where only they see it."""
    clock = MovableClock(MONDAY)
    async with (
        TelegramServer(now=clock.now) as server,
        scene(server, tmp_path, clock, bot=None) as club,
    ):
        ben = server.person("Ben", started=True)
        ben.joins(club.group)
        club.lena.adds_bot(club.group)
        await club.hand.step()
        before = len(club.posts())
        await club.taps(ben, "Set up", club.group)
        assert ben.popups[-1].text == "That is for the admins of this group."
        await club.taps(club.lena, "Set up", club.group)
        await club.says(club.lena, "London")
        on = next(b for row in club.lena.bot_messages()[-1].keyboard for b in row
                  if b["text"] == "Turn on")  # fmt: skip
        server.state.post(ben.private, server.state.bot, markup={"inline_keyboard": [[on]]})
        await club.taps(ben, "Turn on")

        assert ben.bot_messages()[-1].text == "That is for the admins of this group."
        assert len(club.posts()) == before
        await club.says(ben, f"/next{NAME}", club.group)
        assert "No club is set up here yet" in ben.bot_messages()[-1].text


async def test_an_organiser_is_named_by_a_mention_or_an_answer(tmp_path: Path) -> None:
    """By name, by a username that was seen, or by answering a message of theirs."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        sam, kim = server.person("Sam", started=True), server.person("Kim", started=True)
        leo, max_ = server.person("Leo"), server.person("Max", started=True)
        club.group.members |= {each.id: "member" for each in (sam, kim, leo, max_)}
        await club.is_on()
        await club.says(max_, f"/next{NAME}", club.group)
        await club.says(leo, "I was never heard of", club.group)
        for each in (leo, max_):
            name = each.account.username
            await club.says(club.lena, f"/organiser{NAME} @{name}", club.group)
            assert ("Named organisers: 1" in club.lena.bot_messages()[-1].text) is (each is max_)
        await club.says(club.lena, f"/organiser{NAME} 🏃 Sam", club.group, names=sam)
        said = kim.says("I can do it", club.group)
        await club.says(club.lena, f"/organiser{NAME}", club.group, reply_to=said)
        await club.says(kim, f"/run{NAME} Thu 7pm Park 5k", club.group)

        assert "Named organisers: 3" in club.lena.bot_messages()[-1].text
        assert "It is not posted yet" in kim.bot_messages()[-1].text


# ------------------------------------------------------------------ nothing personal
async def test_nothing_of_one_member_reaches_the_group_or_another(tmp_path: Path) -> None:
    """Over every call that was made: what Ada told is Ada's, what Ben told is Ben's."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        ada, ben = server.person("Ada", started=True), server.person("Ben")
        for each in (ada, ben):
            each.joins(club.group)
        await club.is_on()
        await club.posted()
        await club.says(ada, "ran 5.3 km yesterday, left calf sore 6/10")
        await club.taps(ada, "Is this right for me?", club.group)
        await club.taps(ada, "Going A", club.group)
        await club.says(ben, f"hey{NAME} my achilles hurts after 7.7 km", club.group)
        # Privacy mode keeps mentions from us; a command and an answer to us reach us.
        line = club.posts()[-1]
        await club.says(ben, "my right calf is swollen since 7.7 km", club.group, reply_to=line)
        assert club.posts()[-1].buttons == [OPEN]
        ben.follows(OPEN, club.group)
        await club.hand.step()
        await club.until(MONDAY + timedelta(days=7))

        assert ben.bot_messages()
        for text in (club.seen(), club.seen(by=ben), club.seen(by=club.lena)):
            assert "5.3" not in text
            assert "6/10" not in text
            assert str(ada.id) not in text.replace(f"'chat_id': {ada.id}", "")
        for text in (club.seen(), club.seen(by=ada), club.seen(by=club.lena)):
            assert "7.7" not in text
            assert "swollen" not in text
            assert "right calf" not in text
        offered = [each for each in club.posts() if OPEN in each.buttons]
        assert len(offered) == 1


async def test_a_run_for_the_calendar_is_a_file_in_private(tmp_path: Path) -> None:
    """Press again after [Going], and the rest of the answer is in our private chat."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        ada = server.person("Ada", started=True)
        ada.joins(club.group)
        await club.is_on()
        await club.posted()
        await club.taps(ada, "Going A", club.group)
        assert ada.bot_messages() == []
        await club.taps(ada, "Going A", club.group)
        await club.taps(ada, "Calendar")
        file = server.state.uploads[-1]

        assert file.name == "run-2026-05-07.ics"
        assert file.data.startswith(b"BEGIN:VCALENDAR")
        assert ada.bot_messages()[-1].media == "document"
        assert str(file.data).count("BEGIN:VEVENT") == 1


async def test_the_link_of_a_club_greets_with_its_name(tmp_path: Path) -> None:
    """A start with the club's number is answered with the club's own greeting."""
    clock = MovableClock(MONDAY)
    async with TelegramServer(now=clock.now) as server, scene(server, tmp_path, clock) as club:
        await club.is_on()
        ada = server.person("Ada")
        ada.joins(club.group)
        ada.starts("club1")
        await club.hand.step()

        assert "You come from Town Runners" in ada.bot_messages()[-1].text

        await club.says(club.lena, "/run Thu 7pm Park 5k")
        await club.taps(club.lena, "Post")
        await club.says(ada, f"/next{NAME}", club.group)
        assert "?start=club1" in str(server.calls("sendMessage")[-1].params["reply_markup"])


async def _posted_live(club: Scene) -> Message:
    """A run of a new club, while everything goes on in the background."""
    lena = club.lena
    lena.says(f"/setup{NAME}", club.group)
    await lena.hears("What time is it for the club?")
    lena.says("London")
    await lena.hears("Setting up")
    lena.taps("Turn on")
    await lena.hears("It is on")
    lena.says("/run Thu 7pm Town Hall 10k easy; 4k walk-run")
    await lena.hears("It is not posted yet")
    lena.taps("Post")
    return await lena.hears("Going 0", club.group)


def _refused(words: str) -> Fault:
    body = {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    return Fault(400, body)

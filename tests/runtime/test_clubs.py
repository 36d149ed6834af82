"""A club's turns: whose they are, that none is lost, and what is handed on."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.club.state import ClubRun
from bot.conversation.event import Person, Place, Presence, Tapped
from bot.runtime.adapter import Receipt, Sent
from bot.runtime.clock import MovableClock
from bot.runtime.effects import FAILED
from bot.runtime.host import Host
from bot.store.inbox import Accepted
from tests.runtime.clubs import Group, club_host, does, home_of, press, runs, with_a_run
from tests.runtime.world import START

MEMBERS = 300
BURST_S = 10


def going(run: ClubRun) -> int:
    """How many said that they come."""
    return sum(one.choice == "A" for one in run.rsvps)


async def test_a_press_is_stored_answered_privately_and_shown_to_all(tmp_path: Path) -> None:
    """One press: an RSVP, an answer for that person alone, and the post says the new count."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="ben"))
        host.clock.move(timedelta(seconds=5))  # type: ignore[attr-defined]
        await host.deliver_pending()

        assert [one.choice for one in (await runs(host))[0].rsvps] == ["A"]
        assert [(one.person.id, one.audience) for one in group.sent if one.text == "you: A"] == [
            ("ben", "only_you_here")
        ]
        assert group.public() == ["Track: 0 going", "Track: 1 going"]
        assert list(group.shown.values()).count("Track: 1 going") == 1  # changed, not posted again
        assert "Track: 0 going" not in group.shown.values()


async def test_a_repeated_press_changes_nothing(tmp_path: Path) -> None:
    """The platform hands the same update in twice."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        event = press(run.id)
        first, second = await host.receive(event), await host.receive(event)
        await host.deliver_pending()

        assert (first.new, second.new) == (True, False)
        assert group.texts().count("you: A") == 1


async def test_three_hundred_press_within_ten_seconds(tmp_path: Path) -> None:
    """Counts right, nobody lost, edits within the group's limit, and the last word within 5 s."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        run = await with_a_run(host)
        clock.move(timedelta(minutes=5))
        begun = clock.now()
        for number in range(MEMBERS):
            clock.move(timedelta(seconds=BURST_S / MEMBERS))
            await host.receive(press(run.id, "cant" if number % 10 == 0 else "A", f"m{number}"))
            if number % 6 == 0:
                await host.deliver_pending()
        last = clock.now()
        for _ in range(5):
            clock.move(timedelta(seconds=1))
            await host.deliver_pending()

        stored = (await runs(host))[0]
        assert len(stored.rsvps) == MEMBERS
        assert group.public()[-1] == f"Track: {MEMBERS * 9 // 10} going"
        assert group.refused == 0
        assert group.edits[-1] - last <= timedelta(seconds=5)
        assert len([at for at in group.edits if at > begun]) <= 5
        assert sum(one.text.startswith("you:") for one in group.sent) == MEMBERS


async def test_presses_at_the_same_moment_are_all_counted(tmp_path: Path) -> None:
    """Turns of one club stand on one another and share commits."""
    async with club_host(tmp_path) as (host, _group):
        run = await with_a_run(host)
        before = host.store.commits
        await asyncio.gather(*(host.receive(press(run.id, who=f"m{n}")) for n in range(100)))

        assert going((await runs(host))[0]) == 100
        assert host.store.commits - before < 60


async def test_a_change_under_our_feet_costs_nobody_their_answer(tmp_path: Path) -> None:
    """A member deletes everything while others press: their answer goes, all others stay."""
    async with club_host(tmp_path) as (host, _group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="gone"))
        presses = [host.receive(press(run.id, who=f"m{n}")) for n in range(40)]
        await asyncio.gather(*presses[:20], host.forget(Person("p", "gone")), *presses[20:])

        assert going((await runs(host))[0]) == 40


async def test_the_order_they_came_in_is_kept(tmp_path: Path) -> None:
    """A waiting list is fair after a restart too, whatever moments share a millisecond."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, _group):
        run = await with_a_run(host)
        for number in (3, 1, 2):
            await host.receive(press(run.id, who=f"m{number}"))
        clock.move(timedelta(milliseconds=1))
        await host.receive(press(run.id, "maybe", "m3"))
        before = [one.runner for one in (await runs(host))[0].rsvps]
        names = [await host.store.runner_id(Person("p", f"m{n}")) for n in (1, 2, 3)]

        assert before == names


async def test_what_is_not_the_clubs_goes_on_in_private(tmp_path: Path) -> None:
    """A kind line for everyone, and the runner's own conversation takes the words, once."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        event = does("my calves are killing me", "ben")
        await host.receive(event)
        await host.receive(event)
        await host.deliver_pending()
        standing = await host.store.stand(does("", "ben", home_of("ben")), host.clock.now())

        assert group.texts("ben") == ["kind", "q1? (you said my calves are killing me)"]
        assert [answer.words for answer in standing.conversation.answers] == [
            "my calves are killing me"
        ]


async def test_what_was_handed_on_survives_the_end_of_the_process(tmp_path: Path) -> None:
    """The club's turn is on the disk, the conversation's is not: it is taken after the restart."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, _group):
        await with_a_run(host)
        assert host._clubs
        await host._clubs.take(does("sore", "ben"), {})
    async with club_host(tmp_path, clock=clock) as (host, group):
        waiting = await host.store.waiting()
        await host.take_waiting()
        await host.deliver_pending()

        assert [one.own for one in waiting] == [True]
        assert "q1? (you said sore)" in group.texts("ben")


async def test_an_event_that_was_kept_for_later_goes_to_the_club_too(tmp_path: Path) -> None:
    """A press that an adapter only put into the inbox is a press."""
    async with club_host(tmp_path) as (host, _group):
        run = await with_a_run(host)
        await host.accept(press(run.id))
        await host.take_waiting()

        assert going((await runs(host))[0]) == 1


async def test_a_failing_turn_is_answered_honestly_and_nothing_changes(tmp_path: Path) -> None:
    """Whoever acted is told, alone; the owner sees it; the club goes on."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        taken = await host.receive(does("/boom", "ben"))
        await host.receive(press(run.id))
        await host.deliver_pending()
        (trouble,) = await host.store.troubles()

        assert taken.failed
        assert trouble.code == "club_turn_failed"
        assert [one.audience for one in group.sent if one.text == FAILED.text] == ["only_you_here"]
        assert going((await runs(host))[0]) == 1


async def test_the_rank_is_the_platforms_word_for_some_minutes(tmp_path: Path) -> None:
    """It is asked when it matters, kept for minutes, and asked again."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        await with_a_run(host)
        group.ranks["ann"] = "admin"
        for _ in range(2):
            await host.receive(does("/rank"))
        group.ranks["ann"] = "member"
        clock.move(timedelta(minutes=5))
        await host.receive(does("/rank"))
        await host.deliver_pending()

        assert group.texts("ann")[-3:] == ["admin threads", "admin threads", "member threads"]
        assert group.asked == 2


async def test_a_platform_that_does_not_answer_makes_nobody_an_admin(tmp_path: Path) -> None:
    """Asking fails: unknown, and asked again next time."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)

        async def fails(place: Place, person: Person) -> None:
            raise ConnectionError

        group.rank = fails  # type: ignore[method-assign, assignment]
        await host.receive(does("/rank"))
        await host.deliver_pending()

        assert group.texts("ann")[-1] == "unknown threads"


async def test_words_a_draft_waits_for_reach_the_club_from_the_private_chat(tmp_path: Path) -> None:
    """Also after a restart; and what others said is in nobody's draft."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, _group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="ben"))
        await host.receive(does("/draft"))
        kept = await host.export(Person("p", "ann"))
        assert kept["clubs"]["drafts"][0]["run"].get("rsvps", []) == []
    async with club_host(tmp_path, clock=clock) as (host, group):
        await host.receive(does("10k", where=home_of("ann")))
        await host.receive(does("hello", where=home_of("ann")))
        await host.deliver_pending()

        assert "drafted 10k" in group.texts("ann")
        assert "q1? (you said hello)" in group.texts("ann")


async def test_a_club_in_two_places_by_a_code(tmp_path: Path) -> None:
    """One club, one count: a run is posted in both; the code works once, and not in a third."""
    other = Place("p", "-200", private=False)
    async with club_host(tmp_path) as (host, group):
        await host.receive(does("/setup"))
        await host.receive(does("/code"))
        await host.deliver_pending()
        code = group.texts("ann")[-1]
        for where in (other, other, Place("p", "-300", private=False)):
            await host.receive(does(f"/join {code}", "ben", where))
        await host.receive(does("/run Track"))
        await host.receive(press(1, who="ben"))
        await host.receive(press(1, who="ann"))
        await host.deliver_pending()

        assert [text for text in group.texts("ben") if text[0] != "y"] == [
            "joined",
            "wrong",
            "wrong",
        ]
        posts = [one.place.chat for one in group.sent if one.text == "Track: 2 going"]
        assert posts == ["-100", "-200"]  # what waits to be posted says the newest
        assert going((await runs(host))[0]) == 2


async def test_two_admins_set_up_at_the_same_moment(tmp_path: Path) -> None:
    """One club in a chat, whatever topic it is set up from; two chats, two clubs."""
    topic = Place("p", "-100", "7", private=False)
    async with club_host(tmp_path) as (host, _group):
        await asyncio.gather(
            host.receive(does("/setup")),
            host.receive(does("/setup", "ben", topic)),
            host.receive(does("/setup", "eve", Place("p", "-200", private=False))),
        )

        assert (await host.store.counts())["clubs"] == 2


async def test_forty_runs_on_one_evening(tmp_path: Path) -> None:
    """Each has its own post and count; afterwards each is asked about; the group is not flooded."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        await host.receive(does("/setup"))
        for number in range(40):
            await host.receive(does(f"/run R{number}"))
        group.most = 1000  # posting them all is not what is tested
        await host.deliver_pending()
        group.most = 20
        clock.move(timedelta(minutes=2))
        for number in range(40):
            for who in range(2):
                await host.receive(press(number + 1, who=f"m{who}"))
        for _ in range(9):
            await host.deliver_pending()
            clock.move(timedelta(seconds=20))

        assert [going(run) for run in await runs(host)] == [2] * 40
        shown = {text for text in group.shown.values() if text.startswith("R")}
        assert shown == {f"R{number}: 2 going" for number in range(40)}


async def _left(host: Host) -> None:
    counts = await host.store.counts()
    assert counts["clubs"] == 0
    assert await host.store.club_planned(1) == []


async def test_leaving_says_goodbye_first_and_keeps_nothing(tmp_path: Path) -> None:
    """The goodbye is delivered, then we go; nobody's answer is left."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="ben"))
        await host.receive(does("/leave"))
        await host.deliver_pending()
        kept = await host.export(Person("p", "ben"))

        assert group.texts()[-2:] == ["Goodbye", ""]
        assert group.sent[-1].leave
        assert [kept["clubs"][name] for name in ("said", "member_of")] == [[], []]
        await _left(host)
        again = await host.receive(press(run.id, who="ben"))
        assert again.turn
        assert again.turn.messages[0].text == "no such run"


async def test_being_removed_ends_it_cleanly(tmp_path: Path) -> None:
    """Removed from the group: nothing is tried there, nothing falls due, nothing is kept."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        await host.receive(does("/at digest once 0 2026-03-05 18:00"))
        await host.receive(does("/run Another"))
        await host.receive(does(Presence("removed")))
        await host.gone("p", "-100", "removed")
        await host.advance(START + timedelta(days=5))

        assert "Another: 0 going" not in group.texts()
        await _left(host)


async def test_rights_lost_in_the_middle(tmp_path: Path) -> None:
    """The group refuses us for a while: presses are kept, and the next one after that shows all."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        run = await with_a_run(host)
        from bot.runtime.adapter import Gone  # noqa: PLC0415

        def refused(delivery: object) -> Receipt:
            return Gone("not enough rights")

        allowed = group.answers
        group.answers = refused
        for who in ("a", "b"):
            clock.move(timedelta(seconds=10))
            await host.receive(press(run.id, who=who))
            await host.deliver_pending()
        group.answers = allowed
        clock.move(timedelta(minutes=1))
        await host.receive(press(run.id, who="c"))
        clock.move(timedelta(seconds=5))
        await host.deliver_pending()

        assert going((await runs(host))[0]) == 3
        assert group.public()[-1] == "Track: 3 going"


@pytest.mark.parametrize("heard_first", [True, False])
async def test_a_supergroup_upgrade_in_the_middle_of_a_sign_up(
    tmp_path: Path, *, heard_first: bool
) -> None:
    """The chat gets a new number: answers stay, and the post is posted anew where it can be edited.

    `heard_first`: presses come from the new chat before the platform says that it moved.
    """
    clock = MovableClock(START)
    moved = Place("p", "-1001", private=False)
    async with club_host(tmp_path, clock=clock) as (host, group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="a"))
        old = {one.id for one in group.sent}
        if heard_first:
            await host.receive(does(Tapped("!club:go:1-1@A"), "b", moved))
        await host.moved("p", "-100", "-1001")
        await host.moved("p", "-100", "-1001")
        await host.receive(does(Tapped("!club:go:1-1@A"), "c", moved))

        from bot.runtime.adapter import Delivery, Vanished  # noqa: PLC0415

        def forgetful(delivery: Delivery) -> Receipt:
            if delivery.edits and int(delivery.edits[1:]) in old:
                return Vanished()
            return Sent(f"m{delivery.id}")

        group.answers = forgetful
        for _ in range(3):
            clock.move(timedelta(seconds=5))
            await host.deliver_pending()
        await host.receive(does(Tapped("!club:go:1-1@A"), "d", moved))
        for _ in range(3):
            clock.move(timedelta(seconds=5))
            await host.deliver_pending()

        count = 4 if heard_first else 3
        assert going((await runs(host))[0]) == count
        assert group.public()[-1] == f"Track: {count} going"
        assert {one.place.chat for one in group.sent[-2:]} == {"-1001"}


async def test_a_toy_without_clubs_has_none(tmp_path: Path) -> None:
    """A test's own step brings no clubs along: words in a group are the conversation's."""
    clock = MovableClock(START)
    from tests.runtime.world import hosted  # noqa: PLC0415

    async with hosted(tmp_path, clock=clock) as (host, platform):
        await host.store.accept(Accepted(does("hello")), clock.now())
        await host.take_waiting()
        await host.deliver_pending()

        assert platform.texts() == ["q1? (you said hello)"]


def test_the_group_of_these_tests_refuses_the_21st(tmp_path: Path) -> None:
    """The limit that is tested against is there."""
    assert Group(MovableClock(START))._room()
    group = Group(MovableClock(START))
    group._calls.extend([START] * 20)
    assert not group._room()

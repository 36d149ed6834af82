"""A club's turns: whose they are, that none is lost, and what is handed on."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.conversation.event import Person, Place
from bot.runtime.clock import MovableClock
from bot.runtime.effects import FAILED
from bot.store.inbox import Accepted
from tests.runtime.clubs import Group, club_host, does, going, home_of, press, runs, with_a_run
from tests.runtime.world import START, hosted

MEMBERS = 300
BURST_S = 10


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


async def test_who_deletes_everything_is_out_of_the_posts_at_once(tmp_path: Path) -> None:
    """The post says it, whoever waited hears it, and nothing that is kept leads to who left."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        home = Place("p", "ben", private=True)
        await host.receive(press(run.id, who="ann"))
        await host.receive(press(run.id, who="ben", deed="tell"))
        await host.deliver_pending()
        host.clock.move(timedelta(seconds=9))  # type: ignore[attr-defined]

        await host.receive(does("forget", "ann", Place("p", "ann")))
        await host.deliver_pending()

        assert next(iter(group.shown.values())) == "Track: 1 going"
        assert [one.place for one in group.sent if one.text == "You moved up"] == [home]
        assert len((await runs(host))[0].rsvps) == 1
        rows = await host.store._db.read(
            lambda db: db.execute("SELECT payload FROM inbox WHERE event LIKE '%left%'").fetchall()
        )
        assert [b"ann" in row[0] for row in rows] == [False]

        await host.forget(Person("p", "ben"))
        host.clock.move(timedelta(seconds=9))  # type: ignore[attr-defined]
        await host.deliver_pending()
        assert next(iter(group.shown.values())) == "Track: 0 going"


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


async def test_a_toy_without_clubs_has_none(tmp_path: Path) -> None:
    """A test's own step brings no clubs along: words in a group are the conversation's."""
    clock = MovableClock(START)
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

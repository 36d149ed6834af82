"""A club's posts: sent once, changed in place, in their threads; and who is told in private."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.conversation.event import Person, Place, Tapped
from bot.runtime.adapter import Bug, Delivery, Gone, Later, Receipt, Sent, Unsure, Vanished
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.runtime.queue import SendQueue
from bot.runtime.rates import FREE
from bot.store.rows import Lane, OutboxRow, Outgoing
from tests.runtime.clubs import EDITS, club_host, does, home_of, press, with_a_run
from tests.runtime.world import START


def on_edit(receipt: Receipt, times: int = 1) -> Callable[[Delivery], Receipt]:
    """A platform that answers so to the first edits, and takes everything else."""
    left = [receipt] * times

    def answer(delivery: Delivery) -> Receipt:
        return left.pop() if delivery.edits and left else Sent(f"m{delivery.id}")

    return answer


async def pressed(host: Host, *names: str) -> None:
    """People press, ten seconds go by, and all that may go out goes out."""
    for name in names:
        await host.receive(press(1, who=name))
    host.clock.move(timedelta(seconds=10))  # type: ignore[attr-defined]
    await host.deliver_pending()


async def test_many_presses_are_one_edit(tmp_path: Path) -> None:
    """What waits is replaced by what is newer; only the last word goes out."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        await pressed(host, "a", "b", "c")

        assert group.public() == ["Track: 0 going", "Track: 3 going"]
        assert (await host.store.counts())["messages to send"] == 0


async def test_an_edit_keeps_its_distance_and_holds_up_nobody(tmp_path: Path) -> None:
    """Not before the gap is over; what else goes to the group goes meanwhile."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        await with_a_run(host)
        await host.receive(press(1, who="a"))
        await host.receive(does("/after 1"))
        await host.deliver_pending()
        before = group.public()
        clock.move(timedelta(seconds=EDITS.edit_gap_s))
        await host.deliver_pending()

        assert before == ["Track: 0 going", "How was it?"]
        assert group.public()[2:] == ["Track: 1 going"]


async def test_an_edit_in_doubt_is_made_again(tmp_path: Path) -> None:
    """No answer, and a wait: both times the last word is what goes out in the end."""
    for receipt in (Unsure("no answer"), Later(3.0), Later(3.0, only_this=True)):
        async with club_host(tmp_path / type(receipt).__name__ / str(receipt)[-6:-1]) as (
            host,
            group,
        ):
            await with_a_run(host)
            group.answers = on_edit(receipt)
            await pressed(host, "a")
            await pressed(host, "b")
            await pressed(host)

            assert group.public()[-1] == "Track: 2 going"
            assert (await host.store.counts())["messages to send"] == 0


async def test_a_post_in_doubt_is_edited_once_it_is_known(tmp_path: Path) -> None:
    """Sent again under its name it says what it said; what changed meanwhile comes as an edit."""
    async with club_host(tmp_path) as (host, group):
        shown: dict[str, str] = {}
        doubts = [Unsure("no answer")]

        def answer(delivery: Delivery) -> Receipt:
            if delivery.audience != "everyone_here":
                return Sent(f"m{delivery.id}")
            name = delivery.edits or delivery.nonce
            if delivery.edits or name not in shown:
                shown[name] = delivery.text
            return doubts.pop() if doubts else Sent(name)

        group.answers = answer
        await with_a_run(host)
        for name in ("a", "b", ""):
            await pressed(host, *name)

        assert list(shown.values()) == ["Track: 2 going"]
        assert (await host.store.counts())["messages to send"] == 0


async def test_a_post_that_somebody_deleted_is_let_be(tmp_path: Path) -> None:
    """An admin deletes it: presses are kept, nothing is tried again, nobody is bothered."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        group.answers = on_edit(Vanished(), 9)
        await pressed(host, "a")
        await pressed(host, "b")

        assert sum(bool(one.edits) for one in group.tried) == 1
        assert group.public() == ["Track: 0 going"]
        assert await host.store.troubles() == []


async def test_an_edit_that_is_refused_is_not_the_last(tmp_path: Path) -> None:
    """A bug in one edit is noted; the next press makes another."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        group.answers = on_edit(Bug("no"))
        await pressed(host, "a")
        await pressed(host, "b")

        assert group.public()[-1] == "Track: 2 going"
        assert [one.code for one in await host.store.troubles()] == ["delivery_failed"]


async def test_what_follows_a_post_lies_in_its_thread(tmp_path: Path) -> None:
    """The thread that the platform made is used again; a delivery says all an adapter needs."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        post = next(one for one in group.sent if one.text == "Track: 0 going")
        group.answers = lambda delivery: Sent(f"m{delivery.id}", "t9" if delivery.thread_of else "")
        await host.receive(does("/after 1"))
        await host.deliver_pending()
        await host.receive(does("/at late once 0 2026-03-02 10:00 run:1"))
        await host.advance(START + timedelta(hours=1))
        first, second = (one for one in group.sent if one.thread_of)

        assert (first.thread_of, first.thread) == (f"m{post.id}", "")
        assert (second.text, second.thread_of, second.thread) == ("due late", f"m{post.id}", "t9")
        assert (first.audience, first.person.id) == ("everyone_here", "")


async def test_a_calendar_entry_is_made_where_the_platform_has_them(tmp_path: Path) -> None:
    """Beside the run's post; it says title, time and place, and is not a message."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        (entry,) = (one.scheduled_event for one in group.sent if one.scheduled_event)

        assert (entry.what, entry.title) == ("make", "Track")
        assert entry.starts_at == START + timedelta(days=1)


async def test_a_post_is_deleted_or_never_sent(tmp_path: Path) -> None:
    """One that went out is deleted by its id; one that waits is taken out."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        await host.receive(does("/drop 1"))
        await host.receive(does("/run Other"))
        await host.receive(does("/drop 2"))
        await pressed(host, "a")
        deleted = [one.edits for one in group.sent if one.drop]

        assert len(deleted) == 1
        assert "Other: 0 going" not in group.texts()
        assert group.public() == ["Track: 0 going"]


async def test_who_asked_is_told_in_private_where_that_is_known(tmp_path: Path) -> None:
    """A cancelled run: those who asked, and only where their private chat is known and open."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        for who in ("told", "blocked"):
            await host.receive(press(run.id, who=who, deed="tell"))
        await host.receive(press(run.id, who="silent"))
        stranger = Place("p", "-100", private=False)
        unknown = does(Tapped("!club:tell:1-1@A"), "nowhere", stranger)
        await host.receive(type(unknown)("x1", unknown.who, unknown.where, unknown.what))
        await host.gone("p", "blocked", "blocked")
        await host.receive(does("/cancel 1"))
        await host.deliver_pending()
        told = [(one.place, one.lane) for one in group.sent if one.text == "Track is off"]

        assert told == [(home_of("told"), Lane.CHECK_IN)]


async def test_a_group_that_is_gone_gets_nothing_until_it_is_back(tmp_path: Path) -> None:
    """Gone is kept: nothing is posted there; an event from it wakes it."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        allowed = group.answers
        group.answers = lambda delivery: (
            Gone("kicked") if not delivery.place.private else allowed(delivery)
        )
        await host.receive(does("/run Lost"))
        await host.deliver_pending()
        group.answers = allowed
        await host.receive(does("/run Found"))
        await pressed(host)

        assert group.public()[-1] == "Found: 0 going"


async def test_a_second_member_sees_nothing_personal(tmp_path: Path) -> None:
    """Of presses and failures, everyone sees counts alone."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        await host.receive(does("/boom", "a"))
        await pressed(host, "a", "b")

        assert set(group.public()) == {"Track: 0 going", "Track: 2 going"}


def row(number: int, *, edit: bool, person: str = "") -> OutboxRow:
    """Something for a group: an edit, or what one person alone is to see."""
    audience = "only_you_here" if person else "everyone_here"
    body = Outgoing(audience=audience)  # type: ignore[arg-type]
    place = Place("p", "-100", private=False)
    return OutboxRow(
        number, f"k{number}", "p", Lane.REPLY, place, person, body, "", {}, START,
        deed="edit" if edit else "",
    )  # fmt: skip


def test_a_parked_edit_lets_others_pass_and_wakes_in_time() -> None:
    """It is counted, it is the next thing to wake for, and it goes with its chat."""
    queue = SendQueue(FREE)
    queue.park(row(1, edit=True), 10.0)
    queue.add(row(2, edit=False))
    first = queue.take(0.0)
    queue.done("-100", 0.0)

    assert first
    assert (first.id, len(queue), queue.next_at(), queue.take(5.0)) == (2, 1, 10.0, None)
    queue.move("-100", "-200")
    taken = queue.take(10.0)
    assert taken
    assert taken.place.chat == "-200"
    queue.park(row(3, edit=True), 20.0)
    queue.drop("-100")
    assert len(queue) == 0


def test_what_one_person_is_to_see_takes_nothing_from_the_group() -> None:
    """Three hundred private answers do not use up a group's twenty a minute."""
    from bot.runtime.rates import TELEGRAM  # noqa: PLC0415

    queue = SendQueue(TELEGRAM)
    for number in range(100):
        queue.add(row(number, edit=False, person=f"m{number}"))
    queue.add(row(100, edit=True))
    taken = []
    while (found := queue.take(0.0)) is not None:
        taken.append(found.id)

    assert len(taken) == 101


async def test_nobody_is_named_in_what_is_posted(tmp_path: Path) -> None:
    """A post's delivery carries no person, and no event of one."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        await pressed(host, "a")
        public = [one for one in group.sent if one.audience == "everyone_here"]

        assert {(one.person, one.event) for one in public} == {(Person("p", ""), "")}

"""The host: in, one turn, one transaction, out."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.event import Person, Tapped
from bot.runtime import schedule
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.runtime.options import Options
from bot.store.rows import CheckIn
from tests.runtime.world import START, happens, hosted


async def test_a_message_is_answered(tmp_path: Path) -> None:
    """What a runner says gets its answer, once it is stored."""
    async with hosted(tmp_path) as (host, platform):
        taken = await host.receive(happens("hello"))
        await host.deliver_pending()

        assert taken.new
        assert platform.texts() == ["q1? (you said hello)"]


async def test_a_repeated_event_changes_nothing(tmp_path: Path) -> None:
    """The same update twice is one turn and one answer."""
    async with hosted(tmp_path) as (host, platform):
        await host.receive(happens("hello", event_id="u1"))
        again = await host.receive(happens("hello", event_id="u1"))
        await host.deliver_pending()

        assert not again.new
        assert len(platform.sent) == 1


async def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    """Quit in the middle, come back, go on."""
    for number in range(3):
        async with hosted(tmp_path) as (host, platform):
            await host.receive(happens(f"answer {number}"))
            await host.deliver_pending()

            assert platform.texts() == [f"q{number + 1}? (you said answer {number})"]


async def test_twenty_messages_at_once_are_taken_in_order(tmp_path: Path) -> None:
    """One turn at a time per conversation, in the order of arrival."""
    async with hosted(tmp_path) as (host, platform):
        await asyncio.gather(*(host.receive(happens(f"m{number}")) for number in range(9)))
        await host.deliver_pending()

        assert platform.texts() == [f"q{number + 1}? (you said m{number})" for number in range(9)]


async def test_a_failing_turn_is_answered_and_kept(tmp_path: Path) -> None:
    """A turn that breaks tells the runner, shows up for the owner, and blocks nobody."""
    async with hosted(tmp_path) as (host, platform):
        await host.receive(happens("first"))
        failed = await host.receive(happens("boom now"))
        await host.receive(happens("second"))
        await host.deliver_pending()
        troubles = await host.store.troubles()

        assert failed.failed
        assert "Something went wrong" in platform.texts()[1]
        assert platform.texts()[2] == "q2? (you said second)"
        assert [trouble.code for trouble in troubles] == ["turn_failed"]
        assert "ValueError" in troubles[0].detail
        assert "now" not in troubles[0].detail


async def test_a_turn_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    """A turn has a deadline."""
    async with hosted(tmp_path, options=Options(turn_deadline_s=0.05)) as (host, platform):
        failed = await host.receive(happens("hang"))
        await host.receive(happens("still here"))
        await host.deliver_pending()

        assert failed.failed
        assert platform.texts()[1] == "q1? (you said still here)"


async def test_a_check_in_falls_due_on_the_way(tmp_path: Path) -> None:
    """Moving the clock lets everything due on the way happen at its own instant."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock, options=Options(spread_s=0)) as (host, platform):
        await host.receive(happens("plan nudge 18:00 mon wed"))
        await host.advance(START + timedelta(days=7, hours=1))

        assert platform.texts()[1:] == [
            "due nudge at 2026-03-02T18:00:00+00:00",
            "due nudge at 2026-03-04T18:00:00+00:00",
        ]
        assert clock.now() == START + timedelta(days=7, hours=1)


async def test_forgetting_leaves_nothing_but_the_answer(tmp_path: Path) -> None:
    """Delete removes all of it, schedule and outbox included; only the reply still goes out."""
    async with hosted(tmp_path) as (host, platform):
        await host.receive(happens("plan nudge 18:00 mon"))
        await host.receive(happens("log 3"))
        await host.receive(happens("forget"))

        assert await host.runner(Person("p", "ann")) is None

        await host.deliver_pending()
        await host.advance(START + timedelta(days=14))
        counts = await host.store.counts()

        assert platform.texts() == ["All of it is deleted."]
        assert not any(counts.values())
        assert not await rows_of(host, "places")
        assert not await rows_of(host, "people")

        await host.receive(happens("hello again"))
        await host.deliver_pending()
        assert platform.texts()[-1] == "q1? (you said hello again)"


async def rows_of(host: Host, table: str) -> int:
    """How many rows a table has."""
    query = f"SELECT COUNT(*) FROM {table}"  # noqa: S608 - a name from this file
    count: int = await host.store._db.read(lambda db: db.execute(query).fetchone()[0])
    return count


async def test_a_clock_that_goes_back_does_not_fire_an_instant_twice(tmp_path: Path) -> None:
    """The same check-in planned again for the same instant moves on, and the tick ends."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock, options=Options(spread_s=0)) as (host, platform):
        await host.receive(happens("plan evening 18:00"))
        await host.advance(START + timedelta(hours=10))
        clock.move_to(START)
        await host.receive(happens("plan evening 18:00"))
        await host.advance(START + timedelta(hours=10))

        assert sum("due evening" in text for text in platform.texts()) <= 2
        assert await host.store.next_due() is None


async def test_one_runner_that_cannot_be_decided_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong with one runner's check-ins, the others get theirs."""
    async with hosted(tmp_path, options=Options(spread_s=0)) as (host, platform):
        await host.receive(happens("plan bad 18:00", "ann"))
        await host.receive(happens("plan good 18:00", "ben"))
        original = schedule.decide

        def decide(due: tuple[CheckIn, ...], *rest: Any) -> schedule.Decided:
            if due[0].plan.key == "bad":
                raise ZeroDivisionError
            return original(due, *rest)

        monkeypatch.setattr(schedule, "decide", decide)
        await host.advance(START + timedelta(hours=10))
        troubles = await host.store.troubles()

        assert any("due good" in text for text in platform.texts("ben"))
        assert [one.code for one in troubles] == ["check_in_failed"]
        assert await host.store.next_due() == START + timedelta(hours=33)


async def test_what_is_due_together_is_each_runners_own(tmp_path: Path) -> None:
    """Of six runners due at once, one writes, one's turn breaks, one cancels; each is dealt with."""
    async with hosted(tmp_path) as (host, platform):
        for who in "abcdef":
            kind = " kind=boom" if who == "b" else ""
            await host.receive(happens(f"plan rest 18:00{kind} exempt", who))
            await host.receive(happens("hello", who))
        await host.deliver_pending()
        platform.sent.clear()
        host.clock.move_to(START.replace(hour=18, minute=10))  # type: ignore[attr-defined]

        due = await host.store.due(host.clock.now(), START, 100)
        await host.receive(happens("cancel rest", "c"))
        writes = host.receive(happens("yes", "d"))
        await asyncio.gather(host._due_turns.settle(due, host.clock.now()), writes)
        await host.tick()
        await host.deliver_pending()

        assert {who: len(platform.texts(who)) for who in "abcdef"} == {
            "a": 1, "b": 0, "c": 0, "d": 2, "e": 1, "f": 1,
        }  # fmt: skip
        assert [one.code for one in await host.store.troubles()] == ["turn_failed"]
        outcomes = await host.store._db.read(
            lambda db: db.execute("SELECT runner, outcome FROM check_in_ends ORDER BY 1").fetchall()
        )
        assert outcomes == [(1, "sent"), (2, "failed"), (4, "sent"), (5, "sent"), (6, "sent")]


async def test_check_ins_that_are_due_share_commits(tmp_path: Path) -> None:
    """A hundred that are due are stored in a few commits, not in a hundred."""
    async with hosted(tmp_path) as (host, _platform):
        for number in range(100):
            await host.receive(happens("plan rest 18:00", f"r{number}"))
        host.clock.move_to(START.replace(hour=18, minute=10))  # type: ignore[attr-defined]
        before = host.store.commits

        assert await host.tick() == 100
        assert host.store.commits - before <= 2


async def test_a_tap_takes_the_buttons_off(tmp_path: Path) -> None:
    """A tap first retires the message it was on, then the answer follows."""
    async with hosted(tmp_path) as (host, platform):
        await host.receive(happens(Tapped("=q0:yes")), {"message": "77"})
        await host.deliver_pending()

        assert [one.retire for one in platform.sent] == ["=q0:yes", ""]
        assert platform.sent[0].hints == {"message": "77"}

"""The host: in, one turn, one transaction, out."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.conversation.event import Person, Tapped
from bot.runtime.clock import MovableClock
from bot.runtime.options import Options
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

        await host.receive(happens("hello again"))
        await host.deliver_pending()
        assert platform.texts()[-1] == "q1? (you said hello again)"


async def test_a_tap_takes_the_buttons_off(tmp_path: Path) -> None:
    """A tap first retires the message it was on, then the answer follows."""
    async with hosted(tmp_path) as (host, platform):
        await host.receive(happens(Tapped("=q0:yes")), {"message": "77"})
        await host.deliver_pending()

        assert [one.retire for one in platform.sent] == ["=q0:yes", ""]
        assert platform.sent[0].hints == {"message": "77"}

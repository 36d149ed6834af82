"""What a receipt means, and what is done in doubt."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.event import Said
from bot.conversation.fit import TELEGRAM
from bot.runtime.adapter import Bug, Delivery, Gone, Later, Moved, Receipt, Sent, Unsure
from bot.runtime.clock import MovableClock
from bot.runtime.post import nonce_of
from bot.runtime.rates import Rates
from tests.runtime.world import START, Platform, happens, hosted

KEYED = Rates(idempotent_s=180)


def answering(*receipts: Receipt) -> Platform:
    """A platform that answers so, one after another, and takes everything after that."""
    platform = Platform()
    left = list(receipts)
    platform.answers = lambda delivery: left.pop(0) if left else Sent("m")
    return platform


async def test_later_is_tried_again_after_the_wait_it_names(tmp_path: Path) -> None:
    """A wait the platform names is obeyed, and order in the chat is kept."""
    clock = MovableClock(START)
    platform = answering(Later(30))
    async with hosted(tmp_path, clock=clock, platform=platform) as (host, _):
        await host.receive(happens("a"))
        await host.receive(happens("b"))
        await host.deliver_pending()
        clock.move(timedelta(seconds=29))
        await host.deliver_pending()

        assert platform.texts() == []

        clock.move(timedelta(seconds=1))
        await host.deliver_pending()

        assert platform.texts() == ["q1? (you said a)", "q2? (you said b)"]


async def test_gone_pauses_everything_there_until_they_return(tmp_path: Path) -> None:
    """Blocked means stopped: nothing more is tried, nothing falls due; then it goes on."""
    clock = MovableClock(START)
    platform = answering(Gone("blocked"))
    async with hosted(tmp_path, clock=clock, platform=platform) as (host, _):
        await host.receive(happens("plan evening 18:00 mon tue wed thu fri sat sun"))
        await host.receive(happens("b"))
        await host.deliver_pending()
        await host.advance(START + timedelta(days=3))

        assert len(platform.tried) == 1

        await host.receive(happens("I am back"))
        await host.advance(START + timedelta(days=4))

        assert platform.texts()[0] == "q2? (you said I am back)"
        assert platform.texts()[1].startswith("due evening at 2026-03-05T18")


async def test_somebody_else_is_not_affected(tmp_path: Path) -> None:
    """One person's block stops one person's messages."""
    platform = Platform()
    platform.answers = lambda d: Gone("blocked") if d.person.id == "ann" else Sent("m")
    async with hosted(tmp_path, platform=platform) as (host, _):
        await host.receive(happens("a", "ann"))
        await host.receive(happens("b", "ben"))
        await host.deliver_pending()

        assert platform.texts() == ["q1? (you said b)"]


async def test_moved_takes_everything_to_the_new_number(tmp_path: Path) -> None:
    """A chat with a new number keeps its conversation, its check-ins and what waits for it."""
    clock = MovableClock(START)
    platform = answering(Moved("chat-new"))
    async with hosted(tmp_path, clock=clock, platform=platform) as (host, _):
        await host.receive(happens("plan evening 18:00 mon"))
        await host.deliver_pending()
        await host.advance(START + timedelta(days=1))

        assert [one.place.chat for one in platform.sent] == ["chat-new", "chat-new"]


async def test_a_bug_is_given_up_and_kept_for_the_owner(tmp_path: Path) -> None:
    """What a platform will never take is not tried again, and the next message goes out."""
    platform = answering(Bug("bad markup"))
    async with hosted(tmp_path, platform=platform) as (host, _):
        await host.receive(happens("a"))
        await host.receive(happens("b"))
        await host.deliver_pending()
        troubles = await host.store.troubles()

        assert platform.texts() == ["q2? (you said b)"]
        assert [(one.code, one.detail) for one in troubles] == [("delivery_failed", "bad markup")]


async def test_a_reply_in_doubt_is_sent_once_more_and_says_so(tmp_path: Path) -> None:
    """Without a key: a reply at most once more, worded so that a double is harmless."""
    clock = MovableClock(START)
    platform = answering(Unsure("timeout"), Unsure("timeout"))
    async with hosted(tmp_path, clock=clock, platform=platform) as (host, _):
        await host.receive(happens("a"))
        for _ in range(5):
            await host.deliver_pending()
            clock.move(timedelta(minutes=10))
        counts = await host.store.counts()

        assert len(platform.tried) == 2
        assert platform.tried[1].repeat
        assert "twice" in platform.tried[1].text
        assert "twice" not in platform.tried[0].text
        assert counts["messages in doubt"] == 1


async def test_a_nudge_in_doubt_is_not_sent_twice(tmp_path: Path) -> None:
    """Without a key: a missing nudge is better than a double one."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, platform):
        await host.receive(happens("plan evening 18:00 mon"))
        await host.deliver_pending()
        platform.answers = lambda delivery: Unsure("timeout")
        await host.advance(START + timedelta(days=2))

        assert len(platform.tried) == 2


async def test_with_a_key_the_same_message_goes_out_again(tmp_path: Path) -> None:
    """With a key: the same nonce and the same words, until it is heard that it arrived."""
    clock = MovableClock(START)
    platform = answering(Unsure("cut"), Unsure("cut"))
    async with hosted(tmp_path, clock=clock, platform=platform, rates=KEYED) as (host, _):
        await host.receive(happens("a"))
        for _ in range(4):
            await host.deliver_pending()
            clock.move(timedelta(seconds=20))

        assert len({one.nonce for one in platform.tried}) == 1
        assert {one.text for one in platform.tried} == {"q1? (you said a)"}
        assert len(platform.tried) == 3
        assert len(platform.sent) == 1


async def test_an_adapter_that_breaks_is_in_doubt(tmp_path: Path) -> None:
    """An exception means the same as not knowing."""
    platform = Platform()

    def breaks(delivery: Delivery) -> Receipt:
        if len(platform.tried) == 1:
            raise ConnectionResetError
        return Sent("m")

    platform.answers = breaks
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock, platform=platform) as (host, _):
        await host.receive(happens("a"))
        await host.deliver_pending()
        clock.move(timedelta(seconds=5))
        await host.deliver_pending()

        assert len(platform.sent) == 1


@pytest.mark.parametrize("back", [timedelta(days=-400), timedelta(days=400)])
async def test_a_clock_that_jumps_loses_nothing(back: timedelta, tmp_path: Path) -> None:
    """Whether it jumps back or forward: replies go out, and the next check-in comes once."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, platform):
        await host.receive(happens("plan evening 18:00 mon tue wed thu fri sat sun"))
        clock.move(back)
        await host.receive(happens("b"))
        await host.tick()
        await host.deliver_pending()
        clock.move_to(START + timedelta(days=500))
        await host.tick()
        await host.deliver_pending()
        before = len(platform.sent)
        await host.advance(START + timedelta(days=501))

        assert platform.texts()[:2] == ["planned evening", "q1? (you said b)"]
        assert len(platform.sent) == before + 1


async def test_what_was_accepted_gets_its_turn_after_a_restart(tmp_path: Path) -> None:
    """An event that was acknowledged and not yet taken is taken first, once."""
    async with hosted(tmp_path) as (host, _):
        await host.accept(happens("a", event_id="u1"), {"message": "5"})
        await host.accept(happens(Said("a"), event_id="u1"))
    async with hosted(tmp_path) as (host, platform):
        taken = await host.take_waiting()
        again = await host.receive(happens("a", event_id="u1"))
        await host.deliver_pending()

        assert taken == 1
        assert not again.new
        assert platform.texts() == ["q1? (you said a)"]
        assert platform.sent[0].hints == {"message": "5"}


async def test_a_long_message_is_cut_into_deliveries_of_their_own(tmp_path: Path) -> None:
    """Each piece has its own key, so that a crash between two repeats neither."""
    platform = Platform(TELEGRAM)
    async with hosted(tmp_path, platform=platform) as (host, _):
        await host.receive(happens("long 2000"))
        await host.deliver_pending()

        assert len(platform.sent) == 3
        assert len({one.nonce for one in platform.sent}) == 3
        assert all(len(one.text) <= 4096 for one in platform.sent)


def test_a_nonce_is_short_and_stable() -> None:
    """Discord takes at most 25 characters."""
    assert nonce_of("c1:t1:0") == nonce_of("c1:t1:0")
    assert nonce_of("c1:t1:0") != nonce_of("c1:t1:1")
    assert len(nonce_of("c1:t1:0")) == 25

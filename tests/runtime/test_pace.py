"""Keeping to a rate, and choosing the right message next."""

import random
from datetime import UTC, datetime
from itertools import pairwise

from bot.conversation.event import Place
from bot.runtime.limiter import Pace, Window
from bot.runtime.queue import SendQueue
from bot.runtime.rates import Bucket, Rates, from_settings
from bot.runtime.settings import read
from bot.store.rows import Lane, OutboxRow, Outgoing

FREE = Rates()


def row(number: int, chat: str, lane: Lane = Lane.REPLY) -> OutboxRow:
    """One message that waits."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    place = Place("p", chat, private=not chat.startswith("group"))
    body = Outgoing(audience="private_chat" if place.private else "everyone_here")
    return OutboxRow(number, f"k{number}", "p", lane, place, "ann", body, "", {}, now)


def taken(queue: SendQueue, now: float = 0.0) -> list[int]:
    """Everything that can be taken one after another, each done at once."""
    numbers = []
    while (found := queue.take(now)) is not None:
        numbers.append(found.id)
        queue.done(found.place.chat, now)
    return numbers


def worst(times: list[float], per_s: float) -> int:
    """The most calls in any stretch of that length."""
    return max(sum(1 for other in times if 0 <= other - at < per_s) for at in times)


def test_never_more_than_the_rate_in_any_second() -> None:
    """Whatever the jitter of the caller, no second has more than 30."""
    chance = random.Random(5)
    pace, now, times = Pace(Bucket(30, 1.0)), 0.0, []
    for _ in range(500):
        slot = pace.slot(now)
        pace.book(slot)
        now = max(now, slot) + chance.choice((0.0, 0.001, 0.02, 0.2))
        now += pace.wait(now)
        pace.made(now)
        times.append(now)

    assert worst(times, 1.0) <= 30


def test_a_steady_sender_uses_the_rate() -> None:
    """Slots that are met use at least 97 % of the rate, and are evenly spaced."""
    pace, now, times = Pace(Bucket(30, 1.0)), 0.0, []
    for _ in range(600):
        now = pace.slot(now)
        pace.book(now)
        times.append(now)
    gaps = [later - earlier for earlier, later in pairwise(times)]

    assert 599 / (times[-1] - times[0]) / 30 > 0.97
    assert max(gaps) < 0.04


def test_quiet_when_asked() -> None:
    """When the platform asks for quiet altogether, no slot comes before that."""
    pace = Pace(Bucket(30, 1.0))
    pace.hush(12.0)

    assert pace.slot(5.0) == 12.0
    assert pace.wait(5.0) == 7.0


def test_no_rate_means_no_wait() -> None:
    """A platform without limits is never waited for."""
    pace = Pace(None)
    pace.book(pace.slot(3.0))

    assert pace.slot(3.0) == 3.0
    assert pace.wait(3.0) == 0.0


def test_a_window_allows_a_burst_and_then_waits() -> None:
    """Five at once are fine; the sixth waits until the first is forgotten."""
    window = Window(Bucket(5, 5.0))
    for _ in range(5):
        assert window.wait(1.0) == 0.0
        window.take(1.0)

    assert 5.0 <= window.wait(1.0) < 5.2
    assert window.wait(6.1) == 0.0
    assert window.idle(6.1)


def test_replies_before_check_ins_before_broadcasts() -> None:
    """The lanes, whatever came first; within a lane, in order."""
    queue = SendQueue(FREE)
    for number, lane in enumerate(
        (Lane.BROADCAST, Lane.CHECK_IN, Lane.REPLY, Lane.CHECK_IN, Lane.REPLY), start=1
    ):
        queue.add(row(number, f"c{number}", lane))

    assert taken(queue) == [3, 5, 2, 4, 1]


def test_one_at_a_time_per_chat() -> None:
    """While one message is under way, the chat's next one waits, and others go on."""
    queue = SendQueue(FREE)
    for number, chat in enumerate(("a", "a", "b"), start=1):
        queue.add(row(number, chat))
    first, second, third = queue.take(0.0), queue.take(0.0), queue.take(0.0)
    queue.done("a", 0.0)
    fourth = queue.take(0.0)

    assert [one.id if one else None for one in (first, second, third, fourth)] == [1, 3, None, 2]


def test_a_chat_that_must_wait_keeps_its_order_and_holds_up_nobody() -> None:
    """What is tried again goes before what came later in the same chat."""
    queue = SendQueue(FREE)
    queue.add(row(2, "a"))
    queue.add(row(1, "a"), not_before=10.0)
    queue.add(row(3, "b"))

    assert taken(queue, 0.0) == [3]
    assert queue.next_at() == 10.0
    assert taken(queue, 10.0) == [1, 2]
    assert len(queue) == 0


def test_a_group_has_its_own_limit() -> None:
    """Twenty a minute in a group; a private chat beside it goes on."""
    queue = SendQueue(Rates(chat=Bucket(5, 5.0), group=Bucket(20, 60.0)))
    for number in range(1, 31):
        queue.add(row(number, "group"))
    queue.add(row(99, "private"))

    assert taken(queue, 0.0) == [*range(1, 21), 99]
    assert taken(queue, 30.0) == []
    assert taken(queue, 62.0) == list(range(21, 31))


def test_dropping_and_moving_a_chat() -> None:
    """Gone: nothing more goes there. Moved: all of it goes to the new number."""
    queue = SendQueue(FREE)
    for number, chat in enumerate(("a", "b", "b"), start=1):
        queue.add(row(number, chat))
    queue.drop("a")
    queue.move("b", "c")
    found = queue.take(0.0)

    assert found is not None
    assert (found.id, found.place.chat) == (2, "c")
    assert len(queue) == 1


def test_chats_that_are_done_are_forgotten() -> None:
    """A million chats that were written to once take no room."""
    queue = SendQueue(Rates(chat=Bucket(5, 5.0)))
    for number in range(100):
        queue.add(row(number, f"c{number}"))
    taken(queue, 0.0)
    queue.sweep(100.0)

    assert not queue._chats


def test_the_wait_doubles_and_differs() -> None:
    """Backoff grows up to its limit, and two messages do not come back together."""
    rates = Rates(backoff_s=1.0, longest_backoff_s=60.0)
    waits = [rates.backoff(attempt, "a") for attempt in range(10)]

    assert all(2**n / 2 <= wait <= 2**n for n, wait in enumerate(waits[:6]))
    assert max(waits) <= 60.0
    assert rates.backoff(3, "a") != rates.backoff(3, "b")


def test_the_owner_may_set_the_rates() -> None:
    """The figures of the platforms, unless the owner sets others."""
    usual = from_settings("telegram", read({}))
    slow = from_settings("telegram", read({"TELEGRAM_RATE_PER_SECOND": "0.5"}))

    assert usual.overall == Bucket(30, 1.0)
    assert usual.group == Bucket(20, 60.0)
    assert slow.overall == Bucket(1, 2.0)
    assert from_settings("terminal", read({})).overall is None

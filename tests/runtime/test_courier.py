"""Delivering in the background: replies overtake, stopping finishes what is under way."""

import asyncio
from contextlib import suppress
from pathlib import Path

from bot.conversation.event import Place
from bot.conversation.fit import TERMINAL, Fitted
from bot.conversation.message import Words
from bot.runtime.adapter import Delivery, Gone, Later, Receipt, Sent
from bot.runtime.host import Host
from bot.runtime.rates import Rates
from bot.store.rows import Lane, NewOutgoing, Outgoing
from tests.runtime.world import Platform, happens, hosted

ONE = Rates(at_once=1)


class Gate:
    """A platform that takes a message only when it is let."""

    limits = TERMINAL

    def __init__(self) -> None:
        self.begun: list[Delivery] = []
        self.ended: list[str] = []
        self._let = asyncio.Semaphore(0)
        self._news = asyncio.Event()

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Wait to be let."""
        self.begun.append(delivery)
        self._news.set()
        await self._let.acquire()
        self.ended.append(delivery.text)
        return Sent("m")

    def let(self, count: int = 1) -> None:
        """Take so many."""
        for _ in range(count):
            self._let.release()

    async def until(self, count: int) -> None:
        """Wait until so many deliveries have begun."""
        async with asyncio.timeout(20):
            while len(self.begun) < count:
                self._news.clear()
                await self._news.wait()


async def nudges(host: Host, count: int) -> None:
    """Put check-ins for as many people into the outbox."""
    for number in range(count):
        body = Outgoing(Fitted((Words(f"nudge {number}"),)))
        message = NewOutgoing(f"nudge{number}", Lane.CHECK_IN, body)
        await host.store.broadcast(Place("p", f"other{number}"), message, host.clock.now())


async def stopped(task: asyncio.Task[None]) -> None:
    """Cancel and wait."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_reply_overtakes_the_nudges(tmp_path: Path) -> None:
    """Whoever writes while nudges go out is answered next."""
    gate = Gate()
    async with hosted(tmp_path) as (host, _):
        host.attach("p", gate, ONE)
        await nudges(host, 20)
        delivering = asyncio.create_task(host.deliver_forever())
        await gate.until(1)
        await host.receive(happens("hello"))
        gate.let()
        await gate.until(2)

        assert gate.begun[1].lane is Lane.REPLY

        gate.let(20)
        await gate.until(21)
        await stopped(delivering)

        assert [one.text for one in gate.begun[2:]] == [f"nudge {n}" for n in range(1, 20)]


async def test_stopping_finishes_what_is_under_way_and_keeps_the_rest(tmp_path: Path) -> None:
    """A call that was made is heard to its end; what was not begun waits in the outbox."""
    gate = Gate()
    async with hosted(tmp_path) as (host, _):
        host.attach("p", gate, ONE)
        await nudges(host, 3)
        delivering = asyncio.create_task(host.deliver_forever())
        await gate.until(1)
        delivering.cancel()
        gate.let()
        with suppress(asyncio.CancelledError):
            await delivering
        counts = await host.store.counts()

        assert gate.ended == ["nudge 0"]
        assert counts["messages to send"] == 2
        assert counts["messages in doubt"] == 0


async def test_what_was_interrupted_is_settled_before_anything_else(tmp_path: Path) -> None:
    """After a crash in the middle of a call: the reply goes out once more, the nudge does not."""
    async with hosted(tmp_path) as (host, _):
        await nudges(host, 1)
        await host.receive(happens("hello"))
        for number in (1, 2):
            await host.store.sending(number, host.clock.now())
    async with hosted(tmp_path, rates=Rates(backoff_s=0.001)) as (host, platform):
        await host.deliver_pending()
        host.clock.move_to(host.clock.now().replace(hour=23))  # type: ignore[attr-defined]
        await host.deliver_pending()
        counts = await host.store.counts()

        assert len(platform.sent) == 1
        assert platform.sent[0].repeat
        assert "twice" in platform.sent[0].text
        assert counts["messages in doubt"] == 1


async def test_a_platform_that_comes_late_is_delivered_to(tmp_path: Path) -> None:
    """An adapter that attaches while the service runs gets what waits for it."""
    async with hosted(tmp_path) as (host, _):
        delivering = asyncio.create_task(host.deliver_forever())
        await host.receive(happens("hello", platform="late"))
        gate = Gate()
        gate.let()
        host.attach("late", gate, ONE)
        await gate.until(1)
        await stopped(delivering)

        assert gate.ended == ["q1? (you said hello)"]


async def test_later_and_gone_in_the_background(tmp_path: Path) -> None:
    """A wait is obeyed for its chat alone; a closed chat is given up whole."""
    platform = Platform()
    answers: dict[str, list[Receipt]] = {"slow": [Later(0.02)], "shut": [Gone("closed")]}
    platform.answers = lambda one: (
        answers[one.person.id].pop() if answers.get(one.person.id) else Sent("m")
    )
    async with hosted(tmp_path, platform=platform) as (host, _):
        for who in ("slow", "shut", "fine"):
            for number in range(3):
                await host.receive(happens(f"m{number}", who))
        delivering = asyncio.create_task(host.deliver_forever())
        async with asyncio.timeout(20):
            while len(platform.sent) < 6:
                await asyncio.sleep(0.001)
        await stopped(delivering)
        counts = await host.store.counts()

        assert platform.texts("slow") == [f"q{n + 1}? (you said m{n})" for n in range(3)]
        assert platform.texts("fine") == [f"q{n + 1}? (you said m{n})" for n in range(3)]
        assert platform.texts("shut") == []
        assert counts["messages given up"] == 3

"""3,000 nudges at the platform's rate while somebody writes twice a second; ours and PTB's limiter."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot

from bot.conversation.event import Event, Person, Place, Said
from bot.conversation.fit import TELEGRAM, Fitted
from bot.conversation.message import Words
from bot.runtime.adapter import Delivery, Later, Receipt, Sent
from bot.runtime.clock import SystemClock
from bot.runtime.host import Host
from bot.runtime.rates import TELEGRAM as TELEGRAM_RATES
from bot.store.rows import Lane, NewOutgoing, Outgoing
from tests.bench.dialog_ptb import NoNetwork
from tests.bench.row import Row
from tests.runtime import toy

NUDGES = 3000
CHATS = 1500
RATE = 30
TRANSPORT_S = 0.02
EVERY_S = 0.5


@dataclass
class Server:
    """Takes 20 ms for a call, and refuses the 31st within a second."""

    arrived: list[float] = field(default_factory=list)
    refused: int = 0
    order: dict[str, list[str]] = field(default_factory=dict)
    replied: dict[str, float] = field(default_factory=dict)

    async def call(self, chat: str, text: str) -> bool:
        """One message; False when it is one too many."""
        now = time.perf_counter()
        if len(self.arrived) >= RATE and now - self.arrived[-RATE] < 1.0:
            self.refused += 1
            return False
        self.arrived.append(now)
        self.order.setdefault(chat, []).append(text)
        await asyncio.sleep(TRANSPORT_S)
        self.replied[chat] = time.perf_counter()
        return True

    def used(self) -> float:
        """The part of the rate that was used from the first call to the last."""
        return (len(self.arrived) - 1) / (self.arrived[-1] - self.arrived[0]) / RATE

    def worst_second(self) -> int:
        """The most calls in any one second."""
        first, most = 0, 0
        for last, at in enumerate(self.arrived):
            while at - self.arrived[first] >= 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most

    def in_order(self) -> bool:
        """Whether every chat got its messages in the order they were made."""
        return all(texts == sorted(texts) for texts in self.order.values())


def measure() -> Iterable[Row]:
    """Both at the same time: they share nothing but the processor."""
    # Each in a process of its own, at the same time.
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.measure_outbox"]
    with subprocess.Popen([*command, "theirs"], stdout=subprocess.PIPE) as peer:
        ours = asyncio.run(_ours())
        said = peer.communicate()[0]
    theirs = msgspec.json.decode(said, type=tuple[Server, list[float]])
    load = f"{NUDGES:,} nudges at {RATE}/s"
    for name, (server, waits) in {"ours": ours, "AIORateLimiter, all gathered": theirs}.items():
        is_ours = name == "ours"
        yield Row(
            f"{load}, {name}: rate used",
            f"{server.used():.1%}, worst second {server.worst_second()}, "
            f"refused {server.refused}, order {'kept' if server.in_order() else 'lost'}",
            "97 %, 30, 0, kept" if is_ours else "",
        )
        late = statistics.quantiles(waits, n=100)
        yield Row(
            f"{load}, {name}: a reply meanwhile, median and p99",
            f"{_seconds(statistics.median(waits))} and {_seconds(late[98])}",
            "p99 under 150 ms" if is_ours else "",
        )


def _seconds(wait: float) -> str:
    return f"{wait * 1000:.0f} ms" if wait < 2 else f"{wait:.0f} s"


class _Transport:
    limits = TELEGRAM

    def __init__(self, server: Server) -> None:
        self._server = server

    async def deliver(self, delivery: Delivery) -> Receipt:
        """One call."""
        taken = await self._server.call(delivery.place.chat, delivery.text)
        return Sent(delivery.nonce) if taken else Later(1.0, everyone=True)


async def _ours() -> tuple[Server, list[float]]:
    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        host = await Host.open(None, Path(folder), SystemClock(), step=toy.step)
        host.attach("telegram", _Transport(server), TELEGRAM_RATES)
        await asyncio.gather(*(_nudge(host, number) for number in range(NUDGES)))
        delivering = asyncio.create_task(host.deliver_forever())
        waits: list[float] = []
        while len(server.arrived) < NUDGES:
            await asyncio.sleep(EVERY_S)
            who = f"writer{len(waits)}"
            asked = time.perf_counter()
            event = Event(who, Person("telegram", who), Place("telegram", who), Said("hello"))
            await host.receive(event)
            while who not in server.replied:
                await asyncio.sleep(0.001)
            waits.append(server.replied[who] - asked)
        while (await host.store.counts())["messages to send"]:
            await asyncio.sleep(0.05)
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering
        await host.close()
    return server, waits


async def _nudge(host: Host, number: int) -> None:
    body = Outgoing(Fitted((Words(f"nudge {number:05}"),)))
    message = NewOutgoing(f"nudge{number}", Lane.CHECK_IN, body)
    place = Place("telegram", f"chat{number % CHATS}")
    await host.store.broadcast(place, message, host.clock.now())


class _SlowRequest(NoNetwork):
    def __init__(self, server: Server) -> None:
        self._server = server

    async def answer(self, url: str, values: Mapping[str, object]) -> tuple[int, bytes]:
        """A message through the transport; anything else at once."""
        if url.endswith("sendMessage"):
            taken = await self._server.call(str(values["chat_id"]), str(values["text"]))
            if not taken:
                return 429, b'{"ok":false,"error_code":429,"parameters":{"retry_after":1}}'
        return await super().answer(url, values)


async def _theirs() -> tuple[Server, list[float]]:
    server = Server()
    request = _SlowRequest(server)
    bot = ExtBot("1:a", request=request, get_updates_request=request, rate_limiter=_limiter())
    await bot.initialize()
    waits: list[float] = []

    async def reply(number: int) -> None:
        asked = time.perf_counter()
        with suppress(RetryAfter):
            await bot.send_message(1_000_000 + number, "hello")
            waits.append(time.perf_counter() - asked)

    async def writers() -> None:
        replies: list[asyncio.Task[None]] = []
        while len(server.arrived) < NUDGES:
            await asyncio.sleep(EVERY_S)
            replies.append(asyncio.create_task(reply(len(replies))))
        await asyncio.gather(*replies)

    nudges = (bot.send_message(1 + n % CHATS, f"nudge {n:05}") for n in range(NUDGES))
    await asyncio.gather(writers(), *nudges, return_exceptions=True)
    await bot.shutdown()
    return server, waits


def _limiter() -> AIORateLimiter:
    return AIORateLimiter(max_retries=5)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(_theirs())))

"""The local Telegram server: what goes wrong when a test orders it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import (
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
)

from tests.platforms import telegram_faults as faults
from tests.platforms.faults import Fault
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_bots import calling
from tests.platforms.telegram_server import TelegramServer

pytestmark = needs_telegram_spec


@pytest.fixture(autouse=True)
def _waits_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns about every 429 unless told that its wait may be a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.mark.parametrize(
    ("fault", "error", "arrives"),
    [
        (faults.lost_before, NetworkError, False),
        (faults.lost_after, NetworkError, True),
        (lambda: faults.broken(502), NetworkError, False),
        (lambda: faults.broken(500), NetworkError, False),
        (lambda: faults.broken(504, after=True), NetworkError, True),
        (lambda: faults.too_many(7), RetryAfter, False),
        (lambda: faults.moved(-100123), ChatMigrated, False),
        (lambda: faults.forbidden("kicked"), Forbidden, False),
    ],
)
async def test_a_fault_happens_once_as_ordered(
    fault: Callable[[], Fault], error: type[Exception], *, arrives: bool
) -> None:
    """Each fault raises the library's error, does or does not write, and is then over."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        server.faults.order("sendMessage", fault())
        with pytest.raises(error):
            await bot.send_message(runner.id, "first")
        await bot.send_message(runner.id, "second")

        texts = [each.text for each in runner.sees()]
        assert texts == (["first", "second"] if arrives else ["second"])


async def test_a_slow_call_waits_until_it_is_released() -> None:
    """A held call does nothing until the test lets it go."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        hold = server.hold("sendMessage")
        sending = asyncio.create_task(bot.send_message(runner.id, "late"))
        await hold.arrived()
        assert runner.sees() == []
        hold.release()
        await sending

        assert [each.text for each in runner.sees()] == ["late"]


async def test_the_server_can_go_away_and_come_back() -> None:
    """The same port answers again after a stop, with everything still there."""
    server = TelegramServer()
    await server.start()
    runner = server.person("Ada", started=True)
    async with calling(server) as bot:
        await server.stop()
        with pytest.raises(NetworkError):
            await bot.send_message(runner.id, "lost")
        await server.start()
        await bot.send_message(runner.id, "here")
    await server.stop()

    assert [each.text for each in runner.sees()] == ["here"]


async def test_speed_limits_are_kept_when_asked_for() -> None:
    """The 21st message to a group within a minute must wait, and then goes through."""
    clock = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    async with TelegramServer(now=lambda: clock[0], rate_limits=True) as server:
        club = server.group("Club", server.person("Ada"))
        async with calling(server) as bot:
            for _ in range(20):
                await bot.send_message(club.id, "x")
                clock[0] += timedelta(seconds=1)
            with pytest.raises(RetryAfter) as wait:
                await bot.send_message(club.id, "x")
            clock[0] += timedelta(seconds=40)
            await bot.send_message(club.id, "x")

        assert wait.value.retry_after == timedelta(seconds=40)
        assert server.limited == 1

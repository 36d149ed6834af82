"""The service: background deliveries, housekeeping, backups, and stopping cleanly."""

import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.event import Person
from bot.runtime.clock import MovableClock
from bot.runtime.commands import main
from bot.runtime.options import Options
from bot.runtime.plugins import RefusedError
from bot.runtime.service import Housekeeping, running, until_told
from bot.runtime.settings import SettingsError
from bot.store import Store
from bot.store.backup import backups, restore
from bot.store.errors import DamagedError, InUseError, StoreError
from tests.runtime.world import START, Platform, happens, hosted


async def all_sent(platform: Platform, count: int) -> None:
    """Wait, without sleeping for long, until so many have arrived."""
    async with asyncio.timeout(20):
        while len(platform.sent) < count:
            await asyncio.sleep(0.001)


async def test_it_delivers_in_the_background(tmp_path: Path) -> None:
    """Everything goes out, in order within each chat."""
    async with hosted(tmp_path) as (host, platform), running(host):
        people = [f"r{number}" for number in range(10)]
        for number in range(5):
            await asyncio.gather(*(host.receive(happens(f"m{number}", who)) for who in people))
        await all_sent(platform, 50)

        for who in people:
            assert platform.texts(who) == [f"q{n + 1}? (you said m{n})" for n in range(5)]


async def test_what_waits_from_before_goes_out_first(tmp_path: Path) -> None:
    """What was accepted or left in the outbox by an earlier process is taken up."""
    async with hosted(tmp_path) as (host, _):
        await host.receive(happens("a"))
        await host.accept(happens("b"))
    async with hosted(tmp_path) as (host, platform), running(host):
        await all_sent(platform, 2)

        assert platform.texts() == ["q1? (you said a)", "q2? (you said b)"]


async def test_check_ins_fall_due_by_themselves(tmp_path: Path) -> None:
    """The tick lets what is due happen."""
    clock = MovableClock(START)
    options = Options(tick_s=0.01)
    async with hosted(tmp_path, clock=clock, options=options) as (host, platform), running(host):
        await host.receive(happens("at soon 60"))
        clock.move(timedelta(seconds=61))
        await all_sent(platform, 2)

        assert platform.texts()[1].startswith("due soon")


async def test_sigterm_stops_it(tmp_path: Path) -> None:
    """Told to stop, it cancels the platforms and comes to an end."""
    ended = asyncio.Event()

    async def platform() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with asyncio.timeout(10):
        await until_told(platform())

    assert ended.is_set()


async def test_a_platform_that_fails_ends_the_service() -> None:
    """What a platform cannot get over reaches the owner."""

    async def platform() -> None:
        raise ConnectionError("refused")

    with pytest.raises(ConnectionError):
        await until_told(platform())


async def test_a_refused_platform_stops_no_other() -> None:
    """One wrong token: the other platform goes on until told to stop."""
    reached = asyncio.Event()

    async def refused() -> None:
        raise RefusedError("copy the token again")

    async def serving() -> None:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        reached.set()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    async with asyncio.timeout(10):
        await until_told(refused(), serving())

    assert reached.is_set()


async def test_when_all_are_refused_the_owner_is_told() -> None:
    """There is nothing left to serve: the program ends with what is to be done."""

    async def refused() -> None:
        raise RefusedError("copy the token again")

    async def later() -> None:
        await asyncio.sleep(0)
        raise SettingsError("not a token")

    async with asyncio.timeout(10):
        with pytest.raises((RefusedError, SettingsError)):
            await until_told(refused(), later())


async def test_a_job_that_fails_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Housekeeping that breaks is kept for the owner, and does not stop the service."""
    async with hosted(tmp_path) as (host, _):

        async def broken(*_: object) -> int:
            raise OSError("no")

        monkeypatch.setattr(host.store, "clean_up", broken)
        await Housekeeping(host).clean_up()
        troubles = await host.store.troubles()

        assert [one.code for one in troubles] == ["clean_up_failed"]


async def test_old_words_are_dropped_and_what_they_meant_stays(tmp_path: Path) -> None:
    """After 30 days the runner's own words are gone; answers and the log are not."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, _):
        await host.receive(happens("my secret words"))
        await host.receive(happens("log 2"))
        await host.deliver_pending()
        clock.move(timedelta(days=31))
        await Housekeeping(host).clean_up()
        standing = await host.store.stand(happens("x"), clock.now())
        path = host.store.path

    assert standing.conversation.answers[0].words == ""
    assert standing.conversation.answers[0].question == "q0"
    assert len(standing.runner.log.entries) == 2
    kept = await rows_with(path, "my secret words")
    assert kept == {"conversations"}, "the answer's value stays; the raw message does not"


async def rows_with(path: Path, text: str) -> set[str]:
    """The tables in which a text is still found."""
    store = await Store.open(path.parent)
    found = set()
    for table in ("inbox", "outbox", "conversations", "log", "failures", "runners"):
        query = f"SELECT * FROM {table}"  # noqa: S608 - names from the line above
        rows = await store._db.read(
            lambda db, query=query: db.execute(query).fetchall()  # type: ignore[misc]
        )
        if any(text.encode() in cell for row in rows for cell in row if isinstance(cell, bytes)):
            found.add(table)
    await store.close()
    return found


async def test_backups_are_whole_and_seven_are_kept(tmp_path: Path) -> None:
    """One a day while the file is in use; the oldest go."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, _):
        for day in range(9):
            await host.receive(happens(f"day {day}"))
            await Housekeeping(host).back_up()
            clock.move(timedelta(days=1))

    assert [file.name for file in backups(tmp_path)] == [
        f"heeldrop-2026-03-{day:02}.db" for day in range(4, 11)
    ]


async def test_a_backup_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Restore brings the day back, and the file that was there is moved aside."""
    async with hosted(tmp_path) as (host, _):
        await host.receive(happens("zone Asia/Tokyo"))
        await Housekeeping(host).back_up()
        await host.receive(happens("zone Europe/Rome"))

    code = await asyncio.to_thread(main, ["restore", "newest", "--data", str(tmp_path)])
    async with hosted(tmp_path) as (host, _):
        runner = await host.runner(Person("p", "ann"))

    assert code == 0
    assert runner is not None
    assert runner.zone == "Asia/Tokyo"
    assert "is back" in capsys.readouterr().out
    assert len(list(tmp_path.glob("heeldrop-before-restore-*.db"))) == 1


async def test_nothing_is_restored_while_it_runs(tmp_path: Path) -> None:
    """A running Heeldrop, or a bad backup: nothing changes."""
    async with hosted(tmp_path) as (host, _):
        await Housekeeping(host).back_up()
        good = backups(tmp_path)[0]
        with pytest.raises(InUseError):
            restore(tmp_path, good, START)
    bad = tmp_path / "bad.db"
    bad.write_bytes(good.read_bytes()[:5000])
    before = (tmp_path / "heeldrop.db").read_bytes()

    with pytest.raises(DamagedError):
        restore(tmp_path, bad, START)
    with pytest.raises(StoreError, match="no file"):
        restore(tmp_path, tmp_path / "none.db", START)

    assert (tmp_path / "heeldrop.db").read_bytes() == before

"""One person: export, delete, and one runner in two chats."""

from datetime import timedelta
from pathlib import Path

import msgspec

from bot.conversation.event import Person
from bot.runtime.clock import MovableClock
from tests.runtime.world import START, happens, hosted

ANN, BEN = Person("p", "ann"), Person("p", "ben")


async def test_export_is_complete(tmp_path: Path) -> None:
    """Everything that is kept comes out, as JSON."""
    async with hosted(tmp_path) as (host, _):
        for text in ("my words", "log 2", "zone Asia/Tokyo", "plan evening 18:00 tue"):
            await host.receive(happens(text))
        await host.deliver_pending()
        await host.advance(START + timedelta(days=2))
        exported = msgspec.json.decode(msgspec.json.encode(await host.export(ANN)))

    assert exported["runner"]["zone"] == "Asia/Tokyo"
    assert len(exported["runner"]["log"]["entries"]) == 2
    assert exported["conversations"][0]["said"]["answers"][0]["words"] == "my words"
    assert exported["check_ins"][0]["plan"]["key"] == "evening"
    assert exported["check_ins_past"][0]["outcome"] == "sent"
    assert len(exported["messages_received"]) == 4
    assert exported["messages_sent"]
    assert exported["chats"] == [{"platform": "p", "person": "ann", "language": ""}]


async def test_export_of_nobody_is_empty(tmp_path: Path) -> None:
    """Somebody who never wrote has nothing."""
    async with hosted(tmp_path) as (host, _):
        assert await host.export(ANN) == {}


async def test_forgetting_from_outside_removes_all_of_it(tmp_path: Path) -> None:
    """Nothing is left, nothing falls due, and nobody else is touched."""
    async with hosted(tmp_path) as (host, platform):
        for name in ("ann", "ben"):
            await host.receive(happens("plan evening 18:00 mon", name))
        await host.deliver_pending()
        await host.forget(ANN)
        await host.advance(START + timedelta(days=1))

        assert await host.runner(ANN) is None
        assert len(platform.texts("ann")) == 1
        assert len(platform.texts("ben")) == 2


async def test_an_old_message_does_not_bring_back_what_was_deleted(tmp_path: Path) -> None:
    """The platform hands an update in again after everything was deleted: still nothing."""
    async with hosted(tmp_path) as (host, _):
        await host.receive(happens("log 2", event_id="u1"))
        await host.receive(happens("forget"))
        again = await host.receive(happens("log 2", event_id="u1"))
        runner = await host.runner(ANN)

        assert not again.new
        assert runner is None or not runner.log.entries


async def test_two_chats_become_one_runner(tmp_path: Path) -> None:
    """Logs become one, settings and check-ins stay, and both chats go on."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, platform):
        await host.receive(happens("zone Asia/Tokyo", "ann"))
        await host.receive(happens("plan evening 18:00 mon", "ann"))
        await host.receive(happens("log 2", "ann"))
        clock.move(timedelta(minutes=1))
        await host.receive(happens("quiet 22:00 07:00", "ben"))
        await host.receive(happens("plan evening 19:00 tue", "ben"))
        await host.receive(happens("plan morning 09:00 tue", "ben"))
        await host.receive(happens("log 3", "ben"))
        joined = await host.join(BEN, await host.link_code(ANN))
        await host.receive(happens("hello", "ben"))
        await host.receive(happens("hello", "ann"))
        await host.deliver_pending()
        ann, ben = await host.runner(ANN), await host.runner(BEN)
        planned = (await host.export(ANN))["check_ins"]

    assert joined == "joined"
    assert ann == ben
    assert ann is not None
    assert ann.zone == "Asia/Tokyo"
    assert ann.settings["quiet_from"] == "22:00"
    assert [entry.id for entry in ann.log.entries] == ["n0", "n1", "n2"]
    assert {one["plan"]["key"]: one["plan"]["at_local"] for one in planned} == {
        "evening": "18:00:00",
        "morning": "09:00:00",
    }
    assert platform.texts("ben")[-1] == "q1? (you said hello)"


async def test_a_code_holds_ten_minutes_and_once(tmp_path: Path) -> None:
    """Too late, or used already: wrong."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, _):
        await host.receive(happens("hello", "ann"))
        late = await host.link_code(ANN)
        clock.move(timedelta(minutes=10))
        too_late = await host.join(BEN, late)
        code = await host.link_code(ANN)
        first = await host.join(BEN, code)
        second = await host.join(Person("p", "eve"), code)
        own = await host.join(ANN, await host.link_code(ANN))

    assert (too_late, first, second, own) == ("wrong", "joined", "wrong", "same")


async def test_five_wrong_codes_are_enough(tmp_path: Path) -> None:
    """Guessing is stopped; ten minutes later the right code works."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, _):
        await host.receive(happens("hello", "ann"))
        code = await host.link_code(ANN)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        tries = [await host.join(BEN, wrong) for _ in range(5)]
        stopped = await host.join(BEN, code)
        clock.move(timedelta(minutes=11))
        later = await host.join(BEN, await host.link_code(ANN))

    assert tries == ["wrong"] * 5
    assert stopped == "too_many"
    assert later == "joined"

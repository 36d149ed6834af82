"""One person: export, delete, and one runner in two chats."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec

from bot.content.load import load_content
from bot.conversation.event import Person
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from tests.runtime.world import START, Platform, happens, hosted

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


async def code_of(host: Host, who: str) -> str:
    """The code that somebody is shown."""
    taken = await host.receive(happens("code", who))
    assert taken.turn is not None
    return taken.turn.messages[0].text


async def join(host: Host, who: str, code: str) -> str:
    """What somebody is told who types this code."""
    taken = await host.receive(happens(f"join {code}", who))
    assert taken.turn is not None
    return taken.turn.messages[0].text


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
        joined = await join(host, "ben", await code_of(host, "ann"))
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
        late = await code_of(host, "ann")
        clock.move(timedelta(minutes=10))
        too_late = await join(host, "ben", late)
        code = await code_of(host, "ann")
        first = await join(host, "ben", code)
        second = await join(host, "eve", code)
        own = await join(host, "ann", await code_of(host, "ann"))

    assert (too_late, first, second, own) == ("wrong", "joined", "wrong", "same")


async def test_five_wrong_codes_are_enough(tmp_path: Path) -> None:
    """Guessing is stopped; ten minutes later the right code works."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, _):
        await host.receive(happens("hello", "ann"))
        code = await code_of(host, "ann")
        wrong = f"{(int(code) + 1) % 10**6:06}"
        tries = [await join(host, "ben", wrong) for _ in range(5)]
        stopped = await join(host, "ben", code)
        clock.move(timedelta(minutes=11))
        later = await join(host, "ben", await code_of(host, "ann"))

    assert tries == ["wrong"] * 5
    assert stopped == "too_many"
    assert later == "joined"


async def test_the_older_runners_settings_stay(tmp_path: Path) -> None:
    """Whoever made the code: what was set in the older chat is what holds, and stays the runner."""
    async with hosted(tmp_path) as (host, _):
        await host.receive(happens("zone Asia/Tokyo", "ann"))
        await host.receive(happens("zone Europe/Rome", "ben"))
        told = await join(host, "ann", await code_of(host, "ben"))
        ann, ben = await host.runner(ANN), await host.runner(BEN)

    assert told == "joined"
    assert ann == ben
    assert ann is not None
    assert (ann.id, ann.zone) == ("r1", "Asia/Tokyo")


async def test_the_same_update_twice_leaves_the_code_as_it_was_shown(tmp_path: Path) -> None:
    """A repeat makes no second code, and typing a code again changes nothing."""
    async with hosted(tmp_path) as (host, platform):
        asked = happens("code", "ann", event_id="e-code")
        await host.receive(asked)
        await host.receive(asked)
        await host.deliver_pending()
        (code,) = platform.texts("ann")
        typed = happens(f"join {code}", "ben", event_id="e-join")
        first, again = await host.receive(typed), await host.receive(typed)
        await host.deliver_pending()

    assert first.new
    assert not again.new
    assert platform.texts("ben") == ["joined"]


async def test_a_code_typed_by_two_at_once_joins_one(tmp_path: Path) -> None:
    """The other one is told that it is a wrong code, whatever it looked like a moment before."""
    async with hosted(tmp_path) as (host, _):
        code = await code_of(host, "ann")
        for who in ("ben", "eve"):
            await host.receive(happens("hello", who))
        told = await asyncio.gather(join(host, "ben", code), join(host, "eve", code))
        runners = [await host.runner(Person("p", who)) for who in ("ann", "ben", "eve")]

    assert sorted(told) == ["joined", "wrong"]
    assert len({runner.id for runner in runners if runner}) == 2


async def test_an_answer_still_goes_out_to_the_chat_that_joined(tmp_path: Path) -> None:
    """What waited for either chat arrives there, also what was said while joining."""
    async with hosted(tmp_path) as (host, platform):
        await host.receive(happens("hello", "ben"))
        code = await code_of(host, "ann")
        await join(host, "ben", code)
        await host.deliver_pending()

    assert platform.texts("ben") == ["q1? (you said hello)", "joined"]
    assert platform.texts("ann") == [code]


async def test_an_export_in_the_chat_holds_all_that_is_kept(tmp_path: Path) -> None:
    """The file that /export hands over has everything, and not the exports before it."""
    host = await Host.open(load_content(), tmp_path, MovableClock(START))
    platform = Platform()
    host.attach("p", platform)
    for text in ("/start", "my calf is a little sore", "/export", "/export"):
        await host.receive(happens(text))
    await host.deliver_pending()
    kept = await host.export(ANN)
    await host.close()

    files = [one.attachment for one in platform.sent if one.attachment is not None]
    first, second = [msgspec.json.decode(file.text) for file in files]
    assert set(first) >= {*kept, "what", "made"}
    assert first["chats"] == [{"platform": "p", "person": "ann", "language": ""}]
    assert "my calf is a little sore" in files[0].text
    assert [one["what"]["attachment"] for one in second["messages_sent"]][-1] == {
        "name": files[0].name
    }

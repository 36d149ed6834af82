"""A club's places: two of them, a new number, rights lost, leaving and being removed."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.event import Person, Place, Presence, Tapped
from bot.runtime.adapter import Delivery, Gone, Receipt, Sent, Vanished
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from tests.runtime.clubs import club_host, does, going, press, runs, with_a_run
from tests.runtime.world import START


async def test_a_club_in_two_places_by_a_code(tmp_path: Path) -> None:
    """One club, one count: a run is posted in both; the code works once, and not in a third."""
    other = Place("p", "-200", private=False)
    async with club_host(tmp_path) as (host, group):
        await host.receive(does("/setup"))
        await host.receive(does("/code"))
        await host.deliver_pending()
        code = group.texts("ann")[-1]
        for where in (other, other, Place("p", "-300", private=False)):
            await host.receive(does(f"/join {code}", "ben", where))
        await host.receive(does("/run Track"))
        await host.receive(press(1, who="ben"))
        await host.receive(press(1, who="ann"))
        await host.deliver_pending()

        assert [text for text in group.texts("ben") if text[0] != "y"] == [
            "joined",
            "wrong",
            "wrong",
        ]
        posts = [one.place.chat for one in group.sent if one.text == "Track: 2 going"]
        assert posts == ["-100", "-200"]  # what waits to be posted says the newest
        assert going((await runs(host))[0]) == 2


async def test_two_admins_set_up_at_the_same_moment(tmp_path: Path) -> None:
    """One club in a chat, whatever topic it is set up from; two chats, two clubs."""
    topic = Place("p", "-100", "7", private=False)
    async with club_host(tmp_path) as (host, _group):
        await asyncio.gather(
            host.receive(does("/setup")),
            host.receive(does("/setup", "ben", topic)),
            host.receive(does("/setup", "eve", Place("p", "-200", private=False))),
        )

        assert (await host.store.counts())["clubs"] == 2


async def _left(host: Host) -> None:
    counts = await host.store.counts()
    assert counts["clubs"] == 0
    assert await host.store.club_planned(1) == []


async def test_leaving_says_goodbye_first_and_keeps_nothing(tmp_path: Path) -> None:
    """The goodbye is delivered, then we go; nobody's answer is left."""
    async with club_host(tmp_path) as (host, group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="ben"))
        await host.receive(does("/leave"))
        await host.deliver_pending()
        kept = await host.export(Person("p", "ben"))

        assert group.texts()[-2:] == ["Goodbye", ""]
        assert group.sent[-1].leave
        assert [kept["clubs"][name] for name in ("said", "member_of")] == [[], []]
        await _left(host)
        again = await host.receive(press(run.id, who="ben"))
        assert again.turn
        assert again.turn.messages[0].text == "no such run"


async def test_being_removed_ends_it_cleanly(tmp_path: Path) -> None:
    """Removed from the group: nothing is tried there, nothing falls due, nothing is kept."""
    async with club_host(tmp_path) as (host, group):
        await with_a_run(host)
        await host.receive(does("/at digest once 0 2026-03-05 18:00"))
        await host.receive(does("/run Another"))
        await host.receive(does(Presence("removed")))
        await host.gone("p", "-100", "removed")
        await host.advance(START + timedelta(days=5))

        assert "Another: 0 going" not in group.texts()
        await _left(host)


async def test_rights_lost_in_the_middle(tmp_path: Path) -> None:
    """The group refuses us for a while: presses are kept, and the next one after that shows all."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        run = await with_a_run(host)

        def refused(delivery: object) -> Receipt:
            return Gone("not enough rights")

        allowed = group.answers
        group.answers = refused
        for who in ("a", "b"):
            clock.move(timedelta(seconds=10))
            await host.receive(press(run.id, who=who))
            await host.deliver_pending()
        group.answers = allowed
        clock.move(timedelta(minutes=1))
        await host.receive(press(run.id, who="c"))
        clock.move(timedelta(seconds=5))
        await host.deliver_pending()

        assert going((await runs(host))[0]) == 3
        assert group.public()[-1] == "Track: 3 going"


@pytest.mark.parametrize("heard_first", [True, False])
async def test_a_supergroup_upgrade_in_the_middle_of_a_sign_up(
    tmp_path: Path, *, heard_first: bool
) -> None:
    """The chat gets a new number: answers stay, and the post is posted anew where it can be edited.

    `heard_first`: presses come from the new chat before the platform says that it moved.
    """
    clock = MovableClock(START)
    moved = Place("p", "-1001", private=False)
    async with club_host(tmp_path, clock=clock) as (host, group):
        run = await with_a_run(host)
        await host.receive(press(run.id, who="a"))
        old = {one.id for one in group.sent}
        if heard_first:
            await host.receive(does(Tapped("!club:go:1-1@A"), "b", moved))
        await host.moved("p", "-100", "-1001")
        await host.moved("p", "-100", "-1001")
        await host.receive(does(Tapped("!club:go:1-1@A"), "c", moved))

        def forgetful(delivery: Delivery) -> Receipt:
            if delivery.edits and int(delivery.edits[1:]) in old:
                return Vanished()
            return Sent(f"m{delivery.id}")

        group.answers = forgetful
        for _ in range(3):
            clock.move(timedelta(seconds=5))
            await host.deliver_pending()
        await host.receive(does(Tapped("!club:go:1-1@A"), "d", moved))
        for _ in range(3):
            clock.move(timedelta(seconds=5))
            await host.deliver_pending()

        count = 4 if heard_first else 3
        assert going((await runs(host))[0]) == count
        assert group.public()[-1] == f"Track: {count} going"
        assert {one.place.chat for one in group.sent[-2:]} == {"-1001"}

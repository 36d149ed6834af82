"""A conversation begun in a group is the one that goes on in private."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from bot.conversation.event import Event, Place
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from tests.runtime.clubs import does, home_of
from tests.runtime.world import START, hosted

HOME = home_of("ann")


def nowhere(event: Event) -> Event:
    """The same, on a platform that does not say where somebody's private place is."""
    return msgspec.structs.replace(event, home=None)


async def said(host: Host, where: Place) -> list[str]:
    """What was answered so far, as a turn in that place would know it."""
    standing = await host.store.stand(does("", where=where), host.clock.now())
    return [answer.words for answer in standing.conversation.answers]


@pytest.mark.parametrize("known", [True, False])
async def test_it_goes_on_where_it_was(tmp_path: Path, *, known: bool) -> None:
    """Three answers, from the group and from home, are one conversation, home known or not."""
    of = (lambda event: event) if known else nowhere
    async with hosted(tmp_path) as (host, platform):
        await host.receive(of(does("one")))
        await host.receive(does("two", where=HOME))
        await host.receive(of(does("three")))
        await host.deliver_pending()

        assert platform.texts()[-1] == "q3? (you said three)"
        assert [one.place.chat for one in platform.sent] == ["-100", "ann", "-100"]
        assert await said(host, HOME) == ["one", "two", "three"]
        assert (await host.store.counts())["conversations"] == 1


async def test_a_second_group_is_the_same_conversation_and_another_person_is_not(
    tmp_path: Path,
) -> None:
    """It is the runner's own, wherever they are; what others say is theirs."""
    other = Place("p", "-200", "7", private=False)
    async with hosted(tmp_path) as (host, _platform):
        await host.receive(does("one"))
        await host.receive(does("two", where=other))
        await host.receive(does("mine", "ben"))

        assert await said(host, HOME) == ["one", "two"]


@pytest.mark.parametrize("known", [True, False])
async def test_check_ins_asked_for_in_a_group_come_in_private(
    tmp_path: Path, *, known: bool
) -> None:
    """They belong to the private conversation; where it opened later, they moved there."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, platform):
        planned = does("plan evening 18:00")
        await host.receive(planned if known else nowhere(planned))
        if not known:
            await host.receive(does("hello", where=HOME))
        await host.advance(START + timedelta(days=1))
        (due,) = (one for one in platform.sent if one.text.startswith("due evening"))

        assert due.place == HOME


async def test_conversations_of_an_old_file_come_home(tmp_path: Path) -> None:
    """Begun in two groups before homes were known: the newest goes on, no check-in stays behind."""
    clock = MovableClock(START)
    async with hosted(tmp_path, clock=clock) as (host, platform):
        await host.receive(nowhere(does("plan first 18:00")))
        clock.move(timedelta(minutes=1))
        await host.receive(
            nowhere(does("plan second 19:00", where=Place("p", "-200", private=False)))
        )
        await host.receive(nowhere(does("newest", where=Place("p", "-200", private=False))))
        await host.receive(does("home", where=HOME))
        await host.advance(START + timedelta(days=3))
        due = [one.place for one in platform.sent if one.text.startswith("due")]

        assert await said(host, HOME) == ["newest", "home"]
        assert set(due) == {HOME}


async def test_deleting_from_a_group_leaves_nothing(tmp_path: Path) -> None:
    """All of it goes, wherever it was asked for."""
    async with hosted(tmp_path) as (host, _platform):
        await host.receive(does("one", where=HOME))
        await host.receive(does("forget"))
        await host.deliver_pending()
        counts = await host.store.counts()

        assert (counts["runners"], counts["conversations"]) == (0, 0)

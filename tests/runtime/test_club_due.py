"""What falls due for clubs: on the wall clock, late, failing, and while nobody can be reached."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation.event import Place
from bot.runtime.clock import MovableClock
from tests.runtime.clubs import club_host, does
from tests.runtime.world import START


async def test_wall_clock_over_a_clock_change(tmp_path: Path) -> None:
    """18:00 in London stays 18:00 when the clocks go forward on 29 March."""
    async with club_host(tmp_path) as (host, group):
        await host.receive(does("/setup"))
        await host.receive(does("/at a once 0 2026-03-26 18:00"))
        await host.receive(does("/at b once 0 2026-04-02 18:00"))
        planned = await host.store.club_planned(1)
        await host.advance(START + timedelta(days=40))

        assert [at.hour for _key, at in planned] == [18, 17]
        assert group.public() == ["due a", "due b"]


async def test_in_a_new_zone_the_wall_clock_is_kept(tmp_path: Path) -> None:
    """The club moves to Berlin: what is planned for 18:00 is at 18:00 there."""
    async with club_host(tmp_path) as (host, _group):
        await host.receive(does("/setup"))
        await host.receive(does("/at a once 0 2026-03-26 18:00"))
        await host.receive(does("/zone Europe/Berlin"))

        assert await host.store.club_planned(1) == [("a", datetime(2026, 3, 26, 17, tzinfo=UTC))]


@pytest.mark.parametrize(("away_h", "posted"), [(11, True), (13, False)])
async def test_found_too_late_it_is_silent_and_plans_go_on(
    tmp_path: Path, away_h: int, *, posted: bool
) -> None:
    """A week's digest found late is left out, and the next one is planned all the same."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        await host.receive(does("/setup"))
        await host.receive(does(f"/at d weekly {12 * 3600} 2026-03-05 18:00"))
        await host.receive(does("/at s once 0 2026-03-05 18:00"))
        clock.move_to(datetime(2026, 3, 5, 18, tzinfo=UTC) + timedelta(hours=away_h))
        await host.tick()
        await host.tick()
        await host.deliver_pending()

        assert group.public() == (["due d", "due s"] if posted else ["due s"])
        assert [key for key, _at in await host.store.club_planned(1)] == ["d"]


async def test_one_that_fails_is_tried_on_three_days_and_stops_nobody(tmp_path: Path) -> None:
    """It is noted each time; another club's goes out."""
    async with club_host(tmp_path) as (host, group):
        await host.receive(does("/setup"))
        await host.receive(does("/at bad boom 0 2026-03-05 18:00"))
        await host.receive(does("/setup", where=Place("p", "-200", private=False)))
        await host.receive(
            does("/at good once 0 2026-03-05 18:00", where=Place("p", "-200", private=False))
        )
        await host.advance(START + timedelta(days=10))
        troubles = await host.store.troubles()

        assert group.public() == ["due good"]
        assert [one.code for one in troubles] == ["club_turn_failed"] * 3
        assert await host.store.club_planned(1) == []


async def test_a_place_out_of_reach_pauses_it(tmp_path: Path) -> None:
    """Nothing falls due while the group is gone; when it is back, what is not too late comes."""
    async with club_host(tmp_path) as (host, group):
        await host.receive(does("/setup"))
        await host.receive(does("/at old once 3600 2026-03-03 18:00"))
        await host.receive(does("/at new once 0 2026-03-03 18:00"))
        await host.deliver_pending()
        await host.gone("p", "-100", "kicked")
        await host.advance(START + timedelta(days=3))
        assert group.public() == []
        await host.receive(does("/zone Europe/London"))
        await host.tick()
        await host.deliver_pending()

        assert group.public() == ["due new"]


async def test_a_clock_that_goes_back_posts_nothing_twice(tmp_path: Path) -> None:
    """Planned and due once more, and a post's key is sent once."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, group):
        await host.receive(does("/setup"))
        for _ in range(2):
            clock.move_to(START)
            await host.receive(does("/at a once 0 2026-03-03 18:00"))
            await host.advance(START + timedelta(days=2))

        assert group.public() == ["due a"]

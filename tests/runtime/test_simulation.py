"""A made-up world with the toy core: short here, long with heeldrop simulate."""

from pathlib import Path

import pytest

from bot.runtime.club_turns import club_core
from bot.runtime.simulation.invariants import BrokenPromiseError
from bot.runtime.simulation.world import World
from tests.club.meeting import content
from tests.runtime import toy

PHRASES = (
    "plan evening 18:00 mon wed fri",
    "plan morning 08:00 tue thu sat",
    "plan review 18:00 sun late=send",
    "plan night 23:30 mon tue late=drop",
    "plan once 12:00 late=send",
    "plan missing 02:30 sun exempt",
    "plan mine 20:30 free",
    "at soon 3600",
    "zone Europe/London",
    "zone America/New_York",
    "zone Australia/Lord_Howe",
    "zone Pacific/Apia",
    "quiet 22:00 07:00",
    "quiet 12:00 14:00",
    "cancel evening",
    "log 5",
    "long 3000",
    "forget",
    "hello",
    "yes",
)


@pytest.mark.parametrize("seed", range(3))
async def test_a_made_up_world_keeps_every_promise(seed: int, tmp_path: Path) -> None:
    """Weeks over a clock change: nothing lost, doubled, late, too often or in the night."""
    counted = await World(seed, tmp_path, None, toy.step, PHRASES).play(days=30)

    assert counted["events"] > 80
    assert counted["check-ins sent"] > 10


@pytest.mark.parametrize("seed", range(2))
async def test_a_club_in_a_made_up_world_keeps_every_promise(seed: int, tmp_path: Path) -> None:
    """Presses, changes, leaving, deleting, refused edits: posts say what is kept, and of nobody."""
    world = World(seed, tmp_path, content(), toy.step, PHRASES, club=club_core(content()))
    counted = await world.play(days=6)

    assert counted["club events"] > 40


async def test_a_broken_promise_names_its_seed(tmp_path: Path) -> None:
    """When something breaks, the seed and the step are in the message."""
    world = World(5, tmp_path, None, toy.step, ("boom",))

    with pytest.raises(BrokenPromiseError, match=r"seed 5, step \d+"):
        await world.play(days=30)


async def test_the_same_seed_plays_the_same_world(tmp_path: Path) -> None:
    """A failure can be played again."""
    first = await World(9, tmp_path / "a", None, toy.step, PHRASES).play(days=10)
    second = await World(9, tmp_path / "b", None, toy.step, PHRASES).play(days=10)

    assert first == second

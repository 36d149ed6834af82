from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.exercises import (
    DROP_BENT,
    DROP_FLOOR,
    DROP_STRAIGHT,
    EASY,
    GRASS,
    HOPS,
    PRESS_UP,
    RAISE,
    ROLLER,
    SEATED,
    STEP_STRETCH,
    STICK,
    WALL_BENT,
    WALL_STRAIGHT,
    Choice,
    Day,
    exercise_choice,
)
from bot.content.coaching import Coaching
from bot.content.exercise import Exercise
from bot.content.exercises import load_exercises

if TYPE_CHECKING:
    from bot.content.problem import Problem

CONTENT = Path(__file__).resolve().parents[2] / "content"
ALL_KIT = frozenset({"step", "wall", "roller", "stick", "grass"})
LOADING = {DROP_STRAIGHT, DROP_BENT, DROP_FLOOR, RAISE, SEATED, HOPS}
PATHWAYS = (
    "long_break",
    "technique_change",
    "overload",
    "strength_flex",
    "footwear_surface",
    "doms",
    "tendon_mid",
    "tendon_insertional",
    "strain_suspected",
    "scope_limit",
)
days = st.builds(
    Day,
    triage=st.sampled_from(["emergency", "same_day", "this_week", "self_manage"]),
    pathways=st.frozensets(st.sampled_from(PATHWAYS), max_size=3),
    kind=st.sampled_from(["non_run", "after_run", "after_race"]),
    pain=st.integers(0, 10),
    light=st.sampled_from([None, "green", "amber", "red", "stop"]),
    kit=st.none() | st.frozensets(st.sampled_from(sorted(ALL_KIT))),
    hours_since_onset=st.none() | st.integers(0, 1000),
    before_longest_run=st.booleans(),
    loading_days=st.integers(0, 6),
    strength_days=st.integers(0, 6),
    level=st.none() | st.integers(0, 14),
    raises=st.none() | st.integers(0, 40),
    bone_pain=st.booleans(),
    turn=st.integers(0, 5),
)


@pytest.fixture(scope="module")
def exercises() -> tuple[Exercise, ...]:
    """The fourteen exercises as they ship."""
    problems: list[Problem] = []
    found = load_exercises(CONTENT, problems)
    assert problems == []
    return tuple(found.values())


def day(kind: str = "non_run", *pathways: str, **more: object) -> Day:
    """A self-managing runner with all the kit."""
    values: dict[str, object] = {"triage": "self_manage", "kit": ALL_KIT, **more}
    return Day(pathways=frozenset(pathways), kind=kind, **values)  # type: ignore[arg-type]


def chosen(exercises: tuple[Exercise, ...], one: Day, coaching: Coaching) -> tuple[str, ...]:
    """Only the ids."""
    return exercise_choice(exercises, one, coaching).exercises


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (day(), (DROP_STRAIGHT, DROP_BENT, RAISE)),
        (day(turn=1), (DROP_STRAIGHT, DROP_BENT, SEATED)),
        (day(turn=1, raises=15), (DROP_STRAIGHT, DROP_BENT, SEATED, HOPS)),
        (day(turn=1, raises=14), (DROP_STRAIGHT, DROP_BENT, SEATED)),
        (day(turn=1, raises=30, pain=3), (DROP_STRAIGHT, DROP_BENT, SEATED)),
        (day("after_run"), (WALL_STRAIGHT, WALL_BENT, ROLLER, GRASS)),
        (day("after_run", turn=1), (STEP_STRETCH, PRESS_UP, STICK, GRASS)),
        (day("after_run", level=2), (WALL_STRAIGHT, WALL_BENT, ROLLER)),
        (day("after_race", level=3), (WALL_STRAIGHT, WALL_BENT, ROLLER, GRASS)),
        (day("after_run", light="amber"), (WALL_STRAIGHT, WALL_BENT, ROLLER)),
        (day("after_run", pain=3), (WALL_STRAIGHT, WALL_BENT, ROLLER)),
        (day("after_run", "technique_change"), (WALL_STRAIGHT, WALL_BENT, ROLLER)),
        (day("after_run", "footwear_surface"), (WALL_STRAIGHT, WALL_BENT, ROLLER)),
        (day("non_run", "tendon_insertional"), (DROP_FLOOR, RAISE)),
        (day("after_run", "tendon_insertional"), (ROLLER, EASY)),
        (day("non_run", "tendon_mid", pain=5), (DROP_STRAIGHT, DROP_BENT, RAISE)),
        (day("non_run", "tendon_mid", pain=6), (EASY,)),
        (day(pain=3), (DROP_STRAIGHT, DROP_BENT, RAISE)),
        (day(pain=4), (EASY,)),
        (day("non_run", "doms"), (EASY,)),
        (day(light="red"), (EASY,)),
        (day(before_longest_run=True), (EASY,)),
        (day(loading_days=6), (EASY,)),
        (day(loading_days=5), (DROP_STRAIGHT, DROP_BENT, RAISE)),
        (day(strength_days=3), (EASY,)),
        (day("non_run", "strain_suspected"), (EASY,)),
        (day("non_run", "strain_suspected", hours_since_onset=71), (EASY,)),
        (day("non_run", "strain_suspected", hours_since_onset=72), (RAISE,)),
        (day("non_run", "scope_limit"), ()),
        (day(light="stop"), ()),
        (day(triage="this_week", pain=2), (EASY,)),
        (day(triage="this_week", pain=3), ()),
        (day(bone_pain=True, pain=1), (EASY,)),
        (day(triage="same_day"), ()),
        (day(triage="emergency"), ()),
        (day(kit=frozenset({"wall"})), (DROP_FLOOR, RAISE)),
        (day(kit=frozenset()), (SEATED,)),
        (day("after_run", kit=frozenset()), (PRESS_UP,)),
        (day("after_run", kit=None), (WALL_STRAIGHT, WALL_BENT)),
        (day(barred=frozenset({DROP_STRAIGHT})), (DROP_FLOOR, DROP_BENT, RAISE)),
    ],
)
def test_the_choice(
    coaching: Coaching, exercises: tuple[Exercise, ...], one: Day, expected: tuple[str, ...]
) -> None:
    """Each rule of 6.0 to 6.2 and 2.3, at its boundary."""
    assert chosen(exercises, one, coaching) == expected


def test_all_fourteen_are_reachable(coaching: Coaching, exercises: tuple[Exercise, ...]) -> None:
    """Every exercise is chosen on some day."""
    some = [
        day(turn=0),
        day(turn=1, raises=20),
        day("after_run", turn=0),
        day("after_run", turn=1),
        day("non_run", "tendon_insertional"),
        day(light="red"),
    ]
    found = {one for each in some for one in chosen(exercises, each, coaching)}

    assert found == {one.id for one in exercises}


def test_the_easing_set(coaching: Coaching, exercises: tuple[Exercise, ...]) -> None:
    """The light set is offered after a calm run, and not with a sore tendon or on other days."""

    def easing(one: Day) -> bool:
        return exercise_choice(exercises, one, coaching).easing_set

    assert easing(day("after_run", pain=2))
    assert not easing(day("after_run", pain=3))
    assert not easing(day("after_run", "tendon_mid"))
    assert not easing(day("non_run"))


@given(one=days)
def test_safety_holds_for_every_day(
    coaching: Coaching, exercises: tuple[Exercise, ...], one: Day
) -> None:
    """Nothing at all before help, no load while someone has to look at it or it is too sore."""
    choice = exercise_choice(exercises, one, coaching)
    found = set(choice.exercises)

    assert len(found) == len(choice.exercises) <= 4
    assert choice.because
    if one.triage in {"emergency", "same_day"} or "scope_limit" in one.pathways:
        assert choice == Choice((), choice.because)
    if one.triage == "this_week" or one.light == "red" or one.pain > 5 or one.bone_pain:
        assert found <= {EASY}
    if "tendon_insertional" in one.pathways:
        assert found <= {DROP_FLOOR, RAISE, SEATED, ROLLER, STICK, EASY}
    if one.kind != "non_run" or one.before_longest_run or one.loading_days == 6:
        assert not found & LOADING


@given(one=days)
def test_what_content_forbids_is_never_chosen(
    coaching: Coaching, exercises: tuple[Exercise, ...], one: Day
) -> None:
    """No exercise is chosen that the physio's file excludes; a strain has its own wait."""
    by_id = {exercise.id: exercise for exercise in exercises}
    for name in exercise_choice(exercises, one, coaching).exercises:
        closed = set(by_id[name].not_if.pathways) - {"strain_suspected"}
        assert not closed & one.pathways
        waits = {wait.pathway: wait.hours for wait in by_id[name].not_if.wait}
        if "strain_suspected" in one.pathways and name != EASY:
            assert one.hours_since_onset is not None
            assert one.hours_since_onset >= waits["strain_suspected"]
        if one.kit is not None:
            assert set(by_id[name].kit) & ALL_KIT <= one.kit

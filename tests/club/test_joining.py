"""Joining a run: the counts, the waiting list, and a press that changes nothing."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.club.joining import (
    comes,
    counted,
    going,
    joined,
    moved_up,
    place_in_line,
    waiting,
    without,
)
from bot.club.state import CANT, MAYBE, ClubRun, Option

NOW = datetime(2026, 5, 4, 11, 0, tzinfo=UTC)
PRESSES = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(("A", "B", MAYBE, CANT))), max_size=40
)


def run(limit: int | None = None) -> ClubRun:
    """A run with two options."""
    options = (Option("A", "easy", 10_000), Option("B", "", 4000))
    return ClubRun(1, 1, "x", date(2026, 5, 7), time(19), "Europe/London", "", options, limit)


def after(presses: list[tuple[int, str]], limit: int | None) -> ClubRun:
    """The run after these presses, one a second."""
    found = run(limit)
    for second, (runner, choice) in enumerate(presses):
        found = joined(found, runner, choice, NOW + timedelta(seconds=second))
    return found


@settings(max_examples=60)
@given(PRESSES, st.one_of(st.none(), st.integers(1, 5)))
def test_the_counts_are_those_of_distinct_runners(
    presses: list[tuple[int, str]], limit: int | None
) -> None:
    """Each runner counts once, by what they pressed last; no more go than may."""
    found, last = after(presses, limit), dict(presses)
    coming = {runner for runner, choice in last.items() if choice in "AB"}
    numbers = counted(found)

    assert {one.runner: one.choice for one in found.rsvps} == last
    assert numbers.going + numbers.waiting == len(coming)
    assert numbers.going == min(len(coming), limit or len(coming))
    assert numbers.said(MAYBE) == list(last.values()).count(MAYBE)


@settings(max_examples=60)
@given(PRESSES, st.integers(1, 4))
def test_the_line_is_in_the_order_of_the_presses(
    presses: list[tuple[int, str]], limit: int
) -> None:
    """Whoever came first goes first; another option keeps the place, leaving gives it up."""
    order: list[int] = []
    for runner, choice in presses:
        if choice in (MAYBE, CANT):
            order = [one for one in order if one != runner]
        elif runner not in order:
            order.append(runner)
    found = after(presses, limit)

    assert [one.runner for one in (*going(found), *waiting(found))] == order
    assert [one.at for one in found.rsvps if comes(one)] == sorted(
        one.at for one in found.rsvps if comes(one)
    )


@settings(max_examples=40)
@given(PRESSES, st.integers(1, 9), st.sampled_from(("A", MAYBE, CANT)))
def test_the_same_press_twice_changes_nothing(
    presses: list[tuple[int, str]], runner: int, choice: str
) -> None:
    """The second one hands back the very same run."""
    once = joined(after(presses, 3), runner, choice, NOW)

    assert joined(once, runner, choice, NOW + timedelta(hours=1)) is once


@settings(max_examples=40)
@given(PRESSES, st.integers(1, 9))
def test_only_those_who_waited_move_up_and_nobody_is_lost(
    presses: list[tuple[int, str]], leaver: int
) -> None:
    """When somebody goes, the first of the line gets the place, and nobody else moves."""
    before = after(presses, 2)
    freed = without(before, leaver)
    gone = leaver in {one.runner for one in going(before)}
    line = [one.runner for one in waiting(before)]

    assert [one.runner for one in moved_up(before, freed)] == (line[:1] if gone else [])
    assert {one.runner for one in freed.rsvps} == {one.runner for one in before.rsvps} - {leaver}


def test_the_place_in_the_line() -> None:
    """The first who waits is number 1; who goes has none."""
    full = after([(1, "A"), (2, "B"), (3, "A"), (4, "A")], 2)

    assert [place_in_line(full, one) for one in (1, 2, 3, 4)] == [0, 0, 1, 2]

"""[Is this right for me?]: the same figures as the session guard, and what comes before any run."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from bot.checking.clubhouse import Clubhouse
from bot.coaching.guard import session_guard
from bot.conversation.log import Advised, Entry, Paused, Run
from tests.club.meeting import LINE, MONDAY, content, tap, with_run


def give(house: Clubhouse, name: str, *entries: Entry) -> None:
    """Put something into somebody's log."""
    stage = house.someone(name).stage
    for entry in entries:
        log = stage.runner.log.with_entry(entry)
        stage.runner = msgspec.structs.replace(stage.runner, log=log)


def ran(metres: float, days_ago: int = 3, **more: Any) -> Run:
    """A run in the log."""
    at = MONDAY - timedelta(days=days_ago)
    return Run(f"run-{days_ago}", at.date(), at, metres, **more)


def asked(*entries: Entry, line: str = LINE) -> str:
    """What somebody with this log is told."""
    house = with_run(line)
    give(house, "member-1", *entries)
    return tap(house, "member-1", "Is this right for me?")


@pytest.mark.parametrize("longest", [3000, 3600, 3637, 4000, 9000, 9100, 12_000])
def test_the_answer_is_that_of_the_guard(longest: float) -> None:
    """An option fits exactly when the guard lets it go, and the ratio is the guard's."""
    load, told = content().coaching.load, asked(ran(longest))
    guards = {letter: session_guard(m, longest, load) for letter, m in (("A", 10_000), ("B", 4000))}
    fit = [letter for letter, guard in guards.items() if guard.action == "go"]

    for letter, guard in guards.items():
        said = f"{letter} is {guard.spike:.1f} times that" in told
        assert said == (guard.action != "go")
    expected = {0: "Up to", 1: f"{''.join(fit)} fits.", 2: "A and B fit."}
    assert expected[len(fit)] in told


def test_a_run_over_30_days_ago_is_no_longest_run() -> None:
    """Then there is no ratio, and the question is asked."""
    assert "your longest run in the last month" in asked(ran(9000, days_ago=31))


@pytest.mark.parametrize("metres", [4100, 9100])
def test_the_button_takes_the_option_that_fits(metres: float) -> None:
    """One tap switches; an option that somebody has already is not offered again."""
    house = with_run()
    give(house, "member-1", ran(metres))
    tap(house, "member-1", "Is this right for me?")
    offered = [button.label for one in house.said for button in one.message.buttons]

    assert offered[0] == ("Going B" if metres == 4100 else "Going A")
    assert "Going 1" in tap(house, "member-1", offered[0])


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Advised("a", MONDAY, "same_day"), "Rest from running first"),
        (Advised("a", MONDAY, "emergency"), "Rest from running first"),
        (ran(9000, 0, light="stop"), "Rest from running first"),
        (Paused("p", MONDAY, "injury"), "Rest first. You are on a pause"),
        (Paused("p", MONDAY, "illness", until=date(2026, 5, 9)), "Rest first. You are on a pause"),
    ],
)
def test_what_stands_in_the_way_comes_first(entry: Entry, words: str) -> None:
    """A sign that is not checked, or a pause for the body, is said instead of any number."""
    told = asked(ran(9000), entry)

    assert words in told
    assert "Longest" not in told


def test_an_amber_light_says_to_stay_at_that_length_and_the_figures_follow() -> None:
    """It is said first, fits a pop-up, and holds until a run with another light."""
    amber = ran(4100, light="amber")
    said = asked(amber)
    assert said.startswith(
        "Your last run was amber, so stay near 4.1 km. Longest in 30 days: 4.1 km."
    )
    assert said.endswith("B fits.")
    assert "amber" not in asked(amber, ran(4100, days_ago=1, light="green"))


def test_a_red_light_counts_while_its_days_off_last() -> None:
    """2 days off after a red run: the third day may be run again."""
    line = "/run Wed 7pm Park 5k"

    assert "Your last run was red" in asked(ran(9000, 0, light="red"), line=line)
    assert "Your last run was red" not in asked(ran(9000, 1, light="red"), line=line)


def test_what_was_cleared_or_is_no_matter_of_the_body_does_not_count() -> None:
    """A later advice to manage alone, or a holiday, leaves the numbers."""
    cleared = Advised("b", MONDAY, "self_manage")
    before = Advised("a", MONDAY - timedelta(days=9), "same_day")

    assert "Longest in 30 days" in asked(ran(9000), before, cleared)
    assert "Longest in 30 days" in asked(ran(9000), Paused("p", MONDAY, "holiday"))


def test_every_answer_fits_a_pop_up() -> None:
    """At most 200 characters, whatever is in the log: a pop-up holds no more."""
    line = "/run Thu 7pm Park 42.2k easy; 38.6k easy; 35.1k easy; 31.7k easy"
    for metres in (1000, 9000, 29_400, 50_000):
        house = with_run(line)
        give(house, "member-1", ran(metres))
        for label in ("Is this right for me?", "Going A", "Maybe"):
            tap(house, "member-1", label)
            mine = [one.message for one in house.said if one.to == "member-1"]
            assert all(len(one.text) <= content().club.limits.popup for one in mine)
            assert all(one.kind.startswith("club_brief:") for one in mine)


def test_going_far_beyond_is_said_once_and_never_blocked() -> None:
    """One private line with the first press; the same press again says only that it is known."""
    house = with_run()
    give(house, "member-1", ran(4100))

    first, again = tap(house, "member-1", "Going A"), tap(house, "member-1", "Going A")

    assert "2.4 times your longest" in first
    assert "Going 1" in first
    assert "times" not in again

"""The weekly review, weeks on plan, silence, and the run that is to come."""

from datetime import timedelta

import pytest

from bot.conversation.follow_through.guarding import planned_metres
from bot.conversation.log import Note, Paused, Run, Soreness
from bot.understanding.reading import Understood
from tests.conversation.coached import (
    agreed,
    checked,
    entries,
    labels,
    press,
    run_on_saturday,
    say,
    tap,
    wait,
)


def test_sunday_evening_reviews_the_week() -> None:
    """Runs, lights, what comes, one question, and how to stop; again every Sunday."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "4 to 6", "0 to 2", "No")
    first = wait(stage, days=1, hours=6)
    second = wait(stage, days=7)

    assert all(
        part in first for part in ("Your week", "2 runs", "green", "How was the week?", "/stop")
    )
    assert "Your week" in second


def test_weeks_on_plan_never_reset() -> None:
    """A kept week counts; a week of rest and silence is never a reset and lists no misses."""
    stage = agreed()
    run_on_saturday(stage)
    text = wait(stage, days=9)

    assert "Weeks on plan: 1 of the last 1" in text
    assert "missed" not in text


def test_silence_is_met_with_little_and_then_announced() -> None:
    """A smaller plan, the level again, and after 30 days an announced end. Then nothing."""
    stage = agreed()
    said = wait(stage, days=45)
    after = wait(stage, days=60)

    order = ["smaller plan", "time off", "I stop writing now"]
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    assert entries(stage, Paused)[-1].reason == "silence"
    assert after == ""


def _in_week_of(card: str, kind: str) -> int:
    """How many days of this kind the smaller week of a card has."""
    return card.partition("Week 1")[0].count(kind)


def test_the_smaller_plan_is_smaller() -> None:
    """7 days after a miss: 1 run or walk and exercises once, at a lower step; what is done counts."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "4 to 6", "0 to 2", "No")
    wait(stage, days=1)
    before = say(stage, "plan")
    said = wait(stage, days=11)
    smaller = say(stage, "plan")
    say(stage, "ran 30 min")
    back = tap(stage, "Right")
    after = say(stage, "plan")

    assert "A smaller plan for this week: 1 run or walk, and exercises once." in said
    assert "6 times" in before
    assert "6 times" not in smaller.partition("Week 1")[0]
    assert _in_week_of(smaller, " walk") == 1
    assert _in_week_of(smaller, ": exercises") == 1
    assert "Welcome back. One miss does not matter." in back
    assert _in_week_of(after, " walk") == 0


def test_after_two_weeks_the_plan_is_the_usual_one_again() -> None:
    """The smaller week ends; the step is the one of the time off."""
    stage = agreed()
    run_on_saturday(stage)
    said = wait(stage, days=21)

    assert "your plan starts gently again" in said
    assert "smaller plan" not in say(stage, "plan")


def test_coming_back_is_ticked() -> None:
    """Of the days planned before the return, one counts as kept (S65)."""
    stage = agreed()
    wait(stage, days=10)
    say(stage, "ran 31 min")
    tap(stage, "Right")

    assert [note.what for note in entries(stage, Note) if note.what == "returned"] == ["returned"]


def test_a_run_ends_the_silence() -> None:
    """Whoever runs hears no word about having been away."""
    stage = agreed()
    wait(stage, days=9)
    say(stage, "ran 31 min")
    tap(stage, "Right")
    said = wait(stage, days=3)

    assert "smaller plan" not in said
    assert "time off" not in said


@pytest.mark.parametrize(
    ("words", "metres"),
    [
        ("6 miles tomorrow", 6 * 1609.344),
        ("can I run 10k on saturday?", 10_000),
        ("planning 8,5 km this weekend", 8500),
        ("ran 6 miles yesterday", None),
        ("did 10k on saturday", None),
        ("tomorrow then", None),
    ],
)
def test_planned_distances(words: str, metres: float | None) -> None:
    """A distance with a word for the future is a plan; a run that was done is not."""
    assert planned_metres(words, Understood()) == metres


def test_no_run_in_30_days_means_minutes() -> None:
    """Without a run that counts, the guard speaks in minutes and gives no percentage."""
    stage = agreed()

    text = say(stage, "6 miles tomorrow")
    assert "minutes" in text
    assert "times your longest" not in text


def _with_runs(count: int) -> str:
    stage = agreed()
    log = stage.runner.log
    for number in range(count):
        day = (stage.now - timedelta(days=28 - 4 * number)).date()
        at = stage.now - timedelta(days=28 - 4 * number)
        log = log.with_entry(Run(f"r{number}", day, at, distance_m=5200, light="green"))
        log = log.with_entry(
            Soreness(f"s{number}", at + timedelta(days=2), "first_steps", 1, run=f"r{number}")
        )
    stage.runner = type(stage.runner)(
        id="test", zone=stage.runner.zone, settings=stage.runner.settings, log=log
    )
    return say(stage, "5.5 km tomorrow") + "\n" + say(stage, "9 km tomorrow")


def test_the_guard_names_the_numbers_and_what_fits() -> None:
    """Over the cap it says how much over, names what fits, and leaves the choice."""
    text = _with_runs(6)

    assert "5.5 km fits" in text
    assert "1.7 times your longest" in text
    assert "It is your choice" in text


def test_the_guard_speaks_in_minutes_of_a_run_in_minutes() -> None:
    """A run planned in minutes is measured against the longest in minutes."""
    stage = agreed()
    at = stage.now - timedelta(days=4)
    log = stage.runner.log.with_entry(
        Run("r", at.date(), at, distance_m=5200, duration_s=1800, light="green")
    )
    stage.runner = type(stage.runner)(
        id="test", zone=stage.runner.zone, settings=stage.runner.settings, log=log
    )
    text = say(stage, "planning 60 min on thursday")

    assert "2.0 times your longest" in text
    assert "33 min fits" in text


def test_recovery_is_said_from_six_runs_on() -> None:
    """The runner's own recovery rests on 6 runs of such a length; with 5 it is silent."""
    assert "needed 2 days. That rests on 6 of your runs" in _with_runs(6)
    assert "needed" not in _with_runs(5)


def test_my_plan_is_one_tap_away() -> None:
    """Typing "plan" weeks later shows the card again without a question."""
    stage = agreed()
    wait(stage, days=20)

    assert "Your next 4 weeks" in say(stage, "plan")
    assert labels(stage) == ["Change days", "Exercises", "Why?"]


def test_a_reminder_that_was_asked_for_comes_in_the_morning() -> None:
    """[Remind me] sends the session on the morning of its day, unless it was run already."""
    stage = agreed()
    text = press(stage, "!remind")
    said = wait(stage, days=2)

    assert text == "I remind you Saturday at 08:00."
    assert said.startswith("Today: 5 min walk")

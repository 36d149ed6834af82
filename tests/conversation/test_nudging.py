"""Nudges on days without a run."""

import pytest

from bot.checking.talk import Stage
from bot.conversation.log import Exercise, Note
from tests.conversation.coached import (
    agreed,
    checked,
    entries,
    heard,
    kinds,
    labels,
    press,
    run_on_saturday,
    tap,
    wait,
)

MONDAY = "2026-10-19"


def test_exercises_come_on_the_day_of_the_plan_with_all_buttons() -> None:
    """Monday 18:00: how sore, then 2 to 4 exercises with dose, steps, feel, stop and 7 buttons."""
    stage = agreed()
    wait(stage, days=4)
    asked = heard(stage)
    text = tap(stage, "0 to 2")

    assert "Rest day, 9 minutes" in asked
    assert 2 <= len(stage.said) <= 4
    assert all(part in text for part in ("Do:", "1. ", "You may feel:", "Stop if:"))
    assert labels(stage)[: len(stage.said)] == ["Start"] * len(stage.said)
    assert labels(stage)[len(stage.said) :] == [
        "Done", "Made it easier", "Later today", "Tomorrow", "Skip", "Hurts", "Why?",
    ]  # fmt: skip


def nudged() -> Stage:
    """A runner on Monday evening with the exercises before them."""
    stage = agreed()
    wait(stage, days=4)
    tap(stage, "0 to 2")
    return stage


def test_done_is_logged_and_asks_how_hard() -> None:
    """[Done] logs each exercise once, says how the plan goes, and plans the morning after."""
    stage = nudged()
    text = tap(stage, "Done")
    press(stage, f"!ex_done:{MONDAY}")

    done = entries(stage, Exercise)
    assert "plan days kept, rest days included" in text
    assert len(done) == len({entry.exercise for entry in done}) == 3
    assert f"morning:x-{MONDAY}" in stage.planned.rows


def test_more_comes_after_a_good_morning() -> None:
    """Easy, then 2 out of 10 or less the next morning: the next dose is one up."""
    stage = nudged()
    tap(stage, "Done", "Easy")
    wait(stage, hours=14)
    tap(stage, "0 to 2")
    while "Rest day" not in wait(stage, days=1):
        assert stage.now.day < 30
    tap(stage, "0 to 2")

    assert "2 sets of 8 on each leg" in heard(stage)


def test_a_sore_morning_takes_the_dose_back() -> None:
    """Above 2 out of 10 the next morning there is no step up."""
    stage = nudged()
    tap(stage, "Done", "Easy")
    wait(stage, hours=14)
    text = tap(stage, "3")

    assert "Next time" not in text
    assert "easy day" in text


def test_later_asks_once_more_and_then_rests() -> None:
    """[Later today] comes back once, in one line with [Show me]; then nothing more that day."""
    stage = nudged()
    text = tap(stage, "Later today")
    reminder = wait(stage, hours=2, minutes=30)
    again = labels(stage)

    assert "once more" in text
    assert reminder.endswith("9 minutes in all.")
    assert "1. " not in reminder
    assert again == [
        "Show me", "Done", "Made it easier", "Tomorrow", "Skip", "Hurts", "Why?"
    ]  # fmt: skip
    assert "1 of 3: Straight-knee heel drop" in tap(stage, "Show me")
    assert "Later today" not in labels(stage)
    assert wait(stage, hours=10) == ""


def test_later_never_falls_into_quiet_hours() -> None:
    """With quiet from 19:00, [Later today] at 18:40 becomes another day."""
    stage = agreed()
    stage.runner.settings["quiet_from"] = "19:00"
    wait(stage, days=4)
    tap(stage, "0 to 2")

    assert tap(stage, "Later today") == "Then tomorrow at 18:00."


@pytest.mark.parametrize(("label", "answer"), [("Skip", "skipped"), ("Made it easier", "easier")])
def test_other_answers_are_logged(label: str, answer: str) -> None:
    """[Skip] and [Made it easier] are kept as what they are."""
    stage = nudged()
    tap(stage, label)

    assert {entry.answer for entry in entries(stage, Exercise)} == {answer}


def test_tomorrow_moves_to_a_day_without_a_run() -> None:
    """[Tomorrow] on Monday: the exercises come on Tuesday."""
    stage = nudged()
    text = tap(stage, "Tomorrow")

    assert "tomorrow" in text
    assert "Rest day" in wait(stage, days=1)


def test_hurts_stops_and_opens_the_warning_signs() -> None:
    """[Hurts] stops the exercises, asks how much, and asks the warning signs again."""
    stage = nudged()
    tap(stage, "Hurts")
    tap(stage, "4")

    assert kinds(stage)[-1] == "question:now"
    assert {entry.answer for entry in entries(stage, Exercise)} == {"hurts"}


def test_too_sore_means_no_exercises() -> None:
    """5 or more before the exercises: none today, and the warning signs again."""
    stage = agreed()
    wait(stage, days=4)
    tap(stage, "5 or more")

    assert kinds(stage) == ["nudge_too_sore", "question:now"]


def test_the_exercises_have_a_receipt() -> None:
    """[Why?] says how strong the evidence is and that no clinician reviewed it."""
    text = tap(nudged(), "Why?")

    assert "Not shown to stop soreness" in text
    assert "not yet" in text


def test_an_old_button_offers_the_current_exercises() -> None:
    """A [Done] of weeks ago logs nothing and offers the exercises of today."""
    stage = nudged()
    wait(stage, days=8)
    press(stage, f"!ex_done:{MONDAY}")

    assert entries(stage, Exercise) == []
    assert labels(stage) == ["Exercises for today"]


def test_no_exercises_after_a_red_run() -> None:
    """After a red run nobody is nudged on the 2 days off."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "7 or more", "6 or more", "Yes")
    wait(stage, days=2, hours=6)

    assert not [note for note in entries(stage, Note) if note.what == "nudge"]


def test_at_most_three_nudges_in_any_week() -> None:
    """Over 4 weeks without an answer there are never more than 3 nudges in 7 days."""
    stage = agreed()
    wait(stage, days=28)
    sent = [note.at for note in entries(stage, Note) if note.what == "nudge"]

    assert sent
    assert all(sum(0 <= (at - first).days < 7 for at in sent) <= 3 for first in sent)

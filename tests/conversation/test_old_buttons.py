"""Buttons of the follow-through pressed weeks later: each says something sensible, none breaks a log."""

import pytest

from bot.checking.talk import Stage
from bot.conversation.log import Exercise, Note, Run, Soreness
from tests.conversation.coached import (
    agreed,
    entries,
    kinds,
    labels,
    press,
    run_on_saturday,
    tap,
    wait,
)

NUDGE = "2026-10-19"
"""The Monday of the first nudge."""


@pytest.fixture(scope="module")
def later() -> Stage:
    """A runner 3 weeks after the first run, its checks, the review and a nudge."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, days=22)
    return stage


def pressed(later: Stage, token: str) -> tuple[Stage, str]:
    """The same runner after one more press."""
    stage = Stage(later.content, later.now, later.runner, later.conversation)
    return stage, press(stage, token)


def test_a_review_of_weeks_ago(later: Stage) -> None:
    """Noted for its week; no word about the step of today."""
    stage, said = pressed(later, "!week:2026-10-18@too_much")

    assert said == "Noted for the week up to Sunday 18 October."
    assert labels(stage) == ["My plan"]
    assert any(note.id == "week-2026-10-18" for note in entries(stage, Note))


@pytest.mark.parametrize("token", [f"!ready:{NUDGE}@2", f"!ex_done:{NUDGE}", f"!ex_later:{NUDGE}"])
def test_a_nudge_of_weeks_ago(later: Stage, token: str) -> None:
    """Nothing is logged for that day, and the exercises of today are one tap away."""
    stage, said = pressed(later, token)

    assert "earlier day" in said
    assert labels(stage) == ["Exercises for today"]
    assert entries(stage, Exercise) == entries(later, Exercise)
    assert entries(stage, Soreness) == entries(later, Soreness)


def test_a_morning_of_weeks_ago(later: Stage) -> None:
    """It changes no light of today; the signs are still one tap away."""
    run = next(one for one in entries(later, Run) if one.duration_s)
    stage, said = pressed(later, f"!morning:{run.id}@2")
    old, _ = pressed(later, f"!morning:x-{NUDGE}@3")

    assert "earlier morning" in said
    assert "Swelling or another sign" in labels(stage)
    assert stage.runner.log == old.runner.log == later.runner.log


def test_very_sore_on_an_old_button_is_screened_now(later: Stage) -> None:
    """5 or more is taken as of now, whichever button said so."""
    run = next(one for one in entries(later, Run) if one.duration_s)
    morning, _ = pressed(later, f"!morning:{run.id}@5")
    nudge, _ = pressed(later, f"!ready:{NUDGE}@5")

    assert kinds(morning)[-1] == kinds(nudge)[-1] == "question:now"


def test_an_effort_of_weeks_ago_corrects_the_log_only(later: Stage) -> None:
    """The run keeps its effort; nothing more is asked about it and no step is named."""
    run = next(one for one in entries(later, Run) if one.duration_s)
    stage, said = pressed(later, f"!effort:{run.id}@8")

    assert said == "Noted for your run of Saturday 17 October."
    assert next(one.effort for one in entries(stage, Run) if one.id == run.id) == 8


def test_a_pause_button_whose_day_is_past(later: Stage) -> None:
    """A pause cannot end in the past: the days to choose from come again."""
    stage, said = pressed(later, "!pause_until:holiday@2026-10-22")

    assert said.startswith("That day is past")
    assert "1 week" in labels(stage)


def test_an_old_yes_deletes_nothing_unasked(later: Stage) -> None:
    """[Yes, delete everything] of an earlier day asks again first."""
    stage, said = pressed(later, "!delete_yes:2026-10-20")
    kept = stage.runner.log
    tap(stage, "Yes, delete everything")

    assert said.startswith("Delete everything?")
    assert kept == later.runner.log
    assert stage.runner.log.entries == ()

"""A run told together with a warning sign, and answers while a read-back waits."""

import pytest

from bot.checking.talk import Stage
from bot.conversation.log import Run
from bot.conversation.state import Runner
from tests.conversation.coached import (
    START,
    agreed,
    content,
    entries,
    heard,
    kinds,
    labels,
    press,
    say,
    tap,
    wait,
)


def fresh() -> Stage:
    """Somebody who has said nothing yet."""
    return Stage(content(), START, Runner(id="new", zone="Europe/London", settings={"units": "km"}))


def test_the_sign_comes_first_and_the_run_is_read_back_after_it() -> None:
    """A pop in a run: the signs are gone through, then the run is read back and logged."""
    stage = fresh()
    say(stage, "ran 5k, heard a pop in my calf")
    first = kinds(stage)[-1]
    tap(stage, "None of these", "None of these", "Easy, no limp")
    while kinds(stage)[-1].startswith("question:"):
        tap(stage, labels(stage)[0])
    read, before = heard(stage), entries(stage, Run)
    tap(stage, "Right")

    assert first == "question:now"
    assert read == "I read: 5 km · today."
    assert before == []
    assert [run.distance_m for run in entries(stage, Run)] == [5000]
    assert kinds(stage)[-1] == "advice"


def test_the_run_outlasts_a_care_card() -> None:
    """Locked for two days: a plain "yes" logs nothing; once checked, the run keeps its day."""
    stage = fresh()
    say(stage, "ran 5k in 31 min and my left calf is swollen and hot")
    card = kinds(stage)[-1]
    say(stage, "yes")
    locked = entries(stage, Run)
    wait(stage, days=2)
    tap(stage, "I have been checked", "I may run again", "None of these", "None of these")
    while kinds(stage)[-1].startswith("question:"):
        tap(stage, labels(stage)[0])
    read = heard(stage)
    tap(stage, "Right")

    assert card.startswith("card:")
    assert locked == []
    assert read.startswith("I read: 5 km · 31 min · last Thursday")
    assert [run.on for run in entries(stage, Run)] == [START.date()]


def test_a_run_that_was_read_back_already_is_not_lost_to_a_sign() -> None:
    """A sign told while a run waits for [Right] goes first; the run is read back again."""
    stage = agreed()
    wait(stage, hours=42)
    say(stage, "ran 5k in 31 min", "I felt a pop in my calf")
    waiting = stage.conversation.pending

    assert kinds(stage)[-1].startswith("question:")
    assert waiting is not None
    assert (waiting.waits, waiting.facts["run_distance_m"]) == (True, 5000)


@pytest.mark.parametrize(
    ("words", "read"),
    [("right", "right calf sore"), ("both", "both calves sore"), ("left", "left calf sore")],
)
def test_a_typed_answer_while_a_read_back_waits(words: str, read: str) -> None:
    """Asked which side is wrong, "right" is the right leg, and not a word for [Right]."""
    stage = fresh()
    say(stage, "ran 6 miles yesterday, left calf sore 3/10")
    tap(stage, "Fix", "which side")
    said = say(stage, words)

    assert read in said
    assert "9.7 km · yesterday" in said
    assert stage.conversation.pending is not None


def test_a_distance_put_right_reaches_the_log() -> None:
    """[Fix], the distance, 4 miles: read back with the rest, and logged so."""
    stage = fresh()
    say(stage, "ran 6 miles yesterday, left calf sore 3/10")
    tap(stage, "Fix", "how far")
    said = say(stage, "banana", "4 miles")
    tap(stage, "Right")

    assert "6.4 km · yesterday · left calf sore" in said
    assert [round(run.distance_m or 0) for run in entries(stage, Run)] == [6437]


def test_a_side_told_to_a_read_back_is_added() -> None:
    """Said to "I read: calves sore", "both" is one more thing told; "none of these" clears no screen."""
    stage = fresh()
    say(stage, "ran 6 miles yesterday, calf sore 3/10")
    both = say(stage, "both")
    none = say(stage, "none of these")

    assert "both calves sore" in both
    assert "both calves sore" in none
    assert stage.conversation.answers == ()


def test_an_old_screen_button_under_a_read_back_is_kept() -> None:
    """A button of an earlier question pressed while a read-back waits counts, and it waits on."""
    stage = fresh()
    say(stage, "calf sore")
    tap(stage, "Right")
    say(stage, "it was after 6 miles yesterday")
    press(stage, "=now:none")

    assert kinds(stage)[-1] == "read_back"
    tap(stage, "Right")
    assert kinds(stage)[-1] == "question:today"

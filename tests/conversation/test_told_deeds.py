"""Exercises done, days skipped and runs missed, told in words; settings in words."""

import pytest

from bot.conversation.log import Exercise
from tests.conversation.coached import agreed, entries, kinds, labels, say, wait


def test_exercises_told_are_logged() -> None:
    """Without a nudge, "did my exercises" is [Done]: logged once, and asked how hard."""
    stage = agreed()
    wait(stage, days=3, hours=20)
    said = say(stage, "Did my exercises")
    names = [one.exercise for one in entries(stage, Exercise)]
    say(stage, "about right")
    say(stage, "heel drops done")

    assert "How hard was it?" in said
    assert 2 <= len(names) <= 4
    assert [one.exercise for one in entries(stage, Exercise)] == names
    assert wait(stage, hours=4) == ""


@pytest.mark.parametrize("words", ["I missed my run yesterday", "sorry, I didn't run", "not today"])
def test_a_miss_is_met_kindly(words: str) -> None:
    """One neutral sentence and what comes next; nothing is asked and nothing logged."""
    stage = agreed()
    wait(stage, days=2, hours=6)
    before = stage.runner.log
    said = say(stage, words)

    assert said.startswith("That is fine. One miss does not matter.")
    assert labels(stage) == ["My plan"]
    assert stage.runner.log == before


def test_a_city_is_taken_from_words() -> None:
    """Asked for a city, "I'm in Berlin" is Berlin; "use miles" needs no question."""
    stage = agreed()
    wait(stage, days=1)
    say(stage, "it is 18:40 here")
    asked = kinds(stage)[-1]
    say(stage, "I'm in Berlin")
    zone = stage.runner.zone
    say(stage, "use miles please")

    assert asked == "prompt:ask_zone_city"
    assert zone == "Europe/Berlin"
    assert stage.runner.settings["units"] == "mi"


@pytest.mark.parametrize("words", ["can I swap my run to tomorrow?", "move my run to Friday"])
def test_a_run_may_move(words: str) -> None:
    """Nothing is pinned down by it: not before the earliest day, and a clear day between."""
    stage = agreed()
    wait(stage, days=1)
    said = say(stage, words)

    assert said.startswith("Move a run as it suits you")
    assert "1 clear day" in said
    assert stage.conversation.pending is None

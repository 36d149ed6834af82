"""Answers typed in words: effort and soreness after a run, yes and no, and what cannot be read."""

import pytest

from bot.conversation.follow_through.score_words import effort_meant, soreness_meant
from bot.conversation.log import Note, Run, Soreness
from tests.conversation.coached import (
    agreed,
    entries,
    heard,
    labels,
    run_on_saturday,
    say,
    tap,
    wait,
)


@pytest.mark.parametrize(
    ("words", "effort"),
    [
        ("effort 4/10", 4),
        ("that was hard, 8", 8),
        ("RPE 6", 6),
        ("easy", 3),
        ("not too hard", 6),
        ("really tough", 8),
        ("7", 7),
    ],
)
def test_a_typed_effort_is_taken(words: str, effort: int) -> None:
    """A figure as it is, a word as the band it means; then the next question comes."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, hours=1)
    said = say(stage, words)

    assert entries(stage, Run)[-1].effort == effort
    assert "How sore were your calves while you ran" in said


@pytest.mark.parametrize("words", ["hard to say, it was easy", "who knows", "it was a run"])
def test_an_effort_in_doubt_is_asked_again(words: str) -> None:
    """What leaves a doubt is not guessed at: the same buttons come again."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, hours=1)
    said = say(stage, words)

    assert effort_meant(words) is None
    assert entries(stage, Run)[-1].effort is None
    assert said == "I did not get that. Pick one of these, or type menu."
    assert labels(stage) == ["0 to 3", "4 to 6", "7 or more"]


def test_effort_told_with_the_run_is_not_asked() -> None:
    """A run with "effort 7/10" is read back with its effort, and the effort is asked no more."""
    stage = agreed()
    wait(stage, hours=42)
    read = say(stage, "ran 5k in 31 min, effort 7/10")
    tap(stage, "Right")
    asked = wait(stage, hours=1)

    assert "effort 7 out of 10" in read
    assert entries(stage, Run)[-1].effort == 7
    assert asked.startswith("How sore were your calves")


def test_effort_told_before_it_is_asked() -> None:
    """Typed after the log and before the question, it belongs to that run."""
    stage = agreed()
    run = run_on_saturday(stage)
    say(stage, "effort 4/10")
    say(stage, "not sore at all", "not really")

    assert entries(stage, Run)[-1].effort == 4
    assert heard(stage).startswith("Green so far")
    assert [one.score for one in entries(stage, Soreness) if one.run == run.id] == [0]
    assert [note.answer for note in entries(stage, Note) if note.what == "limp"] == ["no"]


@pytest.mark.parametrize(
    ("words", "score"),
    [("none", 0), ("No pain at all", 0), ("fine", 2), ("They feel good", 2), ("not good", None)],
)
def test_soreness_in_words(words: str, score: int | None) -> None:
    """Calm words stand for their band; anything else is left to the buttons."""
    assert soreness_meant(words) == score


def test_a_bit_of_a_limp_is_a_limp() -> None:
    """Asked for a limp, "a bit" means yes."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, hours=1)
    say(stage, "4", "2", "a bit")

    assert entries(stage, Run)[-1].light == "red"

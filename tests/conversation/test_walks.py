"""The week of walks that comes first, and walks told in words."""

from bot.checking.talk import Stage
from bot.conversation.log import Note, Run
from bot.conversation.state import Runner
from tests.conversation.coached import START, agreed, content, entries, kinds, say, tap, wait


def beginner() -> Stage:
    """Somebody new to running with a plan; the first week is walks. A Thursday."""
    runner = Runner(id="new", zone="Europe/London", settings={"units": "km"})
    stage = Stage(content(), START, runner)
    say(stage, "I am new to running, my calves feel fine")
    tap(stage, "Right", "I am new", "Yes", "Make me", "None of", "A wall", "Done")
    tap(stage, "Monday", "Wednesday", "Saturday", "Done", "Looks good")
    return stage


def test_the_week_of_walks_ends() -> None:
    """7 days after the plan was agreed comes the first jog, whatever was told of the walks."""
    stage = beginner()
    card = say(stage, "plan").partition("Week 2")[0]
    wait(stage, days=7)
    later = say(stage, "plan").partition("Week 2")[0]
    wait(stage, days=2)
    say(stage, "ran 31 min")
    tap(stage, "Right")

    assert "jog" not in card
    assert "Sat 24 Oct: 5 min walk, then 6 times" in later
    assert entries(stage, Run)[-1].level == 1


def test_a_walk_is_noted_and_counts() -> None:
    """It is no run, it ends a silence, and the review names it."""
    stage = beginner()
    wait(stage, days=2)
    said = say(stage, "walked 30 min")
    review = wait(stage, days=1, hours=2)

    assert said.startswith("Logged: a walk of 30 min. Walking counts. Monday: 30 min brisk walk.")
    assert [note.answer for note in entries(stage, Note) if note.what == "walk"] == ["1800"]
    assert entries(stage, Run) == []
    assert "Done: 1 walk." in review


def test_a_walk_with_a_sign_is_no_walk() -> None:
    """What else is told with a walk comes first."""
    stage = agreed()
    say(stage, "walked 30 min and my left calf is swollen and hot")

    assert kinds(stage)[-1].startswith("card:")
    assert not any(note.what == "walk" for note in entries(stage, Note))

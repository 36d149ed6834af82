"""A pause in words, rehab days while an injury goes on, and coming back."""

from datetime import date

import pytest

from bot.conversation.follow_through.pause_words import pause_told
from bot.conversation.log import Note, Paused
from tests.conversation.coached import agreed, entries, labels, press, say, tap, wait

TODAY = date(2026, 10, 15)
"""A Thursday."""


@pytest.mark.parametrize(
    ("words", "first", "until", "reason"),
    [
        ("Pause until 3 May", "", "2027-05-03", ""),
        ("pause till the 14th", "", "2026-11-14", ""),
        ("pause until the end of the month", "", "2026-11-01", ""),
        ("away until next Friday", "", "2026-10-23", "holiday"),
        ("back in 3 weeks", "", "2026-11-05", ""),
        ("back on Monday", "", "2026-10-19", ""),
        ("I’m on holiday from Monday to the 12th", "2026-10-19", "2026-11-13", "holiday"),
        ("holiday 10-17 Nov", "2026-11-10", "2026-11-18", "holiday"),
        ("going away on Saturday for 10 days", "2026-10-17", "2026-10-27", "holiday"),
        ("I'm off to Spain from Friday to Tuesday", "2026-10-16", "2026-10-21", ""),
        ("away next week", "2026-10-19", "2026-10-26", "holiday"),
        ("I'm ill, back on Sunday the 25th", "", "2026-10-25", "illness"),
        ("pause until 5/11", "", "2026-11-05", ""),
        ("pause until 2026-11-30", "", "2026-11-30", ""),
    ],
)
def test_pauses_in_words(words: str, first: str, until: str, reason: str) -> None:
    """Days to come as people say them; "from ... to" comes back on the day after."""
    told = pause_told(words, TODAY, coached=True)

    assert told is not None
    assert told.problem == ""
    assert (told.first.isoformat() if told.first else "", told.reason) == (first, reason)
    assert told.until == date.fromisoformat(until)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("pause until 14 October", "past"),
        ("pause until yesterday", "past"),
        ("pause until 1 January 2020", "past"),
        ("pause until the 45th", "unknown"),
        ("pause until 30 February", "unknown"),
        ("pause until banana", "unknown"),
        ("pause for 5 years", "long"),
        ("I have the flu", "none"),
    ],
)
def test_days_that_cannot_be_taken(words: str, problem: str) -> None:
    """A day that is past, in no calendar or years away is not guessed at."""
    told = pause_told(words, TODAY, coached=True)

    assert told is not None
    assert (told.problem, told.until) == (problem, None)


@pytest.mark.parametrize(
    "words",
    [
        "I was on holiday for 3 weeks",
        "back from holiday",
        "going to run on Saturday",
        "off to bed",
        "I have a cold foot",
    ],
)
def test_what_is_no_pause(words: str) -> None:
    """History, and words that only look alike, pause nothing."""
    assert pause_told(words, TODAY, coached=True) is None


def test_a_past_day_is_met_with_another_chance() -> None:
    """A past day gets buttons, and a day typed then is taken with the reason told before."""
    stage = agreed()
    asked = say(stage, "on holiday until 14 October")
    choices = labels(stage)
    read = say(stage, "the 5th of November")

    assert asked.startswith("That day is past")
    assert "1 week" in choices
    assert read == "I read: pause until Thursday 5 November · holiday. I write again on that day."


def test_a_pause_to_come_begins_on_its_day() -> None:
    """Until then the plan goes on, after it nothing comes, and it can be let go."""
    stage = agreed()
    say(stage, "away from Wednesday to 3 November", "yes")
    card = say(stage, "plan")
    before = wait(stage, days=5)
    during = wait(stage, days=14)
    after = wait(stage, days=1)

    assert "pauses from Wednesday 21 October until Wednesday 4 November" in card
    assert "Sat 17 Oct" in card
    assert "Wed 21 Oct" not in card
    assert "Rest day" in before
    assert during == ""
    assert "Welcome back" in after


def test_a_pause_to_come_can_be_let_go() -> None:
    """[No pause] under it, and the plan goes on as before."""
    stage = agreed()
    say(stage, "away from Wednesday to 3 November", "yes")
    tap(stage, "No pause")

    assert "Wed 21 Oct" in say(stage, "plan")


def test_an_injury_makes_rehab_days_the_goal() -> None:
    """Counted once a day, by tap or in words; no heel drops, and no word unless asked."""
    stage = agreed()
    say(stage, "pause until 3 November, injury")
    paused = tap(stage, "Right")
    tap(stage, "Rehab day done", "Rehab day done")
    silent = wait(stage, days=1)
    counted = say(stage, "did my rehab")
    shown = say(stage, "exercises")

    assert "rehab days" in paused
    assert silent == ""
    assert "2 rehab days so far" in counted
    assert "heel drop" not in shown.casefold()
    assert len([note for note in entries(stage, Note) if note.what == "rehab"]) == 2


def test_back_from_an_injury_is_asked_for_what_has_to_be_possible() -> None:
    """Walk, stairs, raises, hops; not yet goes on with rehab for a week; then the plan goes on."""
    stage = agreed()
    say(stage, "pause for 1 week, injury", "yes")
    asked = wait(stage, days=7)
    later = tap(stage, "Not yet")
    again = wait(stage, days=7)
    back = say(stage, "yes")

    assert "rise onto your toes: 20 times on both legs, then 10 times on each leg" in asked
    assert "rehab days go on" in later
    assert "Can you do all of this now?" in again
    assert back.startswith("Good to have you back")
    assert entries(stage, Paused)[-1].reason == "resumed"


def test_a_run_told_after_the_pause_ends_it() -> None:
    """Whoever runs without having answered is back, and everything is planned again."""
    stage = agreed()
    say(stage, "pause for 1 week", "yes")
    wait(stage, days=8)
    say(stage, "ran 31 min")
    said = tap(stage, "Right")

    assert "Welcome back" in said
    assert "nudge" in stage.planned.rows


def test_a_run_told_in_a_pause_leaves_it_to_the_runner() -> None:
    """A run on holiday is logged; the plan stays paused until they resume."""
    stage = agreed()
    say(stage, "pause for 2 weeks", "yes")
    wait(stage, days=2)
    say(stage, "ran 31 min")
    said = tap(stage, "Right")

    assert "still paused" in said
    assert "Resume" in labels(stage)


def test_resume_without_a_pause_says_so() -> None:
    """An old button of a pause that is long over, and the word, say that nothing is paused."""
    stage = agreed()

    assert "not paused" in press(stage, "!back_sore:now@2")
    assert "not paused" in press(stage, "!back_well:well")
    assert "not paused" in say(stage, "resume")


def test_yes_to_until_when_is_no_answer() -> None:
    """Several days to choose from: "yes" chooses none of them."""
    stage = agreed()
    say(stage, "I have the flu")
    said = say(stage, "yes")

    assert said.startswith("I did not get that. Pick one of these")
    assert entries(stage, Paused) == []

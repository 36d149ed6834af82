"""After a run: what is asked when, the light, and what the light changes."""

from datetime import timedelta

from bot.conversation.log import Note, Run, Soreness
from tests.conversation.coached import (
    agreed,
    checked,
    entries,
    heard,
    kinds,
    labels,
    press,
    run_on_saturday,
    say,
    tap,
    wait,
)


def test_a_run_is_logged_with_its_step() -> None:
    """A run told in words is read back, logged, and belongs to the step of the plan."""
    stage = agreed()
    run = run_on_saturday(stage)

    assert "Logged: 31 min" in heard(stage)
    assert (run.duration_s, run.level) == (31 * 60, 1)


def test_effort_soreness_and_limp_are_asked_once_after_45_minutes() -> None:
    """Nothing after half an hour; the first question within the hour; one retry; then silence."""
    stage = agreed()
    run_on_saturday(stage)

    assert wait(stage, minutes=30) == ""
    assert "How hard" in wait(stage, minutes=30)
    assert "How hard" in wait(stage, hours=3)
    assert wait(stage, hours=4) == ""


def test_what_was_told_is_not_asked() -> None:
    """Soreness told with the run is not asked again after it."""
    stage = agreed()
    wait(stage, hours=42)
    say(stage, "ran 31 min, both calves 1/10 while running")
    tap(stage, "Right")
    wait(stage, hours=1)
    tap(stage, "0 to 3")

    told = [entry for entry in entries(stage, Soreness) if entry.when == "during"]
    assert told == [] or "limp" in heard(stage)


def test_the_next_morning_is_asked_with_a_button_for_swelling() -> None:
    """At 8 o'clock the next day, first steps are asked, and the warning button is there."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "4 to 6", "0 to 2", "No")

    assert "first steps this morning" in wait(stage, hours=20)
    assert "Swelling or another sign" in labels(stage)


def test_green_twice_goes_one_step_up() -> None:
    """Green once repeats the step, green twice goes up, and both say what comes next."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "4 to 6", "0 to 2", "No")
    wait(stage, hours=20)
    first = tap(stage, "0 to 2")
    wait(stage, days=3)
    say(stage, "ran 31 min")
    tap(stage, "Right")
    checked(stage, "4 to 6", "0 to 2", "No")
    wait(stage, hours=20)
    second = press(stage, f"!morning:{entries(stage, Run)[-1].id}@1")

    assert "Do the same once more" in first
    assert "6 times: 1 min jog" in first
    assert "one step up" in second
    assert "8 times: 1 min jog" in second


def test_a_limp_is_red_and_goes_back() -> None:
    """A limp means red: 2 days off, a step back, and another look at 48 hours."""
    stage = agreed()
    run_on_saturday(stage)
    text = checked(stage, "4 to 6", "0 to 2", "Yes")

    assert entries(stage, Run)[-1].light == "red"
    assert "2 days off" in text
    assert "brisk walk" in text
    assert any(key.startswith("day2:") for key in stage.planned.rows)


def test_very_sore_in_the_morning_opens_the_warning_signs() -> None:
    """5 or more the next morning is red, and the screen comes at once."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "4 to 6", "0 to 2", "No")
    wait(stage, hours=20)
    text = tap(stage, "5 or more")

    assert "Red" in text
    assert kinds(stage)[-1] == "question:now"


def test_swelling_in_the_morning_leads_to_the_list_of_signs() -> None:
    """The warning button shows the signs; one swollen leg ends in a card and no check-ins."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, hours=20)
    tap(stage, "Swelling or another sign")
    asked = kinds(stage)
    tap(stage, "Swollen, warm or coloured")

    assert asked == ["question:today"]
    assert kinds(stage)[-1].startswith("card:")
    assert not any(key.startswith(("nudge", "morning")) for key in stage.planned.rows)


def test_a_plain_figure_is_kept_as_it_is() -> None:
    """A typed 7 out of 10 is kept as 7, not as the band it falls into."""
    stage = agreed()
    run = run_on_saturday(stage)
    wait(stage, hours=1)
    say(stage, "3", "4/10")

    scores = [entry.score for entry in entries(stage, Soreness) if entry.run == run.id]
    assert entries(stage, Run)[-1].effort == 3
    assert scores == [4]


def test_an_answer_tapped_twice_counts_once() -> None:
    """A double tap on an answer leaves one entry."""
    stage = agreed()
    run = run_on_saturday(stage)
    press(stage, f"!limp:{run.id}@no")
    press(stage, f"!limp:{run.id}@no")

    assert len([note for note in entries(stage, Note) if note.what == "limp"]) == 1


def test_an_answer_about_a_run_that_is_gone_gets_a_word() -> None:
    """A button of a run that is no longer there says so and changes nothing."""
    stage = agreed()
    before = stage.runner.log
    text = press(stage, "!effort:run-unknown@3")

    assert text == "I do not have that run any more."
    assert stage.runner.log == before


def test_a_light_has_a_receipt() -> None:
    """[Why?] names what was told, the rule, how strong it is, and that no clinician reviewed it."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "7 or more", "3 to 5", "No")
    text = tap(stage, "Why?")

    assert "5 out of 10 while running" in text
    assert "Achilles" in text
    assert "not yet" in text


def test_why_explains_the_last_light() -> None:
    """Typed on another day, why is about the last light."""
    stage = agreed()
    run_on_saturday(stage)
    checked(stage, "4 to 6", "0 to 2", "No")
    wait(stage, days=1)

    assert "Why this light" in say(stage, "why")


def test_amber_for_a_hard_run_says_so() -> None:
    """Calm calves and a hard run: the amber is the effort's, and "sore" is not said."""
    stage = agreed()
    run_on_saturday(stage)
    text = checked(stage, "7 or more", "0 to 2", "No")

    assert text.startswith("Amber: that was a hard run.")
    assert "sore" not in text


def test_a_figure_for_the_calf_outweighs_how_the_run_felt() -> None:
    """A 1/10 for the calf after "felt great" is soreness 1, and no effort where that is asked."""
    stage = agreed()
    stage.wait(timedelta(hours=41, minutes=50))
    read = say(stage, "ran 31 min, felt great, left calf 1/10")
    tap(stage, "Right")
    kept = [(one.when, one.score) for one in entries(stage, Soreness)]
    stage.wait(timedelta(hours=1))
    asked = heard(stage)
    say(stage, "felt great, calf 1/10")

    assert "left side · 1 out of 10 now" in read
    assert ("now", 1.0) in kept
    assert "How hard was the run" in asked
    assert entries(stage, Run)[-1].effort is None
    assert ("during", 1.0) in [(one.when, one.score) for one in entries(stage, Soreness)]
    assert "How hard was the run" in heard(stage)


def test_calm_calves_told_after_a_run_are_its_soreness() -> None:
    """Right after the log: it counts as told of the run, and the effort is asked."""
    stage = agreed()
    run = run_on_saturday(stage)
    text = say(stage, "felt great, calf 1/10")

    assert "How hard was the run" in text
    assert [(one.run, one.when, one.score) for one in entries(stage, Soreness)][-1] == (
        run.id, "during", 1.0,
    )  # fmt: skip

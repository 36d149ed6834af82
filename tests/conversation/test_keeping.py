"""Pause, resume, stop, export, delete, and the log."""

from dataclasses import replace

import msgspec

from bot.conversation.log import Paused
from tests.conversation.coached import (
    agreed,
    entries,
    kinds,
    labels,
    run_on_saturday,
    say,
    tap,
    wait,
)


def test_stop_ends_everything_and_resume_brings_it_back() -> None:
    """After "stop" nothing is planned and nothing comes; "resume" asks one question and goes on."""
    stage = agreed()
    say(stage, "stop")
    planned = dict(stage.planned.rows)
    silent = wait(stage, days=10)
    say(stage, "resume")
    text = tap(stage, "0 to 2")

    assert planned == {}
    assert silent == ""
    assert "Good to have you back" in text
    assert "nudge" in stage.planned.rows


def test_a_pause_is_silent_until_its_day() -> None:
    """Paused for a week: nothing comes, and on the day one question."""
    stage = agreed()
    say(stage, "pause")
    tap(stage, "Holiday", "1 week")

    assert wait(stage, days=6) == ""
    assert "How sore are your calves" in wait(stage, days=1)


def test_a_pause_for_illness_asks_after_being_well() -> None:
    """Coming back from an illness asks whether the runner is well; not yet waits another week."""
    stage = agreed()
    say(stage, "pause")
    tap(stage, "Illness", "Until I say so")
    text = say(stage, "resume")
    tap(stage, "Not yet")

    assert "Are you well again" in text
    assert "Are you well again" in wait(stage, days=7)


def test_pause_in_words_is_read_back_with_its_date() -> None:
    """A pause told with its length begins once its date was read back."""
    stage = agreed()
    read = say(stage, "pause for 3 weeks")
    before = entries(stage, Paused)
    text = tap(stage, "Right")
    pause = entries(stage, Paused)[-1]

    assert "Thursday 5 November" in read
    assert before == []
    assert text.startswith("Paused until")
    assert pause.until is not None
    assert (pause.until - stage.now.date()).days == 21


def test_sore_on_coming_back_is_screened() -> None:
    """Sore calves after a pause: the warning signs come before the plan goes on."""
    stage = agreed()
    say(stage, "pause for 2 weeks", "yes")
    wait(stage, days=14)
    tap(stage, "5 or more")

    assert kinds(stage)[-1] == "question:now"


def test_export_holds_the_whole_runner() -> None:
    """/export gives a JSON file with every entry of the log, the settings and the answers."""
    stage = agreed()
    run_on_saturday(stage)
    say(stage, "/export")
    attachment = stage.said[-1].attachment
    assert attachment is not None
    kept = msgspec.json.decode(attachment.text)

    assert len(kept["runner"]["log"]["entries"]) == len(stage.runner.log.entries)
    assert kept["runner"]["settings"]["run_days.wed"] is True
    assert kept["conversation"]["answers"]


def test_delete_asks_once_and_nothing_comes_back() -> None:
    """/delete, one confirm: no log, no settings, nothing planned, and silence."""
    stage = agreed()
    run_on_saturday(stage)
    asked = say(stage, "/delete")
    before = stage.runner.log.entries
    tap(stage, "Yes, delete everything")

    assert "cannot be undone" in asked
    assert before
    assert stage.runner.log.entries == ()
    assert stage.runner.settings == {}
    assert stage.conversation.answers == ()
    assert wait(stage, days=40) == ""


def test_the_log_shows_runs_with_their_lights() -> None:
    """/log lists the runs; an empty log says how to begin."""
    stage = agreed()
    run_on_saturday(stage)

    assert "31 min · today" in say(stage, "/log")
    assert "My plan" in labels(stage)


def test_the_words_work_in_the_middle_of_a_prompt() -> None:
    """Plan, privacy and settings answer while a check-in waits."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, hours=1)

    assert "Your next 4 weeks" in say(stage, "plan")
    assert "What I keep" in say(stage, "/privacy")
    assert "Your settings" in say(stage, "settings")


def test_while_paused_the_plan_says_so() -> None:
    """Asked for during a pause, the plan names the day, offers to resume, and shows no session."""
    stage = agreed()
    say(stage, "pause for 2 weeks", "yes")
    wait(stage, days=1)
    text = say(stage, "plan")

    assert text.startswith("Your plan is paused until")
    assert labels(stage)[0] == "Resume"
    assert "jog" not in text


def test_the_menu_of_a_runner_with_a_plan() -> None:
    """The menu leads to the plan, the log, the settings and the pause."""
    stage = agreed()
    wait(stage, days=1)
    say(stage, "menu")

    assert {"My plan", "My log", "Settings", "Pause"} <= set(labels(stage))


def test_no_to_deleting_deletes_nothing() -> None:
    """Typed after the question, "no" keeps everything and says so."""
    stage = agreed()
    say(stage, "/delete")
    said = say(stage, "no")

    assert said == "All right. Nothing is deleted."
    assert stage.runner.log.entries


def test_the_days_backups_are_kept_are_those_the_owner_set() -> None:
    """With 3 backups kept, /privacy and /delete say 3 days; by default 7."""
    stage = agreed()
    usual = say(stage, "/privacy")
    stage.content = replace(stage.content, backups_kept=3)

    assert "for up to 7 days" in usual
    assert "for up to 3 days" in say(stage, "/privacy")
    assert "within 3 days" in say(stage, "/delete")

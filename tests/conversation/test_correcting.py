"""Runs put right in words."""

from datetime import date

import pytest

from bot.checking.talk import Stage
from bot.conversation.log import Run
from bot.conversation.runs.correcting import correction
from tests.conversation.coached import agreed, entries, labels, run_on_saturday, say, tap, wait

TODAY = date(2026, 10, 20)


def logged() -> Stage:
    """Tuesday the 20th, with 31 minutes on the 17th and 5 miles on the 19th in the log."""
    stage = agreed()
    run_on_saturday(stage)
    wait(stage, days=3)
    say(stage, "ran 5 miles yesterday")
    tap(stage, "Right")
    return stage


def log(stage: Stage) -> dict[str, tuple[int | None, int | None]]:
    """Metres and seconds by day."""
    return {
        run.on.isoformat(): (
            round(run.distance_m) if run.distance_m else None,
            round(run.duration_s) if run.duration_s else None,
        )
        for run in entries(stage, Run)
    }


@pytest.mark.parametrize(
    ("words", "day", "kept"),
    [
        ("the run on 19 oct was 3.5 miles not 5", "2026-10-19", (5633, None)),
        ("3 miles not 5", "2026-10-19", (4828, None)),
        ("it was 7 km, not 8 km", "2026-10-19", (7000, None)),
        ("saturday's run was 33 min", "2026-10-17", (None, 1980)),
        ("33 min instead of 31", "2026-10-17", (None, 1980)),
    ],
)
def test_a_logged_run_is_put_right_and_keeps_its_day(
    words: str, day: str, kept: tuple[int | None, int | None]
) -> None:
    """The day or the wrong figure finds the run; no run is added."""
    stage = logged()
    before = log(stage)
    say(stage, words)
    tap(stage, "Right")

    assert log(stage) == before | {day: kept}
    assert len(entries(stage, Run)) == 3


def test_a_correction_of_a_correction_is_still_one() -> None:
    """Put right twice before [Right], the run is still the logged one."""
    stage = logged()
    say(stage, "3 miles not 5")
    text = say(stage, "4 miles not 3")
    tap(stage, "Right")

    assert text.startswith("I read: 6.4 km · yesterday.")
    assert log(stage)["2026-10-19"] == (6437, None)
    assert len(entries(stage, Run)) == 3


def test_a_day_without_a_run_is_said_to_have_none() -> None:
    """Nothing is guessed for a day the log does not know."""
    stage = logged()

    assert "no run of Friday 9 October" in say(stage, "the run on 9 oct was 3 miles not 4")
    assert labels(stage) == ["My log"]


@pytest.mark.parametrize("words", ["ran 3 miles", "3 miles", "not 5", "3/10", "yesterday 5 km"])
def test_a_new_run_is_no_correction(words: str) -> None:
    """Only a wrong figure or a run of a day makes a correction."""
    assert correction(words, TODAY, "km") is None

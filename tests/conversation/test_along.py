"""Exercise-along: the sets one by one in one message, and the last one is the exercise done."""

from datetime import timedelta

import pytest

from bot.checking.fits import unfit
from bot.checking.references import Place as File
from bot.checking.talk import Stage
from bot.conversation.event import Event, Person, Place, Tapped
from bot.conversation.exercising import PLAYED
from bot.conversation.follow_through import along
from bot.conversation.log import Exercise, Soreness
from bot.conversation.message import When
from bot.conversation.state import Runner
from bot.conversation.step import step
from bot.conversation.token import LONGEST
from bot.conversation.turn import Retire
from tests.conversation.charted import charted
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

RAISE = "!along:2026-10-15@heel-raise@1"


def shown_nudge() -> Stage:
    """The exercises of Monday the 19th are on the screen."""
    stage = agreed()
    wait(stage, hours=96)
    tap(stage, "0 to 2")
    return stage


def names(stage: Stage) -> list[str]:
    """The exercises that were offered."""
    return [kind.partition(":")[2] for kind in kinds(stage)]


def test_start_plays_the_sets_with_the_rest_between() -> None:
    """Set, rest with the moment to go on, set, done: one message that changes."""
    stage = shown_nudge()
    assert "set 1 of 2" in tap(stage, "Start")
    assert stage.said[-1].picture is not None
    first = stage.said[-1].in_place
    assert labels(stage) == ["Set done", "Hurts"]

    rest = tap(stage, "Set done")
    assert (first, stage.said[-1].in_place) == (False, True)
    at = [part.at for part in stage.said[-1].parts if isinstance(part, When)]
    assert at == [stage.now + timedelta(seconds=60)]
    assert "Set 1 of 2 is done. Rest for 1 min." in rest

    assert "set 2 of 2" in tap(stage, "Set 2")
    assert stage.said[-1].in_place
    assert "done, and logged" in tap(stage, "Set done")


def test_the_last_set_is_the_exercise_done() -> None:
    """Logged with its dose, once; the next exercise is offered, and after the last one how it was."""
    stage = shown_nudge()
    wanted = names(stage)
    for number, name in enumerate(wanted):
        press(stage, f"!set_done:2026-10-19@{name}@9")
        assert [entry.exercise for entry in entries(stage, Exercise)] == wanted[: number + 1]
        if number + 1 < len(wanted):
            follows = content().exercises[wanted[number + 1]].name
            assert labels(stage) == [f"Next: {follows}"]

    assert labels(stage)[-3:] == ["Easy", "About right", "Hard"]
    assert {entry.answer for entry in entries(stage, Exercise)} == {"done"}
    before = entries(stage, Exercise)
    press(stage, f"!set_done:2026-10-19@{wanted[-1]}@9")
    assert entries(stage, Exercise) == before
    assert "How hard was it" not in heard(stage)


def test_done_for_all_counts_none_twice() -> None:
    """[Done] under the nudge after one exercise was played: the same entries, not more."""
    stage = shown_nudge()
    wanted = names(stage)
    press(stage, f"!set_done:2026-10-19@{wanted[0]}@9")
    press(stage, "!ex_done:2026-10-19")

    assert [entry.exercise for entry in entries(stage, Exercise)] == wanted


def test_the_buttons_of_the_exercise_stay() -> None:
    """[Start] takes nothing away: [Done], [Later today] and the rest are still there."""
    stage = shown_nudge()
    token = next(button.token for button in stage.shown if button.label == "Start")
    event = Event("e", Person("p", "1"), Place("p", "1"), Tapped(token), stage.now)
    turn = step(stage.content, stage.conversation, stage.runner, event, stage.now)

    assert turn.messages
    assert not any(isinstance(effect, Retire) for effect in turn.effects)


def test_hurts_stops_the_set() -> None:
    """How much is asked, and the answer brings the warning signs again."""
    stage = shown_nudge()
    tap(stage, "Start")
    tap(stage, "Hurts")
    assert entries(stage, Exercise)[-1].answer == "hurts"
    say(stage, "7")

    assert "question" in "".join(kinds(stage)) or "card" in "".join(kinds(stage))


def test_no_set_while_a_check_comes_first() -> None:
    """With a warning sign told, no button starts an exercise."""
    stage = agreed()
    say(stage, "my left calf is swollen and hot since this morning")
    said = press(stage, RAISE)

    assert "set 1" not in said
    assert not any(kind.startswith("along") for kind in kinds(stage))


def test_no_set_of_an_exercise_that_is_not_for_now() -> None:
    """The day after a run that was too much: no heel raises, and a word why."""
    stage = agreed()

    assert "not" in press(stage, RAISE)
    assert kinds(stage) == ["not_now"]


def test_no_set_on_sore_calves() -> None:
    """5 out of 10 or more in the last day: the warning signs instead."""
    stage = charted()
    log = stage.runner.log.with_entry(Soreness("now-1", stage.now, "now", 6))
    stage.runner = Runner(stage.runner.version, "x", stage.runner.zone, stage.runner.settings, log)
    press(stage, RAISE)

    assert not any(kind.startswith("along") for kind in kinds(stage))


def test_an_old_button_counts_for_today() -> None:
    """A month later, the same button plays the exercise of that day."""
    stage = charted()
    wait(stage, days=30)
    press(stage, "!set_done:2026-10-15@heel-raise@9")

    assert entries(stage, Exercise)[-1].id == f"ex-{stage.now.date().isoformat()}-heel-raise"


@pytest.mark.parametrize(
    "argument", ["", "x", "2026-10-15@heel-raise", "2026-10-15@heel-raise@0", "2026-10-15@no@1"]
)
@pytest.mark.parametrize("deed", ["along", "set_done", "along_hurts"])
def test_a_button_nobody_made_breaks_nothing(deed: str, argument: str) -> None:
    """It is an old button."""
    stage = charted()
    press(stage, f"!{deed}:{argument}")

    assert not any(kind.startswith("along") for kind in kinds(stage))


@pytest.mark.parametrize("name", sorted(content().exercises))
def test_every_exercise_fits_every_platform(name: str) -> None:
    """Each set and each rest is one message everywhere; tokens are short enough."""
    stage = charted()
    exercise = content().exercises[name]
    press(stage, f"!show:{name}")
    assert ("Start" in labels(stage)) == (exercise.group in PLAYED)
    for deed in ("along", "set_done"):
        press(stage, f"!{deed}:2026-10-15@{name}@1")
        said = stage.said[0]
        assert unfit(said, File(content(), f"exercises/{name}.toml"), name) == []
        assert all(len(button.token.encode()) <= LONGEST for button in said.buttons)


def test_the_moment_is_the_runners() -> None:
    """The plain words hold the clock of where the runner is."""
    stage = charted()
    press(stage, RAISE)
    said = tap(stage, "Set done")

    assert START.hour == 17
    assert "Go on at 18:4" in said
    assert along.MARK not in said

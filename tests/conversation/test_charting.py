"""/chart in the conversation: the picture's value and the words say the same; a thin log is no chart."""

from datetime import timedelta

import pytest

from bot.checking.fits import unfit
from bot.checking.references import Place
from bot.coaching.guard import session_cap
from bot.coaching.runs import longest_run_30d
from bot.conversation.event import Due
from bot.conversation.log import Run
from bot.conversation.runs.training_log import coached_runs
from tests.conversation.charted import EIGHT_WEEKS, EXERCISES, charted, entries, with_runs
from tests.conversation.coached import START, content, heard, labels, say, tap


@pytest.mark.parametrize("words", ["/chart", "chart", "my progress", "show me a chart"])
def test_a_chart_comes_by_command_and_in_words(words: str) -> None:
    """The picture, and its words under it."""
    stage = charted()
    said = say(stage, words)
    drawing = stage.said[-1].drawing

    assert drawing is not None
    assert drawing.alt == said
    assert drawing.title in said
    assert all(line in said for line in drawing.subtitle.splitlines())


def test_what_is_drawn_is_what_is_in_the_log() -> None:
    """Each run with its day, size, light and soreness; exercises; the longest and the guard line."""
    stage = charted()
    say(stage, "/chart")
    drawing = stage.said[-1].drawing
    assert drawing is not None
    load = content().coaching.load
    longest = longest_run_30d(coached_runs(stage.runner.log), START.date(), load).distance_m
    assert longest is not None

    told = {
        55 - ago: (metres / 1000, light or "", after, morning)
        for ago, metres, light, after, morning in EIGHT_WEEKS
    }
    assert {run.day: (run.size, run.light, run.after, run.morning) for run in drawing.runs} == told
    assert drawing.exercises == tuple(55 - ago for ago in EXERCISES)
    assert (drawing.lines[-1].longest, drawing.lines[-1].cap) == (
        longest / 1000,
        round((session_cap(longest, load) or 0) / 1000, 2),
    )
    assert all(item.day > 55 for item in drawing.planned)
    assert {item.kind for item in drawing.planned} == {"run", "exercises"}


def test_the_words_count_what_is_drawn() -> None:
    """Lights, runs over the line, exercise days and the plan: figures of the picture, in words."""
    stage = charted()
    said = say(stage, "/chart")
    drawing = stage.said[-1].drawing
    assert drawing is not None
    lights = [run.light for run in drawing.runs]
    ahead = [item.kind != "exercises" for item in drawing.planned]

    assert f"{len(drawing.runs)} runs in 8 weeks, 56.5 km in all." in said
    assert (
        f"Lights: {lights.count('green')} green, {lights.count('amber')} amber, "
        f"{lights.count('red')} red." in said
    )
    assert f"marked with !: {sum(run.over for run in drawing.runs)}." in said
    assert f"Exercises on {len(drawing.exercises)} days." in said
    assert f"Runs or walks: {sum(ahead)}. Days with exercises: {len(ahead) - sum(ahead)}." in said
    assert drawing.title == "Your last 5 lights are green"


def test_miles_and_minutes() -> None:
    """The runner's own units; minutes where most runs have no distance."""
    miles = charted(units="mi")
    say(miles, "/chart")
    drawing = miles.said[-1].drawing
    assert drawing is not None
    assert (drawing.unit, drawing.runs[0].size) == ("miles", 1.86)

    timed = with_runs(*(_run(ago, None, 1200 + ago) for ago in (9, 6, 2)))
    said = say(timed, "/chart")
    drawing = timed.said[-1].drawing
    assert drawing is not None
    assert drawing.words.runs == "Runs, minutes"
    assert drawing.runs[-1].size == 20
    assert any(item.size for item in drawing.planned if item.kind != "exercises")
    assert "3 runs in 8 weeks, 60 min in all." in said


@pytest.mark.parametrize(("runs", "words"), [(0, "no run to draw yet"), (1, "1 run of yours")])
def test_a_thin_log_gets_a_kind_sentence(runs: int, words: str) -> None:
    """No empty picture."""
    stage = with_runs(*(_run(ago, 3000, 1200) for ago in (2, 5)[:runs]))

    assert words in say(stage, "/chart")
    assert stage.said[-1].drawing is None


def test_a_chart_never_sounds_like_run_while_a_check_comes_first() -> None:
    """With a warning sign open: no guard line's figure, no plan, no praise; the card follows."""
    stage = charted()
    say(stage, "my left calf is swollen and hot since this morning")
    said = say(stage, "/chart")
    drawing = stage.said[0].drawing
    assert drawing is not None

    assert drawing.title == "14 runs in 8 weeks"
    assert (drawing.words.cap, drawing.planned, drawing.lines[-1].cap) == ("", (), 0)
    assert "Guard line now" not in said
    assert "Planned" not in said
    assert len(stage.said) > 1


def test_the_picture_may_be_dark() -> None:
    """One tap; it stays so, and the words stay the same."""
    stage = charted()
    light = say(stage, "/chart")
    dark = tap(stage, "Dark picture")
    drawing = stage.said[-1].drawing
    assert drawing is not None

    assert drawing.look == "dark"
    assert "Light picture" in labels(stage)
    assert dark == light
    say(stage, "/chart")
    again = stage.said[-1].drawing
    assert again is not None
    assert again.look == "dark"


def test_the_weekly_review_has_it_too() -> None:
    """From the second week with entries on, with the same words; it fits every platform."""
    stage = charted()
    stage.happen(Due("weekly_review", "weekly_review"))
    review = stage.said[-1]

    assert review.drawing is not None
    assert review.drawing.alt in review.text
    assert unfit(review, Place(content(), "words.toml"), "week_review") == []


def test_every_chart_fits_every_platform() -> None:
    """The words go under the picture in one message, with the longest figures too."""
    stage = charted(units="mi")
    say(stage, "/chart")

    assert unfit(stage.said[-1], Place(content(), "words.toml"), "chart") == []


def test_years_of_running_cost_no_more() -> None:
    """Runs that cannot be seen are left out before anything is worked out."""
    old = [_run(200 + 2 * number, 5000, 1800) for number in range(600)]
    stage = with_runs(*old, *[one for one in entries() if isinstance(one, Run)])
    say(stage, "/chart")
    drawing = stage.said[-1].drawing
    assert drawing is not None

    assert len(drawing.runs) == len(EIGHT_WEEKS)
    assert heard(stage).count("runs in 8 weeks") == 1


def _run(ago: int, metres: float | None, seconds: float) -> Run:
    at = START - timedelta(days=ago)
    return Run(f"run-{ago}", at.date(), at, metres, seconds)

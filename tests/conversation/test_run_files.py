"""Runs from files: read back like typed ones, a plain answer to all else, past runs kept at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking.talk import Stage
from bot.conversation.event import Dropped
from bot.conversation.log import Run
from bot.conversation.state import Runner
from bot.files.activity import Activity, FileRead, Problem, Sport
from bot.files.read import read_file
from tests.conversation.coached import START, agreed, content, press, say, tap
from tests.files.runs import Outing
from tests.files.writing import fit, gpx, table, tcx

YESTERDAY = START - timedelta(days=1, hours=10, minutes=30)
RUN = Outing(start=YESTERDAY, every_s=10)
LONG_AGO = replace(RUN, start=START - timedelta(days=20))


def stage(zone: str = "Europe/London", **settings: str) -> Stage:
    """A runner who never wrote before."""
    return Stage(content(), START, Runner(id="test", zone=zone, settings=dict(settings)))


def drop(on: Stage, data: bytes | FileRead) -> str:
    """Drop a file, as the runtime hands it over; all that was said."""
    read = data if isinstance(data, FileRead) else read_file(data)
    on.happen(Dropped("file", "somewhere", 1, read))
    return "\n".join(said.text for said in on.said)


def logged(on: Stage) -> list[Run]:
    """The runs in the log."""
    return [entry for entry in on.runner.log.entries if isinstance(entry, Run)]


@pytest.mark.parametrize("write", [gpx, tcx, fit])
def test_a_file_is_read_back_on_the_runners_own_clock(write: Callable[..., bytes]) -> None:
    """Distance, time, day and clock, and whether it was flat; nothing is logged before [Right]."""
    on = stage()
    said = drop(on, write(RUN))

    assert "I read: 6 km · 38 min · yesterday 8:10 · flat." in said
    assert logged(on) == []


def test_miles_and_feet_for_those_who_count_in_them() -> None:
    """A runner who chose miles reads miles, and feet of climb."""
    said = drop(stage(units="mi"), gpx(replace(RUN, hilly=True)))

    assert "3.7 miles" in said
    assert "ft up" in said


def test_right_is_the_same_as_for_a_typed_run() -> None:
    """For a runner with a plan it is logged, the next question comes, and the start is kept."""
    on = agreed()
    drop(on, gpx(RUN))
    said = tap(on, "Right")

    (run,) = [run for run in logged(on) if run.source == "file"]
    assert (run.duration_s, run.started) == (2280, YESTERDAY)
    assert run.on == YESTERDAY.date()
    assert "How hard was the run" in said


def test_what_was_told_before_the_file_stays() -> None:
    """Soreness told in words and a run from a file are one read-back."""
    on = stage()
    say(on, "left calf is sore 3/10")
    said = drop(on, gpx(RUN))

    assert "6 km" in said
    assert "left calf sore" in said


def test_fix_keeps_the_rest_of_the_file() -> None:
    """A distance put right is read back with the file's clock, and logged."""
    on = agreed()
    drop(on, gpx(RUN))
    tap(on, "Fix", "how far you ran")
    said = say(on, "6.5 km")
    tap(on, "Right")

    assert "6.5 km · 38 min · yesterday 8:10" in said
    assert [(run.distance_m, run.started) for run in logged(on)][-1] == (6500, YESTERDAY)


def test_the_same_run_is_known_again() -> None:
    """By its start from another kind of file, or by day and length if it was typed."""
    on = agreed()
    drop(on, gpx(RUN))
    tap(on, "Right")
    before = len(logged(on))

    assert "I have that run already" in drop(on, fit(RUN))
    other = replace(RUN, start=YESTERDAY + timedelta(hours=9))
    assert "I read" in drop(on, fit(other))
    assert len(logged(on)) == before


def test_a_typed_run_is_known_in_a_file() -> None:
    """The day and the length are the same, so it is the same run."""
    on = agreed()
    say(on, "ran 6 km in 38 min yesterday")
    tap(on, "Right")

    assert "I have that run already" in drop(on, gpx(RUN))


def test_a_run_of_weeks_ago_only_goes_to_the_log() -> None:
    """Nothing is asked or planned about it, and it is no step of the plan."""
    on = agreed()
    planned = set(on.planned.rows)
    drop(on, gpx(LONG_AGO))
    said = tap(on, "Right")

    run = logged(on)[-1]
    assert (run.level, run.at, run.source) == (None, LONG_AGO.start, "file")
    assert "How hard" not in said
    assert set(on.planned.rows) == planned


def test_without_a_known_clock_the_day_is_said_to_be_unsure() -> None:
    """No clock is shown, and where to set it is said."""
    said = drop(stage(zone=""), gpx(RUN))

    assert "yesterday · flat" in said
    assert "I do not know your clock" in said


def test_pauses_and_broken_files_are_mentioned() -> None:
    """What was left out, and that figures should be checked."""
    paused = drop(stage(), gpx(replace(RUN, pause_s=300)))
    whole = gpx(RUN)

    assert "I left out 5 min of pauses." in paused
    assert "The file is not complete" in drop(stage(), whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gpx(replace(RUN, sport="cycling", speed=7)), "That is a bike ride: 6 km, 14 min."),
        (gpx(replace(RUN, sport="walking", speed=1.4)), "That is a walk: 6 km, 72 min."),
        (gpx(RUN, times=False), "That file has no times: 6 km."),
        (gpx(replace(RUN, speed=8.5)), "Those figures cannot be right: 6 km, 12 min."),
        (gpx(replace(RUN, metres=40)), "There is no run in that file."),
        (gpx(replace(RUN, start=START + timedelta(days=9))), "The date in that file cannot be right."),
        (b"\xff\xd8\xff\xe0", "That is a picture."),
        (b"", "There is no run in that file."),
    ],
)  # fmt: skip
def test_what_is_no_run_gets_a_plain_answer(data: bytes, words: str) -> None:
    """Rides, walks, no times, figures that cannot be, a wrong clock, a photo, nothing."""
    on = stage()

    assert words in drop(on, data)
    assert on.conversation.pending is None


@pytest.mark.parametrize("problem", [each for each in get_args(Problem) if each])
def test_every_problem_has_its_words(problem: Problem) -> None:
    """Whatever the reader of files says, a person can read."""
    said = drop(stage(), FileRead(problem=problem))

    assert said.count("\n") < 2
    assert "{" not in said


def test_a_file_that_could_not_be_had_is_said_so() -> None:
    """The platform gave none: send it again. A voice message is not a file."""
    on = stage()
    on.happen(Dropped("run.gpx", "", 900))
    assert "I could not get that file" in on.said[-1].text
    on.happen(Dropped("voice", "", 0))
    assert "cannot read that kind of message" in on.said[0].text


def test_the_text_of_an_app_is_read_back() -> None:
    """The pace is not taken for the distance or the time."""
    on = stage()

    assert "I read: 5 km · 28 min · today." in say(on, "I just ran 5.0 km in 28:10, pace 5'38\"/km")


# ------------------------------------------------------------------ past runs


def test_past_runs_are_summed_up_and_kept_at_once() -> None:
    """A summary with [Right] and [Leave it]; then all are in the log, and nothing is planned."""
    on = agreed()
    before, planned = len(logged(on)), set(on.planned.rows)
    said = drop(on, table().encode())

    assert "I read 16 runs, Sun 3 May to Sun 6 September." in said
    assert "Left out: 4 rides." in said
    assert len(logged(on)) == before
    tap(on, "Right")
    assert "Done. 16 runs are in your log." in on.said[0].text
    kept = [run for run in logged(on) if run.source == "file"]
    assert (len(kept), {run.level for run in kept}) == (16, {None})
    assert set(on.planned.rows) == planned


def test_past_runs_count_for_what_the_runner_is_used_to() -> None:
    """A run of 8 km two weeks ago is the longest of the last 30 days from now on."""
    on = agreed()
    drop(on, b"Date,Distance (km),Time\n2026-10-01 08:00,8.0,50:00\n2026-09-28 08:00,11,70:00\n")

    assert "The longest of the last 30 days is 11 km." in on.said[-1].text
    tap(on, "Right")
    assert "12 km" in say(on, "12 km tomorrow")


def test_past_runs_are_kept_once() -> None:
    """The same file again holds nothing new, and an old button keeps nothing twice."""
    on = stage()
    drop(on, table().encode())
    button = on.button("Right")
    tap(on, "Right")

    assert "I have all of these runs already: 16." in drop(on, table().encode())
    assert button is not None
    assert "I no longer have that file" in press(on, button.token)
    assert len(logged(on)) == 16


def test_runs_in_the_future_are_left_out_and_said_so() -> None:
    """A table with days to come: those are not runs I "already have"."""
    rows = b"2026-10-12,5,30:00\n2026-10-13,5,31:00\n2026-12-01,6,38:00\n2026-12-03,6,38:00\n"
    on = stage()
    said = drop(on, b"Date,Distance (km),Time\n" + rows)
    tap(on, "Right")

    assert "I read 2 runs" in said
    assert "Left out: 2 in the future." in said
    assert len(logged(on)) == 2
    later = drop(stage(), b"Date,Distance (km),Time\n2026-12-01,6,38:00\n2026-12-03,6,38:00\n")
    assert "Runs that lie in the future I leave out: 2." in later
    assert "already" not in later


def test_past_runs_can_be_left_and_do_not_wait_for_ever() -> None:
    """[Leave it] keeps nothing; after a day without an answer the file is let go."""
    on = stage()
    drop(on, table().encode())
    tap(on, "Leave it")
    assert (logged(on), on.conversation.history) == ([], None)

    drop(on, table().encode())
    on.wait(timedelta(days=2))
    say(on, "hello")
    assert on.conversation.history is None
    assert "I no longer have that file" in tap(on, "Right")


def test_a_table_without_a_unit_is_asked_about() -> None:
    """Kilometres or miles: then the figures are what they are; a runner who chose is not asked."""
    plain = b"Date,Distance,Time\n2026-10-01,5.00,50:00\n2026-10-05,6,60:00\n"
    on = stage()
    assert "kilometres or miles" in drop(on, plain)
    assert "The longest of the last 30 days is 9.7 km." in tap(on, "Miles")
    tap(on, "Right")

    assert logged(on)[0].distance_m == pytest.approx(5 * 1609.344)
    assert "I read 2 runs" in drop(stage(units="km"), plain)


def test_a_file_of_two_runs_is_a_file_of_past_runs() -> None:
    """Two runs of one file are kept together."""
    on = stage()
    said = drop(on, fit(RUN, replace(RUN, start=LONG_AGO.start)))

    assert "I read 2 runs, Fri 25 September to yesterday." in said
    tap(on, "Right")
    assert len(logged(on)) == 2


def test_activities_without_a_run_are_counted() -> None:
    """Only rides and walks: nothing to keep."""
    rows = "2026-10-01,Ride,20,3600\n2026-10-02,Walk,5,3600\n2026-10-03,Ride,20,3600\n"
    said = drop(stage(), f"Date,Activity Type,Distance (km),Time\n{rows}".encode())

    assert "I found no run in there: 2 rides and 1 walk." in said


def test_a_run_of_a_table_is_known_from_its_own_file() -> None:
    """The clock of a table is the runner's, that of a GPX file UTC: the same start all the same."""
    on = stage()
    drop(on, b"Date,Distance (km),Time\n2026-10-14 08:10:00,6,38:00\n2026-10-13,5,30:00\n")
    tap(on, "Right")

    assert {run.started for run in logged(on)} == {YESTERDAY, None}
    assert "I have that run already" in drop(on, gpx(RUN))
    day_before = replace(RUN, metres=5000, speed=5000 / 1800, start=YESTERDAY - timedelta(days=1))
    assert "I have that run already" in drop(on, gpx(day_before))


FIGURES = st.none() | st.floats(0, 1e9, allow_nan=False)
ACTIVITIES = st.builds(
    Activity,
    sport=st.sampled_from(get_args(Sport)),
    start=st.none() | st.datetimes(timezones=st.just(UTC)),
    local=st.none() | st.datetimes(),
    distance_m=FIGURES,
    moving_s=FIGURES,
    elapsed_s=FIGURES,
    climb_m=FIGURES,
    partial=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIVITIES, max_size=4), st.booleans(), st.sampled_from(["", "Pacific/Kiritimati"]))
def test_whatever_a_file_says_has_an_answer(
    found: list[Activity], unit_known: bool, zone: str
) -> None:
    """Any figures and any days, answered with any button: something is said, and nothing breaks."""
    last_day = Activity("run", datetime(9999, 12, 31, 23, tzinfo=UTC), None, 5000, 1800)
    found = [*found, last_day]
    on = stage(zone=zone)
    drop(on, FileRead("csv" if unit_known else "gpx", tuple(found), unit_known=unit_known))
    for button in list(on.shown):
        press(on, button.token)

    assert on.said

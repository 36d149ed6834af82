"""Numbers in company: units told elsewhere, days in order, degrees, breaks by cause, runs to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.understanding.labels import to_labels
from bot.understanding.read import read
from bot.understanding.reading import OpenQuestion
from tests.understanding.conftest import TODAY, Reader

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

MILE = 1609.344


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("Tues 5, Thurs 7, Sat 10, all km, calves solid", "run_distance_m", 10_000),
        ("Ran 4 miles Monday, 4 again Tuesday, then 7 on Thursday", "run_distance_m", 7 * MILE),
        ("so did 9 instead of 6. Km not miles!", "run_distance_m", 9000),
        ("got out again: 15 minutes on Monday, 18 on Wednesday, 22 today", "run_duration_s", 1320),
        ("stopped at 2k of a planned 5k, calf sore", "run_distance_m", 2000),
        ("my usual loop is 7k, did it last night in 41:30", "run_distance_m", 7000),
        ("watch says 5.02 mi, 47m33s today", "run_duration_s", 2853),
        ("lunch run 6.3k in 35'20\" today", "run_duration_s", 2120),
        ("ran a 1:52:10 half on Sunday", "run_distance_m", 21_097.5),
        ("calf was a 6, dropped to a 4 Sunday and a 1 today", "pain_now", 1),
        ("both calves sore, maybe a 3", "pain_now", 3),
        ("six weeks in a boot, first jog today", "break_days", 42),
        ("my little one is 14 weeks today, ran for the first time since", "break_days", 98),
        ("Two weeks in Thailand, zero running. 4 miles today", "break_days", 14),
        ("I do 25 miles a week over 4 runs", "runs_last_week", 4),
        ("3 x 20 mins a week on the treadmill", "runs_last_week", 3),
        ("Sunday's 15k, I'd only built to 9", "longest_30d_m", 9000),
        ("tempo yesterday, effort was 8/10", "run_effort", 8),
    ],
)
def test_an_amount_is_read(reader: Reader, text: str, fact: str, value: float) -> None:
    """A number takes its meaning from the day, the unit and the words beside it."""
    reading = reader(text).of(fact)
    assert reading is not None
    assert reading.value == pytest.approx(value, rel=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "had to walk home 1.5k with a sore calf",
        "new shoes for £220, calf sore today",
        "4x12 calf raises at 60 kg, 3 sets of 12, calves sore",
        "week 3 of couch to 5k and my calves hurt",
        "sore calf, and I've a 10k race on Sunday",
    ],
)
def test_a_number_that_is_no_run_is_no_run(reader: Reader, text: str) -> None:
    """What was walked, paid, lifted, entered or is a name is not the run."""
    assert reader(text).of("run_distance_m") is None


@pytest.mark.parametrize(
    ("text", "fact", "value", "day"),
    [
        ("can I do 10k on Saturday", "planned_distance_m", 10_000, "2026-11-28"),
        ("half in 3 weeks", "planned_distance_m", 21_097.5, "2026-12-16"),
        ("20 min jog tonight?", "planned_duration_s", 1200, "2026-11-25"),
        ("I want to run 5 miles this weekend", "planned_distance_m", 5 * MILE, "2026-11-28"),
    ],
)
def test_a_run_to_come_is_planned(
    reader: Reader, text: str, fact: str, value: float, day: str
) -> None:
    """A question or a word for the future makes a plan with its day, and never a run."""
    got = {reading.fact: reading.value for reading in reader(text).readings}
    assert got[fact] == pytest.approx(value, abs=1)
    assert got["planned_date"] == day
    assert not {"run_distance_m", "run_duration_s", "run_date"} & set(got)


@pytest.mark.parametrize(
    ("text", "onset"),
    [
        ("10k yesterday, this morning my calves are like wood", "next_day"),
        ("ran to 9 km, a niggle at 9 in my left calf", "during"),
        ("calves tight since track on Tuesday", "after"),
        ("calf just went, no warning, at 3k", "sudden"),
    ],
)
def test_how_it_began(reader: Reader, text: str, onset: str) -> None:
    """Onset by the place along the run, the day after it, or the word for it."""
    assert to_labels(reader(text))["soreness"]["onset"] == onset


def test_soreness_that_is_gone_is_gone(reader: Reader) -> None:
    """What is over is not a complaint of now; what came back is."""
    gone = reader("calves were a bit sore sunday, gone by monday").of("sore")
    assert gone is None or gone.value is False
    back = reader("calf was sore, gone by Monday, came back today and hurts").of("sore")
    assert back is not None
    assert back.value is True


@pytest.mark.parametrize(
    ("text", "fact", "kind", "value"),
    [
        ("7", "longest_30d_m", "distance", 7 * MILE),
        ("about 7", "longest_30d_m", "distance", 7 * MILE),
        ("7k", "longest_30d_m", "distance", 7000),
        ("45", "run_duration_s", "duration", 2700),
        ("effort 4/10", "run_effort", "number", 4),
    ],
)
def test_a_bare_number_answers(
    lexicon: Lexicon, text: str, fact: str, kind: str, value: float
) -> None:
    """A number without a unit is in the runner's own unit, or minutes, or the degree asked for."""
    question = OpenQuestion((fact,), kind, unit_m=MILE)
    reading = read(text, lexicon, today=TODAY, open_fact=question).of(fact)
    assert reading is not None
    assert reading.value == pytest.approx(value, abs=1)

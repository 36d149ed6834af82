"""Runs, breaks, soreness and load, as runners tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.understanding.labels import to_labels

if TYPE_CHECKING:
    from tests.understanding.conftest import Reader


def value(reader: Reader, text: str, path: str) -> Any:
    """The label at a path such as run.distance_km, or None."""
    found: Any = to_labels(reader(text))
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("ran 6 miles yesterday", "run.distance_km", 9.66),
        ("did 5k this morning", "run.distance_km", 5.0),
        ("ran two and a half miles today", "run.distance_km", 4.02),
        ("I ran 3m today, my calf is sore", "run.distance_km", 4.83),
        ("meant to run 8 miles but did 3 miles", "run.distance_km", 4.83),
        ("ran 2 miles, then another 3 miles", "run.distance_km", 8.05),
        ("parkrun on Saturday, calf sore", "run.distance_km", 5.0),
        ("ran half a mile and my calf went", "run.distance_km", 0.8),
        ("ran 10k in 1:02:30 today", "run.duration_min", 62.5),
        ("5k in 31 min today", "run.duration_min", 31.0),
        ("parkrun today, 32.48", "run.duration_min", 32.8),
        ("ran for an hour and 20 minutes today", "run.duration_min", 80.0),
        ("ran 5k 3 days ago", "run.when", "3_days_ago"),
        ("ran 5k last night", "run.when", "yesterday"),
        ("ran 5k on the treadmill today", "run.surface", "treadmill"),
        ("I run 3 times a week", "load.runs_per_week_now", 3.0),
        ("went from 2 to 4 runs a week", "load.runs_per_week_now", 4.0),
        ("went from 2 to 4 runs a week", "load.runs_per_week_before", 2.0),
        ("doing 30 miles a week", "load.weekly_km_now", 48.28),
        ("my calf is 6/10 sore", "soreness.level_0_10", 6.0),
        ("3 weeks off running", "break.length_days", 21.0),
        ("first run in 2 months", "break.length_days", 61.0),
        ("haven't run for ten days", "break.length_days", 10.0),
        ("exactly 6 weeks since I pulled a calf, ran today", "break.length_days", 42.0),
        ("both calves are tight", "soreness.side", "both"),
        ("left calf is sore", "soreness.side", "left"),
        ("both calves were tight, now only the left calf is sore", "soreness.side", "left"),
        ("my calf suddenly went at mile 2", "soreness.onset", "sudden"),
        ("calf has been sore for two weeks", "soreness.days", 14.0),
        ("calves so tight I'm limping", "soreness.limping", True),
        ("I don't stretch and my calves are tight", "strength_or_flexibility", True),
        ("switched to Vibrams, calves sore", "technique_change.kind", "minimalist"),
        ("I have always run on my forefoot, calves sore", "technique_change.kind", "none"),
        ("bought new shoes, calf sore", "load.new_shoes", True),
    ],
)
def test_what_a_sentence_says(reader: Reader, text: str, path: str, expected: object) -> None:
    """Each kind of statement is read with its value."""
    found = value(reader, text, path)

    assert found == (pytest.approx(expected, abs=0.51) if isinstance(expected, float) else expected)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("can I run 10k tomorrow?", "run.distance_km"),
        ("my pace was 5:30/km, calf sore", "run.duration_min"),
        ("signed up for a half marathon in May", "run.distance_km"),
        ("walked 3 miles today, calf sore", "run.distance_km"),
        ("should I take 2 weeks off?", "break"),
        ("rest day today, calf sore", "break"),
        ("I weigh 80 kg and it is 30 degrees, calf sore", "run.distance_km"),
        ("shoes with a 4mm drop, calf sore", "run.distance_km"),
    ],
)
def test_numbers_that_are_not_the_run(reader: Reader, text: str, path: str) -> None:
    """Plans, paces, walks, weights and questions are not what was done."""
    assert value(reader, text, path) is None


def test_the_first_messages_of_the_product(reader: Reader) -> None:
    """The two opening messages of the product's transcripts are read right."""
    first = reader("ran 6 miles yesterday first time since spring, calves are killing me")
    second = reader("ran 5k 31min calf 3/10 left")

    got = {r.fact: r.value for r in first.readings}
    assert got["run_distance_m"] == pytest.approx(9656, abs=1)
    assert got["run_date"] == "2026-11-24"
    assert float(got["break_days"]) == pytest.approx(178, abs=40)
    assert (got["sore"], got["side"]) == (True, "both")
    got = {r.fact: r.value for r in second.readings}
    assert (got["run_distance_m"], got["run_duration_s"]) == (5000.0, 1860.0)
    assert (got["pain_now"], got["side"]) == (3.0, "left")


def test_soreness_that_is_gone_is_no_complaint(reader: Reader) -> None:
    """A calf said to be fine is not sore."""
    assert value(reader, "ran 5k today, calf fine, no pain at all", "soreness.present") is False


@pytest.mark.parametrize(
    ("text", "language", "flag"),
    [
        ("Seit gestern ist die linke Wade geschwollen", "de", "one_sided_swelling"),
        ("Ich habe seit gestern Atemnot und die Wade schmerzt", "de", "chest_or_breath"),
        ("Tengo el gemelo izquierdo hinchado desde ayer", "es", "one_sided_swelling"),
        ("Noté un chasquido en el gemelo y no puedo apoyar", "es", "pop"),
        ("J'ai senti un claquement dans le mollet hier", "fr", "pop"),
        ("Mes urines sont marron depuis la course de dimanche", "fr", "dark_urine"),
        ("Senti um estalo na panturrilha ontem correndo", "pt", "pop"),
        ("Minha panturrilha esquerda está inchada e quente", "pt", "one_sided_swelling"),
    ],
)
def test_signs_in_other_languages(reader: Reader, text: str, language: str, flag: str) -> None:
    """The language is told from the words, and its warning signs are read."""
    understood = reader(text)

    assert understood.language == language
    assert flag in to_labels(understood)["red_flags"]
    assert not to_labels(understood)["denied"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Wade ist nicht geschwollen",
        "Sin hinchazón en el gemelo",
        "Pas de gonflement du mollet",
        "Sem inchaço na panturrilha",
    ],
)
def test_denials_in_other_languages(reader: Reader, text: str) -> None:
    """A denial is a denial in each language."""
    labels = to_labels(reader(text))

    assert not labels["red_flags"]
    assert labels["denied"] == ["swelling"]


def test_the_clubs_first_story(reader: Reader) -> None:
    """A story with a joke, a pop, a denial, a break and a question is read as a careful reader would."""
    text = (
        "W5 done!! ok not done, calf went ping at minute 18 of 20 lol, limped home. no swelling. "
        "been off since the half in march bar one parkrun. frozen peas and wine. "
        "can i run thursday??"
    )
    labels = to_labels(reader(text))

    assert labels["red_flags"] == ["pop"]
    assert labels["denied"] == ["swelling"]
    assert labels["soreness"]["limping"] is True
    assert labels["break"]["length_days"] == pytest.approx(255, abs=20)
    assert set(labels["pathways"]) == {"see_clinician", "long_break"}
    assert [ask.kind for ask in reader(text).asks] == ["can_i_run"]


@pytest.mark.parametrize(
    ("text", "metres", "day"),
    [
        ("can I run 6 miles tomorrow?", 9656, "2026-11-26"),
        ("want to run 10k on Saturday", 10_000, "2026-11-28"),
        ("Calf sore. Is a slow 5k ok tomorrow?", 5000, "2026-11-26"),
    ],
)
def test_a_run_still_to_come(reader: Reader, text: str, metres: float, day: str) -> None:
    """A planned distance and its day are read as planned, never as run."""
    got = {r.fact: r.value for r in reader(text).readings}

    assert got["planned_distance_m"] == pytest.approx(metres, abs=1)
    assert got["planned_date"] == day
    assert "run_distance_m" not in got


def test_a_plan_that_did_not_happen_is_no_plan(reader: Reader) -> None:
    """What was meant and missed is neither run nor planned."""
    got = {r.fact for r in reader("meant to run 8 miles but did 3 miles").readings}

    assert "planned_distance_m" not in got

"""What runners say of themselves, and signs told by words side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.understanding.read import read
from bot.understanding.reading import OpenQuestion

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("I'm 52 and my calf is sore", "age_band", "50_59"),
        ("15 years old, sore calves", "adult", False),
        ("aged 60, calf sore", "age_band", "60_plus"),
        ("both calves sore, nothing new", "nothing_new", True),
        ("calf sore, I run every week", "running_regularly", True),
        ("third time in 2 months that my calf hurts", "episodes_3mo", "three_plus"),
        ("my calf is 6/10 when walking", "pain_walk", 6.0),
        ("achilles 4/10 on the stairs", "pain_stairs", 4.0),
        ("used to run 22 km a week", "usual_week_m", 22000.0),
        ("my longest run before was 7k", "longest_30d_m", 7000.0),
        ("back of my heel is sore where the tendon meets the bone", "location", "achilles_heel"),
        ("sore behind my knee", "location", "behind_knee"),
        ("my calf hurts at the same point every run", "same_point_each_run", True),
        ("dark pee and severe muscle pain", "severe_muscle", True),
        ("my left calf is suddenly bruised", "bruise", True),
        ("my calf hurts, I can't walk on it", "weight_bear", "cannot_4_steps"),
    ],
)
def test_a_fact_of_the_runner_is_read(
    lexicon: Lexicon, text: str, fact: str, value: object
) -> None:
    """What a runner says of themselves becomes the fact, and is not only possible."""
    reading = read(text, lexicon, today=TODAY, lang="en").of(fact)
    assert reading is not None
    assert (reading.value, reading.certainty != "possible") == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "my son is 15 years old",
        "I'm 15 km into the plan",
        "15 year old knees",
        "I'm 34 weeks pregnant",
    ],
)
def test_a_number_that_is_no_age_is_no_age(lexicon: Lexicon, text: str) -> None:
    """An age of someone or something else is not the runner's."""
    assert read(text, lexicon, today=TODAY, lang="en").of("age_band") is None


def test_a_length_that_answers_is_not_another_run(lexicon: Lexicon) -> None:
    """A distance that answers the open question is that fact, and no run of today."""
    asked = OpenQuestion(("longest_30d_m",), "distance")
    understood = read("about 7 km", lexicon, today=TODAY, lang="en", open_fact=asked)
    assert {r.fact: r.value for r in understood.readings} == {"longest_30d_m": 7000.0}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("it aches when I'm sat watching telly", "rest_pain"),
        ("my calf throbs as soon as I get into bed", "night_pain"),
        ("weird pressure in the middle of my chest", "chest"),
        ("puffing like a train just walking to the car", "breathless"),
        ("went to the loo and it was like cola", "dark_pee"),
        ("my right sock leaves a deep groove", "swelling"),
        ("my little toe has been asleep all day", "numb"),
        ("there was a definite click in my calf", "pop"),
        ("Standing on tiptoe? Forget it", "push_off"),
    ],
)
def test_words_side_by_side_are_a_sign(lexicon: Lexicon, text: str, fact: str) -> None:
    """Two plain words near each other can be a warning sign."""
    assert read(text, lexicon, today=TODAY, lang="en").of(fact) is not None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("toilet stop at mile 8, then a coffee", "dark_pee"),
        ("chest strap says 160 and my calf is tight", "chest"),
        ("I sit at a desk all day, calves tight when I run", "rest_pain"),
        ("at night I run with a torch", "night_pain"),
        ("can't tiptoe without wincing but I can do it", "push_off"),
    ],
)
def test_the_same_words_apart_are_none(lexicon: Lexicon, text: str, fact: str) -> None:
    """The words without their meaning together are no sign."""
    assert read(text, lexicon, today=TODAY, lang="en").of(fact) is None

"""The story around the soreness: time away, what changed, how it began, that it is over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.understanding.labels import to_labels
from bot.understanding.read import read

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon
    from tests.understanding.conftest import Reader


def told(labels: dict[str, Any], place: str) -> Any:
    """The value at a place such as break.reason, or None."""
    value: Any = labels
    for part in place.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Ten days without a run", 10),
        ("previous run was a month back", 30),
        ("6 weeks on from my calf tear, first jog", 42),
        ("Broke my toe seven weeks ago and could not run, first 2k today", 49),
        ("Out for six weeks with a calf tear", 42),
        ("Three weeks with a chest infection. 2 miles today, legs heavy", 21),
        ("I let it slide for four months", 122),
        ("my running shoes sat in the cupboard for three months", 91),
        ("only cycling and swimming for six weeks, jogged 1k yesterday", 42),
        ("Took the whole of August off for a family holiday, 5k yesterday", 31),
        ("Started running again after 2 years", 730),
        ("Eight weeks between runs", 56),
    ],
)
def test_time_away_is_read_however_it_is_told(reader: Reader, text: str, days: int) -> None:
    """A length beside idleness, a cause or a return is time away."""
    assert told(to_labels(reader(text)), "break.length_days") == pytest.approx(days, abs=days * 0.1)


@pytest.mark.parametrize(
    "text",
    [
        "My physio wants me to take three weeks off",
        "calf has been sore for three weeks, still running on it",
        "in two weeks I have a half",
        "work has been busy for a month but still running 3 times a week",
        "Calf niggle on and off for about a year, running 35 miles a week",
    ],
)
def test_other_stretches_of_time_are_no_break(reader: Reader, text: str) -> None:
    """Advice, soreness, plans and habits have lengths too."""
    assert told(to_labels(reader(text)), "break") is None


def test_the_month_the_runner_names_is_now(lexicon: Lexicon) -> None:
    """A month that is said to be now goes before the day the message came."""
    text = "Haven't run since June, it is now mid-September."
    labels = to_labels(read(text, lexicon, today=date(2026, 11, 25)))
    assert told(labels, "break.length_days") == pytest.approx(92, abs=3)


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("Running in toe shoes now, calves on fire", "technique_change.kind", "minimalist"),
        ("ran barefoot on the beach and my calves are sore", "technique_change.kind", "barefoot"),
        ("My coach got me landing on the balls of my feet", "technique_change.kind", "forefoot"),
        ("I've always run on my toes", "technique_change.kind", "none"),
        ("stood on tiptoe to check, calf fine", "technique_change.kind", None),
        ("three weeks into forefoot running, calves tight", "technique_change.since_days", 21),
        ("Wore the Vaporflys for the first time, calves wrecked", "load.new_shoes", True),
        ("do I need new shoes? calf sore after 5k", "load.new_shoes", None),
        ("I don't do any gym or strength training", "strength_or_flexibility", True),
        ("gym twice a week, calves sore after 5k", "strength_or_flexibility", False),
        ("which stretches should I do? calf sore", "strength_or_flexibility", None),
        ("Calf is swollen. I flew back on Tuesday. Ran nothing since", "soreness.onset", None),
        ("10k on Sunday. Both calves tender", "soreness.onset", "after"),
        ("three weeks of calf pain and I'm fed up", "soreness.days", 21),
        ("Quads and calves sore after 10k today", "soreness.other_sites", ["other"]),
    ],
)
def test_what_changed_and_how_it_began(reader: Reader, text: str, place: str, value: Any) -> None:
    """What the words tell is read, and nothing is said that they do not tell."""
    assert told(to_labels(reader(text)), place) == value


def test_soreness_that_is_over_is_not_off_topic(reader: Reader) -> None:
    """Whoever tells of soreness that has gone is answered about it."""
    labels = to_labels(reader("Calves were sore on Monday, all gone by Tuesday. Can I run?"))
    assert told(labels, "soreness.present") is False
    assert labels["pathways"] == ["normal_soreness"]

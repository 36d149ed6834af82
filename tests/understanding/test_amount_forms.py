"""Amounts told in many forms: weeks now and before, the run among others, its time, day and manner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.understanding.explain import explain
from bot.understanding.labels import to_labels
from bot.understanding.read import read
from tests.understanding.conftest import TODAY

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

RUNS, WAS = "load.runs_per_week_now", "load.runs_per_week_before"
WEEK, WEEK_WAS = "load.weekly_km_now", "load.weekly_km_before"
FAR, TIME, LONGEST = "run.distance_km", "run.duration_min", "load.longest_recent_km"
WHEN, EFFORT, GROUND, JUMP = "run.when", "run.effort", "run.surface", "load.jump"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Running 4/week, left calf sore", {RUNS: 4}),
        ("I run once a week, 5k", {RUNS: 1, WEEK: 5}),
        ("I run Tuesdays, Thursdays and Saturdays, both calves ache", {RUNS: 3}),
        ("I run six days out of seven", {RUNS: 6}),
        ("4 runs in 6 days, shins hurt", {RUNS: 4}),
        ("My fourth run this week and shins hurt", {RUNS: 4}),
        ("added a fourth run to my week and now shins hurt", {RUNS: 4, WAS: 3, JUMP: True}),
        ("I used to run three times a week, now it's five", {RUNS: 5, WAS: 3, JUMP: True}),
        ("3 runs a week before Christmas, 5 now", {RUNS: 5, WAS: 3, JUMP: True}),
        ("Went from running twice a week to every day", {RUNS: 7, WAS: 2, JUMP: True}),
        ("Yoga twice a week, calf raises daily (3x15 each leg)", {RUNS: None}),
        ("doing my normal 4 x 8k", {RUNS: 4, WEEK: 32, FAR: 8}),
        ("5k every other day for a month now", {RUNS: 3.5, WEEK: 17.5, FAR: 5}),
        ("did 60k last week, normally 40", {WEEK: 60, WEEK_WAS: 40, FAR: None, JUMP: True}),
        ("70 then 85 then 104 km a week", {WEEK: 104, WEEK_WAS: 85, FAR: None}),
        ("3 runs a week at 5k each, 15k. Up to 30k now", {WEEK: 30, WEEK_WAS: 15, FAR: None}),
        ("I'm now 41, run 30k a week", {WEEK: 30, WEEK_WAS: None}),
    ],
)
def test_weeks_are_read_in_any_form(lexicon: Lexicon, text: str, wanted: dict[str, Any]) -> None:
    """Rates, totals, lists and changes of a week, each on its side of now."""
    assert {name: _label(lexicon, text, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Meant to do five miles but only got to about three", {FAR: 4.83}),
        ("went out for a 6 miler, turned back at 2, walked home", {FAR: 3.22}),
        ("16k, sharp from 9k on", {FAR: 16}),
        ("8 miles yesterday, calf tightened after 5 miles", {FAR: 12.87, WHEN: "yesterday"}),
        ("20 miles on Sunday, 3 weeks till the marathon", {FAR: 32.19, WHEN: "sun"}),
        ("my usual 5k loop this morning, calf tight", {FAR: 5, WHEN: "today"}),
        ("longest 12k last Sunday, calf tight", {FAR: 12, WHEN: "sun"}),
        ("Usually run 5k, did 10k on Saturday", {FAR: 10, LONGEST: 5, JUMP: True}),
        ("Went from 6 straight to 10 miles on Sunday", {FAR: 16.09, LONGEST: 9.66, JUMP: True}),
        ("3 miles there and 3 miles back this morning", {FAR: 9.66}),
        ("ran 3 laps of a 2k loop this morning", {FAR: 6}),
        ("4:02:51 in Manchester, bonked at 35k", {FAR: 42.2, TIME: 242.85, EFFORT: "race"}),
        ("10k in 48 on Sunday, calf tight", {FAR: 10, TIME: 48}),
        ("5k 24.30 today", {FAR: 5, TIME: 24.5}),
        ("an hour and ten on Saturday, calf tight after", {TIME: 70, WHEN: "sat"}),
        ("why do they still ache after 40 min easy on Sunday?", {TIME: 40, EFFORT: "easy"}),
        ("8 mins out and 8 back today", {TIME: 16}),
        ("calf gets tight 10 minutes into every run", {TIME: None, FAR: None}),
        ("ran 5 easy miles Monday, 8 today", {FAR: 12.87, EFFORT: None}),
        ("Hill sprints, eight of them. That was Friday.", {WHEN: "fri", EFFORT: "hard"}),
        ("W4R1 done!!! legs like jelly", {WHEN: "today"}),
        ("Ran a 10k with no training. Two days later it is a bruise", {WHEN: "2_days_ago"}),
        ("5k on the dreadmill last night", {GROUND: "treadmill", WHEN: "yesterday"}),
        ("First spikes session in two years, both calves sore", {JUMP: True, GROUND: "track"}),
        ("First run since March, 2k", {JUMP: None}),
    ],
)
def test_the_run_is_found_among_other_amounts(
    lexicon: Lexicon, text: str, wanted: dict[str, Any]
) -> None:
    """Its distance, time, day, ground and effort, and not those of plans, places and habits."""
    assert {name: _label(lexicon, text, name) for name in wanted} == wanted


def test_points_of_weeks_are_explained(lexicon: Lexicon) -> None:
    """Why one week was before and the other is now can be looked up, with its words."""
    said = explain(read("Normally 3 runs a week, this week 5", lexicon, today=TODAY))["points"]
    assert said[RUNS][0]["quote"] == "5"
    assert said[WAS][0]["points"] < said[RUNS][0]["points"]


def _label(lexicon: Lexicon, text: str, name: str) -> Any:
    labels: Any = to_labels(read(text, lexicon, today=TODAY))
    for part in name.split("."):
        labels = labels.get(part) if isinstance(labels, dict) else None
    return labels

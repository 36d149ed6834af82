from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.content.evidence import load_evidence
from bot.content.exercises import load_exercises
from bot.content.programmes import LOADING, WEEK, Programmes, load_programmes
from tests.content.edited import CONTENT, edited

if TYPE_CHECKING:
    from bot.content.problem import Problem

FILE = "programmes.toml"
EXERCISES = load_exercises(CONTENT, [])


def loaded() -> Programmes:
    """The programmes as they stand."""
    found = load_programmes(CONTENT, [])
    assert found is not None
    return found


def test_programmes_load_without_a_word() -> None:
    """The file as it stands has nothing wrong with it, and its sources and claims exist."""
    problems: list[Problem] = []
    evidence = load_evidence(CONTENT, [])
    load_programmes(CONTENT, problems, evidence.sources, evidence.claims)

    assert problems == []


def test_programmes_a_to_e_are_there_and_for_tendons_only() -> None:
    """A to E of evidence.md 6.2 and the floor-level one are there, all for tendon pathways."""
    programmes = loaded().programme

    assert [each.code for each in programmes] == ["A", "B", "C", "D", "E", "F"]
    assert {path for each in programmes for path in each.pathways} == {
        "tendon_mid",
        "tendon_insertional",
    }


def test_each_tendon_pathway_has_one_default() -> None:
    """As tolerated is offered first for mid-portion pain, floor level for the heel bone."""
    programmes = loaded()
    mid, heel = programmes.default_for("tendon_mid"), programmes.default_for("tendon_insertional")

    assert mid is not None
    assert heel is not None
    assert (mid.code, heel.code) == ("B", "F")
    assert programmes.default_for("doms") is None
    assert sum(each.default for each in programmes.programme) == 2


def test_no_programme_gives_what_its_pathway_forbids() -> None:
    """No phase holds an exercise that is not given on the programme's own pathway."""
    for programme in loaded().programme:
        for phase in programme.phases:
            for work in phase.work:
                forbidden = set(EXERCISES[work.exercise].not_if.pathways)

                assert not forbidden & set(programme.pathways)


def test_doses_are_those_of_the_evidence() -> None:
    """The heavy programme falls from 15 to 6 repeats, and A is 180 drops a day (6.2)."""
    programmes = {each.code: each for each in loaded().programme}
    heavy = [
        (*phase.weeks, work.sets[1], work.reps[1])
        for phase in programmes["D"].phases
        for work in phase.work[:1]
    ]
    full = programmes["A"].phases[0]

    assert heavy == [(1, 1, 3, 15), (2, 3, 3, 12), (4, 5, 4, 10), (6, 8, 4, 8), (9, 12, 4, 6)]
    assert full.times_a_day * sum(work.sets[1] * work.reps[1] for work in full.work) == 180
    assert {each.weeks for each in programmes.values()} == {12}


def test_the_easing_set_is_light() -> None:
    """After a run there is 1 set of 8 to 10 at 2 out of 10 or less, by choice (section 0)."""
    easing = loaded().easing

    assert (easing.sets, easing.reps, easing.pain_at_most) == (1, (8, 10), 2)
    assert easing.exercises == ("heel-drop-straight", "heel-drop-bent")
    assert "If you like" in easing.words


def test_the_week_keeps_strength_off_run_days() -> None:
    """Monday to Sunday are there; strength is on Tuesday and Saturday only (6.0, 6.1)."""
    days = loaded().day
    loading = [
        day.id
        for day in days
        if any(EXERCISES[name].code in LOADING for name in (*day.exercises, *day.optional))
    ]

    assert tuple(day.id for day in days) == WEEK
    assert [day.id for day in days if day.run] == ["mon", "wed", "fri"]
    assert loading == ["tue", "sat"]


def test_what_loads_the_calf_is_strength_and_hops() -> None:
    """The codes that count as calf loading are those of the strength and hops groups."""
    groups = {each.code for each in EXERCISES.values() if each.group in {"strength", "hops"}}

    assert groups == LOADING


def test_heel_bone_pain_swaps_to_the_floor() -> None:
    """Whatever is kept from heel-bone pain gives way to the floor or to nothing (2.3 rule 7)."""
    programmes = loaded()
    for exercise in EXERCISES.values():
        instead = programmes.swapped(exercise.id, {"tendon_insertional"})
        kept_away = "tendon_insertional" in exercise.not_if.pathways

        assert (instead != exercise.id) == kept_away
        assert instead in {"", "heel-drop-floor", exercise.id}
    assert programmes.swapped("heel-drop-bent", {"tendon_mid"}) == "heel-drop-bent"


def test_phases_may_overlap() -> None:
    """In week 3 of the runner's programme two phases hold, in week 1 one (6.2 C)."""
    runner = next(each for each in loaded().programme if each.code == "C")

    assert [phase.id for phase in runner.phases_in(1)] == ["floor"]
    assert [phase.id for phase in runner.phases_in(3)] == ["step", "weight"]
    assert runner.phases_in(30) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('to = "heel-drop-floor"', 'to = "heel-drop-flour"', "HD012"),
        ('sources = ["S31", "S42"]', 'sources = ["S31", "S4x2"]', "HD011"),
        ('"strength-day"]', '"strength-dya"]', "HD012"),
        ('id = "sun"\nwords = "Rest."', 'id = "sat"\nwords = "Rest."', "HD004"),
        ('optional = ["easy-day"]', 'optional = ["easy-day"]\nrun = 3', "HD003"),
        ('id = "tue"', 'id = "tue"\nrun = true', "HD003"),
        ("free_days = 1", "free_days = 6", "HD010"),
        ("add_on = true", "add_on = false", "HD003"),
        ("weeks = [9, 12]", "weeks = [12, 9]", "HD003"),
        ("weeks = [9, 12]", "weeks = [13, 14]", "HD003"),
        ("Rest, or an easy day.", f"Rest, {'rest, ' * 20}or an easy day.", "HD013"),
    ],
)
def test_each_slip_is_noticed(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Unknown names, a day twice, strength on a run day, an empty phase: each has its code."""
    problems: list[Problem] = []
    folder = edited(tmp_path, FILE, old, new)
    evidence = load_evidence(folder, [])
    load_programmes(folder, problems, evidence.sources, evidence.claims)

    assert code in [problem.code for problem in problems]


def test_no_file_is_one_problem(tmp_path: Path) -> None:
    """Without the file there is nothing, and HD001 says so."""
    problems: list[Problem] = []

    assert load_programmes(tmp_path, problems) is None
    assert [problem.code for problem in problems] == ["HD001"]

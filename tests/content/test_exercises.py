from pathlib import Path

import pytest

from bot.content.evidence import load_evidence
from bot.content.exercise import Exercise
from bot.content.exercises import CODES, NEVER_DURING, load_exercises
from bot.content.problem import Problem
from bot.content.reading_level import long_sentences, prose, sentences, words
from tests.content.edited import CONTENT, edited, the

STRAIGHT = "exercises/heel-drop-straight.toml"
HOPS = "exercises/hops.toml"
EXERCISES = load_exercises(CONTENT, [])


def problems_after(tmp_path: Path, file: str, old: str, new: str) -> list[Problem]:
    """What the loader says about one slip."""
    problems: list[Problem] = []
    folder = edited(tmp_path, file, old, new)
    load_exercises(folder, problems, load_evidence(folder, []).sources)
    return problems


def test_all_fourteen_load_without_a_word() -> None:
    """The content as it stands has all of E1 to E14, in order, and nothing is wrong with it."""
    problems: list[Problem] = []
    found = load_exercises(CONTENT, problems, load_evidence(CONTENT, []).sources)

    assert problems == []
    assert [each.code for each in found.values()] == [f"E{number}" for number in range(1, 15)]
    assert {name: each.code for name, each in found.items()} == CODES


def test_a_missing_exercise_is_named(tmp_path: Path) -> None:
    """A file that is gone gives HD010 with its name, and the others still load."""
    problems: list[Problem] = []
    folder = edited(tmp_path, HOPS, "hops", "hops")
    (folder / HOPS).unlink()
    found = load_exercises(folder, problems)

    assert the("HD010", problems).id == "hops"
    assert len(found) == 13


def test_a_broken_file_is_not_also_called_missing(tmp_path: Path) -> None:
    """A line that is not TOML gives HD002 alone, with its line."""
    problems = problems_after(tmp_path, HOPS, 'code = "E13"', "code = ")

    assert [problem.code for problem in problems if problem.file == HOPS] == ["HD002"]
    assert problems[0].line == 3


@pytest.mark.parametrize(
    ("old", "new", "code", "fix"),
    [
        ('sources = ["S3",', 'sources = ["S3x",', "HD011", "'S3'"),
        ('id = "heel-raise"', 'id = "heel-rase"', "HD012", "did you mean 'heel-raise'?"),
        ('code = "E13"', 'code = "E12"', "HD003", "'E13'"),
        ('id = "hops"', 'id = "hopps"', "HD003", "the same"),
        ('"bone_suspected",', "", "HD010", "bone_suspected"),
        ('group = "hops"', 'group = "jump"', "HD003", "Correct"),
        ('kit_words = "A flat floor."', 'kit_word = "A flat floor."', "HD003", "Correct"),
        ("sets = 3\nreps = 20", "sets = 3", "HD003", "reps or seconds"),
        ("sets = 3\nreps = 20", "sets = 3\nreps = 20\nseconds = 5", "HD003", "reps or seconds"),
        ("sets = 3\nreps = 20", "sets = 0\nreps = 20", "HD003", "sets of 1"),
        ('id = "3x20"', 'id = "3x10"', "HD004", "own id"),
    ],
)
def test_each_slip_is_noticed(tmp_path: Path, old: str, new: str, code: str, fix: str) -> None:
    """Every kind of slip gives one problem with its code, the file and a fix that helps."""
    problem = the(code, problems_after(tmp_path, HOPS, old, new))

    assert problem.file == HOPS
    assert problem.severity == "error"
    assert fix.casefold() in problem.fix.casefold()


def test_the_line_of_a_slip_is_right(tmp_path: Path) -> None:
    """A wrong exercise name is reported on the line where it stands."""
    problem = the("HD012", problems_after(tmp_path, HOPS, 'id = "heel-raise"', 'id = "heel-rase"'))
    lines = (tmp_path / "content" / HOPS).read_text("utf-8").splitlines()

    assert "heel-rase" in lines[problem.line - 1]


def test_no_step_is_noticed(tmp_path: Path) -> None:
    """An exercise without steps gives HD003."""
    old = 'steps = ["Lift both heels for 2 seconds.", "Lower for 3 seconds."]'
    problems = problems_after(tmp_path, "exercises/seated-raise.toml", old, "steps = []")

    assert "no step" in the("HD003", problems).message


def test_no_dose_is_noticed(tmp_path: Path) -> None:
    """An exercise without doses gives HD003."""
    file = "exercises/seated-raise.toml"
    folder = edited(tmp_path, file, "[[doses]]", "[[doses]]")
    text = (folder / file).read_text("utf-8")
    start, end = text.index("[[doses]]"), text.index("[progress]")
    (folder / file).write_text(f"doses = []\n{text[:start]}{text[end:]}", "utf-8")
    problems: list[Problem] = []
    load_exercises(folder, problems)

    assert "no dose" in the("HD003", problems).message


def test_a_long_sentence_is_a_warning(tmp_path: Path) -> None:
    """A sentence of more than 20 words gives an HD013 warning, not an error."""
    long = f"It feels {'very ' * 20}springy."
    problem = the("HD013", problems_after(tmp_path, HOPS, "Springy, then tired.", long))

    assert problem.severity == "warning"
    assert "23 words" in problem.message


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_words_are_easy_to_read(exercise: Exercise) -> None:
    """No sentence is above 20 words, and they have 12 or fewer on average."""
    texts = [text for _, text in prose(exercise)]
    counts = [len(words(sentence)) for text in texts for sentence in sentences(text)]

    assert [each for text in texts for each in long_sentences(text)] == []
    assert sum(counts) / len(counts) <= 12


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_never_given_to_who_needs_a_check(exercise: Exercise) -> None:
    """E1 to E13 are kept from clot, rupture, compartment, infection, strain and bone (6.0)."""
    left_out = set(NEVER_DURING) - set(exercise.not_if.pathways)

    assert exercise.group == "easy" or not left_out


def test_heel_bone_pain_gets_no_step_and_no_calf_stretch() -> None:
    """What sinks the heel or stretches the calf is kept from heel-bone pain (2.3 rule 7)."""
    kept_away = {
        each.code for each in EXERCISES.values() if "tendon_insertional" in each.not_if.pathways
    }

    assert kept_away == {"E1", "E2", "E6", "E7", "E8", "E9"}


def test_strength_is_for_days_without_a_run() -> None:
    """Strength and hops are done on non-running days only, 2 to 3 times a week (6.0)."""
    for exercise in EXERCISES.values():
        if exercise.group in {"strength", "hops"}:
            assert exercise.days.when == ("non_running",)
            assert 2 <= exercise.days.per_week[0] <= exercise.days.per_week[1] <= 3


def test_grass_is_from_level_three_and_not_during_a_change() -> None:
    """The barefoot jog starts at level 3 and 1 minute, ends at 5, and waits during a change."""
    grass = EXERCISES["barefoot-grass"]

    assert grass.days.from_level == 3
    assert (grass.doses[0].seconds, grass.doses[-1].seconds) == (60, 300)
    assert {"technique_change", "footwear_surface"} <= set(grass.not_if.pathways)
    assert grass.evidence.strength == "tradition"
    assert "dog mess" in grass.set_up


def test_the_next_dose_follows_and_ends() -> None:
    """After a dose comes the next, after the top none, after one that is gone the first."""
    drop = EXERCISES["heel-drop-straight"]

    assert [dose.id for dose in drop.doses] == ["2x8-both", "2x8", "2x10", "3x10", "3x15"]
    assert drop.next_dose("2x8") == drop.doses[2]
    assert drop.next_dose("3x15") is None
    assert drop.next_dose("4x99") == drop.doses[0]
    assert drop.doses[1].short == "2 x 8 each side"


def test_nobody_has_reviewed_anything_yet() -> None:
    """No reviewer is invented: until a clinician signs, the fields are empty."""
    assert {(each.reviewed_by, each.review_due) for each in EXERCISES.values()} == {("", "")}

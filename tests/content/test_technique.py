from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.content.coaching import load_coaching
from bot.content.evidence import load_evidence
from bot.content.technique import Technique, load_technique
from tests.content.edited import CONTENT, edited

if TYPE_CHECKING:
    from bot.content.problem import Problem

FILE = "technique.toml"


def loaded() -> Technique:
    """The technique words as they stand."""
    found = load_technique(CONTENT, [])
    assert found is not None
    return found


def test_technique_loads_without_a_word() -> None:
    """The file as it stands has nothing wrong with it, and its claims exist."""
    problems: list[Problem] = []
    load_technique(CONTENT, problems, load_evidence(CONTENT, []).claims)

    assert problems == []


def test_we_say_we_cannot_see_you() -> None:
    """The limit is said in the words of evidence.md 5.3."""
    assert loaded().says.startswith("I can't see you run.")


def test_words_and_figures_agree() -> None:
    """The figures here are those the coach works with (content/coaching/technique.toml)."""
    words, figures = loaded(), load_coaching(CONTENT).technique

    assert words.cadence.start_percent == figures.cadence.first_percent
    assert words.cadence.max_percent == figures.cadence.max_percent
    assert words.cadence.weeks == figures.cadence.whole_runs_after_weeks
    assert words.form_check.episodes == figures.form_assessment.episodes
    assert words.form_check.weeks == figures.form_assessment.in_weeks


def test_the_checklist_is_what_to_take_and_what_to_ask() -> None:
    """The checklist holds every line to take along, then every question to ask."""
    check = loaded().form_check

    assert check.checklist[0] == check.take[0].says
    assert len(check.checklist) == len(check.take) + len(check.ask)
    assert all(line.endswith("?") for line in check.checklist[len(check.take) :])


@pytest.mark.parametrize(
    "text", ["Try to Land on your forefoot.", "Your form is fine.", "You overstride a bit."]
)
def test_what_may_not_be_said_is_found(text: str) -> None:
    """Judging form and sending a sore calf to the forefoot are found, in any case."""
    assert loaded().forbidden(text)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("max_percent = 10", "max_percent = 15", "HD003"),
        ("start_percent = 5", "start_percent = 0", "HD003"),
        ('claims = ["switch-sore"]', 'claims = ["switch-soar"]', "HD012"),
        ('id = "slowly"', 'id = "go-back"', "HD004"),
        ("weeks = 12", 'weeks = "twelve"', "HD003"),
        ("No running style is right", f"No {'running ' * 20}style is right", "HD013"),
    ],
)
def test_each_slip_is_noticed(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A cadence that is too quick, an unknown claim, an id twice and a long line are reported."""
    problems: list[Problem] = []
    folder = edited(tmp_path, FILE, old, new)
    load_technique(folder, problems, load_evidence(folder, []).claims)

    assert [problem.code for problem in problems] == [code]


def test_no_file_is_one_problem(tmp_path: Path) -> None:
    """Without the file there is nothing, and HD001 says so."""
    problems: list[Problem] = []

    assert load_technique(tmp_path, problems) is None
    assert [problem.code for problem in problems] == ["HD001"]

"""Safety cases: a rule that lets a sign through is caught on the path where it does."""

from pathlib import Path

import pytest

from bot.checking.check import check
from bot.checking.safety import known_checks
from bot.content.load import Content, load_content
from bot.content.problem import Problem

SWOLLEN = 'when = "swelling is one_leg"\ncard = "clot"'


def found(folder: Path, code: str = "HD033") -> list[Problem]:
    """The problems of this code after a whole check."""
    return [problem for problem in check(folder).problems if problem.code == code]


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Put one slip into the small content."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_broken_rule_is_caught(folder: Path) -> None:
    """A swollen leg that no rule looks at any more reaches an exercise, and the case says so."""
    change(folder, "triage.toml", SWOLLEN, 'when = { all = ["swelling is both"] }\ncard = "clot"')

    problems = found(folder)

    assert {problem.id for problem in problems} == {"swollen"}
    assert any("swelling=one_leg" in problem.message for problem in problems)
    assert all(problem.file == "safety.toml" and problem.line > 1 for problem in problems)


def test_a_level_that_is_too_low_is_caught(folder: Path) -> None:
    """An emergency called same_day breaks "always level:emergency"."""
    change(folder, "triage.toml", 'level = "emergency"', 'level = "same_day"')

    assert any("level:emergency" in problem.message for problem in found(folder))


def test_a_diagnosis_is_caught(folder: Path) -> None:
    """Telling somebody that they have a clot breaks "never diagnosis"."""
    change(folder, "cards/chest.toml", "lines = [", 'lines = ["You have a clot.", ')

    assert any("never diagnosis" in problem.message for problem in found(folder))


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ('always = ["level:self_manage"]', True),
        ('always = ["at_least:self_manage"]', True),
        ('always = ["at_least:same_day"]', False),
        ('always = ["pathway:long_break"]', False),
        ('always = ["safety_net"]', True),
        ('always = ["reviewed"]', True),
        ('always = ["says:walk"]', True),
        ('never = ["says:walk"]', False),
        ('never = ["exercise"]', False),
        ('never = ["plan"]', False),
        ('never = ["nudge"]', False),
        ('never = ["diagnosis"]', True),
        ('never = ["card:chest"]', True),
        ('always = ["only_card"]', False),
    ],
)
def test_each_check_says_what_it_looks_at(folder: Path, claim: str, holds: bool) -> None:
    """Over all paths of a sore runner without a sign, each check holds or breaks as it should."""
    path = folder / "safety.toml"
    when = 'when = { all = ["sore", "not chest", "swelling is none"] }'
    case = f'\n[[case]]\nid = "x1"\nsays = "An example."\n{when}\n{claim}\n'
    path.write_text(path.read_text("utf-8") + case, "utf-8")

    assert (found(folder) == []) is holds


def test_a_case_that_nothing_meets_is_a_warning(folder: Path) -> None:
    """A case about nobody proves nothing, and is said to."""
    change(folder, "safety.toml", 'when = "chest"', 'when = { all = ["chest", "not chest"] }')

    assert [problem.severity for problem in found(folder, "HD034")] == ["warning"]


def test_the_cases_in_use_name_only_known_checks(real: Content) -> None:
    """Every check a physio wrote exists, and there are at least 30 cases."""
    names = {text.partition(":")[0] for case in real.safety for text in (*case.never, *case.always)}

    assert names <= known_checks()
    assert len(real.safety) >= 30


def test_the_small_content_is_safe(folder: Path) -> None:
    """What the other tests break holds before they break it."""
    found = check(folder).problems

    assert [str(each) for each in found if not each.file.startswith("lexicon/")] == []
    assert load_content(folder).version

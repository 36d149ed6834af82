"""Every diagnostic has a page, and every page an example that really is reported as it says."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.checking.check import check
from tests.checking.small import REAL, real_content, small_content
from tests.content.diagnostic_pages import PAGES, ROOT, Example, codes, examples

EXAMPLES = examples()
FILES = sorted(
    path.relative_to(REAL).as_posix()
    for path in REAL.rglob("*.toml")
    if not {"poses", "media", "scripts"} & set(path.parts)
)


def _line(path: Path, number: int) -> str:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return lines[number - 1] if number <= len(lines) else ""


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{example.code}-{example.number}" for example in EXAMPLES]
)
def test_an_example_is_reported_as_its_page_says(example: Example, tmp_path: Path) -> None:
    """Applied to a copy of the content, the code is reported with its severity, file and line."""
    folder = small_content(tmp_path) if example.walk else real_content(tmp_path)
    for step in example.steps:
        step.apply(folder)

    found = [
        problem
        for problem in check(folder, quick=not example.walk).problems
        if problem.code == example.code
    ]

    assert found, f"{example.code} is not reported"
    there = [
        problem
        for problem in found
        if problem.file == example.file
        and example.at in _line(folder / problem.file, problem.line)
        and (problem.line == 1 or example.at)
    ]
    assert there, [str(problem) for problem in found]
    assert {problem.severity for problem in there} == {example.severity}
    assert all(problem.message and problem.fix for problem in there)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    """A code nobody explains, or a page nobody needs, is noticed."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    used = sorted(set(re.findall(r'"(HD\d{3})"', text)))

    assert used == codes()


def test_every_page_has_its_parts() -> None:
    """A page says what it means and how to mend it, and shows at least one example."""
    shown = {example.code for example in EXAMPLES}
    for code in codes():
        text = (PAGES / f"{code}.md").read_text("utf-8")
        assert text.startswith(f"# {code}: ")
        assert "\n## What it means\n" in text
        assert "\n## How to fix it\n" in text
        assert code in shown


def test_the_contents_that_examples_start_from_have_no_problem(tmp_path: Path) -> None:
    """What is shipped, and the small content of the tests, can be used as they stand."""
    assert [str(problem) for problem in check(REAL, quick=True).problems] == []
    small = check(small_content(tmp_path)).problems
    assert [str(each) for each in small if not each.file.startswith("lexicon/")] == []


def test_two_rules_with_one_id_in_two_files_are_noticed(tmp_path: Path) -> None:
    """A receipt names a rule by its id, so an id names one rule in all files."""
    folder = real_content(tmp_path)
    path = folder / "flows" / "doms.toml"
    path.write_text(path.read_text("utf-8").replace("C-doms", "C-cramp"), "utf-8")

    found = [str(problem) for problem in check(folder, quick=True).problems]

    assert any("HD004" in text and "C-cramp" in text for text in found), found


def test_a_wrong_word_is_told_which_words_there_are(tmp_path: Path) -> None:
    """A field of few words names them, so that nobody has to read the program."""
    folder = small_content(tmp_path / "content")
    facts = folder / "facts.toml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace('kind = "yes_no"', 'kind = "bool"', 1), encoding="utf-8")

    found = [problem for problem in check(folder).problems if problem.code == "HD003"]

    assert [problem.fix.startswith("kind is one of: yes_no, choice") for problem in found] == [True]


def test_every_wrong_thing_is_said_at_once(tmp_path: Path) -> None:
    """Three slips in three files give three problems, not only the first."""
    folder = real_content(tmp_path)
    (folder / "exercises" / "hops.toml").unlink()
    for file, text in (
        ("triage.toml", '\n[[rule]]\nid = "X1"\n'),
        ("lexicon/en/time.toml", '\n[[entry]]\nid = "x1"\nphrases = [""]\n'),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    files = {problem.file for problem in check(folder, quick=True).problems}

    assert {"exercises/hops.toml", "triage.toml", "lexicon/en/time.toml"} <= files


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the content; each test puts back what it changed."""
    return real_content(tmp_path_factory.mktemp("scratch"))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(file=st.sampled_from(FILES), part=st.floats(0, 1), missing=st.booleans())
def test_a_half_written_file_never_raises(
    scratch: Path, file: str, part: float, missing: bool
) -> None:
    """Whichever file is cut off or gone, the check ends, and names a file where it is not TOML."""
    path = scratch / file
    whole = path.read_bytes()
    half = whole[: round(len(whole) * part)]
    try:
        if missing:
            path.unlink()
        else:
            path.write_bytes(half)
        report = check(scratch, quick=True)
    finally:
        path.write_bytes(whole)

    assert all(problem.code in codes() and problem.line >= 1 for problem in report.problems)
    if not missing and not _is_toml(half):
        assert any(problem.file == file for problem in report.problems)


def _is_toml(data: bytes) -> bool:
    try:
        tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    return True

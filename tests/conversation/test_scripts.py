"""Every script in content/scripts/ holds: what a runner says, and what must be answered."""

from pathlib import Path

import pytest

from bot.checking.talk import play, read_script, scripts_in
from bot.content.load import Content, load_content
from bot.conversation.log import Run

SCRIPTS = Path(__file__).resolve().parents[2] / "content" / "scripts"
FILES = sorted(SCRIPTS.glob("*.talk"))
LEAST = 45


@pytest.fixture(scope="module")
def content() -> Content:
    """The content in use."""
    return load_content(SCRIPTS.parent)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_script_holds(path: Path, content: Content) -> None:
    """The conversation goes as its script says, its state through JSON after every turn."""
    play(read_script(path), content)


def test_there_are_enough_scripts_and_each_has_its_own_title() -> None:
    """A physio can tell the scripts apart by their titles."""
    titles = [script.title for script in scripts_in(SCRIPTS)]

    assert len(titles) >= LEAST
    assert len(set(titles)) == len(titles)


def test_every_script_ends_in_something_that_is_judged() -> None:
    """No script only talks: each says at least once what must be said or must hold."""
    for script in scripts_in(SCRIPTS):
        assert any(line.verb in ("bot", "never", "state") for line in script.lines), script.file


def test_every_triage_rule_and_every_pathway_has_a_script(content: Content) -> None:
    """Some script says by name that each rule of the triage fires, and each pathway is reached."""
    claims = {
        line.text for script in scripts_in(SCRIPTS) for line in script.lines if line.verb == "state"
    }
    rules = [row.rule.id for row in content.triage.rules if row.rule.id not in ("S", "EU")]
    missing = [name for name in rules if f"rule {name}" not in claims]
    missing += [name for name in content.pathways if f"pathway {name}" not in claims]

    assert missing == []


def test_a_corrected_run_is_one_run_in_the_log(content: Content, tmp_path: Path) -> None:
    """Correcting a distance, in words or by its button, corrects the run that was logged."""
    path = tmp_path / "correction.talk"
    path.write_text(
        "title: A correction\nunits: km\n"
        "runner: ran 10 km yesterday after 5 months off, both calves sore\ntap: Right\n"
        "runner: no, it was 6 km\ntap: Right\n",
        "utf-8",
    )

    logged = play(read_script(path), content).runner.log.of(Run)

    assert [run.distance_m for run in logged] == [6000.0]

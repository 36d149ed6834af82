"""The commands about the content, run as a user runs them: check, graph, decide, impact."""

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.load import Content, load_content
from bot.conversation.given import GivenError, facts_given
from bot.conversation.state import Runner
from bot.conversation.view import decision
from bot.runtime.commands import main
from tests.checking.small import REAL, real_content, small_content

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; from bot.runtime.commands import main; sys.exit(main(sys.argv[1:]))"
AT = "2026-05-07T12:00:00+00:00"
NOW = datetime.fromisoformat(AT)
KEYS = {
    "triage", "decided", "pathways", "rules", "card", "locked", "plan", "exercises", "next",
    "hangs_on", "facts", "assumed", "content",
}  # fmt: skip
CALM: dict[str, Any] = {
    "adult": True, "sore": True, "side": "both", "location": "calf", "ordinary_soreness": True,
    "break_days": 150, "break_reason": "life", "pain_walk": 2,
}  # fmt: skip


def heeldrop(*words: str, given: str = "", at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the program in its own process. Returns code, output and errors."""
    command = [sys.executable, "-c", PROGRAM, *words]
    return subprocess.run(
        command, input=given, cwd=at, capture_output=True, text=True, check=False, timeout=240
    )


def decided(facts: object, *words: str) -> dict[str, Any]:
    """The decision of the real program."""
    done = heeldrop("decide", "--at", AT, *words, given=json.dumps(facts))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def content() -> Content:
    """The content that is shipped."""
    return load_content(REAL)


def all_clear(content: Content, facts: dict[str, Any]) -> dict[str, Any]:
    """These facts, and the calm answer of the first option to whatever would be asked."""
    known = dict(facts)
    for _ in range(30):
        view = decision(content, facts_given(content, known), Runner(id="t"), NOW)
        if view["next"] is None:
            return known
        question = content.question_by_id[view["next"]["id"]]
        option = question.option("none") or question.option("no") or question.options[0]
        known = {**option.set, **known}
    raise AssertionError("more than 30 questions")


def test_a_sign_is_decided_at_once() -> None:
    """One swollen leg: the card, the rule with its sources, no plan and no exercises."""
    found = decided({"sore": True, "side": "left", "swelling": "one_leg"})

    assert set(found) == KEYS
    assert (found["triage"], found["decided"], found["locked"]) == ("same_day", True, True)
    assert found["pathways"] == ["dvt_suspected"]
    assert found["card"] == "clot"
    assert found["rules"][0]["id"] == "D1"
    assert found["rules"][0]["sources"]
    assert (found["plan"], found["exercises"], found["next"]) == (None, [], None)


def test_what_is_missing_is_said() -> None:
    """With one fact known, the next question and what the outcome hangs on are named."""
    found = decided({"sore": True})

    assert found["decided"] is False
    assert found["next"]["id"] == "now"
    assert found["next"]["ask"]
    assert "chest" in found["hangs_on"]


def test_a_whole_story_gets_a_plan(content: Content) -> None:
    """When nothing more is asked there is a session, its day, and exercises with a dose."""
    found = decided(all_clear(content, CALM))

    assert (found["triage"], found["decided"]) == ("self_manage", True)
    assert "long_break" in found["pathways"]
    assert found["plan"]["verdict"] in ("go", "walk", "wait")
    assert found["plan"]["run_s"] >= 0
    assert found["plan"]["earliest"] >= "2026-05-07"
    assert all(each["dose"] for each in found["exercises"])


def test_the_example_in_the_documentation_is_true() -> None:
    """What docs/decide.md shows is what the program prints."""
    text = (ROOT / "docs" / "decide.md").read_text("utf-8")
    given, shown = re.findall(r"```json\n(.*?)\n```", text, re.DOTALL)[:2]

    found = decided(json.loads(given))

    for name in ("facts", "assumed", "content"):
        found.pop(name)
    assert found == json.loads(shown)


def test_every_key_is_in_the_documentation() -> None:
    """docs/decide.md has a row for everything that comes out."""
    text = (ROOT / "docs" / "decide.md").read_text("utf-8")

    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == KEYS


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1]", "one JSON object"),
        ('{"facts": 3}', "one JSON object"),
        ('{"sre": true}', "Did you mean 'sore'?"),
        ('{"side": "middle"}', "both, left, right, one"),
        ('{"pain_walk": 15}', "pain_walk cannot be 15"),
        ('{"sore": [1]}', "sore cannot be"),
        ('{"new": ["hils"]}', "new has no 'hils'"),
        ('{"new": 3}', "takes a list"),
    ],
)
def test_facts_that_cannot_be_used_are_named(
    given: str,
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One sentence on the error stream, nothing on the other, code 1."""
    path = tmp_path / "facts.json"
    path.write_text(given, "utf-8")

    assert main(["decide", str(path)]) == 1

    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "fault in Heeldrop" not in said.err


def test_a_missing_file_and_a_moment_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is one sentence that names it."""
    assert main(["decide", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
    assert main(["decide", "--at", "yesterday", str(tmp_path / "none.json")]) == 1
    assert "not a moment" in capsys.readouterr().err


def test_lines_are_decided_one_by_one() -> None:
    """A line that cannot be used harms no other, and the code is 1."""
    done = heeldrop(
        "decide", "--lines", "--at", AT, given='{"chest": true}\nnope\n\n{"sore": true}\n'
    )

    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert first["triage"] == "emergency"
    assert set(second) == {"error"}
    assert third["next"]["id"] == "now"


def test_forgiving_in_form(content: Content) -> None:
    """Yes, one leg, lists of members and facts under "facts" mean what they say."""
    plain = decided({"sore": True, "side": "left", "swelling": "one_leg", "new.hills": True})
    loose = decided(
        {"facts": {"sore": "yes", "side": "Left", "swelling": "one leg", "new": {"hills": 1}}}
    )

    assert loose == plain
    assert facts_given(content, {"new": ["hills"]})["new.speed"] is False
    assert facts_given(content, {"chest": "not sure"}) == {"chest": True}


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_no_facts_make_it_fail(data: st.DataObject, content: Content) -> None:
    """Any JSON is decided, or refused as facts; and what is decided is JSON again."""
    names = st.sampled_from(sorted(content.facts)) | st.text(max_size=9)
    raw = data.draw(st.dictionaries(names, _JSON, max_size=6))
    try:
        facts = facts_given(content, raw)
    except GivenError:
        return

    view = decision(content, facts, Runner(id="t"), NOW)

    assert set(view) == KEYS
    assert json.loads(json.dumps(view, allow_nan=False))


def test_the_facts_are_listed(content: Content) -> None:
    """Every fact of the content stands in --facts."""
    listed = heeldrop("decide", "--facts").stdout

    assert all(f"{fact.id} " in listed for fact in content.facts.values())


def test_check_says_it_is_well_and_counts(tmp_path: Path) -> None:
    """A sound folder: counts of paths, taps and cases, no problem, code 0."""
    done = heeldrop("check", "--content", str(small_content(tmp_path)))

    assert done.returncode == 0, done.stdout
    assert "Paths: 10 through" in done.stdout
    assert "Taps to emergency: 2 to 2." in done.stdout
    assert "2 of 2 cases" in done.stdout
    assert "0 errors, 0 warnings" in done.stdout


def test_check_says_what_is_wrong(tmp_path: Path) -> None:
    """An error ends with code 1 and a line with file, line, code, id and fix."""
    folder = real_content(tmp_path)
    (folder / "exercises" / "hops.toml").unlink()
    path = folder / "flows" / "doms.toml"
    path.write_text(path.read_text("utf-8")[:200], "utf-8")

    done = heeldrop("check", "--quick", "--content", str(folder))

    assert done.returncode == 1
    assert re.search(
        r"^exercises/hops\.toml:1: error HD010 \[hops\] .* Fix: ", done.stdout, re.MULTILINE
    )
    assert re.search(r"^flows/doms\.toml:\d+: error HD002 ", done.stdout, re.MULTILINE)
    assert done.stderr == ""


def test_check_of_a_folder_that_is_none(tmp_path: Path) -> None:
    """No folder at all is told like any other problem."""
    done = heeldrop("check", "--content", str(tmp_path / "nowhere"))

    assert done.returncode == 1
    assert "HD001" in done.stdout
    assert done.stderr == ""


def test_every_path_of_the_content_in_use_holds() -> None:
    """The whole walk over what is shipped: no error, every safety case met."""
    done = heeldrop("check")

    assert done.returncode == 0, done.stdout
    met = re.search(r"Safety: (\d+) of (\d+) cases", done.stdout)
    assert met
    assert met[1] == met[2]
    most = re.search(r"Taps to self_manage: \d+ to (\d+)\.", done.stdout)
    assert most
    assert int(most[1]) <= 12
    nearest = re.search(r"Taps to emergency: (\d+) to", done.stdout)
    assert nearest
    assert int(nearest[1]) <= 2


def test_graph_prints_the_diagram_and_the_page(tmp_path: Path) -> None:
    """Mermaid alone, or as the page of the documentation."""
    folder = str(small_content(tmp_path))

    assert heeldrop("graph", "--content", folder).stdout.startswith("flowchart LR\n")
    page = heeldrop("graph", "--page", "--content", folder).stdout
    assert page.startswith("# How Heeldrop decides\n")
    assert "```mermaid\nflowchart LR\n" in page


def test_impact_on_the_conversations_of_a_data_file(tmp_path: Path) -> None:
    """An edited threshold names the conversation it moves, and nothing that was said in it."""
    edited = tmp_path / "edited"
    shutil.copytree(real_content(tmp_path), edited)
    path = edited / "triage.toml"
    text = path.read_text("utf-8")
    assert '"swelling is one_leg", ' in text
    path.write_text(text.replace('"swelling is one_leg", ', ""), "utf-8")
    data = tmp_path / "data"
    told = json.dumps({"say": "my left calf is swollen and sore"})
    assert heeldrop("chat", "--json", "--data", str(data), given=told + "\n").returncode == 0

    same = heeldrop("impact", str(REAL), "--data", str(data))
    moved = heeldrop("impact", str(edited), "--data", str(data))

    assert (same.returncode, same.stdout) == (0, "0 of 1 conversations change.\n")
    assert moved.returncode == 1
    assert "1 of 1 conversations change" in moved.stdout
    assert "triage: same_day ->" in moved.stdout
    assert "my left calf" not in moved.stdout


def test_impact_without_a_data_file(tmp_path: Path) -> None:
    """One sentence, code 1."""
    done = heeldrop("impact", str(REAL), "--data", str(tmp_path))

    assert done.returncode == 1
    assert "There is no data file" in done.stderr
    assert "Traceback" not in done.stderr


def test_understand_takes_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """A few words in quotes that are no file are read themselves."""
    assert main(["understand", "ran 5k yesterday, left calf 4/10"]) == 0
    assert '"level_0_10": 4.0' in capsys.readouterr().out

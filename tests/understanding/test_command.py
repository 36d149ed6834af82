"""`heeldrop understand`: JSON lines in, predictions out."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.understanding.command import LineError, understand_line, understand_lines
from tests.understanding.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

SHARED = ROOT.parent / "shared" / "understanding"


def test_a_line_in_gives_a_line_out(lexicon: Lexicon) -> None:
    """The id is kept and the labels have the shared structure."""
    line = json.dumps({"id": "a", "text": "ran 5k today, left calf popped"})
    answer = json.loads(understand_line(line, lexicon, TODAY))

    assert answer["id"] == "a"
    assert answer["labels"]["run"] == {"distance_km": 5.0, "when": "today"}
    assert answer["labels"]["red_flags"] == ["pop"]
    assert "see_clinician" in answer["labels"]["pathways"]


def test_a_line_may_bring_its_own_date_and_language(lexicon: Lexicon) -> None:
    """`at` replaces today and `lang` the guess."""
    line = json.dumps({"id": 1, "text": "first run since March", "at": "2026-05-01", "lang": "en"})
    answer = json.loads(understand_line(line, lexicon, date(2020, 1, 1)))

    assert answer["labels"]["break"]["length_days"] == pytest.approx(47)


def test_explained_lines_show_stages_and_quotes(lexicon: Lexicon) -> None:
    """Every stage is there, and the sign is quoted."""
    line = json.dumps({"id": 1, "text": "no pop, but my calf is swollen"})
    stages = json.loads(understand_line(line, lexicon, TODAY, explained=True))["explain"]

    assert list(stages) == [
        "language",
        "normalised",
        "mentions",
        "quantities",
        "context",
        "resolved",
        "points",
        "readings",
        "asks",
        "pathways",
    ]
    assert {(c["quote"], c["standing"]) for c in stages["context"]} == {
        ("pop", "denied"),
        ("swollen", "now"),
    }


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 5}', '{"id": 1, "text": "x", "at": "soon"}']
)
def test_a_wrong_line_is_named(lexicon: Lexicon, line: str) -> None:
    """The caller learns which line is wrong."""
    with pytest.raises(LineError, match="line 2"):
        list(understand_lines(['{"id": 0, "text": "hi"}', line], lexicon, TODAY))


def shared_items() -> list[dict[str, Any]]:
    """The shared labelled messages; the test is passed over where they are not."""
    if not (SHARED / "score.py").exists():
        pytest.skip("the shared labelled messages are not next to this checkout")
    sys.path.insert(0, str(SHARED))
    import yaml  # noqa: PLC0415

    found: list[dict[str, Any]] = yaml.safe_load((SHARED / "messages.yaml").read_text("utf-8"))
    return found


def test_the_shared_messages_lose_no_warning_sign(lexicon: Lexicon) -> None:
    """All signs of the shared messages are read, no denied one is reported, and 85 is reached."""
    items = shared_items()
    score = __import__("score")
    lines = [json.dumps(item) for item in items]
    answers = [json.loads(line) for line in understand_lines(lines, lexicon, TODAY)]
    result = score.score(items, {answer["id"]: answer["labels"] for answer in answers})

    assert result["S"]["red_flags"].r() == 1.0
    assert result["st"]["neg"] == 0
    assert result["st"]["em_escalated"] == result["st"]["em_gold"]
    assert result["total"] >= 85


def test_own_messages_are_answered(lexicon: Lexicon) -> None:
    """Our own development messages lose hardly any sign."""
    path = Path(__file__).parent / "own" / "dev.jsonl"
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    wanted = found = 0
    for item in items:
        labels = json.loads(understand_line(json.dumps(item), lexicon, TODAY))["labels"]
        wanted += len(item["labels"].get("red_flags", []))
        found += len(set(item["labels"].get("red_flags", [])) & set(labels["red_flags"]))

    assert found / wanted > 0.9

"""Sentences that were misread once and given by runners are read right from now on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.understanding.labels import to_labels
from bot.understanding.read import read
from tests.understanding.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.understanding.lexicon import Lexicon

FILE = Path(__file__).parent / "donated.jsonl"
FLAGS = ("red_flags", "denied")


def cases() -> list[dict[str, Any]]:
    """The given sentences; none if there is no file."""
    lines = FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def facts(labels: dict[str, Any], under: str = "") -> Iterator[tuple[str, Any]]:
    """Every labelled fact with its place, such as run.distance_km."""
    for name, value in labels.items():
        if isinstance(value, dict):
            yield from facts(value, f"{under}{name}.")
        elif under or name not in (*FLAGS, "pathways"):
            yield f"{under}{name}", value


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_given_sentences_are_read_right(case: dict[str, Any], lexicon: Lexicon) -> None:
    """The red flags are the labelled ones, what is denied is denied, and each fact is as labelled."""
    found = to_labels(read(case["text"], lexicon, today=TODAY, lang=case["lang"]))
    labels = case["labels"]
    expected, told = dict(facts(labels)), dict(facts(found))

    assert found["red_flags"] == sorted(labels["red_flags"])
    assert set(labels["denied"]) <= set(found["denied"])
    assert {name: told.get(name) for name in expected} == {
        name: pytest.approx(value, rel=0.02) if isinstance(value, float) else value
        for name, value in expected.items()
    }

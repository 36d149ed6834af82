"""The quick reader of word files agrees with TOML, and leaves alone what it is not sure of."""

from __future__ import annotations

import tomllib

import pytest

from bot.content.lexicon import plain_toml
from tests.understanding.conftest import ROOT


def test_every_word_file_is_read_as_toml_reads_it() -> None:
    """What the quick reader takes is exactly what TOML holds, and it takes nearly every file."""
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "content/lexicon").rglob("*.toml")]
    taken = [(plain_toml(text), text) for text in texts]
    assert all(tomllib.loads(text) == quick for quick, text in taken if quick is not None)
    assert sum(quick is not None for quick, _ in taken) >= len(texts) - 2


@pytest.mark.parametrize(
    "text",
    [
        "a = [\n1]",
        'a = "x" # y',
        "a = 'x'",
        'a = "\\t"',
        "a = null",
        "a = {}",
        "a = 1\na = 2",
        "[b]",
    ],
)
def test_anything_else_is_left_to_toml(text: str) -> None:
    """A value over lines, a comment behind one, other quotes, escapes and doubles are not taken."""
    assert plain_toml(text) is None

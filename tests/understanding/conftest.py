"""What the tests of understanding share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.understanding.lexicon import Lexicon, load_lexicon
from bot.understanding.read import read
from bot.understanding.reading import Understood

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 25)
"""A Wednesday."""

Reader = Callable[[str], Understood]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The words of content/lexicon."""
    return load_lexicon(ROOT / "content" / "lexicon")


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    """Reads a message on that Wednesday, in the language of its words."""

    def read_it(text: str) -> Understood:
        return read(text, lexicon, today=TODAY)

    return read_it

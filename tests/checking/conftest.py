"""The contents the checks are tried on."""

from pathlib import Path

import pytest

from bot.content.load import Content, load_content
from tests.checking.small import REAL, small_content


@pytest.fixture(scope="session")
def real() -> Content:
    """The content that is shipped."""
    return load_content(REAL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder that a test may change."""
    return small_content(tmp_path)


@pytest.fixture
def small(folder: Path) -> Content:
    """The small content, loaded."""
    return load_content(folder)

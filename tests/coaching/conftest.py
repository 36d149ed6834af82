"""The figures as they ship."""

from pathlib import Path

import pytest

from bot.content.coaching import Coaching, load_coaching

CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="session")
def coaching() -> Coaching:
    """Every figure of content/coaching/."""
    return load_coaching(CONTENT)

"""Where the two platforms' own descriptions of themselves are found.

They live outside the repository, next to it, so a checkout without them must still test cleanly.
"""

import json
from pathlib import Path
from typing import Any

import pytest

SPECS = Path(__file__).resolve().parents[2].parent / "shared" / "specs"
TELEGRAM = SPECS / "telegram-bot-api.json"
DISCORD = SPECS / "discord-openapi.json"

needs_telegram_spec = pytest.mark.skipif(
    not TELEGRAM.is_file(), reason="needs ../shared/specs/telegram-bot-api.json, which is not here"
)
needs_discord_spec = pytest.mark.skipif(
    not DISCORD.is_file(), reason="needs ../shared/specs/discord-openapi.json, which is not here"
)


def load(path: Path) -> dict[str, Any]:
    """Read one description, or skip the running test with a sentence that says what is missing."""
    if not path.is_file():
        pytest.skip(f"needs ../shared/specs/{path.name}, which is not here")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

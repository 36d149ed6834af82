"""Raw payloads of both platforms, kept in `payloads/`, each with a note of what it shows.

Telegram: `{"note", "update"}`, the update as getUpdates or a webhook brings it. Discord: `{"note",
"t", "d"}`, the name and body of a gateway event.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "payloads"


def names(platform: str) -> list[str]:
    """The names of the payloads of "telegram" or "discord"."""
    return sorted(each.stem for each in (FOLDER / platform).glob("*.json"))


def payload(platform: str, name: str) -> dict[str, Any]:
    """One payload with its note."""
    path = FOLDER / platform / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

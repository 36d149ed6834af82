"""docs/running.md and .env.example name every setting there is, with what holds without it."""

import re
from dataclasses import fields
from pathlib import Path

from bot.runtime.settings import Settings, read

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text("utf-8")
_NAME = re.compile(r'"((?:HEELDROP|TELEGRAM|DISCORD)_[A-Z_]+)"')
_NOT_SET_BY_OWNERS = {"HEELDROP_DEBUG"}


def listed() -> dict[str, str]:
    """Every setting of .env.example with its value there; an example server is no default."""
    own, _, other = EXAMPLE.partition("# --- Other servers")
    line = re.compile(r"^# ([A-Z_]+)=(.*)$", re.MULTILINE)
    return {**dict(line.findall(own)), **dict.fromkeys(dict(line.findall(other)), "")}


def test_the_example_lists_every_setting_that_is_read() -> None:
    """No setting is a secret of the code, and none is listed that nobody reads."""
    files = [ROOT / "bot" / "runtime" / "settings.py", *(ROOT / "adapters").rglob("choices.py")]
    read_somewhere = {name for file in files for name in _NAME.findall(file.read_text("utf-8"))}

    assert set(listed()) == read_somewhere - _NOT_SET_BY_OWNERS


def test_the_table_says_what_the_example_says() -> None:
    """The same names in the same order, with the same values."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*)`|not set) \|$", RUNNING, re.MULTILINE)

    assert rows == list(listed().items())


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    """Setting every value that is shown changes nothing."""
    shown = {name: value for name, value in listed().items() if value}
    nothing, everything = read({}, tmp_path / ".env"), read(shown, tmp_path / ".env")

    for field in fields(Settings):
        if field.name != "values":
            assert getattr(nothing, field.name) == getattr(everything, field.name), field.name

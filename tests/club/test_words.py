"""Every word the club's code asks for is there, and every one that is there is asked for."""

import re
from pathlib import Path

from tests.club.meeting import content

CODE = Path(__file__).resolve().parents[2] / "bot" / "club"
TEXT = "\n".join(path.read_text("utf-8") for path in sorted(CODE.glob("*.py")))
NAMES = re.compile(r"\"([a-z][a-z0-9_]*)\"")
MADE = re.compile(r"f\"((?:button_club_|club_)?(?:[a-z0-9_]*\{[^}\"]*\}[a-z0-9_]*)+)\"")


def asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """Names that stand in the code, and the patterns of those that are put together."""
    patterns = []
    for made in set(MADE.findall(TEXT)):
        rest = re.sub(r"\{[^}]*\}", "\0", made).removeprefix("button_club_").removeprefix("club_")
        if rest.strip("\0"):
            patterns.append(re.compile(re.escape(rest).replace("\0", ".+").replace("\\.+", ".+")))
    return set(NAMES.findall(TEXT)), patterns


def test_every_word_of_the_club_is_asked_for() -> None:
    """A word that no code says any more is noticed."""
    names, patterns = asked_for()
    mine = [name for name in content().words if name.startswith(("club_", "button_club_"))]
    unused = [
        name
        for name in mine
        for short in [name.removeprefix("button_").removeprefix("club_")]
        if short not in names
        and name not in names
        and not any(pattern.fullmatch(short) for pattern in patterns)
    ]

    assert unused == []


def test_every_word_that_is_said_is_there() -> None:
    """First arguments of what says words are ids of content/words.toml."""
    words = content().words
    said = re.findall(r"\.(?:words|tell_me)\(\s*\"([a-z0-9_]+)\"", TEXT)
    pressed = re.findall(r"\.button\(\s*\"([a-z0-9_]+)\"", TEXT)
    missing = [name for name in said if f"club_{name}" not in words]
    missing += [name for name in pressed if f"button_club_{name}" not in words]

    assert missing == []
    assert len(said) > 60

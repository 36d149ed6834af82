"""The fortnight of content/scripts, played through the whole application with its caps and delays."""

from pathlib import Path

from bot.checking.talk import Line, read_script
from bot.content.load import DEFAULT_FOLDER
from tests.harness.chat import Chat

SCRIPT = DEFAULT_FOLDER / "scripts" / "fortnight.talk"
OPTIONS = ("--at", "2026-10-15T18:40", "--zone", "Europe/London", "--units", "km")


def test_a_fortnight_with_the_coach(tmp_path: Path) -> None:
    """Every check-in comes on its day, the caps of a day included, over restarts in between."""
    with Chat.here(tmp_path / "data", *OPTIONS) as chat:
        shown: list[tuple[str, str]] = []
        for line in read_script(SCRIPT).lines:
            _play(chat, line, shown)
            for message in chat.last:
                shown += zip(message.labels, message.tokens, strict=True)


def _play(chat: Chat, line: Line, shown: list[tuple[str, str]]) -> None:
    where = f"line {line.number}: {line.verb}: {line.text}; said: {chat.text}"
    match line.verb:
        case "runner":
            chat.say(line.text)
        case "tap":
            chat.tap(_button(line.text, shown))
        case "wait":
            chat.restart()
            chat.skip(line.text)
        case "bot":
            assert line.text.casefold() in chat.text.casefold(), where
        case "never":
            assert line.text.casefold() not in chat.text.casefold(), where
        case "silence":
            assert not chat.last, where


def _button(wanted: str, shown: list[tuple[str, str]]) -> str:
    """The newest button of this label, or else the newest whose label begins so."""
    newest = shown[::-1]
    exact = [token for label, token in newest if label == wanted]
    return (exact or [token for label, token in newest if label.startswith(wanted)])[0]

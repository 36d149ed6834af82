"""A message's parts as Telegram's HTML. The only place where markup is made.

Rule: everything is escaped; the same words are read with and without the markup. At most 100 entities
are kept by Telegram, so what comes after that is plain.
"""

from collections.abc import Sequence
from html import escape

from bot.conversation.message import Part, Strong, When

_MOST_ENTITIES = 90
MARK = "\n\n✓ "
"""Comes before what was chosen, under a message whose buttons have done their work."""


def html(parts: Sequence[Part]) -> str:
    """The parts as HTML that Telegram takes."""
    made: list[str] = []
    entities = 0
    for part in parts:
        words = escaped(part.text)
        if not isinstance(part, Strong | When) or entities >= _MOST_ENTITIES or not words.strip():
            made.append(words)
            continue
        entities += 1
        if isinstance(part, Strong):
            made.append(f"<b>{words}</b>")
        else:
            unix = int(part.at.timestamp())
            made.append(f'<tg-time unix="{unix}" format="{_format(part)}">{words}</tg-time>')
    return "".join(made)


def plain(parts: Sequence[Part]) -> str:
    """The parts as plain words, for a server that does not know the markup."""
    return _sendable("".join(part.text for part in parts))


def escaped(text: str) -> str:
    """Any text, fit to stand in HTML."""
    return escape(_sendable(text), quote=True).replace("&#x27;", "'")


def chosen_under(source: str, chosen: str) -> str:
    """A message's HTML with what was chosen under it, in place of what was chosen before."""
    return f"{source.split(MARK, maxsplit=1)[0]}{MARK}<b>{escaped(chosen)}</b>"


def _sendable(text: str) -> str:
    """Half characters cannot be sent, and Telegram drops most control characters by itself."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\x00", "")


def _format(when: When) -> str:
    """Show as much of the moment as the plain words do: a time, a day, or both."""
    shows_time = ":" in when.text
    shows_day = any(letter.isalpha() for letter in when.text.replace("am", "").replace("pm", ""))
    if shows_time and not shows_day:
        return "t"
    return "wDt" if shows_time else "wD"

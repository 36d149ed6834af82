"""A message's parts as Discord's markdown. The only place where markup is made.

Rule: everything is escaped, so that no word of anybody's turns into markup, a mention or a time. What
grows too long by that is shown as it is: nobody is notified by it either way.
"""

import re
from collections.abc import Sequence

from bot.conversation.message import Part, Strong, When

LONGEST = 2000
MARK = "\n\n✓ "
"""Comes before what was chosen, under a message whose buttons have done their work."""
_LINK = re.compile(r"(https?://[^\s<>]+)")
_SPECIAL = re.compile(r"([\\*_~`|<\[\]])")
_LINE = re.compile(r"^(\s*)(>|#|-#)", re.MULTILINE)


def markdown(parts: Sequence[Part]) -> str:
    """The parts as markdown of at most 2000 characters."""
    made = "".join(_part(part) for part in parts)
    return made if len(made) <= LONGEST else plain(parts)[:LONGEST]


def plain(parts: Sequence[Part]) -> str:
    """The parts as plain words."""
    return _sendable("".join(part.text for part in parts))


def escaped(text: str) -> str:
    """Any text, fit to stand in markdown. Links stay as they are."""
    pieces = _LINK.split(_sendable(text))
    made = "".join(
        piece if number % 2 else _SPECIAL.sub(r"\\\1", piece) for number, piece in enumerate(pieces)
    )
    return _LINE.sub(r"\1\\\2", made)


def chosen_under(source: str, chosen: str) -> str:
    """A message's markdown with what was chosen under it, in place of what was chosen before."""
    made = f"{source.split(MARK, maxsplit=1)[0]}{MARK}**{escaped(chosen)}**"
    return made if len(made) <= LONGEST else source


def _part(part: Part) -> str:
    if isinstance(part, When):
        return f"<t:{int(part.at.timestamp())}:{_style(part)}>"
    words = escaped(part.text)
    core = words.strip()
    if not isinstance(part, Strong) or not core:
        return words
    start = words.index(core)
    return f"{words[:start]}**{core}**{words[start + len(core) :]}"


def _sendable(text: str) -> str:
    """Half characters cannot be sent."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _style(when: When) -> str:
    """Show as much of the moment as the plain words do: a time, a day, or both."""
    shows_time = ":" in when.text
    shows_day = any(letter.isalpha() for letter in when.text.replace("am", "").replace("pm", ""))
    if shows_time and not shows_day:
        return "t"
    return "f" if shows_time else "D"

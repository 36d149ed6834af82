"""Reading XML as it comes: elements and the short texts in them, with nothing kept.

Rule: a file that declares a document type is refused, because that is where entities come from; a run
file never needs one. Expat reads the rest: it needs no memory for the whole, and no network.
"""

import contextlib
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from bot.files.activity import UnreadableError

DEEPEST = 60
LONGEST_TEXT = 100
"""Characters of a text that is looked at: an instant, a figure, a word."""
PIECE = 1 << 16


class Reader(Protocol):
    """Takes the elements of one kind of file: those it names, by their names without prefix."""

    opening: frozenset[str]
    """The elements whose beginning it takes."""
    closing: frozenset[str]
    """The elements whose end it takes."""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its name is without prefix."""

    def ends(self, name: str, text: str) -> None:
        """An element ends, and this was the text since the last tag."""


class _Feed:
    """Between Expat and a reader. Called for each element of a large file, so it does little."""

    def __init__(self, reader: Reader) -> None:
        self._begins, self._ends = reader.begins, reader.ends
        self._opening, self._closing = reader.opening, reader.closing
        self._text: list[str] = []
        self._depth = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableError("damaged")
        if self._text:
            self._text.clear()
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self._opening:
            self._begins(name, attributes)

    def ends(self, name: str) -> None:
        self._depth -= 1
        text = self._text
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self._closing:
            self._ends(name, "".join(text)[:LONGEST_TEXT].strip() if text else "")
        if text:
            text.clear()

    def text(self, text: str) -> None:
        if len(self._text) < LONGEST_TEXT:
            self._text.append(text[:LONGEST_TEXT])


def run_through(data: bytes, reader: Reader) -> bool:
    """Read all of it; False if it ends early or is broken. Raises UnreadableError for entities."""
    parser, feed = expat.ParserCreate(), _Feed(reader)
    parser.buffer_text = True
    parser.StartElementHandler = feed.begins
    parser.EndElementHandler = feed.ends
    parser.CharacterDataHandler = feed.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for piece in _pieces(data):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def root_of(data: bytes) -> str:
    """The name of the outermost element, "" if there is none. Raises UnreadableError for entities."""
    found: list[str] = []

    def first(name: str, _: dict[str, str]) -> None:
        found.append(name.rpartition(":")[2])
        raise ValueError

    parser = expat.ParserCreate()
    parser.StartElementHandler = first
    parser.StartDoctypeDeclHandler = _refuse
    with contextlib.suppress(expat.ExpatError, ValueError, LookupError):
        parser.Parse(data[:PIECE], False)
    return found[0] if found else ""


def _pieces(data: bytes) -> Iterator[memoryview]:
    view = memoryview(data)
    for start in range(0, len(data), PIECE):
        yield view[start : start + PIECE]


def _refuse(*_: object) -> None:
    raise UnreadableError("entities")

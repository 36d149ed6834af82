"""The plain screen: lines of text only, for pipes, dumb terminals and screen readers."""

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO
from zoneinfo import ZoneInfo

from adapters.terminal.clean import clean
from adapters.terminal.shown import Shown, extras, heading

_NAME = "bot> "
_INDENT = " " * len(_NAME)


class PlainScreen:
    """Writes each message as indented lines. An urgent one says so in words and with a mark."""

    def __init__(self, zone: ZoneInfo, out: TextIO | None = None) -> None:
        self._zone = zone
        self._out = out or sys.stdout

    def show(self, shown: Shown, me: str, here: str, saved: str = "") -> None:
        """Write one message."""
        lines = clean(shown.message.text).strip().split("\n")
        about = heading(shown, me, here, self._zone)
        if about:
            lines.insert(0, f"({about})")
        if shown.message.urgent:
            lines = ["!! IMPORTANT !!", *lines, "!! End of this message !!"]
        lines += extras(shown, saved)
        if shown.message.buttons:
            lines.append("  ".join(key + label for key, label in shown.choices()))
        first, *others = lines
        self._write([_NAME + first, *((_INDENT + line).rstrip() for line in others)])

    def note(self, lines: Iterable[str]) -> None:
        """Write words of the terminal itself."""
        self._write(clean(line) for line in lines)

    def working(self) -> AbstractContextManager[object]:
        """Nothing turns on a plain screen."""
        return nullcontext()

    def _write(self, lines: Iterable[str]) -> None:
        self._out.write("".join(f"{line}\n" for line in lines))
        self._out.flush()

"""The rich screen: wrapped, indented text in a real terminal.

Rule: a heading may be bold and a button may be coloured, but the words alone say the same. An
urgent card stands in a box with a title in words, so it differs without colour.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo

from rich.box import DOUBLE
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from adapters.terminal.clean import clean
from adapters.terminal.shown import Shown, extras, heading
from bot.conversation.message import Strong

WIDEST = 78
"""Columns of text at most: longer lines are hard to follow."""


class RichScreen:
    """Writes each message wrapped to the window, with its buttons in rows below it."""

    def __init__(self, zone: ZoneInfo, console: Console | None = None) -> None:
        self._zone = zone
        self._console = console or Console(highlight=False, markup=False, emoji=False)

    def show(self, shown: Shown, me: str, here: str, saved: str = "") -> None:
        """Write one message."""
        width = max(20, min(self._console.width, WIDEST))
        about = heading(shown, me, here, self._zone)
        body: list[RenderableType] = [Text(about, style="dim")] if about else []
        body.append(_words(shown))
        body += [Text(line, style="dim") for line in extras(shown, saved)]
        if shown.message.urgent:
            title = Text(" IMPORTANT ", style="bold")
            whole: RenderableType = Panel(
                Group(*body), box=DOUBLE, title=title, width=width, padding=(1, 2)
            )
            rows_width = width
        else:
            whole, rows_width = Padding(Group(*body), (0, 0, 0, 2), expand=False), width - 2
        self._console.print(whole, width=width)
        for row in _rows(shown.choices(), rows_width):
            self._console.print(Padding(row, (0, 0, 0, 2), expand=False))
        self._console.print()

    def note(self, lines: Iterable[str]) -> None:
        """Write words of the terminal itself."""
        width = max(20, min(self._console.width, WIDEST + 20))
        for line in lines:
            self._console.print(Text(clean(line), style="dim"), width=width)
        self._console.print()

    def working(self) -> AbstractContextManager[object]:
        """A small turning mark while something takes long."""
        return self._console.status("One moment", spinner="line")


def _words(shown: Shown) -> Text:
    text = Text(overflow="fold")
    for part in shown.message.parts:
        text.append(clean(part.text), style="bold" if isinstance(part, Strong) else "")
    text.rstrip()
    return text


def _rows(choices: Iterable[tuple[str, str]], width: int) -> Iterator[Text]:
    row = Text()
    for key, label in choices:
        cell = Text.assemble((key, "bold cyan"), " " if key else "", label)
        if row.cell_len and row.cell_len + cell.cell_len + 3 > width:
            yield row
            row = Text()
        if row.cell_len:
            row.append("   ")
        row.append_text(cell)
    if row.cell_len:
        yield row

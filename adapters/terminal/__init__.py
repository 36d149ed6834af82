"""Heeldrop in a terminal, for trying it out and for anyone who would rather use no app.

Rule: naming this package loads nothing but this file; `heeldrop chat` starts at once.
"""

from collections.abc import Sequence


class Terminal:
    """What the application finds under the name "terminal": it runs its own chat."""

    name = "terminal"

    @staticmethod
    def run(argv: Sequence[str] = ()) -> int:
        """Chat in this terminal until the person leaves; the exit code."""
        from adapters.terminal.main import main  # noqa: PLC0415 - only when someone chats

        return main(argv)


adapter = Terminal()

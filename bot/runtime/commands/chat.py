"""`heeldrop chat`: the terminal adapter, found by name like any other."""

from collections.abc import Sequence

from bot.runtime.plugins import find


def run(argv: Sequence[str]) -> int:
    """Talk in this terminal; the adapter reads its own options."""
    code: int = find("terminal").run(argv)
    return code

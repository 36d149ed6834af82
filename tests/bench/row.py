"""One line of the table of speeds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, the figure with its unit, and what we aim for; all as people read them."""

    what: str
    measured: str
    aim: str = ""

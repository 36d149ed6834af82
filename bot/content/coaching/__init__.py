"""The figures behind the coaching, read from content/coaching/ into frozen, typed objects.

One file of figures, one module here. Rules that use the figures live in bot/coaching/.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.content.coaching import checks
from bot.content.coaching.cited import Figure
from bot.content.coaching.comeback import Comeback
from bot.content.coaching.ladder import LadderFigures
from bot.content.coaching.lights import LightFigures
from bot.content.coaching.load import Load
from bot.content.coaching.nudges import NudgeFigures
from bot.content.coaching.strength import StrengthFigures
from bot.content.coaching.tables import read_figures
from bot.content.coaching.technique import TechniqueFigures
from bot.content.problem import ContentError, Problem
from bot.content.source import Source

__all__ = ["Coaching", "load_coaching"]

T = TypeVar("T", bound=Figure)


@dataclass(frozen=True, slots=True, repr=False)
class Coaching:
    """Every figure of the coaching, one attribute for each file of content/coaching/."""

    load: Load
    comeback: Comeback
    ladder: LadderFigures
    lights: LightFigures
    technique: TechniqueFigures
    strength: StrengthFigures
    nudges: NudgeFigures

    def __repr__(self) -> str:
        """Short: the figures fill pages."""
        return "Coaching(...)"


def load_coaching(folder: Path) -> Coaching:
    """Read `folder`/coaching/*.toml, where `folder` is the content folder.

    Raises ContentError with every problem found: HD001 to HD003 as in bot/content/source.py,
    HD040 a figure without its origin, HD041 a table out of order, HD042 a sum that does not add
    up.
    """
    found: list[Problem] = []
    load = _read(folder, "load", Load, checks.check_load, found)
    comeback = _read(folder, "return", Comeback, checks.check_comeback, found)
    ladder = _read(folder, "ladder", LadderFigures, checks.check_ladder, found)
    lights = _read(folder, "lights", LightFigures, None, found)
    technique = _read(folder, "technique", TechniqueFigures, checks.check_technique, found)
    strength = _read(folder, "strength", StrengthFigures, checks.check_strength, found)
    nudges = _read(folder, "nudges", NudgeFigures, checks.check_nudges, found)
    if load and comeback and ladder and lights and technique and strength and nudges and not found:
        return Coaching(load, comeback, ladder, lights, technique, strength, nudges)
    raise ContentError(*found)


def _read(
    folder: Path,
    name: str,
    kind: type[T],
    check: Callable[[Source, T], Iterator[Problem]] | None,
    found: list[Problem],
) -> T | None:
    """One file, read and checked."""
    read = read_figures(folder, f"coaching/{name}.toml", kind, found)
    if read is None:
        return None
    source, figures = read
    if check is not None:
        found.extend(check(source, figures))
    return figures

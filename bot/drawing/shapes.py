"""The few shapes that everything is drawn with. Lengths are pixels; y grows downwards.

Rule: a shape names the role of its colour ("ink", "run"), never the colour, so that light and dark
are one drawing. Each role stands out from the paper by 3 to 1 or more where it carries meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

LIGHT: Mapping[str, str] = {
    "paper": "#FFFFFF", "ahead": "#F1F4F8", "ink": "#1C2733", "muted": "#55616E",
    "grid": "#DDE2E8", "run": "#2B6CB0", "band": "#CFE0F2", "cap": "#7A4B00",
    "calm": "#EAF5EF", "green": "#0B7A55", "amber": "#B06A00", "red": "#B3261E",
    "exercise": "#6B3FA0",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#14191F", "ahead": "#1D252E", "ink": "#F2F4F6", "muted": "#AEB8C2",
    "grid": "#323C47", "run": "#6FB1F0", "band": "#2A4563", "cap": "#F0C36B",
    "calm": "#173129", "green": "#3CC48E", "amber": "#F2A93B", "red": "#FF8A80",
    "exercise": "#C3A2F2",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A filled upright box, its top corners rounded by `round_by`; with `edge` an outline instead."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str = ""
    edge: str = ""
    width: float = 0
    round_by: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `dash` is the length of its dashes, 0 for an unbroken line."""

    points: tuple[Point, ...]
    colour: str
    width: float = 2
    dash: float = 0


@dataclass(frozen=True, slots=True)
class Area:
    """A closed outline, filled, or drawn as an outline `width` wide."""

    points: tuple[Point, ...]
    fill: str = ""
    edge: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle, filled, or drawn as a ring `width` wide."""

    x: float
    y: float
    radius: float
    fill: str = ""
    edge: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Words on the baseline `y`, `size` pixels high."""

    x: float
    y: float
    words: str
    size: float
    colour: str = "ink"
    bold: bool = False
    anchor: Anchor = "start"


Shape = Box | Line | Area | Disc | Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished drawing: its size and its shapes, those behind first."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    colours: Mapping[str, str]

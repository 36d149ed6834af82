"""Points and the few sums a drawing needs. Lengths in metres, angles in degrees."""

from math import cos, hypot, radians, sin, sqrt
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


def add(a: Point, b: Point) -> Point:
    """The point `b` away from `a`."""
    return a[0] + b[0], a[1] + b[1]


def between(a: Point, b: Point, part: float) -> Point:
    """The point that lies `part` of the way (0 to 1) from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def length(a: Point, b: Point) -> float:
    """How far `b` is from `a`."""
    return hypot(b[0] - a[0], b[1] - a[1])


def tilted(point: Point, angle: float) -> Point:
    """`point` turned about the origin, the way a figure that looks right bows forward (clockwise)."""
    turn = radians(angle)
    x, y = point
    return x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)


def upward(size: float, angle: float) -> Point:
    """A line of `size` that stands up and leans forward by `angle`."""
    return size * sin(radians(angle)), size * cos(radians(angle))


def downward(size: float, angle: float) -> Point:
    """A line of `size` that hangs down and swings forward by `angle`."""
    return size * sin(radians(angle)), -size * cos(radians(angle))


def bend(start: Point, end: Point, first: float, second: float, side: int) -> tuple[Point, Point]:
    """The middle joint and the end of two bones from `start` towards `end`.

    `first` and `second` are their lengths. `side` is 1 where the joint points forward (a knee) and
    -1 where it points back (an elbow). If `end` is out of reach, the bones point straight at it.
    """
    apart = length(start, end) or 1e-9
    reach = min(max(apart, abs(first - second) + 1e-6), first + second)
    along = ((end[0] - start[0]) / apart, (end[1] - start[1]) / apart)
    foot = (first**2 - second**2 + reach**2) / (2 * reach)
    out = side * sqrt(max(0.0, first**2 - foot**2))
    middle = (
        start[0] + along[0] * foot - along[1] * out,
        start[1] + along[1] * foot + along[0] * out,
    )
    return middle, (start[0] + along[0] * reach, start[1] + along[1] * reach)

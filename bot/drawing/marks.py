"""The marks of a chart: each kind has a shape of its own, so that none needs its colour.

Green is a disc, amber a triangle, red a square. Exercises are diamonds, done ones filled.
"""

from bot.drawing.shapes import Area, Box, Disc, Line, Shape

LETTER, CAPITAL = 0.55, 0.66
"""How wide a character is, as a part of the size of the type, unless it is one of these."""
_WIDTHS = {
    **dict.fromkeys("ijl.,:'!", 0.25), **dict.fromkeys("ftr- ", 0.33), **dict.fromkeys("mw", 0.82),
}  # fmt: skip


def light_mark(light: str, x: float, y: float, size: float) -> Shape:
    """The mark of a light about a point, `size` across."""
    half = size / 2
    if light == "green":
        return Disc(x, y, half, fill="green")
    if light == "amber":
        points = ((x, y - half * 1.15), (x + half * 1.15, y + half), (x - half * 1.15, y + half))
        return Area(points, fill="amber")
    return Box(x - half * 0.95, y - half * 0.95, x + half * 0.95, y + half * 0.95, fill="red")


def diamond(x: float, y: float, size: float, *, filled: bool) -> Shape:
    """An exercise day: filled when done, hollow while planned."""
    half = size / 2
    points = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    if filled:
        return Area(points, fill="exercise")
    return Area(points, edge="exercise", width=3)


def joined(x: float, y: float, to_x: float, to_y: float) -> Line:
    """The thin line from the soreness after a run to that of the next morning."""
    return Line(((x, y), (to_x, to_y)), "muted", 2.5)


def wide(words: str, size: float) -> float:
    """About how wide these words are at this size of type, in pixels."""
    return size * sum(
        _WIDTHS.get(letter, CAPITAL if letter.isupper() else LETTER) for letter in words
    )

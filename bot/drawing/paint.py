"""Paints a sheet as a PNG with Pillow, in the type that comes with it.

Rule: drawn at twice the size and made small, so that edges are soft. The same sheet gives the same
bytes as long as Pillow is the same.
"""

from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from math import hypot

from PIL import Image, ImageColor, ImageDraw, ImageFont

from bot.drawing.chart import Chart
from bot.drawing.layout import sheet_of
from bot.drawing.shapes import Area, Box, Disc, Line, Point, Shape, Sheet, Text

FINER = 2
BOLDER = 0.024
"""How much thicker a bold stroke is, as a part of the size of the type."""


def png(chart: Chart) -> bytes:
    """The chart as a PNG."""
    return painted(sheet_of(chart))


def painted(sheet: Sheet) -> bytes:
    """A sheet as a PNG."""
    size = (sheet.width * FINER, sheet.height * FINER)
    image = Image.new("RGB", size, sheet.colours["paper"])
    brush = Brush(ImageDraw.Draw(image), sheet)
    for shape in sheet.shapes:
        brush.draw(shape)
    made = BytesIO()
    image.reduce(FINER).save(made, "PNG", compress_level=6)
    return made.getvalue()


class Brush:
    """Draws shapes on a picture that is FINER times as large as the sheet."""

    def __init__(self, draw: ImageDraw.ImageDraw, sheet: Sheet) -> None:
        self._draw = draw
        self._colours = {role: ImageColor.getrgb(colour) for role, colour in sheet.colours.items()}

    def draw(self, shape: Shape) -> None:
        """Draw one shape."""
        match shape:
            case Box():
                self._box(shape)
            case Line():
                self._line(shape)
            case Area():
                self._area(shape)
            case Disc():
                self._disc(shape)
            case Text():
                self._text(shape)

    def _ink(self, role: str) -> tuple[int, ...] | None:
        return self._colours[role] if role else None

    def _box(self, box: Box) -> None:
        places = [round(each * FINER) for each in (box.left, box.top, box.right, box.bottom)]
        if places[2] <= places[0] or places[3] <= places[1]:
            return
        places[2] -= 1
        places[3] -= 1
        self._draw.rounded_rectangle(
            places,
            min(box.round_by * FINER, (places[2] - places[0]) / 2, places[3] - places[1]),
            fill=self._ink(box.fill),
            outline=self._ink(box.edge),
            width=round(box.width * FINER),
            corners=(True, True, False, False),
        )

    def _line(self, line: Line) -> None:
        wide = max(1, round(line.width * FINER))
        for piece in _pieces(line.points, line.dash):
            points = [(x * FINER, y * FINER) for x, y in piece]
            self._draw.line(points, fill=self._ink(line.colour), width=wide, joint="curve")

    def _area(self, area: Area) -> None:
        points = [(x * FINER, y * FINER) for x, y in area.points]
        if area.fill:
            self._draw.polygon(points, fill=self._ink(area.fill))
        if area.edge:
            wide = round(area.width * FINER)
            around = [*points, points[0], points[1]]
            self._draw.line(around, fill=self._ink(area.edge), width=wide, joint="curve")

    def _disc(self, disc: Disc) -> None:
        self._draw.circle(
            (disc.x * FINER, disc.y * FINER),
            disc.radius * FINER,
            fill=self._ink(disc.fill),
            outline=self._ink(disc.edge),
            width=round(disc.width * FINER),
        )

    def _text(self, text: Text) -> None:
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[text.anchor]
        self._draw.text(
            (text.x * FINER, text.y * FINER),
            text.words,
            fill=self._ink(text.colour),
            font=_font(text.size),
            anchor=anchor,
            stroke_width=text.size * BOLDER * FINER / 2 if text.bold else 0,
        )


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size * FINER)


def _pieces(points: tuple[Point, ...], dash: float) -> list[tuple[Point, ...]]:
    """The line in dashes with gaps as long."""
    if not dash:
        return [points]
    found: list[tuple[Point, ...]] = []
    for (x, y), (to_x, to_y) in pairwise(points):
        length = hypot(to_x - x, to_y - y)
        at = 0.0
        while at < length:
            end = min(at + dash, length)
            found.append(tuple(
                (x + (to_x - x) * share / length, y + (to_y - y) * share / length)
                for share in (at, end)
            ))  # fmt: skip
            at = end + dash
    return found

"""A square picture that is drawn large and made small, so that its edges are soft.

Rule: colours come from this file only. Ink, skin and a paler shade of each for the far side; one
accent that marks the working muscle and nothing else; and a green for grass.
"""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from bot.pictures.vectors import Point

SIZE = 480
FINER = 4

PAPER = "#F8F5EF"
INK = "#23344C"
SKIN = "#7D93AD"
FAR_INK = "#98A4B4"
FAR_SKIN = "#BCC7D4"
PROP = "#E0D9CB"
PROP_EDGE = "#B5AA97"
GRASS = "#8A9C72"
ACCENT = "#E4572E"
WHITE = "#FFFFFF"
COLOURS = (PAPER, INK, SKIN, FAR_INK, FAR_SKIN, PROP, PROP_EDGE, GRASS, ACCENT, WHITE)


class Canvas:
    """Draws in metres on a square picture; `origin` is the pixel of the point (0, 0)."""

    def __init__(self, origin: Point, scale: float, size: int = SIZE) -> None:
        self._image = Image.new("RGB", (size * FINER, size * FINER), PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self._origin = origin
        self.scale = scale

    def pixel(self, point: Point) -> Point:
        """Where a point in metres is in the picture, in pixels."""
        return self._origin[0] + point[0] * self.scale, self._origin[1] - point[1] * self.scale

    def metres(self, pixel: Point) -> Point:
        """The point in metres that is shown at a pixel."""
        return (pixel[0] - self._origin[0]) / self.scale, (self._origin[1] - pixel[1]) / self.scale

    def area(self, points: Sequence[Point], colour: str) -> None:
        """Fill an outline."""
        self._draw.polygon([self._fine(point) for point in points], fill=colour)

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        """A line of `width` metres with round ends and corners."""
        fine = [self._fine(point) for point in points]
        wide = max(1, round(width * self.scale * FINER))
        self._draw.line(fine, fill=colour, width=wide, joint="curve")
        for x, y in (fine[0], fine[-1]):
            half = wide / 2
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def disc(self, middle: Point, radius: float, colour: str) -> None:
        """A filled circle of `radius` metres."""
        x, y = self._fine(middle)
        half = radius * self.scale * FINER
        self._draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def box(self, low: Point, high: Point, colour: str, corner: float = 0.0) -> None:
        """A filled upright box between two corners, rounded by `corner` metres."""
        left, bottom = self._fine(low)
        right, top = self._fine(high)
        round_by = corner * self.scale * FINER
        self._draw.rounded_rectangle((left, top, right, bottom), round_by, fill=colour)

    def text(self, middle: Point, words: str, pixels: float, colour: str) -> None:
        """Words about a point, `pixels` high, in the type that comes with Pillow."""
        font = ImageFont.load_default(pixels * FINER)
        self._draw.text(self._fine(middle), words, fill=colour, font=font, anchor="mm")

    def inset(self, other: "Canvas", at: Point, radius: float) -> None:
        """Show the middle of another canvas in a ring about `at`; both in pixels."""
        across = round(2 * radius * FINER)
        mask = Image.new("L", (across, across), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, across - 1, across - 1), fill=255)
        corner = round((at[0] - radius) * FINER), round((at[1] - radius) * FINER)
        self._image.paste(other._image.crop((0, 0, across, across)), corner, mask)  # noqa: SLF001
        box = (*corner, corner[0] + across, corner[1] + across)
        self._draw.ellipse(box, outline=FAR_INK, width=3 * FINER)

    def picture(self) -> Image.Image:
        """What has been drawn, at SIZE by SIZE pixels."""
        return self._image.reduce(FINER)

    def _fine(self, point: Point) -> Point:
        x, y = self.pixel(point)
        return x * FINER, y * FINER

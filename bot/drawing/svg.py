"""Writes a sheet as SVG: text that any browser shows and prints, with nothing to fetch.

Rule: all words are escaped, and the picture carries a title and a description for those who listen.
"""

from html import escape

from bot.drawing.shapes import Area, Box, Disc, Line, Point, Shape, Sheet, Text

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"


def svg(sheet: Sheet, title: str, alt: str, top: int = 0) -> str:
    """The sheet from `top` down as one <svg>; those who do not see it are read `title` and `alt`."""
    inside = "".join(_element(shape, sheet) for shape in sheet.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {sheet.width} {sheet.height - top}" '
        f'role="img" font-family="{FONT}">'
        f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>{inside}</svg>"
    )


def _element(shape: Shape, sheet: Sheet) -> str:
    match shape:
        case Box():
            size = f'width="{_n(shape.right - shape.left)}" height="{_n(shape.bottom - shape.top)}"'
            rounded = f' rx="{_n(shape.round_by)}"' if shape.round_by else ""
            place = f'x="{_n(shape.left)}" y="{_n(shape.top)}"'
            return f"<rect {place} {size}{rounded}{_paint(shape, sheet)}/>"
        case Line():
            dash = f' stroke-dasharray="{_n(shape.dash)}"' if shape.dash else ""
            paint = f'stroke="{sheet.colours[shape.colour]}" stroke-width="{_n(shape.width)}"'
            return f'<polyline points="{_points(shape.points)}" fill="none" {paint}{dash}/>'
        case Area():
            return f'<polygon points="{_points(shape.points)}"{_paint(shape, sheet)}/>'
        case Disc():
            place = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
            return f"<circle {place}{_paint(shape, sheet)}/>"
        case Text():
            return _words(shape, sheet)


def _words(text: Text, sheet: Sheet) -> str:
    bold = ' font-weight="bold"' if text.bold else ""
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}"{bold} '
        f'text-anchor="{text.anchor}" fill="{sheet.colours[text.colour]}">'
        f"{escape(text.words)}</text>"
    )


def _paint(shape: Box | Area | Disc, sheet: Sheet) -> str:
    fill = sheet.colours[shape.fill] if shape.fill else "none"
    if not shape.edge:
        return f' fill="{fill}"'
    return f' fill="{fill}" stroke="{sheet.colours[shape.edge]}" stroke-width="{_n(shape.width)}"'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

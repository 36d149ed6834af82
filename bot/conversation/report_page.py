"""The page for a physio as HTML: plain, ready to print, and nothing to fetch.

Rule: every word is escaped; there is no script, and the page itself forbids loading anything. Tables
have captions and headed columns, so that it makes sense read aloud.
"""

from collections.abc import Iterator
from html import escape

import msgspec

_STYLE = """
:root { color-scheme: light; }
body { font: 10.5pt/1.4 Helvetica, Arial, sans-serif; color: #1c2733; background: #fff;
  max-width: 190mm; margin: 8mm auto; padding: 0 4mm; }
h1 { font-size: 18pt; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 6mm 0 1mm; border-bottom: 1px solid #1c2733; }
p, ul { margin: 1mm 0; } ul { padding-left: 5mm; }
.about { border: 1px solid #55616e; padding: 2mm 3mm; margin: 2mm 0; }
.note { color: #55616e; }
figure { margin: 2mm 0; } figure svg { display: block; width: 125mm; max-width: 100%; }
table { border-collapse: collapse; width: 100%; margin: 1mm 0 2mm; }
caption { text-align: left; color: #55616e; padding-bottom: 1mm; }
th, td { border-bottom: 1px solid #dde2e8; padding: .7mm 2mm .7mm 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th { border-bottom: 1px solid #55616e; } tr { break-inside: avoid; }
@page { size: A4; margin: 12mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 9pt; } h2 { break-after: avoid; } }
"""


class Section(msgspec.Struct, frozen=True):
    """A heading, what stands under it, and a table or a list. Without rows, only the words."""

    heading: str
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    items: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """All that is on the page, in plain words; `drawing` is finished SVG of our own, or ""."""

    title: str
    about: tuple[str, ...]
    drawing: str
    sections: tuple[Section, ...]


def html(page: Page) -> str:
    """The page as one HTML document."""
    body = "".join(_body(page))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _body(page: Page) -> Iterator[str]:
    yield f"<h1>{escape(page.title)}</h1>\n"
    yield '<div class="about">' + "".join(f"<p>{escape(line)}</p>" for line in page.about)
    yield "</div>\n"
    first, *rest = page.sections
    yield from _section(first)
    if page.drawing:
        yield f"<figure>{page.drawing}</figure>\n"
    for section in rest:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(section.heading)}</h2>\n"
    if section.note and not section.rows:
        yield f'<p class="note">{escape(section.note)}</p>\n'
    if section.items:
        yield "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in section.items) + "</ul>\n"
    if section.rows:
        yield "<table>\n"
        yield f"<caption>{escape(section.note)}</caption>\n" if section.note else ""
        names = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.columns)
        yield f"<thead><tr>{names}</tr></thead>\n<tbody>\n"
        for first, *cells in section.rows:
            others = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            yield f'<tr><th scope="row">{escape(first)}</th>{others}</tr>\n'
        yield "</tbody>\n</table>\n"
    yield "</section>\n"

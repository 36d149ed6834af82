"""The page for a physio as HTML: plain, ready to print, and nothing to fetch.

Rule: every word is escaped; there is no script, and the page itself forbids loading anything. Tables
have captions and headed columns, so that it makes sense read aloud.
"""

from collections.abc import Iterator
from html import escape

import msgspec

_STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.35 Helvetica, Arial, sans-serif; color: #1c2733; background: #fff;
  max-width: 200mm; margin: 6mm auto; padding: 0 4mm; }
h1 { font-size: 16pt; margin: 0 0 1mm; }
h2 { font-size: 1.1em; margin: 3.5mm 0 .5mm; border-bottom: 1px solid #1c2733; }
p, ul { margin: .5mm 0; } ul { padding-left: 4mm; }
.about { border: 1px solid #55616e; padding: 1mm 2.5mm; margin: 1mm 0; }
.note, caption { color: #55616e; text-align: left; }
.beside { display: grid; grid-template-columns: 40% 1fr; gap: 4mm; align-items: start; }
.beside td { white-space: nowrap; }
figure { margin: 3.5mm 0 0; } figure svg { display: block; width: 100%; }
table { border-collapse: collapse; width: 100%; margin: .5mm 0; font-size: .95em; }
th, td { border-bottom: 1px solid #dde2e8; padding: .4mm 1.5mm .4mm 0; text-align: left;
  vertical-align: top; overflow-wrap: break-word; }
thead th { border-bottom: 1px solid #55616e; } tbody th { font-weight: normal; white-space: nowrap; }
tr { break-inside: avoid; }
@page { size: A4; margin: 10mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 8pt; }
  h2 { break-after: avoid; } }
@media (max-width: 600px) { .beside { display: block; } section { overflow-x: auto; } }
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
    """The first stands above the drawing, the second beside it."""
    end: str = ""


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
    first, second, *rest = page.sections
    yield from _section(first)
    if page.drawing:
        yield f'<div class="beside">\n<figure>{page.drawing}</figure>\n'
    yield from _section(second)
    yield "</div>\n" if page.drawing else ""
    for section in rest:
        yield from _section(section)
    yield f'<p class="note">{escape(page.end)}</p>\n' if page.end else ""


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

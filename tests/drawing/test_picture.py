"""The picture of a chart: readable on a phone, never by colour alone, the same every time."""

import hashlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from PIL import Image, ImageColor

from bot.drawing.chart import Chart
from bot.drawing.layout import HEIGHT, RUNS_FLOOR, WIDTH, sheet_of
from bot.drawing.paint import png
from bot.drawing.shapes import DARK, LIGHT, Shape, Text
from bot.drawing.svg import svg
from tests.drawing.charts import CHARTS, FULL, THIN
from tests.pictures.test_files import unlike

GOLDEN = Path(__file__).parent / "golden"
ALIKE = 0.01
"""The share of pixels that may differ where another version of Pillow draws an edge."""
PHONE = 360
"""Pixels across in a chat on a small phone."""


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_chart_looks_as_it_did(name: str) -> None:
    """The golden pictures (half the size) are what is drawn; look at them after a change."""
    made = Image.open(BytesIO(png(CHARTS[name])))

    assert made.size == (WIDTH, HEIGHT) == (1080, 1350)
    with Image.open(GOLDEN / f"{name}.png") as golden:
        assert unlike(made.reduce(2), golden.convert("RGB")) < ALIKE


def test_the_same_value_gives_the_same_bytes() -> None:
    """Here, and in another program: nothing of the moment or the machine is in it."""
    code = (
        "import hashlib\nfrom bot.drawing.paint import png\nfrom tests.drawing.charts import FULL\n"
        "print(hashlib.sha256(png(FULL)).hexdigest())"
    )
    again = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()

    assert hashlib.sha256(png(FULL)).hexdigest() == again


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_words_stay_on_the_sheet_and_large_enough(chart: Chart) -> None:
    """All type is at least 26 pixels high (9 on a small phone), and none runs off the edge."""
    for text in [shape for shape in sheet_of(chart).shapes if isinstance(shape, Text)]:
        wide = len(text.words) * text.size * 0.52
        left = text.x - {"start": 0, "middle": wide / 2, "end": wide}[text.anchor]

        assert text.size * PHONE / WIDTH > 8.5
        assert left > 0
        assert left + wide < WIDTH + 20


def test_no_word_is_cut_off() -> None:
    """A long title and the longest figures take more lines, and the runs still have their room."""
    long = " ".join(["Your last run was red and there is more to say of it"] * 2)
    chart = replace(FULL, title=long, subtitle=long)
    texts = [shape for shape in sheet_of(chart).shapes if isinstance(shape, Text)]
    shown = " ".join(text.words for text in texts)

    assert shown.count(long) == 2
    assert (
        max(text.y for text in texts if len(text.words) > 12 and text.words in long)
        < RUNS_FLOOR - 200
    )


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_what_has_a_meaning_stands_out(look: dict[str, str]) -> None:
    """3 to 1 against the paper for marks, 4.5 to 1 for words (WCAG 2.1, 1.4.11 and 1.4.3)."""
    for role, least in {
        "ink": 7, "muted": 4.5, "cap": 4.5, "run": 3, "green": 3, "amber": 3, "red": 3,
        "exercise": 3,
    }.items():  # fmt: skip
        assert _contrast(look[role], look["paper"]) >= least, role
        assert _contrast(look[role], look["ahead"]) >= least, role


def test_lights_differ_by_shape() -> None:
    """With all colours taken away, a green, an amber and a red run are still three marks."""
    kinds = set()
    for light in ("green", "amber", "red"):
        marks = _new(replace(THIN.runs[0], light=light))
        kinds |= {type(mark) for mark in marks}

    assert len(kinds) == 3


def test_every_value_has_its_mark() -> None:
    """One more run, one more day with exercises, one more plan: each adds marks of its own."""
    bare = len(sheet_of(THIN).shapes)
    for more in (
        {"runs": THIN.runs[:1]}, {"exercises": (3,)}, {"planned": FULL.planned[:1]},
        {"planned": FULL.planned[1:2]}, {"lines": FULL.lines},
    ):  # fmt: skip
        assert len(sheet_of(replace(THIN, **more)).shapes) != bare


def test_the_page_has_the_same_drawing_as_text() -> None:
    """As SVG it is one well-formed element with its words escaped, and a description to listen to."""
    said = svg(sheet_of(replace(FULL, title="5 < 6 & 7")), "A <title>", 'With "words" & more')
    root = ET.fromstring(said)  # noqa: S314 - we have just written it
    space = "{http://www.w3.org/2000/svg}"

    assert [root.findtext(f"{space}{name}") for name in ("title", "desc")] == [
        "A <title>",
        'With "words" & more',
    ]
    assert "5 < 6 & 7" in [each.text for each in root.iter(f"{space}text")]
    assert "href" not in said


def _new(run: object) -> list[Shape]:
    """The marks that are there with this light and not without any."""
    with_it = sheet_of(replace(THIN, runs=(run,))).shapes
    without = sheet_of(replace(THIN, runs=(replace(run, light=""),))).shapes  # type: ignore[type-var]
    return [shape for shape in with_it if shape not in without]


def _contrast(one: str, two: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_chart_without_a_longest_run_is_drawn_too() -> None:
    """Runs of which none counts as the longest: no guard line, and a picture all the same."""
    shapes = sheet_of(replace(FULL, lines=())).shapes

    assert shapes

"""Two legs measured with a tape: "41 cm left, 38 right" is one swollen leg, "both 38" is none.

Evidence.md 1.4: a calf 3 cm bigger than the other side counts (Wells). What a tape of a runner shows
is rough, so any difference of 1 cm or more is a reason to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

_CM = frozenset(("cm", "cms", "centimetres", "centimeters", "centimetre"))
_INCHES = frozenset(("inch", "inches", "ins"))
_LEG_CM = (20.0, 75.0)
_CM_OF_INCH = 2.54
_DIFFERENT_CM = 1.0


def find_measured(text: Text) -> list[Flag]:
    """A swelling flag where two sizes of a leg are told in one sentence."""
    if not any(t.norm in _CM or t.norm in _INCHES for t in text.tokens):
        return []
    found = []
    for sentence in text.sentences:
        sizes = list(_sizes(text, sentence.first, sentence.last))
        about_legs = text.has("body", sentence.first, sentence.last) or text.has(
            "with.compare", sentence.first, sentence.last
        )
        if len(sizes) != 2 or not about_legs:
            continue
        (one, i), (other, j) = sizes
        differs = abs(one - other) >= _DIFFERENT_CM
        found.append(
            Flag("swelling", "one_leg", i, j + 1, "now" if differs else "denied", "likely")
        )
    return found


def _sizes(text: Text, first: int, last: int) -> list[tuple[float, int]]:
    """Numbers that can be round a leg, in cm, if a unit stands with one of them."""
    units = {text.norm(k) for k in range(first, last)}
    scale = 1.0 if units & _CM else _CM_OF_INCH if units & _INCHES else None
    if scale is None:
        return []
    found = []
    for k in range(first, last):
        if text.tokens[k].number and text.norm(k).replace(".", "", 1).isdigit():
            size = float(text.norm(k)) * scale
            if _LEG_CM[0] <= size <= _LEG_CM[1]:
                found.append((size, k))
    return found

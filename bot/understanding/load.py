"""Stage 4, resolve: how the running changed - more, hills, speed, shoes, technique, strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Found
from bot.understanding.jumps import find_jump, happened
from bot.understanding.technique import find_shoes, find_strength, find_technique
from bot.understanding.weeks import find_weeks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity


def find_load(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add load.*, technique_change.* and strength_or_flexibility to the findings."""
    find_weeks(text, quantities, findings)
    for concept in ("hills", "speed"):
        hit = next((h for h in text.of(concept) if happened(text, h)), None)
        if hit is not None:
            findings.add("load." + concept, Found(True, hit.i, hit.j, "likely"))
    find_shoes(text, findings)
    _climbs(text, quantities, findings)
    _repetitions(text, quantities, findings)
    find_technique(text, findings)
    find_jump(text, quantities, findings)
    find_strength(text, findings)


def _climbs(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "900 m of climbing", "700m up", "2900 D+": hills, told by how high."""
    for q in quantities:
        high = q.kind == "distance" or (q.kind == "number" and text.norm(q.j) == "d")
        if high and text.has("climb", q.j, q.j + 1):
            findings.add("load.hills", Found(True, q.i, q.j + 1, "likely"))
            return


def _repetitions(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "6 x 800 on the track": fast, unless only meant."""
    for q in quantities:
        metres = q.kind == "reps" and 100 <= q.low <= 2000
        if metres and q.i >= 1 and not text.near("plan", q.i, q.j, 6, 2):
            findings.add("load.speed", Found(True, q.i, q.j, "likely"))
            return

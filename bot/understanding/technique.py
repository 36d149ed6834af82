"""Stage 4, resolve: the way of running or the shoe that changed, and strength and suppleness.

Rule: bare feet, a thin shoe or landing on the forefoot count as a change unless they are a habit, or
only thought of; more steps a minute and other changes of form need a word that says they are new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit

_KINDS = ("minimalist", "barefoot", "forefoot", "cadence", "other")
_NEW_BY_THEMSELVES = frozenset(("minimalist", "barefoot", "forefoot"))
_BEFORE, _AFTER = 12, 8


def find_technique(text: Text, findings: Findings) -> None:
    """Add technique_change.kind to the findings."""
    changed: dict[str, Hit] = {}
    named: list[Hit] = []
    for hit in text.of("tech"):
        stands = standing(text, hit.i, hit.j)
        if stands == "other_person":
            continue
        named.append(hit)
        if stands != "denied" and _changed(text, hit):
            changed.setdefault(str(hit.value), hit)
    kind = next((k for k in _KINDS if k in changed), None)
    if kind is not None:
        hit = changed[kind]
        findings.add("technique_change.kind", Found(kind, hit.i, hit.j, "likely"))
        return
    real = [h for h in named if h.value in _NEW_BY_THEMSELVES]
    if real:
        findings.add("technique_change.kind", Found("none", real[0].i, real[0].j, "possible"))


def _changed(text: Text, hit: Hit) -> bool:
    """Whether what a hit names is new."""
    own = text.sentence(hit.i)
    first, last = max(own.first, hit.i - _BEFORE), min(own.last, hit.j + _AFTER)
    if text.has("tech.habit", max(own.first, hit.i - 2), hit.i):
        return False
    strong = text.has("tech.strong", own.first, own.last)
    if text.has("tech.habit", first, last) and not text.has("tech.strong", first, last):
        return False
    if text.has("tech.consider", first, hit.i + 1):
        return False
    if strong or text.has("tech.change", first, last):
        return True
    return hit.value in _NEW_BY_THEMSELVES and not own.question


def find_strength(text: Text, findings: Findings) -> None:
    """Add strength_or_flexibility: true for weak, tight or seldom moved, false for the opposite."""
    low = [h for h in text.of("strength.low") if standing(text, h.i, h.j) in ("now", "denied")]
    good = [h for h in text.of("strength.good") if standing(text, h.i, h.j) == "now"]
    if low:
        findings.add("strength_or_flexibility", Found(True, low[0].i, low[0].j, "likely"))
    elif good:
        findings.add("strength_or_flexibility", Found(False, good[0].i, good[0].j, "likely"))


def find_shoes(text: Text, findings: Findings) -> None:
    """Add load.new_shoes: shoes that are worn and new, not those one may buy."""
    for hit in text.of("new_shoes"):
        own = text.sentence(hit.i)
        ahead = text.has("future", max(own.first, hit.i - 4), hit.i)
        wished = text.has("signed_up", max(own.first, hit.i - 5), hit.i)
        asked = own.question and text.has("tech.consider", own.first, hit.i)
        worn = standing(text, hit.i, hit.j) in ("now", "past")
        if worn and not (ahead or wished or asked):
            findings.add("load.new_shoes", Found(True, hit.i, hit.j, "likely"))
            return

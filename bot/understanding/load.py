"""Stage 4, resolve: how the running changed - more, hills, speed, shoes, technique, strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found
from bot.understanding.weeks import find_weeks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.quantities import Quantity

_WEEK_JUMP = 1.2
_RUN_JUMP = 1.3
_OFTEN_AFTER_BREAK = 4
_LONG_FIRST_RUN_KM = 5.0
_KINDS = ("minimalist", "barefoot", "forefoot", "cadence", "other")


def find_load(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add load.*, technique_change.* and strength_or_flexibility to the findings."""
    find_weeks(text, quantities, findings)
    for concept in ("hills", "speed", "new_shoes"):
        hit = next((h for h in text.of(concept) if _happened(text, h)), None)
        if hit is not None:
            findings.add("load." + concept, Found(True, hit.i, hit.j, "likely"))
    _climbs(text, quantities, findings)
    _repetitions(text, quantities, findings)
    _technique(text, findings)
    _jump(text, quantities, findings)
    _strength(text, findings)


def _happened(text: Text, hit: Hit) -> bool:
    """Whether something was done: not denied, not planned, not asked about."""
    own = text.sentence(hit.i)
    if standing(text, hit.i, hit.j) != "now":
        return False
    if text.has("future", max(own.first, hit.i - 4), hit.i):
        return False
    if text.has("signed_up", max(own.first, hit.i - 5), hit.i):
        return False
    return not (own.question and text.has("tech.consider", own.first, hit.i))


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


def _jump(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    denied = text.of("jump.no")
    if denied:
        findings.add("load.jump", Found(False, denied[0].i, denied[0].j))
        return
    hit = next((h for h in text.of("jump") if _happened(text, h)), None)
    if hit is not None:
        findings.add("load.jump", Found(True, hit.i, hit.j, "likely"))
        return
    more = next((q for q in quantities if _increase(text, q)), None)
    if more is not None:
        findings.add("load.jump", Found(True, more.i, more.j, "likely"))
        return
    for name in (
        "run.distance_km",
        "run.duration_min",
        "load.runs_per_week_now",
        "load.weekly_km_now",
    ):
        found = findings.fields.get(name)
        if found is not None and _more_than_before(findings, name, float(found.value)):
            findings.add("load.jump", Found(True, found.i, found.j, "possible"))
            return
    if findings.value("soreness.present") is not True:
        return
    kind = findings.value("technique_change.kind")
    both = findings.value("soreness.side") == "both"
    names = ["load.hills", "load.speed"] if both else []
    names += ["technique_change.kind"] if kind not in (None, "none", "other") else []
    for name in names:  # a new stress and sore legs beside it: more than they were used to
        found = findings.fields.get(name)
        if found is not None and found.value is not False:
            findings.add("load.jump", Found(True, found.i, found.j, "possible"))
            return


def _increase(text: Text, q: Quantity) -> bool:
    """As in "from 8 to 13 miles": more than it was, and done."""
    kinds = ("distance", "per_week", "duration")
    if not q.change or q.kind not in kinds or q.high < _WEEK_JUMP * q.low:
        return False
    return not text.near("plan", q.i, q.j, 5, 0) and q.high < 8 * 3600 * 100


def _more_than_before(findings: Findings, name: str, value: float) -> bool:
    """Whether a run or a week is clearly more than what it is measured against."""
    if name.startswith("load."):
        before = findings.number(name.replace("_now", "_before"))
        if before is None and name.endswith("week_now"):
            off = findings.number("break.length_days")
            return off is not None and off >= 60 and value >= _OFTEN_AFTER_BREAK
        return before is not None and value > _WEEK_JUMP * before
    if findings.value("technique_change.kind") in ("minimalist", "barefoot", "forefoot", "cadence"):
        return findings.value("soreness.present") is True
    if name == "run.distance_km":
        longest, off = (
            findings.number("load.longest_recent_km"),
            findings.number("break.length_days"),
        )
        usual = findings.fields.get("load.longest_recent_km")
        if longest is not None and usual is not None and usual.certainty == "likely":
            return value > _RUN_JUMP * longest
        habit = findings.number("run.usual_km")
        meant = findings.number("run.meant_km")
        if any(much is not None and value > _RUN_JUMP * much for much in (habit, meant)):
            return True
        return off is not None and off >= 21 and value >= _LONG_FIRST_RUN_KM
    return False


def _strength(text: Text, findings: Findings) -> None:
    low = [h for h in text.of("strength.low") if standing(text, h.i, h.j) in ("now", "denied")]
    good = [h for h in text.of("strength.good") if standing(text, h.i, h.j) == "now"]
    if low:
        findings.add("strength_or_flexibility", Found(True, low[0].i, low[0].j, "likely"))
    elif good:
        findings.add("strength_or_flexibility", Found(False, good[0].i, good[0].j, "likely"))


def _technique(text: Text, findings: Findings) -> None:
    changed: dict[str, Hit] = {}
    named: list[Hit] = []
    for hit in text.of("tech"):
        own = text.sentence(hit.i)
        if standing(text, hit.i, hit.j) in ("denied", "other_person"):
            continue
        first, last = max(own.first, hit.i - 12), min(own.last, hit.j + 8)
        named.append(hit)
        if text.has("tech.habit", first, last) and not text.has("tech.strong", first, last):
            continue
        if text.has("tech.consider", first, hit.i + 1):
            continue
        if text.has("tech.change", first, last) or text.has("tech.strong", own.first, own.last):
            changed.setdefault(str(hit.value), hit)
    for kind in _KINDS:
        if kind in changed:
            findings.add(
                "technique_change.kind", Found(kind, changed[kind].i, changed[kind].j, "likely")
            )
            return
    real = [h for h in named if h.value != "other"]
    if real:
        findings.add("technique_change.kind", Found("none", real[0].i, real[0].j, "possible"))

"""Stage 4, resolve: a sudden rise of what the legs are used to (evidence.md 3.1, S1).

Rule: it is told in words, or is the first of its kind, or follows from the amounts: a run or a week
clearly over the usual one, a long run after a long break, fast or hilly running with both legs sore.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found

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


def find_jump(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add load.jump: words for it, a first of its kind, or amounts against what was usual."""
    denied = text.of("jump.no")
    if denied:
        findings.add("load.jump", Found(False, denied[0].i, denied[0].j))
        return
    hit = next((h for h in text.of("jump") if happened(text, h)), None)
    if hit is not None:
        findings.add("load.jump", Found(True, hit.i, hit.j, "likely"))
        return
    first = _first_of_its_kind(text)
    if first is not None:
        findings.add("load.jump", Found(True, first.i, first.j, "likely"))
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
    both = findings.value("soreness.side") == "both"
    names = ["load.hills", "load.speed"] if both else []
    for name in names:  # a new stress and sore legs beside it: more than they were used to
        found = findings.fields.get(name)
        if found is not None and found.value is not False:
            findings.add("load.jump", Found(True, found.i, found.j, "possible"))
            return


def _first_of_its_kind(text: Text) -> Hit | None:
    """As in "first hills since 2022", "first spikes session in two years", "my first trail run"."""
    for name in ("hills", "speed", "surface", "tech"):
        for hit in text.of(name):
            own = text.sentence(hit.i)
            near = [t for t in range(max(own.first, hit.i - 3), hit.i) if text.norm(t) == "first"]
            time = any(text.norm(t + 1) in ("time", "thing", "half", "week", "race") for t in near)
            if near and not time and happened(text, hit):
                return hit
    return None


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
    if name == "run.duration_min":
        usual_time = findings.number("run.usual_min")
        return usual_time is not None and value > _RUN_JUMP * usual_time
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


def happened(text: Text, hit: Hit) -> bool:
    """Whether something was done: not denied, not planned, not asked about."""
    own = text.sentence(hit.i)
    if standing(text, hit.i, hit.j) != "now":
        return False
    if text.has("future", max(own.first, hit.i - 4), hit.i):
        return False
    if text.has("signed_up", max(own.first, hit.i - 5), hit.i):
        return False
    return not (own.question and text.has("tech.consider", own.first, hit.i))

"""Stage 4, resolve: how the running changed - more, hills, speed, shoes, technique, strength."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found
from bot.understanding.small_words import OPENS_A_QUESTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.quantities import Quantity

_WEEK_JUMP = 1.2
_RUN_JUMP = 1.3
_MOST_RUNS = 14
_OFTEN_AFTER_BREAK = 4
_LONG_FIRST_RUN_KM = 5.0
_KINDS = ("minimalist", "barefoot", "forefoot", "cadence", "other")


def find_load(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add load.*, technique_change.* and strength_or_flexibility to the findings."""
    _changes(text, quantities, findings)
    _weeks(text, quantities, findings)
    _times_distance(text, quantities, findings)
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


def _unit(quantities: Sequence[Quantity]) -> float:
    """Metres of the unit used elsewhere in the text: "25 a week" beside "5 miles"."""
    miles = [q for q in quantities if q.kind == "distance" and q.low % 1609.344 < 1]
    return 1609.344 if miles else 1000.0


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


def _changes(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "From 3 to 5 runs a week", "from 10k to 25k a week": before and now."""
    for q in quantities:
        if not q.change or text.near("plan", q.i, q.j, 4, 0):
            continue
        weekly = q.weekly or text.near("week_word", q.i, q.j, 4, 3)
        if q.kind == "per_week" or (q.kind == "number" and text.has("times", q.j, q.j + 1)):
            name, scale = "load.runs_per_week", 1.0
        elif q.kind == "distance" and weekly:
            name, scale = "load.weekly_km", 1000.0
        else:
            continue
        findings.add(name + "_before", Found(q.low / scale, q.i, q.j, "likely"))
        findings.add(name + "_now", Found(q.high / scale, q.i, q.j, "likely"))


def _weeks(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Runs and distance per week, now and before; goals and other sports are left out."""
    for q in quantities:
        weekly = q.weekly
        if q.change or not (q.kind == "per_week" or weekly):
            continue
        own = text.sentence(q.i)
        wished = own.question and text.norm(own.first) in OPENS_A_QUESTION
        if wished or _still_to_come(text, q) or text.has("otherwork", max(own.first, q.i - 6), q.j):
            continue
        if text.norm(q.j) in ("down", "up") and text.norm(q.j + 1) == "from":
            _down_from(text, q, quantities, weekly, findings)
        tail = _tail(text, q)
        name, value = (
            (f"load.weekly_km_{tail}", q.middle / 1000)
            if weekly
            else (f"load.runs_per_week_{tail}", q.middle)
            if q.middle <= _MOST_RUNS
            else (f"load.weekly_km_{tail}", q.middle * _unit(quantities) / 1000)
        )
        findings.add(name, Found(value, q.i, q.j, "likely"))
    _counted(text, quantities, findings)
    for concept in ("every_other_day", "every_day"):
        for hit in text.of(concept):
            if standing(text, hit.i, hit.j) == "now" and _about_running(text, hit):
                findings.add(
                    "load.runs_per_week_now", Found(float(hit.value or 0), hit.i, hit.j, "likely")
                )


def _tail(text: Text, q: Quantity) -> str:
    own = text.sentence(q.i)
    before = text.has("used_to", max(own.first, q.i - 8), min(own.last, q.j + 3))
    return "before" if before else "now"


def _counted(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "25 miles a week over 4 runs", "5 x 5k a week", "2 x 20 mins a week", "jog 3 evenings"."""
    for q, after in pairwise(quantities):
        if q.kind != "number" or not 1 <= q.low <= _MOST_RUNS:
            continue
        times = "x" in text.tokens[after.i].before or (text.norm(q.j) == "x" and after.i - q.j == 1)
        weekly = after.weekly or any(
            h.j - h.i > 1 for h in text.within("per_week", after.j, after.j + 1)
        )
        if times and after.kind in ("distance", "duration") and weekly:
            findings.add(
                "load.runs_per_week_" + _tail(text, q), Found(q.middle, q.i, q.j, "likely")
            )
    weekly_told = [q for q in quantities if q.weekly]
    for q in quantities:
        beside = text.norm(q.i - 1) in ("over", "in", "across")
        over = next((w for w in weekly_told if beside and 0 < q.i - w.j <= 2), None)
        outings = text.has("times", q.j, q.j + 1) or text.norm(q.j) == "days"
        if q.kind == "number" and over is not None and outings:
            findings.add(
                "load.runs_per_week_" + _tail(text, over), Found(q.middle, q.i, q.j, "likely")
            )
        does = text.norm(q.i - 1) in ("do", "doing") and text.norm(q.i - 2) in ("i", "now", "im")
        if q.kind == "number" and does and outings and q.middle <= _MOST_RUNS:
            findings.add("load.runs_per_week_now", Found(q.middle, q.i, q.j, "likely"))
        evenings = q.kind == "number" and text.has("evenings", q.j, q.j + 1)
        if evenings and text.has("run.word", max(0, q.i - 2), q.i) and q.middle <= _MOST_RUNS:
            findings.add("load.runs_per_week_now", Found(q.middle, q.i, q.j, "likely"))


def _still_to_come(text: Text, q: Quantity) -> bool:
    """Whether a plan in the same clause speaks of it."""
    first = max(text.sentence(q.i).first, q.i - 6)
    return any(not text.break_between(h.j, q.i + 1) for h in text.within("plan", first, q.i))


def _times_distance(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "5k 3 times a week": so many runs of one distance are a week."""
    for first, second in pairwise(quantities):
        swap = first.kind == "per_week"
        distance, often = (second, first) if swap else (first, second)
        fits = distance.kind == "distance" and not distance.weekly and often.kind == "per_week"
        if fits and distance.i > often.i and not _each(text, distance):
            continue
        apart = often.i - distance.j if often.i > distance.i else distance.i - often.j
        if fits and apart <= 2 and not text.near("plan", distance.i, often.j, 5, 0):
            week = distance.middle * often.middle / 1000
            findings.add("load.weekly_km_now", Found(week, distance.i, often.j, "likely"))
            return


def _each(text: Text, q: Quantity) -> bool:
    each = ("each", "a", "at", "per", "every")
    return text.norm(q.j) in each or text.norm(q.i - 1) in ("je", "of", "chacune", "cada")


def _down_from(
    text: Text, q: Quantity, quantities: Sequence[Quantity], weekly: bool, findings: Findings
) -> None:
    """As in "25 miles a week, down from 40": the second number was before, in the unit of the first."""
    for other in quantities:
        if other.i != q.j + 2 or other.kind not in ("number", q.kind):
            continue
        value = other.middle
        if weekly:
            unit = q.middle / max(float(text.norm(q.i)), 1) if text.tokens[q.i].number else 1000.0
            value = value * (unit if other.kind == "number" else 1.0) / 1000
        name = "load.weekly_km_before" if weekly else "load.runs_per_week_before"
        findings.add(name, Found(round(value, 2), other.i, other.j, "likely"))


def _about_running(text: Text, hit: Hit) -> bool:
    return text.near("run.word", hit.i, hit.j, 5, 5)


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

"""Stage 4, resolve: runs and distance per week, now and before.

Rule: everything that tells of a week (a rate, a total, so many runs of one distance, a list of days)
is a told week with points for "now"; tense, words of time and order give and take points. Weeks
of one kind that differ are put in order: the one with fewer points was before.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found
from bot.understanding.rates import elided_rates, ordinal_runs, rates_in_days
from bot.understanding.small_words import OPENS_A_QUESTION
from bot.understanding.told_weeks import KM, MOST_RUNS, RUNS, Told, now_points
from bot.understanding.week_sums import listed, of_one_length, sessions, times_of, usual_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.quantities import Quantity

_SAME = 1.05
_LEAST_SHARE = 0.15
_MARKS = ",;:()-–—"
_NOUN_OF_RUNS = frozenset(("run", "runs", "jogs", "outings", "footings", "laufe", "sorties"))


def find_weeks(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add load.runs_per_week_now/before and load.weekly_km_now/before to the findings."""
    told = [
        *_changes(text, quantities),
        *_rates(text, quantities),
        *_counted(text, quantities),
        *_every_day(text),
        *_to_every_day(text, quantities),
        *sessions(text, quantities),
        *usual_days(text),
        *ordinal_runs(text),
        *rates_in_days(text, quantities),
    ]
    told += elided_rates(text, quantities, told)
    listed(text, quantities, told)
    told += of_one_length(text, quantities, told)
    for name in (RUNS, KM):
        _place([t for t in told if t.name == name], name, findings)


def _place(told: list[Told], name: str, findings: Findings) -> None:
    """Put weeks of one kind in order: fixed ones first, then by their points."""
    fixed = [t for t in told if t.fixed]
    free = [t for t in told if not t.fixed]
    for t in fixed:
        _add(findings, name, t, "now" if t.points >= 0 else "before")
    if not free:
        return
    best = max(free, key=lambda t: (t.points, -t.i))
    rest = [t for t in free if t is not best and not _alike(t, best)]
    lower = min(rest, key=lambda t: (t.points, t.i), default=None)
    if lower is not None and lower.points < best.points - 0.4:
        _add(findings, name, best, "now")
        _add(findings, name, lower, "before")
        return
    _add(findings, name, best, "now" if best.points > -2 else "before")


def _alike(a: Told, b: Told) -> bool:
    return max(a.value, b.value) <= _SAME * min(a.value, b.value)


def _add(findings: Findings, name: str, told: Told, side: str) -> None:
    findings.add(f"{name}_{side}", Found(round(told.value, 2), told.i, told.j, "likely"))
    findings.points.setdefault(f"{name}_{side}", []).append((told.points, told.i, told.j))


def _changes(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "From 3 to 5 runs a week", "from 10k to 25k a week": before and now."""
    told = []
    for q in quantities:
        if not q.change or text.near("plan", q.i, q.j, 4, 0):
            continue
        weekly = q.weekly or text.near("week_word", q.i, q.j, 4, 3)
        often = q.kind == "per_week" or (q.kind == "number" and text.has("times", q.j, q.j + 1))
        if often and (q.high > MOST_RUNS or text.near("mileage", q.i, q.j, 6, 2)):
            name, scale = KM, 1000.0 / unit_of(quantities)
        elif often:
            name, scale = RUNS, 1.0
        elif q.kind == "distance" and weekly:
            name, scale = KM, 1000.0
        else:
            continue
        told.append(Told(name, q.low / scale, q.i, q.j, -3, fixed=True))
        told.append(Told(name, q.high / scale, q.i, q.j, 3, fixed=True))
    return told


def _rates(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """3 times a week, 40 km a week; goals and other sports are left out."""
    told: list[Told] = []
    for place, q in enumerate(quantities):
        if q.change or not (q.kind == "per_week" or q.weekly):
            continue
        later = _later_in_list(text, quantities, place)
        if later > 1:
            continue
        own = text.sentence(q.i)
        wished = own.question and text.norm(own.first) in OPENS_A_QUESTION
        if wished or _still_to_come(text, q) or _other_work(text, q):
            continue
        if q.weekly:
            points = now_points(text, q.i, q.j)
            last = told[-1] if told else None
            if not points and last is not None and last.name == RUNS and q.i - last.j <= 5:
                points = last.points  # "was running 3x a week, about 15k total"
            points = min(points, 0) - 1 if later else points
            one = Told(KM, q.middle / 1000, q.i, q.j, points)
        elif q.middle <= MOST_RUNS:
            one = Told(RUNS, q.middle, q.i, q.j, now_points(text, q.i, q.j))
        else:
            week = q.middle * unit_of(quantities) / 1000
            one = Told(KM, week, q.i, q.j, now_points(text, q.i, q.j))
        told.append(one)
        other = _from_before(text, q, quantities[place + 1 : place + 4])
        if other is not None:
            value = other.middle * _scale(q, other) / (1000 if q.weekly else 1)
            if value >= _LEAST_SHARE * one.value:
                told.append(Told(one.name, value, other.i, other.j, one.points - 3))
    return told


def _later_in_list(text: Text, quantities: Sequence[Quantity], place: int) -> int:
    """How many weeks of the same list come after: of "70, 85, then 104 km a week" the last is now."""
    later = 0
    for a, b in pairwise(quantities[place:]):
        if not (a.weekly and b.weekly) or b.i - a.j > 2 or text.norm(a.j) == "from":
            break
        later += text.tokens[a.i].sentence == text.tokens[b.i].sentence
    return later


def _other_work(text: Text, q: Quantity) -> bool:
    """Whether the rate is of another sport: said in its own clause, and not named as runs."""
    own = text.sentence(q.i)
    if q.weekly or any(text.norm(t) in _NOUN_OF_RUNS for t in range(q.i, q.j)):
        return False
    hits = text.within("otherwork", max(own.first, q.i - 6), min(own.last, q.j + 2))
    for hit in hits:
        between = text.break_between(hit.j, q.i + 1, _MARKS) if hit.j <= q.i else False
        runs = text.has("run.word", max(own.first, q.i - 2), q.i) or text.norm(q.i - 2) == "i"
        if not (between and runs) and not (hit.i >= q.j and text.norm(q.j) in ("and", "as")):
            return True
    return False


def _scale(q: Quantity, other: Quantity) -> float:
    """What one of the other number is worth, if it has no unit of its own."""
    if other.kind != "number":
        return 1.0
    return q.unit if q.weekly and q.unit else 1.0


def _from_before(text: Text, q: Quantity, after: Sequence[Quantity]) -> Quantity | None:
    """As in "25 miles a week, down from 40", "30 a week since May, up from 20", "30k (normally 18)"."""
    for other in after:
        if text.tokens[other.i].sentence != text.tokens[q.i].sentence:
            return None
        if other.kind not in ("number", q.kind) or other.change:
            continue
        two = (text.norm(other.i - 2), text.norm(other.i - 1))
        if two in (("up", "from"), ("down", "from")):
            return other
        usual = text.norm(other.i - 1) in ("normally", "usually", "usual", "normal", "sonst")
        if usual and other.i - q.j <= 3:
            return other
    return None


def _still_to_come(text: Text, q: Quantity) -> bool:
    """Whether a plan in the same clause speaks of it."""
    first = max(text.sentence(q.i).first, q.i - 6)
    return any(not text.break_between(h.j, q.i + 1) for h in text.within("plan", first, q.i))


def _counted(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "25 miles a week over 4 runs", "5 x 5k a week", "2 x 20 mins a week", "jog 3 evenings"."""
    told: list[Told] = []
    for q, after in pairwise(quantities):
        weekly = after.weekly or any(
            h.j - h.i > 1 for h in text.within("per_week", after.j, after.j + 1)
        )
        if weekly and times_of(text, q, after) and after.kind in ("distance", "duration"):
            told.append(Told(RUNS, q.middle, q.i, q.j, now_points(text, q.i, q.j)))
    weekly_told = [q for q in quantities if q.weekly]
    for q in quantities:
        if q.kind != "number" or not 1 <= q.middle <= MOST_RUNS:
            continue
        beside = text.norm(q.i - 1) in ("over", "in", "across")
        over = next((w for w in weekly_told if beside and 0 < q.i - w.j <= 2), None)
        noun = text.norm(q.j) == "days" or text.has("times", q.j, q.j + 1)
        outings = noun and text.norm(q.j) != "x"
        points = now_points(text, q.i, q.j)
        if over is not None and outings:
            told.append(Told(RUNS, q.middle, q.i, q.j, now_points(text, over.i, over.j)))
        does = text.norm(q.i - 1) in ("do", "doing") and text.norm(q.i - 2) in ("i", "now", "im")
        evenings = text.has("evenings", q.j, q.j + 1) and text.has("run.word", max(0, q.i - 2), q.i)
        if (outings and does) or evenings or (outings and _this_week(text, q)):
            told.append(Told(RUNS, q.middle, q.i, q.j, points))
    return told


def _this_week(text: Text, q: Quantity) -> bool:
    """As in "3 runs so far this week", "4 days in a row this week", "5 runs in 7 days"."""
    own = text.sentence(q.i)
    if text.norm(q.j) == "days" and text.norm(q.j + 1) not in ("in", "straight", "running", "on"):
        return False
    return text.has("week.this", max(own.first, q.i - 5), min(own.last, q.j + 8))


def _to_every_day(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "from running twice a week to every day": before and now."""
    for q in quantities:
        later = [
            h
            for name in ("every_day", "every_other_day")
            for h in text.within(name, q.j + 1, q.j + 3)
            if text.norm(h.i - 1) == "to"
        ]
        begun = "from" in (text.norm(q.i - 1), text.norm(q.i - 2))
        if q.kind == "per_week" and begun and later:
            now = float(later[0].value or 0)
            return [
                Told(RUNS, q.middle, q.i, q.j, -3, fixed=True),
                Told(RUNS, now, later[0].i, later[0].j, 3, fixed=True),
            ]
    return []


def _every_day(text: Text) -> list[Told]:
    return [
        Told(
            RUNS,
            float(hit.value or 0),
            hit.i,
            hit.j,
            now_points(text, hit.i, hit.j) - 0.3 * (concept == "each_morning"),
        )
        for concept in ("every_other_day", "every_day", "each_morning")
        for hit in text.of(concept)
        if standing(text, hit.i, hit.j) == "now" and about_running(text, hit)
    ]


def about_running(text: Text, hit: Hit) -> bool:
    """Whether a rate such as "every day" stands with a word for running."""
    if hit.concept == "each_morning":
        first = max(text.sentence(hit.i).first, hit.i - 4)
        sore = any(text.has(name, first, hit.i) for name in ("hurt", "body", "otherwork", "better"))
        ran = any(text.has(name, first, hit.i) for name in ("run.word", "unit.distance"))
        return ran and not sore
    return text.near("run.word", hit.i, hit.j, 5, 5)


def unit_of(quantities: Sequence[Quantity]) -> float:
    """Metres of the unit used elsewhere in the text: "25 a week" beside "5 miles"."""
    miles = [q for q in quantities if q.kind == "distance" and q.low % 1609.344 < 1]
    return 1609.344 if miles else 1000.0

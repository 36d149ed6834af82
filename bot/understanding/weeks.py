"""Stage 4, resolve: runs and distance per week, now and before.

Rule: everything that tells of a week (a rate, a total, so many runs of one distance, a list of days)
is a told week with points for "now"; tense, words of time and order give and take points. Weeks
of one kind that differ are put in order: the one with fewer points was before.
"""

from __future__ import annotations

from dataclasses import dataclass
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

RUNS, KM = "load.runs_per_week", "load.weekly_km"
_MOST_RUNS = 14
_MOST_SESSIONS = 7
_LEAST_WHOLE_RUN_M = 2000.0
_LEAST_WHOLE_RUN_S = 600.0
_SAME = 1.05
_LEAST_SHARE = 0.15
_MARKS = ",;:()-–—"
_NOW = frozenset(
    ("now", "currently", "lately", "recently", "then", "jetzt", "ahora", "agora", "maintenant")
)
_NOUN_OF_RUNS = frozenset(("run", "runs", "jogs", "outings", "footings", "laufe", "sorties"))
_OF_EXERCISE = frozenset(
    ("each", "sets", "set", "kg", "reps", "raises", "squats", "floors", "side")
)


@dataclass(frozen=True, slots=True)
class Told:
    """A week told: how much of what, at tokens i to j, with points for now (below 0: before)."""

    name: str
    value: float
    i: int
    j: int
    points: float
    fixed: bool = False
    derived: bool = False


def find_weeks(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add load.runs_per_week_now/before and load.weekly_km_now/before to the findings."""
    told = [
        *_changes(text, quantities),
        *_rates(text, quantities),
        *_counted(text, quantities),
        *_every_day(text),
        *_sessions(text, quantities),
    ]
    _listed(text, quantities, told)
    told += _times_distance(text, quantities, told)
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


def _points(text: Text, i: int, j: int) -> float:
    """Points for now: words of the present give, the past and habit take."""
    own = text.sentence(i)
    first = max(own.first, i - 8)
    points = 0.0
    for hit in text.within("used_to", first, min(own.last, j + 3)):
        weak = text.norm(hit.i) in ("was", "were", "before")
        if not (weak and hit.j <= i and text.break_between(hit.j, i + 1)):
            points = min(points, -3.0)
    if any(h.j <= i + 1 for h in text.within("usual_week", max(own.first, i - 6), i + 1)):
        points -= 1
    behind = [t for t in range(j, min(own.last, j + 2)) if not text.break_between(j, t + 1)]
    if any(text.norm(t) in _NOW for t in (*range(max(own.first, i - 5), i), *behind)):
        points += 2
    if text.has("week.this", max(own.first, i - 6), min(own.last, j + 6)):
        points += 2
    if text.norm(i - 1) == "to" and text.norm(i - 2) == "up":
        points += 2
    return points


def _changes(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "From 3 to 5 runs a week", "from 10k to 25k a week": before and now."""
    told = []
    for q in quantities:
        if not q.change or text.near("plan", q.i, q.j, 4, 0):
            continue
        weekly = q.weekly or text.near("week_word", q.i, q.j, 4, 3)
        if q.kind == "per_week" or (q.kind == "number" and text.has("times", q.j, q.j + 1)):
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
            points = _points(text, q.i, q.j)
            last = told[-1] if told else None
            if not points and last is not None and last.name == RUNS and q.i - last.j <= 5:
                points = last.points  # "was running 3x a week, about 15k total"
            points = min(points, 0) - 1 if later else points
            one = Told(KM, q.middle / 1000, q.i, q.j, points)
        elif q.middle <= _MOST_RUNS:
            one = Told(RUNS, q.middle, q.i, q.j, _points(text, q.i, q.j))
        else:
            week = q.middle * unit_of(quantities) / 1000
            one = Told(KM, week, q.i, q.j, _points(text, q.i, q.j))
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
        if weekly and _times(text, q, after) and after.kind in ("distance", "duration"):
            told.append(Told(RUNS, q.middle, q.i, q.j, _points(text, q.i, q.j)))
    weekly_told = [q for q in quantities if q.weekly]
    for q in quantities:
        if q.kind != "number" or not 1 <= q.middle <= _MOST_RUNS:
            continue
        beside = text.norm(q.i - 1) in ("over", "in", "across")
        over = next((w for w in weekly_told if beside and 0 < q.i - w.j <= 2), None)
        noun = text.norm(q.j) == "days" or text.has("times", q.j, q.j + 1)
        outings = noun and text.norm(q.j) != "x"
        points = _points(text, q.i, q.j)
        if over is not None and outings:
            told.append(Told(RUNS, q.middle, q.i, q.j, _points(text, over.i, over.j)))
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


def _times(text: Text, q: Quantity, after: Quantity) -> bool:
    """As in "5 x 5k": so many of them."""
    if q.kind != "number" or not 1 <= q.low <= _MOST_RUNS:
        return False
    return (after.i == q.j and "x" in text.tokens[after.i].before) or (
        text.norm(q.j) in ("x", "fois", "mal", "veces", "vezes") and after.i - q.j == 1
    )


def _every_day(text: Text) -> list[Told]:
    return [
        Told(RUNS, float(hit.value or 0), hit.i, hit.j, _points(text, hit.i, hit.j))
        for concept in ("every_other_day", "every_day")
        for hit in text.of(concept)
        if standing(text, hit.i, hit.j) == "now" and about_running(text, hit)
    ]


def _sessions(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "my normal 4 x 8k", "normally 3 x 5", "this week, 3 x 20 mins": runs of a usual week."""
    told: list[Told] = []
    for q, after in pairwise(quantities):
        if not _times(text, q, after) or not 2 <= q.low <= _MOST_SESSIONS:
            continue
        own = text.sentence(q.i)
        usual = any(h.j <= q.i for h in text.within("usual_week", max(own.first, q.i - 4), q.i))
        this = text.has("week.this", max(own.first, q.i - 5), q.i)
        size = _session_size(text, after, quantities) if usual or this else 0.0
        if not size or after.weekly:
            continue
        points = _points(text, q.i, q.j)
        told.append(Told(RUNS, q.low, q.i, after.j, points))
        if after.kind != "duration" and usual:
            week = q.low * size / 1000
            told.append(Told(KM, week, q.i, after.j, points, derived=True))
    return told


def _session_size(text: Text, q: Quantity, quantities: Sequence[Quantity]) -> float:
    """Metres or seconds of one session, 0 for repetitions of an exercise."""
    if text.norm(q.j) in _OF_EXERCISE or text.norm(q.j - 1) in _OF_EXERCISE:
        return 0.0
    if q.kind == "distance" and q.low >= _LEAST_WHOLE_RUN_M:
        return q.middle
    if q.kind == "duration" and q.low >= _LEAST_WHOLE_RUN_S:
        return q.middle
    said = text.of("unit.said")
    units = [o.unit for o in quantities if o.kind == "distance" and o.unit >= 500]
    unit = float(said[0].value or 1000) if said else units[0] if units else 0.0
    return q.low * unit if q.kind == "reps" and 2 <= q.low <= 30 else 0.0


def _times_distance(text: Text, quantities: Sequence[Quantity], told: Sequence[Told]) -> list[Told]:
    """As in "5k 3 times a week", "5k every other day", "3 runs, 2 miles each": runs of one length."""
    found: list[Told] = []
    for often in told:
        if often.name != RUNS or often.fixed or often.derived:
            continue
        for q in quantities:
            if q.kind == "distance" and not q.weekly and _one_length(text, q, often):
                week = q.middle * often.value / 1000
                i, j = min(q.i, often.i), max(q.j, often.j)
                found.append(Told(KM, week, i, j, often.points - 0.2))
                break
    return found


def _one_length(text: Text, q: Quantity, often: Told) -> bool:
    """Whether a distance is that of each of the runs: beside the rate, one length, and not planned."""
    apart = often.i - q.j if often.i >= q.j else q.i - often.j
    each = _each(text, q)
    near = apart <= (4 if each else 2)
    between = range(min(q.j, often.j), max(q.i, often.i))
    if q.high > q.low or not near or text.near("plan", q.i, q.j, 5, 0):
        return False
    if any(text.norm(t) in ("up", "to") for t in (q.i - 1, q.i - 2)):
        return False
    if text.norm(q.j) in ("on", "am", "el", "le") and text.has("day", q.j, q.j + 2):
        return False
    if text.tokens[q.i].sentence != text.tokens[often.i].sentence:
        return False
    if any(text.has(name, t, t + 1) for t in between for name in ("run.done", "day")):
        return False
    return each or often.i > q.i or apart <= 1


def _each(text: Text, q: Quantity) -> bool:
    each = ("each", "a", "at", "per", "every", "cada", "chacune", "jeweils", "cadauno")
    return text.norm(q.j) in each or text.norm(q.i - 1) in ("je", "of", "chacune", "cada", "at")


def _listed(text: Text, quantities: Sequence[Quantity], told: list[Told]) -> None:
    """Runs of a week told one by one: "7k, a 7k and an 11k this week", "ran Mon, ran Tue, ran Wed".

    They count as a week where another week is told to set them against, or where "this week" says so.
    """
    runs = [q for q in quantities if q.kind == "distance" and not q.weekly and not q.change]
    days = _days_run(text, runs)
    before = any(t.name in (RUNS, KM) and t.points < 0 for t in told)
    for hit in text.of("week.this"):
        own = text.sentence(hit.i)
        here = [q for q in runs if own.first <= q.i < own.last and q.high >= _LEAST_WHOLE_RUN_M]
        if 2 <= len(here) <= _MOST_SESSIONS and all(b.i - a.j <= 3 for a, b in pairwise(here)):
            told.append(Told(RUNS, float(len(here)), here[0].i, here[-1].j, 1.5, derived=True))
            return
    if before and 3 <= len(days) <= _MOST_SESSIONS and len(days) == len({d for d, _ in days}):
        first, last = days[0][1], days[-1][1]
        told.append(Told(RUNS, float(len(days)), first.i, last.j, 1.5, derived=True))
        weeks = [t for t in told if t.name == KM]
        if weeks and all(t.points < 0 and not t.derived for t in weeks):
            total = sum(q.middle for _, q in days) / 1000
            told.append(Told(KM, total, first.i, last.j, 1.5))


def _days_run(text: Text, runs: Sequence[Quantity]) -> list[tuple[str, Quantity]]:
    """Weekdays with the distance that stands beside each."""
    days: list[tuple[str, Quantity]] = []
    for hit in text.of("day"):
        near = [q for q in runs if abs(q.i - hit.i) <= 4 and q.high >= _LEAST_WHOLE_RUN_M]
        near = [q for q in near if text.tokens[q.i].sentence == text.tokens[hit.i].sentence]
        taken = {q.i for _, q in days}
        near = [q for q in near if q.i not in taken]
        if near:
            closest = min(near, key=lambda q: abs(q.i - hit.i) + abs(q.j - hit.j))
            days.append((str(hit.value), closest))
    return days


def about_running(text: Text, hit: Hit) -> bool:
    """Whether a rate such as "every day" stands with a word for running."""
    return text.near("run.word", hit.i, hit.j, 5, 5)


def unit_of(quantities: Sequence[Quantity]) -> float:
    """Metres of the unit used elsewhere in the text: "25 a week" beside "5 miles"."""
    miles = [q for q in quantities if q.kind == "distance" and q.low % 1609.344 < 1]
    return 1609.344 if miles else 1000.0

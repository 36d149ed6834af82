"""Stage 4, resolve: weeks that follow from runs: so many of one length, or told one by one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.told_weeks import KM, MOST_RUNS, RUNS, Told, now_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_MOST_SESSIONS = 7
_LEAST_WHOLE_RUN_M = 2000.0
_LEAST_WHOLE_RUN_S = 600.0
_DOES_RUN = frozenset(("run", "running", "runs", "jog", "train", "laufe", "corro", "cours"))
_SMALL = frozenset(
    ("i", "im", "we", "run", "do", "doing", "running", "at", "about", "around", "of")
)
_OF_EXERCISE = frozenset(
    ("each", "sets", "set", "kg", "reps", "raises", "squats", "floors", "side")
)


def sessions(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "my normal 4 x 8k", "normally 3 x 5", "this week, 3 x 20 mins": runs of a usual week."""
    told: list[Told] = []
    for q, after in pairwise(quantities):
        if _so_many_runs(text, q, after):
            week, points = q.low * after.middle / 1000, now_points(text, q.i, after.j)
            told.append(Told(RUNS, q.low, q.i, after.j, points))
            told.append(Told(KM, week, q.i, after.j, points + 0.1, derived=True))
            continue
        if not times_of(text, q, after) or not 2 <= q.low <= _MOST_SESSIONS:
            continue
        own = text.sentence(q.i)
        usual = any(h.j <= q.i for h in text.within("usual_week", max(own.first, q.i - 4), q.i))
        this = text.has("week.this", max(own.first, q.i - 5), q.i)
        size = _session_size(text, after, quantities) if usual or this else 0.0
        if not size or after.weekly:
            continue
        points = now_points(text, q.i, q.j)
        told.append(Told(RUNS, q.low, q.i, after.j, points))
        if after.kind != "duration" and usual:
            week = q.low * size / 1000
            told.append(Told(KM, week, q.i, after.j, points, derived=True))
    return told


def _so_many_runs(text: Text, q: Quantity, after: Quantity) -> bool:
    """As in "3 8k runs a week", "three 8ks a week"."""
    beside = q.kind == "number" and q.j == after.i and not text.tokens[after.i].before.strip()
    if not beside or not 2 <= q.low <= _MOST_SESSIONS or after.kind != "distance":
        return False
    runs = text.norm(after.j) in ("runs", "jogs")
    return after.weekly or (runs and text.has("per_week", after.j + 1, after.j + 2))


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


def times_of(text: Text, q: Quantity, after: Quantity) -> bool:
    """As in "5 x 5k": so many of them."""
    if q.kind != "number" or not 1 <= q.low <= MOST_RUNS:
        return False
    return (after.i == q.j and "x" in text.tokens[after.i].before) or (
        text.norm(q.j) in ("x", "fois", "mal", "veces", "vezes") and after.i - q.j == 1
    )


def of_one_length(text: Text, quantities: Sequence[Quantity], told: Sequence[Told]) -> list[Told]:
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
    small = all(text.norm(t) in _SMALL for t in between) and apart <= 4
    near = near or small
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
    return each or small or often.i > q.i or apart <= 1


def _each(text: Text, q: Quantity) -> bool:
    each = ("each", "a", "at", "per", "every", "cada", "chacune", "jeweils", "cadauno")
    return text.norm(q.j) in each or text.norm(q.i - 1) in ("je", "of", "chacune", "cada", "at")


def listed(text: Text, quantities: Sequence[Quantity], told: list[Told]) -> None:
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


def usual_days(text: Text) -> list[Told]:
    """As in "I run Tuesdays, Thursdays and Saturdays", "I usually run Mon/Wed/Fri"."""
    days = list(text.of("day"))
    for start, first in enumerate(days):
        last, count, named = first, 1, {first.value}
        for hit in days[start + 1 :]:
            gap = {text.norm(t) for t in range(last.j, hit.i)}
            if hit.i - last.j > 1 or gap - {"and", "und", "y", "et", "e"} or hit.value in named:
                break
            last, count = hit, count + 1
            named.add(hit.value)
        own = text.sentence(first.i)
        run = any(text.norm(t) in _DOES_RUN for t in range(max(own.first, first.i - 3), first.i))
        if count >= 2 and run and not own.question:
            points = now_points(text, first.i, last.j)
            return [Told(RUNS, float(count), first.i, last.j, points)]
    return []

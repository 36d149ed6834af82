"""Stage 4, resolve: the run that is meant to come - how far, how long, when.

Rule: a length is planned when it stands with a word for the future or in a question about a run, and
nothing in its sentence has been. A race to come counts with its distance ("half in 3 weeks").
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.understanding.findings import Found
from bot.understanding.moments import WEEKDAYS, find_moments
from bot.understanding.roles import asks, role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.moments import Moment
    from bot.understanding.quantities import Quantity
    from bot.understanding.tokens import Sentence

_LONGEST_M = 250_000
_LONGEST_S = 8 * 3600
_LATEST_DAYS = 366
_DAY_S = 86_400
_NOT_YET = frozenset(("today", "this_week"))
_SATURDAY = 5


def find_plans(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add plan.distance_m, plan.duration_s and plan.date to the findings."""
    moments = find_moments(text, tuple(quantities))
    for q in quantities:
        if q.weekly or q.change or not _ahead(text, q, moments):
            continue
        if q.kind == "distance" and 300 <= q.high <= _LONGEST_M:
            findings.add("plan.distance_m", Found(q.middle, q.i, q.j, "likely"))
        if q.kind == "duration" and 300 <= q.low <= _LONGEST_S:
            findings.add("plan.duration_s", Found(q.middle, q.i, q.j, "likely"))
    _race(text, quantities, moments, findings)
    _day(text, moments, findings)


def _ahead(text: Text, q: Quantity, moments: Sequence[Moment]) -> bool:
    """Whether the quantity is planned and still to come: "10k tomorrow", "can I run 5k?"."""
    if q.kind not in ("distance", "duration"):
        return False
    own = text.sentence(q.i)
    ahead = asks(text, own) or any(
        text.has(name, own.first, own.last) for name in ("future", "plan.open", "plan.next")
    )
    if not ahead or role_of(text, q.i, q.j) != "planned":
        return False
    return not (text.has("missed_plan", own.first, own.last) or _been(text, own, moments))


def _been(text: Text, own: Sentence, moments: Sequence[Moment]) -> bool:
    """Whether a time that has been is named; today and this weekend may still come."""
    return any(
        own.first <= m.i < own.last and m.label not in _NOT_YET and text.norm(m.i) != "this"
        for m in moments
    )


def _race(
    text: Text, quantities: Sequence[Quantity], moments: Sequence[Moment], findings: Findings
) -> None:
    """As in "half in 3 weeks", "parkrun on Saturday?": a race that is to come."""
    for hit in (*text.of("race_word"), *text.of("race")):
        own = text.sentence(hit.i)
        done = text.has("run.done", max(own.first, hit.i - 5), hit.i)
        in_time = _in_time(text, hit, quantities)
        been = _been(text, own, moments) and in_time is None
        if done or been or not isinstance(hit.value, (int, float)):
            continue
        day = _next_day(text, hit.j, own)
        if in_time is None and day is None:
            continue
        findings.add("plan.distance_m", Found(float(hit.value), hit.i, hit.j, "likely"))
        if in_time is not None:
            when = (text.today + timedelta(days=round(in_time.middle / _DAY_S))).isoformat()
            findings.add("plan.date", Found(when, hit.i, in_time.j, "likely"))
        return


def _in_time(text: Text, hit: Hit, quantities: Sequence[Quantity]) -> Quantity | None:
    """The 3 weeks of "half in 3 weeks"."""
    for q in quantities:
        close = q.kind == "duration" and -2 <= q.i - hit.j <= 3 and q.low >= _DAY_S
        if close and text.norm(q.i - 1) == "in" and q.high <= _LATEST_DAYS * _DAY_S:
            return q
    return None


def _next_day(text: Text, j: int, own: Sentence) -> Hit | None:
    """The day that follows closely, in a sentence that asks or looks ahead."""
    meant = any(
        text.has(name, own.first, own.last) for name in ("future", "plan.open", "plan.next")
    )
    if not (asks(text, own) or meant):
        return None
    last = min(own.last, j + 3)
    return next(iter((*text.within("day", j, last), *text.within("tomorrow", j, last))), None)


def _day(text: Text, moments: Sequence[Moment], findings: Findings) -> None:
    past = {m.i for m in moments}
    for hit in text.of("tomorrow"):
        _add_day(text, hit, int(float(hit.value or 1)), findings)
        return
    planned = [findings.fields.get(name) for name in ("plan.distance_m", "plan.duration_s")]
    homes = {text.tokens[found.i].sentence for found in planned if found is not None}
    for hit in text.of("when"):
        this = text.norm(hit.i) == "this" and hit.value == "last_weekend"
        if this and text.tokens[hit.i].sentence in homes:
            _add_day(text, hit, (_SATURDAY - text.today.weekday()) % 7, findings)
            return
        if (
            hit.value == "today"
            and text.norm(hit.i) != "just"
            and text.tokens[hit.i].sentence in homes
        ):
            _add_day(text, hit, 0, findings)
            return
    for hit in text.of("day"):
        own = text.sentence(hit.i)
        meant = asks(text, own) or text.has("plan", own.first, hit.i)
        if hit.i not in past and (meant or text.tokens[hit.i].sentence in homes):
            ahead = (WEEKDAYS.index(str(hit.value)) - text.today.weekday()) % 7 or 7
            _add_day(text, hit, ahead, findings)
            return


def _add_day(text: Text, hit: Hit, days: int, findings: Findings) -> None:
    when = (text.today + timedelta(days=days)).isoformat()
    findings.add("plan.date", Found(when, hit.i, hit.j, "likely"))

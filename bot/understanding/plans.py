"""Stage 4, resolve: the run that is meant to come - how far, how long, when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.understanding.findings import Found
from bot.understanding.moments import WEEKDAYS, find_moments
from bot.understanding.roles import role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity

_LONGEST_M = 250_000
_LONGEST_S = 8 * 3600


def find_plans(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add plan.distance_m, plan.duration_s and plan.date to the findings."""
    for q in quantities:
        if q.weekly or q.change or not _ahead(text, q):
            continue
        if q.kind == "distance" and q.high <= _LONGEST_M:
            findings.add("plan.distance_m", Found(q.middle, q.i, q.j, "likely"))
        if q.kind == "duration" and 300 <= q.low <= _LONGEST_S:
            findings.add("plan.duration_s", Found(q.middle, q.i, q.j, "likely"))
    _day(text, quantities, findings)


def _ahead(text: Text, q: Quantity) -> bool:
    """Whether the quantity is planned and still to come: "10k tomorrow", "can I run 5k?"."""
    if role_of(text, q.i, q.j) != "planned":
        return False
    own = text.sentence(q.i)
    past = text.has("missed_plan", own.first, own.last) or text.has("when", own.first, own.last)
    return not past and (
        text.has("future", own.first, own.last)
        or own.question
        or text.has("plan.open", own.first, own.last)
    )


def _day(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    past = {m.i for m in find_moments(text, tuple(quantities))}
    for hit in text.of("tomorrow"):
        when = (text.today + timedelta(days=int(float(hit.value or 1)))).isoformat()
        findings.add("plan.date", Found(when, hit.i, hit.j, "likely"))
        return
    for hit in text.of("day"):
        own = text.sentence(hit.i)
        if hit.i in past or not (own.question or text.has("plan", own.first, hit.i)):
            continue
        ahead = (WEEKDAYS.index(str(hit.value)) - text.today.weekday()) % 7 or 7
        when = (text.today + timedelta(days=ahead)).isoformat()
        findings.add("plan.date", Found(when, hit.i, hit.j, "possible"))
        return

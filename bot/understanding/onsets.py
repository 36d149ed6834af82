"""Stage 4, resolve: how the soreness began - suddenly, during the run, after it, or the day after.

Rule: a sudden word wins; then what is said beside the complaint: a point along the way is during, a
day one after the run is the next day, "since" and "after" a run are after. Without a word, soreness
told with a run's length came after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found
from bot.understanding.moments import find_moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.complaints import Complaint
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.moments import Moment
    from bot.understanding.quantities import Quantity

_AT = frozenset(
    ["at", "by", "from", "around", "round", "until", "till", "bei", "ab", "vers", "km", "mile"]
)
_NEXT = (0.9, 1.6)
_REACH = 9
_NEAR = 6


def find_onset(
    text: Text, quantities: Sequence[Quantity], now: list[Complaint], findings: Findings
) -> None:
    """Add soreness.onset to the findings."""
    hits = [
        h for h in text.of("onset") if standing(text, h.i, h.j) not in ("denied", "other_person")
    ]
    for hit in hits:
        if hit.value == "sudden" and standing(text, hit.i, hit.j) == "now":
            findings.add("soreness.onset", Found("sudden", hit.i, hit.j, "likely"))
            return
    found = (
        _along(text, quantities, now)
        or _next_day(text, quantities, now, findings, hits)
        or _told(text, now, hits)
        or _since_run(text, now)
        or _by_default(text, now, findings)
    )
    if found is not None:
        findings.add("soreness.onset", found)


def _along(text: Text, quantities: Sequence[Quantity], now: list[Complaint]) -> Found | None:
    """As in "a niggle at 9", "hurts from 1k on": a point along the way."""
    for q in quantities:
        if text.norm(q.i - 1) not in _AT or q.weekly or q.change or not _length(q):
            continue
        if any(0 <= max(q.i - c.j, c.i - q.j) <= _REACH and _same(text, c, q.i) for c in now):
            return Found("during", q.i - 1, q.j, "possible")
    return None


def _length(q: Quantity) -> bool:
    if q.kind == "duration":
        return q.high <= 3 * 3600
    return q.kind == "distance" and q.unit >= 1


def _same(text: Text, complaint: Complaint, i: int) -> bool:
    return text.tokens[i].sentence == complaint.sentence


def _next_day(
    text: Text,
    quantities: Sequence[Quantity],
    now: list[Complaint],
    findings: Findings,
    hits: list[Hit],
) -> Found | None:
    """Ran on one day, first sore on the next: "10k yesterday, today my calves are sore"."""
    sentences = {c.sentence for c in now}
    if any(h.value == "during" and text.tokens[h.i].sentence in sentences for h in hits):
        return None
    if not now:
        return None
    moments = find_moments(text, tuple(quantities))
    run = findings.fields.get("run.when")
    felt = [m for m in moments if text.tokens[m.i].sentence in sentences]
    felt = [m for m in felt if any(m.i <= c.j + 8 for c in now)]
    if run is None:
        return _later_today(text, felt, findings)
    ran = [m for m in moments if m.i == run.i or _of_run(text, quantities, m)]
    for first in sorted(felt, key=lambda m: -m.days):
        if any(_NEXT[0] <= m.days - first.days <= _NEXT[1] and m is not first for m in ran):
            return Found("next_day", first.i, first.j, "possible")
    return None


def _of_run(text: Text, quantities: Sequence[Quantity], moment: Moment) -> bool:
    """Whether the length of a run stands close to a moment."""
    return any(
        _length(q) and abs(q.i - moment.i) <= _NEAR and _together(text, q.i, moment.i)
        for q in quantities
    )


def _together(text: Text, i: int, k: int) -> bool:
    return text.tokens[i].sentence == text.tokens[k].sentence


def _later_today(text: Text, felt: list[Moment], findings: Findings) -> Found | None:
    """As in "So I did 9. Calves heavy today": sore today after a run of no day, told before."""
    run = findings.fields.get("run.distance_km") or findings.fields.get("run.duration_min")
    for moment in felt:
        before = run is not None and run.i < moment.i and not _together(text, run.i, moment.i)
        if before and moment.label == "today":
            return Found("next_day", moment.i, moment.j, "possible")
    return None


def _told(text: Text, now: list[Complaint], hits: list[Hit]) -> Found | None:
    """A word for the onset in the sentence of a complaint; "next day" also in the one before."""
    sentences = {c.sentence for c in now}
    near = [h for h in hits if h.value != "sudden" and text.tokens[h.i].sentence in sentences]
    near.sort(key=lambda h: (h.j - h.i == 1, h.i))
    near += [
        h for h in hits if h.value == "next_day" and text.tokens[h.i].sentence + 1 in sentences
    ]
    if not near:
        return None
    return Found(str(near[0].value), near[0].i, near[0].j, "possible")


def _since_run(text: Text, now: list[Complaint]) -> Found | None:
    """As in "tight since track on Tuesday", "dead after the race"."""
    for c in now:
        own = text.sentence(c.i)
        for t in range(own.first, own.last):
            if text.norm(t) in ("since", "after", "seit", "desde", "depuis", "apres", "nach") and (
                text.has("run.word", t + 1, min(own.last, t + 4))
                or text.has("surface", t + 1, min(own.last, t + 3))
            ):
                return Found("after", t, t + 1, "possible")
    return None


def _by_default(text: Text, now: list[Complaint], findings: Findings) -> Found | None:
    if not now:
        return None
    if findings.value("run.distance_km") or findings.value("run.duration_min"):
        return Found("after", now[0].i, now[0].j, "possible")
    if text.of("run.word"):
        return Found("during", now[0].i, now[0].j, "possible")
    return None

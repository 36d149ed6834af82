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
_STORY = 25
_NEAR_SENTENCES = 3
_ALWAYS = frozenset(("always", "constantly", "weeks", "months", "years", "mornings", "daily"))


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
    popped = next((f for f in findings.flags if f.fact == "pop" and f.standing == "now"), None)
    if popped is not None and findings.value("soreness.site") not in ("shin", "knee"):
        findings.add("soreness.onset", Found("sudden", popped.i, popped.j, "possible"))
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
        if text.norm(q.i - 1) == "from" and _dated(text, q.j):
            continue
        if any(0 <= max(q.i - c.j, c.i - q.j) <= _REACH and _same(text, c, q.i) for c in now):
            return Found("during", q.i - 1, q.j, "possible")
    return None


def _dated(text: Text, j: int) -> bool:
    """As in "a niggle from 6 miles on Monday": the run as a whole."""
    last = min(text.sentence(j - 1).last, j + 3)
    return text.has("day", j, last) or text.has("when", j, last)


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
    ) or text.near("run.word", moment.i, moment.j, _NEAR, 2)


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
    near = [h for h in near if h.value != "next_day" or _ran_before(text)]
    if not near:
        return None
    best = near[0]
    over = text.norm(best.i) == "after" and best.value == "during" and _dated(text, best.j)
    return Found("after" if over else str(best.value), best.i, best.j, "possible")


def _ran_before(text: Text) -> bool:
    """Whether a run is told that the next day can follow; not "I didn't run yesterday"."""
    return any(not text.has("neg", max(0, h.i - 2), h.i) for h in text.of("run.word"))


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
    """Sore, told after a run that is over: it came after it. What hurt then, hurt during it."""
    if not now:
        return None
    first = now[0]
    then = next((h for h in text.of("hurt.then") if first.i <= h.i <= first.j + 1), None)
    run = _told_run(findings)
    if run is None:
        ran = text.has("run.word", max(0, first.i - _STORY), first.i)
        return Found("during", then.i, then.j, "possible") if then is not None and ran else None
    if _lasts(text, first) or findings.value("run.when") == "this_week":
        return None
    apart = first.sentence - text.tokens[run.i].sentence
    dated = findings.value("run.when") is not None
    own = text.sentence(run.i)
    if first.i > run.i:
        follows = apart <= _NEAR_SENTENCES and (dated or text.has("run.done", own.first, own.last))
    else:
        fine = text.has("no_pain", run.j, own.last)
        follows = dated and apart >= -_NEAR_SENTENCES and not fine
    return Found("after", first.i, first.j, "possible") if follows else None


def _told_run(findings: Findings) -> Found | None:
    """The run of the message, by its length or its day."""
    names = ("run.distance_km", "run.duration_min", "run.when")
    return next((f for name in names if (f := findings.fields.get(name)) is not None), None)


def _lasts(text: Text, complaint: Complaint) -> bool:
    """As in "sore all the time", "for weeks": older than the run."""
    own = text.sentence(complaint.i)
    return any(text.norm(t) in _ALWAYS for t in range(own.first, own.last))

"""Stage 4, resolve: time without running - how long, and why.

"3 weeks off", "first run in 2 months", "haven't run since the half in March", "6 weeks since I pulled
a calf". Lengths in days. A break that is only thought of ("should I take 2 weeks off?") is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.away import weighed, whole_seasons
from bot.understanding.break_causes import (
    after_trouble,
    laid_up,
    since_birth,
    spent_without,
    summed_up,
)
from bot.understanding.break_dates import between_months, last_run_on, since_dates
from bot.understanding.comebacks import (
    came_back,
    ill_for,
    last_told,
    out_for,
    started_over,
    stopped_by,
    stopped_then,
)
from bot.understanding.findings import Found
from bot.understanding.gaps import DAY_S as _DAY_S
from bot.understanding.gaps import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.quantities import Quantity

_LONGEST_DAYS = 60 * 366
_FEW_DAYS = 3
_LONG = 28
_COUNTED = frozenset(("of", "without", "after", "since", "post"))
_AND = frozenset(("and", "und", "y", "et", "e"))


def find_breaks(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add break.* to the findings."""
    gaps = [g for q in quantities if (g := _gap(text, q, quantities)) is not None]
    gaps += [
        gap
        for gap in since_dates(text) + between_months(text)
        if not _asked_or_planned(text, gap.i)
    ]
    gaps += _named_days(text) + _bare_days(text, quantities) + _day_count(text, quantities)
    gaps += _bare_off(text) + last_run_on(text) + last_told(text, quantities)
    gaps += out_for(text, quantities) + stopped_then(text, quantities)
    gaps += laid_up(text, quantities) + summed_up(text, quantities)
    gaps = gaps or spent_without(text, quantities)
    gaps += [g for g in _vague(text) if g.days > max((o.days for o in gaps), default=0)]
    gaps = gaps or since_birth(text, quantities) or after_trouble(text, quantities)
    gaps = gaps or stopped_by(text, quantities) or _rested_since(text, quantities)
    gaps = gaps or ill_for(text, quantities) or whole_seasons(text) or weighed(text, quantities)
    if gaps:
        best = _best(gaps)
        findings.add("break.stated", Found(True, best.i, best.j))
        findings.add(
            "break.length_days",
            Found(round(best.days, 1), best.i, best.j, "likely", best.low, best.high),
        )
        _reason(text, best.i, best.days, findings)
        return
    if text.of("comeback") and text.of("reason.serious"):
        hit = text.of("comeback")[0]
        findings.add("break.stated", Found(True, hit.i, hit.j, "possible"))
        _reason(text, text.of("reason.serious")[0].i, 0, findings)
        return
    for hit in text.of("break.open"):
        if not _asked_or_planned(text, hit.i):
            findings.add("break.stated", Found(True, hit.i, hit.j, "likely"))
            _reason(text, hit.i, 0, findings)
            return
    back = started_over(text)
    if back is not None:
        findings.add("break.stated", Found(True, back.i, back.j, "possible"))
        _reason(text, back.i, 0, findings)


def _best(gaps: list[Gap]) -> Gap:
    """The last one told; but a long break is not forgotten for a short rest."""
    last, longest = max(gaps, key=lambda g: g.i), max(gaps, key=lambda g: g.days)
    return longest if longest.days >= 28 and last.days < 21 else last


def _gap(text: Text, q: Quantity, quantities: Sequence[Quantity]) -> Gap | None:
    if q.kind != "duration" or q.low < _DAY_S or _asked_or_planned(text, q.i):
        return None
    if any(o.kind == "duration" and o.low > q.low and 0 <= q.i - o.j <= 1 for o in quantities):
        return None
    if not (_cue_before(text, q) or _cue_after(text, q) or _since_after(text, q, quantities)):
        return None
    extra = _added(text, q, quantities)
    days = q.middle / _DAY_S + extra
    if days > _LONGEST_DAYS or days <= _FEW_DAYS:
        return None
    slack = max(1.0, 0.1 * days)
    low, high = q.low / _DAY_S + extra - slack, q.high / _DAY_S + extra + slack
    if text.near("at_least", q.i, q.j, 3, 0):
        high += slack
        days *= 1.2 if days <= 14 else 1.03
    return Gap(days, round(low, 1), round(high, 1), q.i, q.j)


def _added(text: Text, q: Quantity, quantities: Sequence[Quantity]) -> float:
    """The days of "5 weeks and 3 days"."""
    for other in quantities:
        smaller = other.kind == "duration" and _DAY_S <= other.low < q.low
        joined = other.i == q.j or (other.i == q.j + 1 and text.norm(q.j) in _AND)
        if smaller and joined:
            return other.middle / _DAY_S
    return 0.0


def _asked_or_planned(text: Text, i: int) -> bool:
    """Whether the time off is only asked about or planned."""
    own = text.sentence(i)
    if text.norm(i - 1) in ("after", "following"):
        return False
    planned = any(
        h.j <= i and not any(b.i < h.j and h.i < b.j for b in text.of("break"))
        for h in text.within("plan", max(own.first, i - 5), i)
    )
    if planned and not text.has("run.done", max(own.first, i - 3), i):
        return True
    if text.has("advised", max(own.first, i - 6), i) and came_back(text) is None:
        return True
    return own.question and text.has("question_word", own.first, i)


def _cue_before(text: Text, q: Quantity) -> bool:
    own = text.sentence(q.i)
    for hit in text.within("break", max(own.first, q.i - 8), q.i):
        if hit.j <= q.i and q.i - hit.j <= 4 and not text.break_between(hit.j, q.i + 1):
            return True
    alone = "," in text.tokens[q.i].before and (q.j >= own.last or bool(text.tokens[q.j].before))
    return alone and any(
        text.norm(h.j - 1) == "since" or text.has("since", h.j, h.j + 2)
        for h in text.within("break", own.first, q.i)
    )


def _cue_after(text: Text, q: Quantity) -> bool:
    own = text.sentence(q.i)
    if any(h.j > q.j for h in text.within("break", max(own.first, q.i - 3), q.i)):
        return not text.has("ago", q.j, q.j + 1)  # took 3 weeks off
    for hit in text.within("break", q.i + 1, min(own.last, q.j + 4)):
        if not text.break_between(q.j, hit.i + 1) and not text.has("ago", q.j, q.j + 1):
            return not (text.norm(hit.i) == "since" and not text.has("break", hit.i, hit.j))
    return False


def _since_after(text: Text, q: Quantity, quantities: Sequence[Quantity]) -> bool:
    """As in "6 weeks since I pulled a calf", "a month since Covid": with running only now again."""
    own = text.sentence(q.i)
    j = next((o.j for o in quantities if o.kind == "duration" and 0 <= o.i - q.j <= 1), q.j)
    if not text.has("since", j, j + 1) and text.norm(j) not in ("after", "post", "out"):
        return False
    caused = text.has("reason", q.j, min(own.last, q.j + 9))
    ran = text.has("break", q.j, min(own.last, q.j + 6))
    return caused or ran


def _bare_off(text: Text) -> list[Gap]:
    """As in "Week off, then a jog": one of the unit, without a number."""
    found = []
    for hit in text.of("unit.time"):
        days = float(hit.value or 0) / _DAY_S
        off = text.norm(hit.j) == "off" and text.norm(hit.j + 1) not in ("work", "school")
        if off and days >= 7 and hit.i == text.sentence(hit.i).first:
            found.append(Gap(days, days - 1, days * 1.15, hit.i, hit.j + 1))
    return found


def _rested_since(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "Pulled it 3 weeks ago. Rested completely": rest since what was told with "ago"."""
    rested = text.of("rested_since")
    if not rested:
        return []
    found = []
    for q in quantities:
        near = abs(text.tokens[q.i].sentence - text.tokens[rested[0].i].sentence) <= 2
        if q.kind == "duration" and q.low >= 5 * _DAY_S and near and text.has("ago", q.j, q.j + 1):
            days = q.middle / _DAY_S
            found.append(Gap(days, round(days * 0.9, 1), round(days * 1.1, 1), q.i, q.j + 1))
    return found[:1]


def _bare_days(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "I rested 4 then ran": days, without the word."""
    return [
        Gap(q.low, q.low, q.low, q.i, q.j)
        for q in quantities
        if q.kind == "number" and 2 <= q.low <= 60 and text.norm(q.i - 1) == "rested"
    ]


def _named_days(text: Text) -> list[Gap]:
    """As in "No running Sunday or Monday": each day named counts."""
    for hit in text.of("break"):
        if text.norm(hit.i) not in ("no", "not", "without", "zero") or hit.j - hit.i < 2:
            continue
        days = list(text.within("day", hit.j, min(text.sentence(hit.i).last, hit.j + 5)))
        if len(days) >= 2:
            return [Gap(len(days), len(days), len(days) + 1, hit.i, days[-1].j)]
    return []


def _day_count(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "Day 4 of no running", "week 3 of rest"."""
    for q in quantities:
        word = text.norm(q.i - 1)
        counted = q.kind == "number" and word in ("day", "week") and text.norm(q.j) in _COUNTED
        if counted and any(text.has(name, q.j, q.j + 3) for name in ("break", "reason")):
            days = q.low * (7 if word == "week" else 1)
            return [Gap(days, days, days, q.i - 1, q.j)]
    return []


def _vague(text: Text) -> list[Gap]:
    """As in "First run in months": at least two of them."""
    found = []
    for hit in text.of("vague_time"):
        own = text.sentence(hit.i)
        if text.has("break", max(own.first, hit.i - 6), hit.i + 1) and not _asked_or_planned(
            text, hit.i
        ):
            days = float(hit.value or 0)
            found.append(Gap(days, days, days * 5, hit.i, hit.j))
    return found


def _reason(text: Text, i: int, days: float, findings: Findings) -> None:
    """Why: the nearest reason in the sentence or its neighbours; a short rest is for the complaint."""
    at = text.tokens[i].sentence
    best: tuple[float, Hit] | None = None
    weak = text.of("reason.weak") if days < _LONG else ()
    for hit in (*text.of("reason"), *weak):
        apart = abs(text.tokens[hit.i].sentence - at)
        if apart > 1:
            continue
        score = abs(hit.i - i) + 8 * apart + (3 if hit.i > i and apart else 0)
        score += 6 if text.has("reason.season", hit.i, hit.j) else 0
        score -= 4 if text.has("cause.word", hit.i - 3, hit.i) else 0
        if best is None or score < best[0]:
            best = (score, hit)
    if best is not None:
        findings.add("break.reason", Found(str(best[1].value), best[1].i, best[1].j, "possible"))
    elif 0 < days < 21 and findings.value("soreness.present") is True:
        findings.add("break.reason", Found("injury", i, i + 1, "possible"))

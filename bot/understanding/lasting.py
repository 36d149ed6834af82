"""Stage 4, resolve: how long it has been sore, in days - stated, or counted from the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Found
from bot.understanding.moments import WEEKDAYS, Moment, day_of_now, find_moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity

_DAY_S = 86_400
_LONGEST_S = 5 * 366 * _DAY_S


def find_days(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add soreness.days to the findings, when the text tells."""
    moments = find_moments(text, tuple(quantities))
    if findings.value("soreness.present") is not True:
        return
    stated = _stated(text, quantities, findings)
    if stated is not None:
        findings.add("soreness.days", stated)
        return
    _since_day(text, findings)
    when, onset = findings.fields.get("run.when"), findings.value("soreness.onset")
    if when is None or onset not in ("sudden", "during", "next_day", "after"):
        return
    label = str(when.value)
    if label in WEEKDAYS and day_of_now(text)[1] >= 0:
        ago = (day_of_now(text)[0] - WEEKDAYS.index(label)) % 7
        findings.add("soreness.days", Found(float(ago), when.i, when.j, "possible"))
    elif label == "today" and _began_today(text, findings, moments):
        findings.add("soreness.days", Found(0.0, when.i, when.j, "possible"))
    elif label == "yesterday" and onset in ("sudden", "during"):
        findings.add("soreness.days", Found(1.0, when.i, when.j, "possible"))
    elif label.endswith("_days_ago"):
        findings.add(
            "soreness.days", Found(float(label.split("_", 1)[0]), when.i, when.j, "possible")
        )


def _since_day(text: Text, findings: Findings) -> None:
    """As in "since yesterday", or "since Sunday, it's Thursday now"."""
    today, named = day_of_now(text)
    for since in text.of("since"):
        if text.tokens[since.i].sentence not in findings.sore_sentences:
            continue
        for hit in text.within("when", since.j, since.j + 2):
            days = {"yesterday": 1.0, "today": 0.0}.get(str(hit.value))
            if days is not None:
                findings.add("soreness.days", Found(days, since.i, hit.j, "likely"))
                return
        for hit in text.within("day", since.j, since.j + 2):
            if named >= 0 and hit.i != named:
                days = float((today - WEEKDAYS.index(str(hit.value))) % 7)
                findings.add("soreness.days", Found(days, since.i, hit.j, "likely"))
                return


def _began_today(text: Text, findings: Findings, moments: tuple[Moment, ...]) -> bool:
    """Whether nothing in the text speaks of an earlier day, and it is not getting better."""
    if findings.value("break.reason") == "injury" or findings.value("soreness.worsening") is False:
        return False
    return all(m.label == "today" for m in moments)


def _stated(text: Text, quantities: Sequence[Quantity], findings: Findings) -> Found | None:
    """As in "For over a week", "3 weeks now", "lasts nearly a week", "started 5 days ago"."""
    sentences = findings.sore_sentences | {
        text.tokens[h.i].sentence for name in ("not_better", "still_sore") for h in text.of(name)
    }
    gap = findings.fields.get("break.length_days")
    best: Found | None = None
    for q in quantities:
        if q.kind != "duration" or not _DAY_S <= q.low <= _LONGEST_S:
            continue
        if gap is not None and gap.i <= q.i < gap.j:
            continue
        sure = text.has("lasting.sure", q.j, q.j + 2) or _of_it(text, q)
        if sure or (text.tokens[q.i].sentence in sentences and _lasting(text, q)):
            days = q.high / _DAY_S
            if days <= 14 and text.near("at_least", q.i, q.j, 3, 0):
                days += 1
            if best is None or days > float(best.value):
                best = Found(float(round(days)), q.i, q.j, "likely")
    return best


def _of_it(text: Text, q: Quantity) -> bool:
    """As in "three weeks of calf pain", "3 weeks since my calf started hurting"."""
    own = text.sentence(q.i)
    if text.norm(q.j) not in ("of", "since") or own.question:
        return False
    last = min(own.last, q.j + 5)
    return text.has("hurt", q.j, last) and not text.has("run.word", q.j, last)


def _lasting(text: Text, q: Quantity) -> bool:
    own = text.sentence(q.i)
    if q.i == own.first and text.norm(q.j) in ("on", "later", "now"):
        return True
    alone = "," in text.tokens[q.i].before and (
        q.j >= own.last or "," in text.tokens[q.j].before or text.norm(q.j) == "now"
    )
    if alone:
        return True
    if text.has("lasting", max(own.first, q.i - 4), q.i) or text.has(
        "lasting.after", q.j, min(own.last, q.j + 2)
    ):
        return not text.has("run.word", max(own.first, q.i - 2), q.i)
    return False

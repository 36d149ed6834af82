"""Stage 4, resolve: how long it has been sore, in days - stated, or counted from the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.complaints import find_complaints
from bot.understanding.findings import Found
from bot.understanding.moments import WEEKDAYS, day_of_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity

_DAY_S = 86_400
_LONGEST_S = 5 * 366 * _DAY_S


def find_days(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add soreness.days to the findings, when the text tells."""
    if findings.value("soreness.present") is not True:
        return
    stated = _stated(text, quantities, findings)
    if stated is not None:
        findings.add("soreness.days", stated)
        return
    when, onset = findings.fields.get("run.when"), findings.value("soreness.onset")
    if when is None or onset not in ("sudden", "during", "next_day", "after"):
        return
    label = str(when.value)
    if label in WEEKDAYS and day_of_now(text)[1] >= 0:
        ago = (day_of_now(text)[0] - WEEKDAYS.index(label)) % 7
        findings.add("soreness.days", Found(float(ago), when.i, when.j, "possible"))
    elif label == "today" and onset == "sudden":
        findings.add("soreness.days", Found(0.0, when.i, when.j, "possible"))
    elif label == "yesterday":
        findings.add("soreness.days", Found(1.0, when.i, when.j, "possible"))
    elif label.endswith("_days_ago"):
        findings.add("soreness.days", Found(float(label.split("_", 1)[0]), when.i, when.j,
                                            "possible"))


def _stated(text: Text, quantities: Sequence[Quantity], findings: Findings) -> Found | None:
    """"For over a week", "3 weeks now", "lasts nearly a week", "started 5 days ago"."""
    sentences = {c.sentence for c in find_complaints(text) if c.stands == "now"}
    gap = findings.fields.get("break.length_days")
    best: Found | None = None
    for q in quantities:
        if q.kind != "duration" or not _DAY_S <= q.low <= _LONGEST_S:
            continue
        if gap is not None and gap.i <= q.i < gap.j:
            continue
        if text.tokens[q.i].sentence in sentences and _lasting(text, q):
            days = q.high / _DAY_S
            if best is None or days > float(best.value):
                best = Found(float(round(days)), q.i, q.j, "likely")
    return best


def _lasting(text: Text, q: Quantity) -> bool:
    own = text.sentence(q.i)
    if text.has("lasting", max(own.first, q.i - 4), q.i) or text.has(
        "lasting.after", q.j, min(own.last, q.j + 2)
    ):
        return not text.has("run.word", max(own.first, q.i - 2), q.i)
    return False

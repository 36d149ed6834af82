"""Stage 4, resolve: how long ago the technique or the shoes changed, in days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Found
from bot.understanding.moments import WEEKDAYS, day_of_now, find_moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity

_DAY_S = 86_400
_LONGEST_DAYS = 3 * 366
_SKIP = frozenset(("a", "about", "around", "roughly", "almost", "nearly", "just", "over"))


def find_since(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add technique_change.since_days when the text tells: "switched 3 weeks ago", "a month in"."""
    kind = findings.fields.get("technique_change.kind")
    if kind is None or kind.value == "none":
        return
    home = text.tokens[kind.i].sentence
    gap = findings.fields.get("break.length_days")
    for q in quantities:
        away = text.tokens[q.i].sentence - home
        if q.kind != "duration" or q.low < _DAY_S or not -1 <= away <= 2:
            continue
        if gap is not None and gap.i <= q.i < gap.j:
            continue
        days = q.middle / _DAY_S
        if days <= _LONGEST_DAYS and _tells(text, q, away):
            findings.add("technique_change.since_days", Found(round(days), q.i, q.j, "likely"))
            return
    _by_day(text, quantities, findings, home)


def _tells(text: Text, q: Quantity, away: int) -> bool:
    """Whether a length of time counts from the change."""
    own = text.sentence(q.i)
    if text.norm(q.j) == "ago":
        return away == 0 or text.near("tech.change", q.i, q.j, 6, 0)
    if text.norm(q.j) in ("in", "into", "now") and (q.i == own.first or away == 0):
        return True
    if away == 0 and (text.norm(q.j) == "of" or text.has("since", q.j, q.j + 1)):
        return True
    t = q.i - 1
    while text.norm(t) in _SKIP:
        t -= 1
    return away == 0 and text.norm(t) in ("for", "past", "last")


def _by_day(text: Text, quantities: Sequence[Quantity], findings: Findings, home: int) -> None:
    """As in "went from Ghosts to Vivobarefoot on Monday": counted from the day named."""
    today, here = day_of_now(text)
    for moment in find_moments(text, tuple(quantities)):
        if text.tokens[moment.i].sentence != home:
            continue
        own = text.sentence(moment.i)
        if moment.label == "yesterday" and text.has("tech.strong", own.first, own.last):
            found = Found(1.0, moment.i, moment.j, "possible")
            findings.add("technique_change.since_days", found)
            return
        if moment.label in WEEKDAYS and text.has("tech.strong", own.first, moment.i):
            ago = (today - WEEKDAYS.index(moment.label)) % 7 or 7
            days = float(ago if here >= 0 else moment.days)
            findings.add("technique_change.since_days", Found(days, moment.i, moment.j, "possible"))
            return

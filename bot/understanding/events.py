"""When a journey or an operation was: only what is lately past counts (evidence.md 1.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Flag
    from bot.understanding.reading import Standing

EVENTS = frozenset(("dvt_risk.long_journey", "dvt_risk.bed_or_surgery"))
_RECENT_MONTHS = 3


def timed(text: Text, flag: Flag) -> Flag:
    """A flag of a journey or operation with the standing its time gives it; others as they are."""
    own = text.sentence(flag.i)
    again = flag.standing == "past" and not text.has("history", own.first, own.last)
    if flag.fact not in EVENTS or not (flag.standing == "now" or again):
        return flag
    return replace(flag, standing=when_it_was(text, flag.i, flag.j))


def when_it_was(text: Text, i: int, j: int) -> Standing:
    """How a journey or operation stands: still to come, recent, or too long ago to count."""
    if _ahead(text, i, j):
        return "planned"
    return "past" if _months_ago(text, i, j) else "now"


def _ahead(text: Text, i: int, j: int) -> bool:
    """A flight or operation still to come: "flight to Toronto on Thursday"."""
    own = text.sentence(i)
    if any(0 <= h.i - j <= 3 for h in text.within("booked", j, own.last)) or text.has(
        "booked", max(own.first, i - 3), i
    ):
        return True
    before = text.tokens[i - 1].text.casefold() if i > own.first else ""
    if text.norm(i) == "flying" and (before in ("am", "are", "be") or before[-2:] in ("'m", "re")):
        return True  # we're flying to Bali on Sunday
    happened = text.has("happened", max(own.first, i - 5), i)
    if text.norm(j) == "to" and not text.has("when", own.first, own.last):
        return not happened
    future = any(
        (h.j <= i and i - h.j <= 3) or (0 <= h.i - j <= 2 and not happened)
        for h in text.within("future", own.first, own.last)
    )
    return future and not text.has("ago", j, own.last)


def _months_ago(text: Text, i: int, j: int) -> bool:
    """As in "surgery in January" when that is more than 12 weeks ago."""
    own = text.sentence(i)
    for month in text.within("month", j, min(own.last, j + 4)):
        ago = (text.today.month - int(float(month.value or 1))) % 12
        named = {text.norm(month.i), text.norm(month.i - 1)} & {"in", "last", "im", "en", "em"}
        return ago > _RECENT_MONTHS and bool(named)
    return False

"""Stage 4, resolve: time without running that is told by what stopped it.

"Six weeks in a boot", "my baby is 14 weeks, first run today", "last run in spring, so call it 18
months", "after 3 weeks of the shin thing". Lengths in days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.gaps import DAY_S, Gap, about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_SAID_AS = frozenset(
    ["it", "is", "thats", "so", "total", "around", "about", "nearly", "over", "was"]
)
_OF = frozenset(["of", "with", "due", "thanks"])
_SHORTEST_S = 5 * DAY_S


def laid_up(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "8 weeks in a boot", "on crutches for a month"."""
    found = []
    for q in _lengths(quantities):
        first, last = text.around(q.i, q.j, 5, 3)
        near = [*text.within("laid_up", q.j, last), *text.within("laid_up", first, q.i)]
        if near and not text.has("run.done", first, q.i):
            found.append(about(q))
    return found


def since_birth(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "my little one is 14 weeks old", when running begins again."""
    if not (text.of("comeback") or text.of("first_again")):
        return []
    found = []
    for q in _lengths(quantities):
        first, _ = text.around(q.i, q.j, 6, 0)
        old = text.norm(q.j) in ("old", "today", "now", "and") or text.norm(q.i - 1) in ("is", "at")
        own = any(h.value == "pregnancy" for h in text.within("reason", first, q.i))
        if own and old and q.low < 730 * DAY_S:
            found.append(about(q))
    return found


def summed_up(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "last proper run was in spring, so call it 18 months", "which is 46 days"."""
    found = []
    for q in _lengths(quantities):
        own = text.sentence(q.i)
        if text.norm(q.i - 1) not in _SAID_AS or text.has("ago", q.j, q.j + 1) or own.question:
            continue
        cues = [*text.within("last_run", own.first, q.i), *text.within("break", own.first, q.i)]
        if any(q.i - h.j <= 14 for h in cues):
            found.append(about(q))
    return found


def after_trouble(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "after 3 weeks of the shin thing I'm finally back"."""
    if not (text.of("comeback") or text.of("no_pain") or text.of("first_again")):
        return []
    found = []
    for q in _lengths(quantities):
        own = text.sentence(q.i)
        after = "after" in (text.norm(q.i - 1), text.norm(q.i - 2))
        if not after or text.norm(q.j) not in _OF:
            continue
        last = min(own.last, q.j + 6)
        if any(text.has(name, q.j, last) for name in ("body", "hurt", "reason")):
            found.append(about(q))
    return found


def spent_without(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "Two weeks in Thailand, zero running": a length that opens the sentence."""
    found = []
    for q in _lengths(quantities):
        own = text.sentence(q.i)
        opens = q.i - own.first <= 1 and not own.question
        if opens and text.has("break.none", q.j, min(own.last, q.j + 7)):
            found.append(about(q))
    return found


def _lengths(quantities: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in quantities if q.kind == "duration" and q.low >= _SHORTEST_S]

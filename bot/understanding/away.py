"""Stage 4, resolve: time away from running that no set phrase tells, by weighing what stands around.

Rule: a length of five days or more is time away when enough speaks for it: a word for idleness, a
cause, a return. It is not when it is planned, asked about, the time of the soreness, of training, or
an age. "I let it slide for four months", "Baby number two. Been 7 months. 20 minutes today". Days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.comebacks import came_back
from bot.understanding.gaps import DAY_S, Gap, about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity
    from bot.understanding.tokens import Sentence

_ENOUGH = 3.5
_SHORTEST_S = 5 * DAY_S
_IDLE, _CAUSE, _BACK_NEAR, _BACK, _RAN = 2.5, 1.5, 2.0, 1.5, 1.0
_REACH = 9
_BEFORE_A_PLAN = frozenset(
    ["in", "next", "every", "another", "until", "till", "within", "week", "per"]
)
_AFTER_A_PLAN = frozenset(
    [
        "till",
        "until",
        "to",
        "away",
        "time",
        "before",
        "plan",
        "programme",
        "old",
        "pregnant",
        "into",
    ]
)
_HURTS = ("hurt", "body")
_SEASON_DAYS = 91.0
_MONTH_DAYS = 31.0


def weighed(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """Lengths of time that are time away by the words around them."""
    return [
        about(q)
        for q in quantities
        if q.kind == "duration"
        and q.low >= _SHORTEST_S
        and not _something_else(text, q)
        and _weight(text, q) >= _ENOUGH
    ]


def whole_seasons(text: Text) -> list[Gap]:
    """As in "took the whole of August off", "didn't run all summer"."""
    found = []
    for name, days in (("season", _SEASON_DAYS), ("month", _MONTH_DAYS)):
        for hit in text.of(name):
            own = text.sentence(hit.i)
            cue = text.has("whole", max(own.first, hit.i - 4), hit.i)
            first, _ = text.around(hit.i, hit.j, _REACH, 3)
            off = text.norm(hit.j) == "off"
            away = off or (cue and text.has("break", first, hit.i))
            if away and not own.question:
                found.append(Gap(days, days * 0.8, days * 1.15, hit.i, hit.j))
    return found


def _weight(text: Text, q: Quantity) -> float:
    """How much speaks for time away."""
    own = text.sentence(q.i)
    first, last = text.around(q.i, q.j, _REACH, _REACH)
    weight = 0.0
    if any(h.j <= q.i or h.i >= q.j for h in text.within("idle", first, last)):
        weight += _ENOUGH if text.has("idle.sure", first, last) else _IDLE
    elif text.has("idle.sure", first, last):
        weight += _ENOUGH
    if any(h.j <= q.i or h.i >= q.j for h in text.within("reason", own.first, own.last)):
        weight += _CAUSE
    elif any(text.has("reason", s.first, s.last) for s in _beside(text, q)):
        weight += _CAUSE / 2
    back = came_back(text)
    if back is not None:
        near = abs(text.tokens[back.i].sentence - text.tokens[q.i].sentence) <= 1
        weight += _BACK_NEAR if near else _BACK
    elif _ran(text, q):
        weight += _RAN
    return weight


def _beside(text: Text, q: Quantity) -> list[Sentence]:
    k = text.tokens[q.i].sentence
    return [text.sentences[n] for n in (k - 1, k + 1) if 0 <= n < len(text.sentences)]


def _ran(text: Text, q: Quantity) -> bool:
    """Whether a run is told after it."""
    return text.has("run.word", q.j, len(text.tokens))


def _something_else(text: Text, q: Quantity) -> bool:
    """Planned, asked about, an age, a habit, or how long it has been sore."""
    own = text.sentence(q.i)
    if own.question or q.weekly or q.change:
        return True
    if text.norm(q.i - 1) in _BEFORE_A_PLAN and text.norm(q.j) != "or":
        return not text.has("idle", max(own.first, q.i - 6), q.i)
    if text.norm(q.j) in _AFTER_A_PLAN or text.has("ago", q.j, min(own.last, q.j + 1)):
        return True
    if any(text.has(n, max(own.first, q.i - 5), q.i) for n in ("plan", "advised")):
        return True
    first, last = text.around(q.i, q.j, _REACH, _REACH)
    if text.has("idle.sure", first, last):
        return False
    if text.has("habit", max(own.first, q.i - _REACH), q.i):
        return True
    first, last = text.around(q.i, q.j, 5, 4)
    sore = any(text.has(name, first, last) for name in _HURTS)
    cause = text.has("reason", first, last) or text.has("break", first, last)
    ran = text.has("run.word", max(own.first, q.i - 3), q.i) and not text.has("idle", first, q.i)
    return (sore and not cause) or ran

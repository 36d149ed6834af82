"""Stage 2, mentions: numbers whose unit was said elsewhere.

"Tues 5, Thurs 7, Sat 10, all km", "15 minutes on Monday, 22 today", "I do 35k a week, this week 52":
a number beside a day takes the unit said last. "A 6 on Sunday, now a 2" are degrees of soreness.
Rule: a number is given a unit only beside a day, in a list or with a word for a total, and never
when a noun of its own follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.understanding.small_words import AFTER_A_NUMBER, AFTER_A_SCORE, BECOMES, PLACES, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_REACH = 30
_NEAR = 12
_SHARE = 4
_LEAST_UNIT_M = 500.0
_DAY = 86_400
_RUN_M = (0.4, 60.0)
_RUN_MIN = (4.0, 240.0)
_ANY = frozenset(
    ("again", "easy", "slow", "hard", "more", "ish", "or", "so", "total", "altogether")
)
_ONE = frozenset(("a", "an", "ein", "eine", "einer", "un", "une", "um", "uma"))
_IT = frozenset(("it", "mine", "that", "es", "sundays", "saturdays"))
_HURT = ("hurt", "body", "better", "worse", "no_pain", "doms", "hurt.strong")


def with_units(text: Text, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, with bare numbers known by their company."""
    if not any(q.kind == "number" for q in found):
        return list(found)
    said = _unit_said(text) or next((q.unit for q in found if _tells(q) and q.unit != 60), 0.0)
    ready: list[Quantity] = []
    for place, q in enumerate(found):
        meant = q
        half = q.low < 1 and not text.tokens[q.i].number
        if q.kind == "number" and not half and not _ordinal(text, q):
            after = found[place + 1] if place + 1 < len(found) else None
            meant = (
                _score(text, q, ready)
                or _share_of(text, q, after)
                or _listed(text, q, after)
                or _frequent(text, q, ready)
                or _run(text, q, ready, said)
                or q
            )
        ready.append(meant)
    return ready


def _unit_said(text: Text) -> float:
    """Metres of the unit the text names for all its numbers ("all km", "km not miles"), or 0."""
    hits = text.of("unit.said")
    return float(hits[0].value or 0) if hits else 0.0


def _ordinal(text: Text, q: Quantity) -> bool:
    """As in "the 3rd", "5th", "14 November", "number 6": no quantity."""
    if text.norm(q.i - 1) in ("week", "wk", "day", "number", "no", "run", "w", "aged", "im", "top"):
        return True
    nxt = q.j < len(text.tokens) and text.tokens[q.j].start == text.tokens[q.j - 1].end
    return (nxt and text.norm(q.j) not in ("x", "ish")) or text.has("month", q.j, q.j + 2)


def _ends(text: Text, q: Quantity, words: frozenset[str]) -> bool:
    """Whether nothing that is counted follows: the end, a mark, or one of the words."""
    if q.j >= len(text.tokens) or text.tokens[q.j].before:
        return True
    return text.tokens[q.j].sentence != text.tokens[q.i].sentence or text.norm(q.j) in words


def _score(text: Text, q: Quantity, before: Sequence[Quantity]) -> Quantity | None:
    """A degree of 0 to 10 without "out of 10": "maybe a 3", "pain level 4", "a 6, now a 2"."""
    if q.high > 10 or q.low % 0.5 or 0 < q.low < 1 or (not text.tokens[q.i].number and q.low > 9):
        return None
    own = text.sentence(q.i)
    said = any(
        h.j == q.i or (q.i - h.j == 1 and text.norm(h.j) in _ONE)
        for h in text.within("score.word", max(own.first, q.i - 6), q.i)
    )
    if said and _ends(text, q, AFTER_A_SCORE | AFTER_A_NUMBER):
        return replace(q, kind="score")
    one = text.norm(q.i - 1) in _ONE
    last = before[-1] if before else None
    near = last is not None and q.i - last.j <= 6 and last.kind == "score"
    ends = (
        _ends(text, q, AFTER_A_SCORE)
        or text.has("day", q.j, q.j + 1)
        or text.has("when", q.j, q.j + 1)
    )
    own_day = text.tokens[q.i - 1].text.replace("’", "'").endswith("'s") if q.i else False
    if (
        near
        and ends
        and not own_day
        and (one or text.norm(q.i - 1) in BECOMES or _beside_day(text, q))
    ):
        return replace(q, kind="score")
    if not one or not ends or text.has("run.done", max(own.first, q.i - 3), q.i - 1):
        return None
    number = text.tokens[q.i].sentence
    first = text.sentences[max(0, number - 1)].first
    if any(text.has(name, first, own.last) for name in _HURT):
        return replace(q, kind="score")
    return None


def _listed(text: Text, q: Quantity, after: Quantity | None) -> Quantity | None:
    """As in "ran 3, 4 and 6 miles": a list shares the unit at its end."""
    if after is None or after.kind not in ("distance", "duration") or not after.unit:
        return None
    gap = after.i - q.j
    if gap > 1 or (gap == 1 and text.norm(q.j) not in ("and", "then", "und", "y", "et", "e")):
        return None
    own = text.sentence(q.i)
    same = text.tokens[after.i].sentence == text.tokens[q.i].sentence
    if not same or not text.has("run.done", own.first, q.i) or after.unit >= _DAY:
        return None
    return _as(q, after) if _in_size(q, after) else None


def _share_of(text: Text, q: Quantity, after: Quantity | None) -> Quantity | None:
    """As in "5 of my usual 8k", "the first 8 of a planned 12 miles": a part in the unit of the whole."""
    if after is None or after.kind not in ("distance", "duration") or text.norm(q.j) != "of":
        return None
    near = 1 < after.i - q.j <= _SHARE and not text.break_between(q.j, after.i + 1)
    less = after.unit and q.high * after.unit <= after.high and after.unit < _DAY
    return _as(q, after) if near and less else None


def _frequent(text: Text, q: Quantity, before: Sequence[Quantity]) -> Quantity | None:
    """As in "3x a week, now 5x", "35k a week, this week 52": the second is a week too."""
    own = text.sentence(q.i)
    if text.norm(q.i - 1) in ("is", "was", "of") and "weekly" in (
        text.norm(q.i - 3),
        text.norm(q.i - 2),
    ):
        unit = next((o.unit for o in reversed(before) if o.kind == "distance" and o.unit), 0.0)
        return (
            replace(
                q, kind="distance", low=q.low * unit, high=q.high * unit, unit=unit, weekly=True
            )
            if unit
            else None
        )
    week = text.has("week.this", max(own.first, q.i - 4), min(own.last, q.j + 3))
    for last in reversed(before):
        if q.i - last.j > _REACH:
            return None
        if last.weekly and last.unit and week and q.low * last.unit >= 0.3 * last.low:
            ends = _ends(text, q, AFTER_A_NUMBER | {"this"})
            return replace(_as(q, last), weekly=True) if ends else None
        sets = text.norm(q.j) == "x" and q.j + 1 < own.last and text.tokens[q.j + 1].number
        if sets:
            return None
        if last.kind == "per_week" and (text.has("times", q.j, q.j + 1) or week) and q.high <= 14:
            near = range(max(own.first, q.i - 4), q.i)
            now = any(text.norm(t) in ("now", "im", "up", "week") for t in near)
            j = q.j + (1 if text.has("times", q.j, q.j + 1) else 0)
            return replace(q, kind="per_week", j=j) if now else None
    return None


def _run(text: Text, q: Quantity, before: Sequence[Quantity], said: float) -> Quantity | None:
    """A number beside a day, or a total, in the unit said last."""
    if not (_stands_alone(text, q) or _placed(text, q, before)):
        return None
    last = next((o for o in reversed(before) if _tells(o) and q.i - o.j <= _REACH), None)
    if last is not None:
        return _as(q, last) if _in_size(q, last) else None
    if said and _RUN_M[0] <= q.low <= _RUN_M[1]:
        return replace(q, kind="distance", low=q.low * said, high=q.high * said, unit=said)
    return None


def _stands_alone(text: Text, q: Quantity) -> bool:
    """Beside a day, a word for a total or for the longest, or after a correction."""
    if text.has("day", q.j, q.j + 1) or text.has("total", q.j, q.j + 1):
        return True
    if not _ends(text, q, AFTER_A_NUMBER):
        return False
    if text.norm(q.i - 1) == "then" or text.has("total", q.i - 2, q.i) or _beside_day(text, q):
        return True
    if text.norm(q.i - 1) in ("usual", "normal", "regular"):
        return True
    if (text.norm(q.i - 2), text.norm(q.i - 1)) in (("instead", "of"), ("up", "to")):
        return True
    if text.norm(q.i - 1) in ("was", "waren", "were") and text.norm(q.i - 2) in _IT:
        return True
    longest = any(
        h.j <= q.i
        for name in ("longest", "longest.told")
        for h in text.within(name, max(0, q.i - 5), q.i)
    )
    return longest or text.has("meant", max(0, q.i - 3), q.i + 1)


def _placed(text: Text, q: Quantity, before: Sequence[Quantity]) -> bool:
    """As in "wanted 15 km, at 6 my calf ...": a place along a distance just told."""
    if text.norm(q.i - 1) not in PLACES or not _ends(text, q, AFTER_A_NUMBER | SUBJECTS):
        return False
    if text.norm(q.i - 2) in ("woke", "up", "awake", "wake", "home", "back", "started"):
        return False  # a time of day
    return any(
        o.kind == "distance" and q.low * o.unit <= o.high and q.i - o.j < _NEAR for o in before
    )


def _tells(q: Quantity) -> bool:
    """Whether a quantity is a run's length, whose unit a later number may share."""
    if q.weekly or q.change:
        return False
    if q.kind == "distance":
        return q.unit >= _LEAST_UNIT_M
    return q.kind == "duration" and q.unit == 60


def _in_size(q: Quantity, like: Quantity) -> bool:
    low, high = _RUN_MIN if like.kind == "duration" else _RUN_M
    return low <= q.low <= high


def _as(q: Quantity, like: Quantity) -> Quantity:
    return replace(
        q, kind=like.kind, low=q.low * like.unit, high=q.high * like.unit, unit=like.unit
    )


def _beside_day(text: Text, q: Quantity) -> bool:
    """As in "Tues 5", "Sunday's 9", "7 on Thursday", "22 today", "4 again Tuesday"."""
    for hit in text.within("day", max(0, q.i - 2), q.i):
        if hit.j in (q.i, q.j) and not text.tokens[q.i].before.strip(":-– "):
            return True
    t = q.j
    while t < q.j + 2 and text.norm(t) in _ANY:
        t += 1
    if text.norm(t) in ("on", "am", "el", "on"):
        t += 1
    beside = text.has("day", t, t + 1) or text.has("when", t, t + 1)
    return beside and text.tokens[t].sentence == text.tokens[q.i].sentence

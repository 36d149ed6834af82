"""Stage 4, resolve: rates without their words: "now it's five", "4 runs in 6 days", "a fourth run".

Rule: a bare number is a rate when a rate was told close by and a word of habit, of the present or of
change stands with it; it then counts what that rate counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.small_words import AFTER_A_NUMBER
from bot.understanding.told_weeks import KM, MOST_RUNS, RUNS, Told, now_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_REACH = 14
_DAY_S = 86_400
_WEEK_KM = (5.0, 260.0)
_USUAL = frozenset(("usual", "usually", "normal", "normally", "before", "regular", "of"))
_NAMES = frozenset(("run", "runs", "week", "wk", "day", "number", "no", "aged", "age"))
_ENDS = AFTER_A_NUMBER | {
    "now",
    "this",
    "because",
    "cos",
    "since",
    "within",
    "days",
    "runs",
    "times",
}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_FIGURES = {"2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7}


def elided_rates(text: Text, quantities: Sequence[Quantity], told: Sequence[Told]) -> list[Told]:
    """As in "3 runs a week before Christmas, 5 now", "usually 40 a week, I'm at 55"."""
    found: list[Told] = []
    rates = [t for t in told if not t.fixed and not t.derived]
    for q in quantities:
        same = any(t.i <= q.i < t.j for t in told)
        if q.kind != "number" or q.change or same or not _counts_nothing(text, q):
            continue
        near = [t for t in rates if 0 <= q.i - t.j <= _REACH]
        week = any(h.j == q.i for h in text.within("week.this", q.i - 3, q.i))
        if not near or (text.norm(q.i - 1) in _NAMES and not week):
            continue
        like = min(near, key=lambda t: abs(q.i - t.i))
        side = _side(text, q, like)
        value = q.middle * _unit(quantities, like)
        low, high = (1, MOST_RUNS) if like.name == RUNS else _WEEK_KM
        if side and low <= value <= high and 0.2 * like.value <= value <= 5 * like.value:
            found.append(Told(like.name, value, q.i, q.j, like.points + side))
    return found


def _counts_nothing(text: Text, q: Quantity) -> bool:
    if q.j >= len(text.tokens) or text.tokens[q.j].before.strip():
        return True
    return text.tokens[q.j].sentence != text.tokens[q.i].sentence or text.norm(q.j) in _ENDS


def _side(text: Text, q: Quantity, like: Told) -> float:
    """Points over the rate it is like: 2 for now, -2 for before, 0 where nothing tells."""
    first = text.sentence(q.i).first
    before = [text.norm(t) for t in range(max(first, q.i - 3), q.i)]
    close = before[-2:]
    if "im" in close and close[-1] in ("im", "now"):
        return 0.0  # an age
    if any(word in _USUAL - {"of", "before"} for word in close):
        return -2.5
    if close in (["up", "from"], ["down", "from"]):
        return -2.5
    now = text.norm(q.j) == "now" or any(word in ("now", "jetzt", "ahora") for word in before)
    week = text.has("week.this", max(first, q.i - 3), q.i + 2)
    if now or week or close in (["im", "at"], ["im", "on"], ["up", "to"]):
        return 2.0
    from_to = text.norm(q.i - 1) == "to" and q.i - like.j == 1 and text.norm(like.i - 1) == "from"
    return 2.5 if from_to else 0.0


def _unit(quantities: Sequence[Quantity], like: Told) -> float:
    if like.name != KM:
        return 1.0
    units = [q.unit for q in quantities if q.i == like.i and q.unit]
    return (units[0] if units else 1000.0) / 1000


def ordinal_runs(text: Text) -> list[Told]:
    """As in "added a fourth run", "my 4th run this week"."""
    found: list[Told] = []
    for i, token in enumerate(text.tokens):
        count = _ORDINALS.get(token.norm) or _FIGURES.get(token.norm)
        j = i + 1
        if count is None and token.number and token.norm.isdigit() and j < len(text.tokens):
            close = text.tokens[j].start == token.end and text.norm(j) in ("th", "nd", "rd")
            count, j = (int(token.norm), j + 1) if close and int(token.norm) <= 7 else (None, j)
        if count is None or text.norm(j) not in ("run", "day", "session", "outing"):
            continue
        own = text.sentence(i)
        if any(
            text.norm(t) in ("added", "adding", "extra") for t in range(max(own.first, i - 3), i)
        ):
            found.append(Told(RUNS, float(count), i, j + 1, 3, fixed=True))
            found.append(Told(RUNS, float(count - 1), i, j + 1, -3, fixed=True))
        elif text.norm(j) == "run" and text.has("week.this", j, min(own.last, j + 5)):
            found.append(Told(RUNS, float(count), i, j + 1, 1))
    return found


def rates_in_days(text: Text, quantities: Sequence[Quantity]) -> list[Told]:
    """As in "4 runs in 6 days", "six days out of seven", "60 km in the last 7 days"."""
    found: list[Told] = []
    for place, q in enumerate(quantities):
        after = quantities[place + 1] if place + 1 < len(quantities) else None
        if after is None or after.i - q.j > 5:
            continue
        days = after.kind == "duration" and 5.5 <= after.middle / _DAY_S <= 8
        joined = {text.norm(t) for t in range(q.j, after.i)}
        counted = text.has("times", q.j, q.j + 1) and 1 <= q.middle <= MOST_RUNS
        if days and "in" in joined and q.kind == "number" and counted:
            found.append(Told(RUNS, q.middle, q.i, after.j, now_points(text, q.i, q.j) + 0.5))
        seven = after.low == 7 and q.kind == "duration" and "of" in joined
        if seven and q.unit == _DAY_S and q.middle / _DAY_S <= 7:
            found.append(Told(RUNS, q.middle / _DAY_S, q.i, after.j, 0.5))
    return found

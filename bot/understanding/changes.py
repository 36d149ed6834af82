"""Stage 2, mentions: one number that became another: "from 10k to 25k a week", "from 2 runs to 5".

Rule: two numbers joined by "from ... to ..." are one change, not two amounts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity


def joined_changes(text: Text, found: list[Quantity]) -> list[Quantity]:
    """As in "From 10k to 25k a week" is one change, not two distances."""
    kept: list[Quantity] = []
    for q in found:
        last = kept[-1] if kept else None
        if last is not None and _more_often(text, last, q):
            kept[-1] = replace(q, kind="per_week", low=last.low, i=last.i, change=True)
            continue
        if last is not None and _grown(text, last, q):
            kept[-1] = replace(q, low=last.low * q.unit, i=last.i, change=True)
            continue
        if (
            (
                last is not None
                and q.i - last.j == 1
                and text.norm(last.j) in ("to", "para", "auf", "a")
            )
            and is_change(text, last.i)
            and q.kind == last.kind
            and q.high > last.low > 0
        ):
            kept[-1] = replace(q, low=last.low, i=last.i, change=True)
            continue
        kept.append(q)
    return kept


def _grown(text: Text, last: Quantity, q: Quantity) -> bool:
    """As in "from 6 straight to 10 miles"."""
    near = last.kind == "number" and q.kind == "distance" and 1 <= q.i - last.j <= 3
    if not near or text.norm(q.i - 1) != "to" or not is_change(text, last.i):
        return False
    return 0 < last.low * q.unit < q.high


def _more_often(text: Text, last: Quantity, q: Quantity) -> bool:
    """As in "from 2 runs to 5"."""
    if last.kind != "number" or q.kind not in ("number", "per_week") or not is_change(text, last.i):
        return False
    runs = text.has("times", last.j, last.j + 1) and text.norm(last.j) not in ("x", "days")
    return runs and text.norm(last.j + 1) == "to" and q.i == last.j + 2 and q.high > last.low


def is_change(text: Text, i: int) -> bool:
    """As in "From 3 to 5", "de 3 para 5": a change, not a range."""
    return text.norm(i - 1) in ("from", "de", "von", "desde") and not text.tokens[i].before

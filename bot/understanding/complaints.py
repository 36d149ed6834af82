"""Stage 3 and 4: what hurts now. A complaint is a word for hurting that stands, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.flags import is_plural

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit
    from bot.understanding.reading import Standing

_REACH = 9
_GENERAL = frozenset(("leg", "legs", "back"))


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that hurts: its words at i to j, the body words, and how it stands."""

    i: int
    j: int
    sentence: int
    site: str | None
    body: Hit | None
    plural: bool
    stands: Standing
    strong: bool


def find_complaints(text: Text) -> list[Complaint]:
    """Every complaint, standing or not, in the order of the text."""
    found = []
    strong = {hit.i for hit in text.of("hurt.strong")}
    denied_words = [h for h in text.of("no_pain")]
    for hit in text.of("hurt"):
        body = _body_of(text, hit)
        sure = hit.i in strong
        if body is None and not sure:
            continue
        if any(n.i <= hit.i < n.j for n in denied_words):
            continue
        stands = standing(text, hit.i, hit.j)
        if stands == "now" and _someone_elses_plan(text, hit):
            stands = "planned"
        found.append(Complaint(hit.i, hit.j, text.tokens[hit.i].sentence,
                               None if body is None else str(body.value), body,
                               body is not None and is_plural(text.norm(body.j - 1)), stands, sure))
    return found


def _someone_elses_plan(text: Text, hit: Hit) -> bool:
    """Advice about hurting ("how do I switch without hurting my calves") is no complaint."""
    own = text.sentence(hit.i)
    return own.question and any(
        h.j <= hit.i and hit.i - h.j <= 4 for h in text.within("avoid", own.first, hit.i)
    )


def _body_of(text: Text, hit: Hit) -> Hit | None:
    """The part of the body a word for hurting belongs to: the nearest one in its sentence."""
    own = text.sentence(hit.i)
    first, last = max(own.first, hit.i - _REACH), min(own.last, hit.j + _REACH)
    best: tuple[float, Hit] | None = None
    for body in text.within("body", first, last):
        gap = float(hit.i - body.j if body.j <= hit.i else body.i - hit.j)
        left, right = min(body.j, hit.j), max(body.i, hit.i)
        if text.break_between(left, min(right + 1, len(text.tokens))):
            gap += 4
        if text.norm(body.j - 1) in _GENERAL:
            gap += 1.5
        if best is None or gap < best[0]:
            best = (gap, body)
    return best[1] if best is not None and best[0] <= _REACH else None

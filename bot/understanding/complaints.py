"""Stage 3 and 4: what hurts now. A complaint is a word for hurting that stands, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.sides import plural_at

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit
    from bot.understanding.reading import Standing

_REACH = 9
_NEXT_TO = 4
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
    denied_words = list(text.of("no_pain"))
    alone = [h for h in text.of("hurt.strong") if not _overlaps(h, text.of("hurt"))]
    for hit in sorted((*text.of("hurt"), *alone), key=lambda h: h.i):
        body = _body_of(text, hit)
        sure = hit.i in strong
        if body is None and not sure:
            continue
        if any(n.i <= hit.i < n.j for n in denied_words) or _elsewhere(text, hit, body):
            continue
        stands = standing(text, hit.i, hit.j)
        if stands == "now" and _someone_elses_plan(text, hit):
            stands = "planned"
        found.append(
            Complaint(
                hit.i,
                hit.j,
                text.tokens[hit.i].sentence,
                None if body is None else str(body.value),
                body,
                body is not None and plural_at(text, body.j - 1),
                stands,
                sure,
            )
        )
    return found


def _elsewhere(text: Text, hit: Hit, body: Hit | None) -> bool:
    """As in "arm a bit achy, legs happy": another part of the body hurts, and stands nearer."""
    own = text.sentence(hit.i)
    for other in text.within("not_leg", max(own.first, hit.i - _NEXT_TO), own.last):
        if not 0 <= max(hit.i - other.j, other.i - hit.j) <= _NEXT_TO:
            continue
        if text.break_between(min(other.j, hit.j), max(other.i, hit.i) + 1):
            continue
        own_side = body is not None and text.break_between(
            min(body.j, hit.j), max(body.i, hit.i) + 1
        )
        if (
            body is None
            or own_side
            or min(abs(body.i - hit.i), abs(body.j - hit.i)) > abs(other.i - hit.i)
        ):
            return True
    return False


def _overlaps(hit: Hit, others: tuple[Hit, ...]) -> bool:
    return any(o.i < hit.j and hit.i < o.j for o in others)


def weak_complaints(text: Text) -> list[Complaint]:
    """Lower legs named without a word for hurting: people who name their calves here feel them."""
    found = []
    for body in text.of("body"):
        if body.value not in ("calf", "achilles", "shin") or _well(text, body):
            continue
        if text.norm(body.j - 1) in _GENERAL or standing(text, body.i, body.j) != "now":
            continue
        if text.near("strength.good", body.i, body.j, 3, 3) or _asks_how(text, body):
            continue
        found.append(
            Complaint(
                body.i,
                body.j,
                text.tokens[body.i].sentence,
                str(body.value),
                body,
                plural_at(text, body.j - 1),
                "now",
                strong=False,
            )
        )
    return found


def _well(text: Text, body: Hit) -> bool:
    """Whether the sentence says that this part is fine."""
    own = text.sentence(body.i)
    return any(
        h.i <= body.i < h.j or (0 <= h.i - body.j <= 4 and not text.break_between(body.j, h.i))
        for h in text.within("no_pain", own.first, own.last)
    )


def _asks_how(text: Text, body: Hit) -> bool:
    own = text.sentence(body.i)
    return own.question and text.has("avoid", own.first, body.i)


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

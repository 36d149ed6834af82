"""One leg or both: which a swelling is of, by the nearest word for a part of the leg."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit


def swollen_side(text: Text, hit: Hit) -> str:
    """Whether one leg swells or both: the nearest word for a part of the leg tells."""
    own = text.sentence(hit.i)
    both = text.has("side", own.first, own.last) and any(
        h.value == "both" for h in text.within("side", own.first, own.last)
    )
    one = any(h.value in ("left", "right") for h in text.within("side", own.first, own.last))
    if one and not both:
        return "one_leg"
    compared = text.has("with.compare", own.first, own.last)
    if both and not compared:
        return "both"
    nearest = _nearest_body(text, hit)
    if nearest is None or compared:
        return "one_leg"
    return "both" if plural_at(text, nearest.j - 1) else "one_leg"


def plural_at(text: Text, k: int) -> bool:
    """Whether token k names both of a part of the body; "the leg's swollen" names one."""
    return "'" not in text.tokens[k].text.replace("\u2019", "'") and is_plural(text.norm(k))


def is_plural(word: str) -> bool:
    """Whether a word for a part of the body means both of them."""
    if word.startswith(("achil", "gastr", "soleu")) or word == "us":
        return word in ("gastrocs", "gastrocnemii")
    return word.endswith("s") or word in ("feet", "calve", "waden", "beine", "fusse")


def _nearest_body(text: Text, hit: Hit) -> Hit | None:
    own = text.sentence(hit.i)
    bodies = list(text.within("body", own.first, own.last))
    if not bodies and own.first > 0:
        before = text.sentences[text.tokens[hit.i].sentence - 1]
        bodies = list(text.within("body", before.first, before.last))
    return min(bodies, key=lambda b: abs(b.i - hit.i), default=None)

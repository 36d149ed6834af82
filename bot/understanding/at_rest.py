"""Warning signs told by what stands together: pain and lying still, pain and the night.

Evidence.md 1.2 E6 and W7: pain at rest or at night is asked about. Runners seldom say "pain at rest";
they say that it aches on the sofa. A word for pain and a word for rest in one clause are read so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit

_REACH = 11
_FRAGMENT = 3
_WORDS = ("hurt.strong", "char")
_AFTER = frozenset(("after", "from", "before", "than", "until", "till", "past"))
_JOINING = frozenset(("when", "while", "still", "just", "only", "now"))
_EASED = ("gone", "better", "no_pain", "run.word")
_MECHANICAL = frozenset(
    ("stiff", "stiffness", "tight", "tightness", "heavy", "stiffen", "stiffens")
)


def find_at_rest(text: Text) -> list[Flag]:
    """Flags rest_pain and night_pain that follow from words near each other."""
    found = []
    for concept, fact in (("posture", "rest_pain"), ("night.when", "night_pain")):
        for hit in text.of(concept):
            pain = _pain_near(text, hit)
            if pain is not None:
                i, j = min(pain.i, hit.i), max(pain.j, hit.j)
                found.append(Flag(fact, True, i, j, "now", "likely"))
    return found


def _pain_near(text: Text, hit: Hit) -> Hit | None:
    """The word for pain that stands close to a word for rest, in one clause, and stands."""
    even = text.has("keeps_on", max(text.sentence(hit.i).first, hit.i - 6), hit.i)
    if (text.norm(hit.i - 1) in _AFTER and not even) or standing(text, hit.i, hit.j) != "now":
        return None
    own = text.sentence(hit.i)
    if own.question and text.has("ask.other", own.first, hit.i):
        return None
    first, last = max(own.first, hit.i - _REACH), min(own.last, hit.j + _REACH)
    for concept in _WORDS:
        for pain in text.within(concept, first, last):
            if text.norm(pain.j) == "free" or text.has("numb", pain.i, pain.i + 1):
                continue
            left, right = min(pain.j, hit.j), max(pain.i, hit.i)
            if text.norm(pain.i) in _MECHANICAL or (_apart(text, left, right) and not even):
                continue
            if standing(text, pain.i, pain.j) == "now":
                return pain
    return _fragment_before(text, own.first, hit)


def _fragment_before(text: Text, first: int, hit: Hit) -> Hit | None:
    """As in "Cramp. Every single night": pain that is a sentence of its own before."""
    if first == 0 or hit.i - first > _FRAGMENT or text.has("neg", first, hit.i):
        return None
    before = text.sentence(first - 1)
    if before.last - before.first > _FRAGMENT:
        return None
    pains = (p for concept in _WORDS for p in text.within(concept, before.first, before.last))
    return next((p for p in pains if standing(text, p.i, p.j) == "now"), None)


def _apart(text: Text, left: int, right: int) -> bool:
    """Whether something between the two words parts them."""
    ends = (text.norm(h.i) for h in text.within("scope_end", left, right))
    if any(word not in _JOINING for word in ends):
        return True
    return any(text.has(name, left, right) for name in _EASED)

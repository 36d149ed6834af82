"""What the leg can and cannot do: a movement and a word for able or unable, in any order.

Evidence.md 1.2 D4 and D5: whoever cannot push off, go on tiptoe or put weight on the leg is seen the
same day. "Going up on my toes on that side? Not happening" names the movement first; "there's just
nothing there when I push off" names it last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit

_REACH = 9
_HARDLY = frozenset(
    ["hardly", "barely", "scarcely", "struggle", "struggles", "struggling", "struggled"]
)
"""Walking with trouble is a limp."""
_LOOSE = frozenset(("when", "while", "just", "after", "since", "only", "still", "now", "until"))


def find_ability(text: Text) -> list[Flag]:
    """Flags push_off and weight_bear from a movement beside a word for unable."""
    found = []
    for concept, fact, value in (
        ("move.push", "push_off", "not_possible"),
        ("move.walk", "weight_bear", "cannot_4_steps"),
    ):
        for hit in text.of(concept):
            unable = _beside(text, hit, "unable")
            if unable is None or _with_able(text, hit, unable):
                continue
            if fact == "weight_bear" and text.norm(unable.i) in _HARDLY:
                continue
            i, j = min(hit.i, unable.i), max(hit.j, unable.j)
            stands = "past" if can_now(text, j) else standing(text, i, j, clause=True)
            found.append(Flag(fact, value, i, j, stands, "likely"))
    return found + _no_longer(text)


def can_now(text: Text, j: int) -> bool:
    """As in "couldn't do one, now I can do 20": what could not be done before token j can be."""
    return text.has("now.able", j, text.sentence(j - 1).last)


def _no_longer(text: Text) -> list[Flag]:
    """As in "could do 20 raises, now I can't do one": the movement is named before."""
    found = []
    for hit in text.of("now.unable"):
        own = text.sentence(hit.i)
        moved = next(text.within("move.push", own.first, hit.i), None)
        if moved is not None:
            found.append(Flag("push_off", "not_possible", moved.i, hit.j, "now", "likely"))
    return found


def _beside(text: Text, hit: Hit, concept: str) -> Hit | None:
    """The nearest hit of the concept in the same clause."""
    own = text.sentence(hit.i)
    first, last = max(own.first, hit.i - _REACH), min(own.last, hit.j + _REACH)
    best: tuple[int, Hit] | None = None
    for other in text.within(concept, first, last):
        left, right = min(other.j, hit.j), max(other.i, hit.i)
        inside = other.i < hit.j and hit.i < other.j
        ends = (text.norm(h.i) for h in text.within("scope_end", left, right))
        if inside or right - left > _REACH or any(word not in _LOOSE for word in ends):
            continue
        gap = right - left + (3 if text.break_between(left, right + 1, ",;:") else 0)
        if gap <= _REACH and (best is None or gap < best[0]):
            best = (gap, other)
    return best[1] if best is not None else None


def _with_able(text: Text, hit: Hit, unable: Hit) -> bool:
    """Whether a word for able stands nearer to the movement, or says it can be done with pain."""
    able = _beside(text, hit, "able")
    own = text.sentence(hit.i)
    if text.norm(hit.j) == "without" or text.has("but_can", hit.j, min(own.last, hit.j + 6)):
        return True
    if able is None:
        return False

    def gap(other: Hit) -> int:
        return max(other.i - hit.j, hit.i - other.j, 0)

    return gap(able) < gap(unable)

"""Stage 4, resolve: what part a distance or a time plays in the story.

A number is the run only if it was run: not planned, usual, walked, a best, a pace, a place along the
way, or the way home. The nearest cue before the number decides, then what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit

Role = Literal["done", "planned", "habit", "place", "part", "stopped", "best", "other", "plain"]

_CUES: tuple[tuple[str, Role], ...] = (
    ("only_ever", "best"),
    ("stopped", "stopped"),
    ("run.done", "done"),
    ("plan", "planned"),
    ("habit", "habit"),
    ("otherwork", "other"),
    ("goal_time", "best"),
    ("position", "place"),
)
_REACH = 7
_AT = frozenset(["at", "by", "past", "km", "mile", "k", "ab", "bei", "vers"])
_USUAL = frozenset(["usual", "normal", "regular", "standard"])


def role_of(text: Text, i: int, j: int) -> Role:
    """The part a quantity at tokens i to j plays."""
    after = _after(text, i, j)
    if after is not None:
        return after
    along = text.norm(i - 1) in _AT and not (i >= 2 and text.tokens[i - 2].number)
    if along and not text.has("stopped", i - 3, i):
        return "place"
    if text.has("only_ever", max(text.sentence(i).first, i - 4), i):
        return "best"
    before = nearest_cue(text, i)
    if before == "habit" and text.has("run.done", max(text.sentence(i).first, i - 4), i):
        return "done" if text.norm(i - 1) in _USUAL else before
    if before in ("plain", "stopped") and _asked(text, i):
        return "planned"
    return before


def nearest_cue(text: Text, i: int) -> Role:
    """The role the nearest cue before token i gives, or "plain" without one."""
    own = text.sentence(i)
    best: tuple[int, Role] = (_REACH + 1, "plain")
    for concept, role in _CUES:
        for hit in text.within(concept, max(own.first, i - _REACH - 3), i):
            if hit.j <= i:
                best = min(best, (_gap(text, hit, i), role), key=lambda c: c[0])
    return best[1]


def _gap(text: Text, hit: Hit, i: int) -> int:
    """Tokens between a cue and token i; a comma or bracket counts 5 more."""
    return (i - hit.j) + (5 if text.break_between(hit.j, i + 1) else 0)


def _after(text: Text, i: int, j: int) -> Role | None:
    """What follows the number closely: from home, walk back, a week, and so on."""
    own = text.sentence(i)
    for hit in text.within("position", j, min(own.last, j + 1)):
        if not text.break_between(j, hit.i + 1):
            return "other" if text.norm(hit.i) in ("from", "to", "up", "down") else "place"
    if text.norm(j) == "in" and (j + 1 >= own.last or text.tokens[j + 1].before):
        return "place"
    if text.norm(j) == "each" and text.norm(j + 1) not in ("side", "leg", "foot"):
        return "habit"
    if _other_sport(text, i, j):
        return "other"
    roles: tuple[tuple[str, Role], ...] = (("future", "planned"), ("habit", "habit"))
    for concept, role in roles:
        for hit in text.within(concept, j, min(own.last, j + 2)):
            if not text.break_between(j, hit.i + 1):
                return role
    return None


def _other_sport(text: Text, i: int, j: int) -> bool:
    """Walked, swum or stretched: "30 min walks", "hobbled 2k back"."""
    own = text.sentence(i)
    for hit in text.within("otherwork", j, min(own.last, j + 3)):
        if not text.break_between(j, hit.i + 1) and not text.has("run.word", j, hit.i):
            return True
    return text.norm(j) == "back" and text.has("otherwork", max(own.first, i - 3), i)


def _asked(text: Text, i: int) -> bool:
    """Whether the number stands in a question about what to do, not about what was done."""
    own = text.sentence(i)
    if not own.question or text.has("run.done", own.first, i) or text.has("when", own.first, i):
        return False
    return text.has("question_word", own.first, i) or text.has("plan", own.first, i)

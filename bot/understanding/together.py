"""Warning signs told by two words near each other, as rows of a table.

A row names a fact, two concepts and how many words may lie between them. The words themselves are in
content/lexicon (together.toml), so that a physio can widen a sign without touching this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.context import standing
from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Value
    from bot.understanding.hits import Hit


class _Row(NamedTuple):
    fact: str
    first: str
    second: str
    reach: int
    value: Value = True


_ROWS = (
    _Row("chest", "with.chest", "with.chest.feels", 6),
    _Row("chest", "with.breathing", "with.stab", 7),
    _Row("breathless", "with.puffing", "with.light_effort", 7),
    _Row("dark_pee", "with.toilet", "with.dark", 8),
    _Row("swelling", "with.garment", "with.misfit", 5, "one_leg"),
    _Row("numb", "with.toes", "with.tingle", 4),
    _Row("pop", "with.hit", "with.someone", 5),
    _Row("pop", "with.sound", "with.heard", 3),
)
_SHORT_QUESTION = 9


def find_together(text: Text) -> list[Flag]:
    """Flags of the table, and of a movement asked and refused ("Tiptoe? Forget it")."""
    found = []
    for row in _ROWS:
        others = text.of(row.second)
        if not others:
            continue
        for hit in text.of(row.first):
            other = next((o for o in others if _beside(text, hit, o, row.reach)), None)
            if other is not None and _so(text, hit) and _so(text, other):
                i, j = min(hit.i, other.i), max(hit.j, other.j)
                found.append(Flag(row.fact, row.value, i, j, "now", "likely"))
                break
    return found + _refused(text)


def _so(text: Text, hit: Hit) -> bool:
    return standing(text, hit.i, hit.j) == "now"


def _beside(text: Text, one: Hit, other: Hit, reach: int) -> bool:
    if text.tokens[one.i].sentence != text.tokens[other.i].sentence:
        return False
    left, right = min(one.j, other.j), max(one.i, other.i)
    if text.break_between(left, right + 1, ",;:"):
        reach -= 3
    if right - left > reach or (one.i < other.j and other.i < one.j):
        return False
    return not text.has("scope_end", left, right) or _joined(text, left, right)


def _joined(text: Text, left: int, right: int) -> bool:
    ends = {text.norm(h.i) for h in text.within("scope_end", left, right)}
    return ends <= {"when", "while", "just", "after", "since", "only", "still"}


def _refused(text: Text) -> list[Flag]:
    found = []
    for place, sentence in enumerate(text.sentences[:-1]):
        if not sentence.question or sentence.last - sentence.first > _SHORT_QUESTION:
            continue
        after = text.sentences[place + 1]
        answer = next(text.within("with.refusal", after.first, after.first + 1), None)
        asked = next(text.within("with.rise", sentence.first, sentence.last), None)
        if answer is not None and asked is not None:
            found.append(Flag("push_off", "not_possible", asked.i, answer.j, "now", "likely"))
    return found

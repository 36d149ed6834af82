"""Stage 3, context: what is said of a mention after it - gone again, none found, except in one place.

"It was swollen on Monday but that's all gone now" is past; "checked for swelling, found none" is
denied; "no swelling apart from round the left ankle" is swelling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

_FAR = 12
_NEAR = 6
_FEW = 6
_THREE = 3
_TAKEN_BACK = frozenset(
    ("it", "its", "isnt", "not", "wasnt", "now", "today", "any", "more", "anymore", "no", "but")
)
_IT_HAS = frozenset(
    [
        "but",
        "and",
        "though",
        "although",
        "it",
        "its",
        "that",
        "thats",
        "this",
        "they",
        "theyre",
        "these",
        "which",
        "has",
        "have",
        "had",
        "is",
        "was",
        "are",
        "all",
        "now",
        "then",
        "since",
        "mostly",
        "completely",
        "totally",
        "fully",
        "already",
        "by",
        "today",
        "yesterday",
        "entirely",
        "did",
        "do",
        "does",
        "gone",
        "went",
        "thankfully",
        "luckily",
        "seems",
        "to",
        "be",
        "appears",
        "ok",
    ]
)
_ENDED = frozenset(
    [
        "nothing",
        "none",
        "never",
        "again",
        "since",
        "gone",
        "cleared",
        "disappeared",
        "settled",
        "down",
        "resolved",
        "normal",
        "fine",
        "healed",
        "vanished",
        "more",
        "anymore",
        "size",
        "usual",
        "went",
        "passed",
    ]
)
_PARTLY = frozenset(("a", "slightly", "little", "bit", "mostly", "partly", "somewhat", "some"))


def gone_later(text: Text, j: int) -> bool:
    """Whether a later clause, or the next sentence, says that it has gone."""
    if j >= len(text.tokens):
        return False
    place = text.tokens[j - 1].sentence
    own = text.sentences[place]
    if text.has("habit", own.first, own.last):
        return False
    return _gone_in_clause(text, j, own.last) or _gone_next(text, j, place)


def _gone_in_clause(text: Text, j: int, last: int) -> bool:
    for hit in text.within("gone", j, min(last, j + _FAR)):
        start = _clause(text, j, hit.i)
        if start is not None and _says_gone(text, start, hit.i, hit.j):
            return True
    for hit in text.within("gone.by", j, last):
        start = _clause(text, j, hit.i)
        if start is not None and hit.i - start <= _THREE:
            return True
    return False


def _gone_next(text: Text, j: int, place: int) -> bool:
    """As in "Had some swelling. All gone now." and "It isn't now."."""
    if place + 1 >= len(text.sentences) or text.sentences[place].last - j > _NEAR:
        return False
    after = text.sentences[place + 1]
    if after.question:
        return False
    return _not_now(text, after.first, after.last) or any(
        _says_gone(text, after.first, hit.i, hit.j)
        for hit in text.within("gone", after.first, min(after.last, after.first + 5))
    )


def _not_now(text: Text, first: int, last: int) -> bool:
    """As in "It isn't now.", a sentence that only takes the one before back."""
    words = [text.norm(k) for k in range(first, last)]
    if len(words) > _FEW or not set(words) & {"now", "anymore", "more", "today"}:
        return False
    return text.has("neg", first, min(last, first + 2)) and all(w in _TAKEN_BACK for w in words)


def _clause(text: Text, j: int, end: int) -> int | None:
    """Where the last clause before a word for gone begins; None when it is the mention's own."""
    starts = [h.i for h in text.within("scope_end", j, end) if text.norm(h.i) != "now"]
    starts += [k for k in range(j, end + 1) if text.tokens[k].before]
    starts += [k for k in range(j, end) if text.norm(k) in ("and", "which", "that")]
    return max(starts, default=None)


def _says_gone(text: Text, start: int, i: int, j: int) -> bool:
    """Whether the words from `start` are only "it has all" before a word for gone."""
    if text.norm(j) in _PARTLY or not {text.norm(k) for k in range(i, j)} & _ENDED:
        return False
    return all(text.norm(k) in _IT_HAS for k in range(start, i))


def none_later(text: Text, j: int) -> bool:
    """As in "swelling, not that I noticed", "looked for swelling, found none"."""
    own = text.sentence(j - 1)
    for hit in text.within("neg.after", j, min(own.last, j + _FAR)):
        if (
            text.norm(hit.j - 1) in ("any", "one", "none", "there")
            and hit.j - hit.i > 1
            and hit.j >= own.last
        ):
            return True
    return any(
        hit.j - hit.i > 1 and all(text.norm(k) in ("and", "but", "i") for k in range(j, hit.i))
        for hit in text.within("neg.after", j, min(own.last, j + 3))
        if text.norm(hit.i) in ("found", "saw", "see", "felt", "noticed", "not", "nothing")
        and text.norm(hit.j - 1) not in ("really", "all", "present")
    )


def changed_since(text: Text, j: int) -> bool:
    """As in "no swelling at first but now there is": what was denied has come."""
    own = text.sentence(j - 1)
    for hit in text.within("reversed", j, min(own.last, j + _NEAR)):
        says = any(text.norm(k) in ("there", "it", "its") for k in range(hit.i, hit.j + 2))
        gone = text.has("gone", hit.i, own.last) or text.has("neg", hit.i, own.last)
        if says and not gone:
            return True
    return False


def left_over(text: Text, j: int) -> bool:
    """As in "apart from round the left ankle": after a denial, what is left of it and where."""
    own = text.sentence(j - 1)
    for hit in text.within("except", j, min(own.last, j + _NEAR)):
        last = min(own.last, hit.j + _NEAR)
        if text.has("body", hit.i, last) or text.has("side", hit.i, last):
            return True
    return False

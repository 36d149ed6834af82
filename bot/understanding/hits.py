"""Stage 2, mentions: which concepts of the lexicon the words name, and where.

Typing errors are met here. A word nobody knows also counts as the lexicon word it is one or two
keystrokes from; a word that is known is never changed, so a denial stays a denial.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.distance import OSA

from bot.understanding.lexicon import Value
from bot.understanding.tokens import NOT_TOO, plain, stretched_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.understanding.lexicon import Begin, Language, Phrase
    from bot.understanding.tokens import Token

_GAP_WORDS = 3
_MOST_MET = 4096
_LONGEST_KEPT = 30
_PRONOUNS = frozenset(
    [
        "its",
        "thats",
        "theres",
        "whats",
        "hes",
        "shes",
        "whos",
        "heres",
        "lets",
        "hows",
        "wheres",
        "one",
    ]
)
_IS = frozenset(("'s", "’s", "'S"))
"""Endings of "the foot's cold": the word before counts too."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A concept named by tokens i to j (j exclusive)."""

    concept: str
    value: Value
    i: int
    j: int


def corrected(word: str, language: Language) -> tuple[str, ...]:
    """The lexicon words that an unknown word of 4 letters or more may have been meant to be."""
    size = len(word)
    if size < 4 or size > 20:
        return ()
    allowed = 1 if size < 9 else 2
    best: list[str] = []
    distance = allowed
    for length in range(max(5, size - allowed), size + allowed + 1):
        for candidate in language.correctable.get((word[0], length), ()):
            found = OSA.distance(word, candidate, score_cutoff=distance)
            if found < distance:
                best, distance = [candidate], found
            elif found == distance:
                best.append(candidate)
    return tuple(best)


def keys_of(token: Token, language: Language) -> frozenset[str]:
    """All the names under which phrases may ask for a token."""
    if token.number:
        return frozenset(("#", token.norm))
    word = f"{token.text} {token.norm}"
    known = language.met.get(word)
    if known is None:
        known = _worked_out(token, language)
        if len(word) <= 2 * _LONGEST_KEPT:
            if len(language.met) >= _MOST_MET:
                language.met.clear()
            language.met[word] = known
    return known


def _worked_out(token: Token, language: Language) -> frozenset[str]:
    keys = set(_keys(token.norm, language))
    if token.norm in NOT_TOO:
        keys.add("not")
    if token.text[-2:] in _IS and token.norm not in _PRONOUNS:
        keys.update(_keys(plain(token.text[:-2]), language))
    if token.norm not in language.known:
        typed = plain(token.text)
        words = corrected(token.norm, language)
        if typed != token.norm:
            double = stretched_form(token.text)
            words += (double, *corrected(double, language), *corrected(typed, language))
        for meant in words:
            keys.update(_keys(meant, language))
    return frozenset(keys)


def _keys(word: str, language: Language) -> Iterator[str]:
    yield word
    yield from language.lists.get(word, ())
    for length in range(3, len(word) + 1):
        if word[:length] in language.prefixes:
            yield word[:length] + "*"


def find_hits(
    tokens: Sequence[Token], keys: Sequence[frozenset[str]], language: Language
) -> tuple[Hit, ...]:
    """Every concept named, in the order of the text; the longest reading of each wins."""
    found: dict[tuple[str, int], Hit] = {}
    index, nothing = language.index, frozenset[str]()
    present = nothing.union(*keys)
    for i, own in enumerate(keys):
        follows = keys[i + 1] if i + 1 < len(keys) else nothing
        for key in own:
            begin = index.get(key)
            if begin is None:
                continue
            for phrase in _that_may_follow(begin, follows):
                if phrase.last is None or not phrase.last.isdisjoint(present):
                    _note(found, phrase, i, tokens, keys)
    return _without_inner(sorted(found.values(), key=lambda h: (h.i, -h.j)))


def _that_may_follow(begin: Begin, follows: frozenset[str]) -> list[Phrase]:
    """The phrases whose second place the next word can fill."""
    found = [
        phrase
        for phrase in begin.free
        if phrase.second is None or not phrase.second.isdisjoint(follows)
    ]
    if begin.pairs:
        for second in follows:
            found += begin.pairs.get(second, ())
    return found


def _note(
    found: dict[tuple[str, int], Hit],
    phrase: Phrase,
    i: int,
    tokens: Sequence[Token],
    keys: Sequence[frozenset[str]],
) -> None:
    """Keep the phrase if it is at token i, and longer than what is known there."""
    j = i + 1 if len(phrase.slots) == 1 else _match(phrase, 1, i + 1, tokens, keys)
    if j < 0:
        return
    before = found.get((phrase.concept, i))
    if before is None or before.j < j:
        found[phrase.concept, i] = Hit(phrase.concept, phrase.value, i, j)


def _without_inner(hits: list[Hit]) -> tuple[Hit, ...]:
    """Drop a hit that lies inside a longer one of the same concept."""
    reach: dict[str, int] = {}
    kept = []
    for hit in hits:
        if hit.j > reach.get(hit.concept, -1):
            kept.append(hit)
            reach[hit.concept] = hit.j
    return tuple(kept)


def _match(
    phrase: Phrase, slot: int, at: int, tokens: Sequence[Token], keys: Sequence[frozenset[str]]
) -> int:
    """The end of the phrase's longest match from its slot on, or -1."""
    slots = phrase.slots
    if slot == len(slots):
        return at
    here = slots[slot]
    if here.gap:
        last = min(at + _GAP_WORDS, len(tokens) - 1)
        for start in range(at, last + 1):
            if tokens[start].sentence != tokens[at - 1].sentence:
                return -1
            end = _match(phrase, slot + 1, start, tokens, keys)
            if end > 0:
                return end
        return -1
    best = -1
    fits = at < len(tokens) and (slot == 0 or tokens[at].sentence == tokens[at - 1].sentence)
    if fits and not here.keys.isdisjoint(keys[at]):
        best = _match(phrase, slot + 1, at + 1, tokens, keys)
    if best < 0 and here.optional:
        best = _match(phrase, slot + 1, at, tokens, keys)
    return best

"""Stage 1, normalise: text to words that know where they came from.

Words lose case, accents, apostrophes and stretched letters ("sooo"). Punctuation is not a word:
each word remembers what stood before it, and which sentence it is in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import msgspec

MAX_CHARS = 100_000
_LONG_SENTENCE = 80

_TOKEN = re.compile(
    r"(?P<code>(?<![^\W_])(?:[cC]25[kK]|[cC]2-?5[kK]|[wW]\d{1,2}(?:[dDrR]\d)?|[5-9][kK]2?10[kK])"
    r"(?![^\W_]))"
    r"|(?P<num>\d+(?:[.,:]\d+)*|[½¼¾])"
    r"|(?P<elided>(?:[ldjmtsncLDJMTSNC]|[qQ]u)(?=['’][^\W\d_]{2}))"
    r"|(?P<word>[^\W\d_]+(?:['’`´][^\W\d_]+)*)"
)
_SENTENCE_END = re.compile(r"[.!?…\n;]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_APOSTROPHES = str.maketrans("", "", "'’`´")
_HYPHENS = "-‐‑–—"
_WITH_NOT = {
    "can": "cant",
    "could": "couldnt",
    "will": "wont",
    "would": "wouldnt",
    "do": "dont",
    "does": "doesnt",
    "did": "didnt",
    "is": "isnt",
    "was": "wasnt",
    "are": "arent",
    "were": "werent",
    "has": "hasnt",
    "have": "havent",
    "had": "hadnt",
}
"""Two words that are one: "does not" is read as "doesn't"."""
_CUT_OFF = {short[:-1]: short for short in _WITH_NOT.values()}
"""The same with a blank for the apostrophe: "doesn t"."""
_LONG_FORM = re.compile(rf"(?<![^ ])({'|'.join(_WITH_NOT)}) not(?= |$)")
_SECOND = frozenset(("not", "t"))
NOT_TOO = frozenset(
    short for word, short in _WITH_NOT.items() if word[:2] not in ("ca", "co", "wi")
)
"""Short forms that also say "not": "isn't able" is "is not able"."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word or number. `before` is the punctuation between it and the word before it."""

    text: str
    norm: str
    start: int
    end: int
    before: str
    sentence: int
    number: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of tokens, first inclusive and last exclusive, and whether it is a question."""

    first: int
    last: int
    question: bool


_LONGEST_KEPT = 30


def fold(word: str) -> str:
    """The plain form of a typed word: as `plain`, with stretched letters ("sooo") as one."""
    return _folded(word) if len(word) <= _LONGEST_KEPT else _folded.__wrapped__(word)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    same = plain(word)
    return _STRETCHED.sub(r"\1", same) if len(same) > 2 else same


def stretched_form(word: str) -> str:
    """As `fold`, with stretched letters as two: "calllves" may be meant with one or with two."""
    return _STRETCHED.sub(r"\1\1", plain(word))


def short_forms(phrase: str) -> str:
    """A phrase of the lexicon with its "does not" read as runners' words are."""
    return _LONG_FORM.sub(lambda found: _WITH_NOT[found.group(1)], phrase)


def plain(word: str) -> str:
    """Lower case without accents and apostrophes."""
    if word.isascii() and word.isalpha() and word.islower():
        return word
    bare = word.translate(_APOSTROPHES).casefold()
    if not bare.isascii():
        parts = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in parts if not unicodedata.combining(c))
    return bare


def _gap(text: str, left: int, right: int) -> str:
    raw = text[left:right]
    if raw == " ":
        return ""
    return (
        "\n"
        if "\n\n" in raw
        else raw.replace("\n", ", ").strip()
        if raw.strip()
        else ("\n" if "\n" in raw else "")
    )


def tokenise(text: str) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
    """Split a text into tokens and sentences, in one pass, linear in its length."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    last, first, number = 0, 0, 0
    for found in _TOKEN.finditer(text[:MAX_CHARS]):
        start, end = found.span()
        before = _gap(text, last, start)
        size = len(tokens) - first
        if tokens and (
            _SENTENCE_END.search(before)
            or (size > _LONG_SENTENCE and before)
            or size > 2 * _LONG_SENTENCE
        ):
            sentences.append(Sentence(first, len(tokens), "?" in before))
            first, number = len(tokens), number + 1
        token = _token(found, text, before, number)
        if token.norm in _SECOND and size and not before:
            token = _as_one(tokens, token, text)
        tokens.append(token)
        last = end
    if tokens:
        sentences.append(Sentence(first, len(tokens), "?" in text[last : last + 200]))
    return tuple(tokens), tuple(sentences)


def _as_one(tokens: list[Token], token: Token, text: str) -> Token:
    """The token, or one for it and the verb before it, which is then taken back."""
    short = (_WITH_NOT if token.norm == "not" else _CUT_OFF).get(tokens[-1].norm)
    if short is None:
        return token
    verb = tokens.pop()
    raw = text[verb.start : token.end]
    return Token(raw, short, verb.start, token.end, verb.before, verb.sentence, False)


def _token(found: re.Match[str], text: str, before: str, sentence: int) -> Token:
    start, end = found.span()
    raw = found.group()
    is_number = found.lastgroup == "num"
    if before in _HYPHENS and before and not is_number:
        before = ""  # half-marathon, 12-week: the hyphen joins
    return Token(raw, raw if is_number else fold(raw), start, end, before, sentence, is_number)

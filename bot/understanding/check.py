"""The lexicon's own examples, read: what a physio or translator adds is checked at once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.analysis import MASK, analyse_text
from bot.understanding.context import standing
from bot.understanding.lexicon import GAP
from bot.understanding.tokens import tokenise

if TYPE_CHECKING:
    from bot.content.lexicon import Entry
    from bot.understanding.lexicon import Language, Lexicon

_ANY_DAY = date(2026, 6, 15)
"""No example may hang on the day it is read."""


def check_examples(lexicon: Lexicon) -> list[str]:
    """Examples not read as their concept, counter-examples that are, and phrases miswritten.

    A phrase is miswritten when its bars join other words than its author meant. Each problem is
    one sentence that names the file, the entry and the example or phrase.
    """
    problems: list[str] = []
    for language in lexicon.languages.values():
        seen: set[int] = set()
        for entry in language.entries:
            if id(entry) not in seen:
                seen.add(id(entry))
                problems += _check(entry, language)
    return problems


def _check(entry: Entry, language: Language) -> list[str]:
    name = f"{entry.file}, entry {entry.id!r}"
    wrong = [
        f"{name}: the phrase {text!r} asks for {twice!r} twice in a row; write it as two phrases"
        for text in entry.phrases
        if (twice := _twice(text)) is not None
    ]
    wrong += [
        f"{name}: the example {text!r} is not read as {entry.id}"
        for text in entry.examples
        if not _reads_as(text, entry, language)
    ]
    wrong += [
        f"{name}: the counter-example {text!r} is read as {entry.id}"
        for text in entry.counter
        if _reads_as(text, entry, language)
    ]
    return wrong


def _twice(phrase: str) -> str | None:
    """The word that "yr old|yrs old" asks for twice, because a bar joins words and not phrases."""
    for first, second in pairwise(phrase.split()):
        if GAP in (first, second) or first.startswith("[") or second.startswith("["):
            continue
        begins = second.split("|")[0]
        if begins in first.split("|")[:-1]:
            return begins
    return None


def _reads_as(text: str, entry: Entry, language: Language) -> bool:
    tokens, sentences = tokenise(text)
    analysed = analyse_text(text, tokens, sentences, language, _ANY_DAY)
    clause = entry.id in ("push_off", "weight_bear")
    return any(
        (entry.value is None or hit.value == entry.value)
        and (entry.id.startswith(MASK) or standing(analysed, hit.i, hit.j, clause) == "now")
        for hit in analysed.of(entry.id)
    )

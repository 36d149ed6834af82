"""How easy the words are to read, measured in the plainest way that works.

Rule: a sentence holds at most 20 words (evidence.md 8.1, NHS service manual [S76]). A line break, a
full stop, a question mark, an exclamation mark or a colon before a list ends a sentence. Also kept
here: the phrases Heeldrop never says (evidence.md 8.2 and 8.3).
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from bot.content.problem import Problem
from bot.content.source import Source

LONGEST_SENTENCE = 20
NEVER_SAID = (
    "you have a ",
    "you have an ",
    "you've got a ",
    "it's nothing",
    "it is nothing",
    "prevents injury",
    "prevent injury",
    "prevents injuries",
    "prevents soreness",
    "just doms",
    "keeps you safe",
    "or you'll get injured",
    "or you will get injured",
    "wells score",
    "wells 2",
)
_NEVER = re.compile(r"\brisk (?:of |is )?\d+ ?%|\b\d+ ?% risk", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")
_WORD = re.compile(r"[^\W_][\w'’/.,%+×-]*")
_NOT_PROSE = frozenset(
    {"id", "code", "kind", "doi", "pmid", "cite", "reviewed_by", "review_due", "sources", "was"}
)


def sentences(text: str) -> tuple[str, ...]:
    """The text's sentences, in order, without the empty ones."""
    return tuple(part.strip() for part in _END.split(text) if part and part.strip())


def words(text: str) -> tuple[str, ...]:
    """The text's words; "2/10", "day-2" and "don't" count as one word each."""
    return tuple(_WORD.findall(text))


def long_sentences(text: str, limit: int = LONGEST_SENTENCE) -> tuple[str, ...]:
    """The sentences with more than `limit` words."""
    return tuple(each for each in sentences(text) if len(words(each)) > limit)


def never_said(text: str) -> tuple[str, ...]:
    """The phrases in the text that Heeldrop never says, as written in NEVER_SAID or in the text."""
    low = text.casefold().replace("’", "'")
    found = [phrase for phrase in NEVER_SAID if phrase in f"{low} "]
    return (*found, *(match.group(0) for match in _NEVER.finditer(text)))


def prose(item: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every (field, text) of a Struct that people may read; no ids, names of papers or dates."""
    if isinstance(item, str):
        if item and field not in _NOT_PROSE:
            yield field, item
    elif isinstance(item, msgspec.Struct):
        for name in item.__struct_fields__:
            if name not in _NOT_PROSE:
                yield from prose(getattr(item, name), name)
    elif isinstance(item, tuple):
        for each in item:
            yield from prose(each, field)


def check_reading(source: Source, name: str, item: Any, problems: list[Problem]) -> None:
    """Add an HD013 warning for every sentence of the item that is too long to read easily."""
    for field, text in prose(item):
        for sentence in long_sentences(text):
            count = len(words(sentence))
            message = f"This sentence in {field} has {count} words: {sentence!r}."
            fix = f"Make two sentences of it; {LONGEST_SENTENCE} words are the most."
            line = source.line_of_text(text)
            problems.append(Problem(source.file, line, "HD013", name, message, fix, "warning"))

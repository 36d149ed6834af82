"""The words of content/lexicon, made ready for finding.

Rule: a phrase is found by its first word, so the time needed does not grow with the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.content.lexicon import Entry, LexiconError, WordList, load_words
from bot.understanding.tokens import fold

if TYPE_CHECKING:
    from pathlib import Path

GAP = "..."
NUMBER = "#"
_PHRASE_PART = re.compile(r"^\[?(?:\.\.\.|#|<[a-z_]+>|[^\W_]+\*?)(?:\|(?:#|<[a-z_]+>|[^\W_]+\*?))*\]?$")

Value = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a phrase: any of these keys; it may be missing; or it is a gap."""

    keys: frozenset[str]
    optional: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of one entry: its first place is found through the index."""

    concept: str
    value: Value
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """One language's phrases by first key, its endings, word lists and correctable words."""

    name: str
    index: dict[str, tuple[Phrase, ...]]
    prefixes: frozenset[str]
    lists: dict[str, tuple[str, ...]]
    known: frozenset[str]
    correctable: dict[tuple[str, int], tuple[str, ...]]
    markers: frozenset[str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every language. `default` is used when the words do not tell."""

    languages: dict[str, Language]
    default: str = "en"

    def language(self, name: str | None) -> Language:
        """The language of that name, or the default one."""
        return self.languages.get((name or "")[:2].lower()) or self.languages[self.default]


def load_lexicon(folder: Path) -> Lexicon:
    """Load content/lexicon. Raises LexiconError, which names the file and the entry."""
    found = {name: _language(words) for name, words in load_words(folder).items()}
    if "en" not in found:
        raise LexiconError(f"{folder}: the English words are missing")
    return Lexicon(found)


def _language(words: WordList) -> Language:
    index: dict[str, list[Phrase]] = {}
    vocabulary: set[str] = set()
    correctable: set[str] = set()
    for entry in words.entries:
        for text in entry.phrases:
            for slots in _variants(_slots(text, entry)):
                for key in slots[0].keys:
                    index.setdefault(key, []).append(Phrase(entry.id, entry.value, slots))
                plain = {key for slot in slots for key in slot.keys if key[0].isalpha()}
                vocabulary |= plain
                correctable |= plain
    lists: dict[str, list[str]] = {}
    for name, members in words.words.items():
        for member in members:
            lists.setdefault(fold(member.rstrip("*")), []).append(f"<{name}>")
    lists_ready = {word: tuple(names) for word, names in lists.items()}
    prefixes = {key[:-1] for key in vocabulary if key.endswith("*")}
    whole = {key for key in vocabulary if not key.endswith("*")} | set(lists)
    markers = {word for word, names in lists_ready.items() if "<marker>" in names}
    return Language(
        words.language,
        {key: tuple(phrases) for key, phrases in index.items()},
        frozenset(prefixes),
        lists_ready,
        frozenset(whole | {fold(word) for word in words.known}),
        _buckets(w for w in whole | prefixes if len(w) >= 5),
        frozenset(markers),
        words.entries,
    )


def _buckets(words: object) -> dict[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(set(words)):  # type: ignore[call-overload]
        found.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(members) for key, members in found.items()}


def _slots(text: str, entry: Entry) -> tuple[Slot, ...]:
    slots = []
    for part in text.split():
        if not _PHRASE_PART.match(part.replace("'", "").replace("’", "")):
            raise LexiconError(f"{entry.file}, entry {entry.id!r}: cannot read {part!r} in {text!r}")
        optional = part.startswith("[")
        inner = part.strip("[]")
        if inner == GAP:
            slots.append(Slot(frozenset(), gap=True))
            continue
        slots.append(Slot(frozenset(_key(p) for p in inner.split("|")), optional))
    if not slots or slots[0].gap or slots[-1].gap or all(slot.optional for slot in slots):
        raise LexiconError(f"{entry.file}, entry {entry.id!r}: {text!r} needs words at both ends")
    return tuple(slots)


def _key(part: str) -> str:
    if part == NUMBER or part.startswith("<"):
        return part
    return fold(part[:-1]) + "*" if part.endswith("*") else fold(part)


def _variants(slots: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
    """The phrase with and without each place that may be missing at its start."""
    if not slots[0].optional:
        return [slots]
    first = Slot(slots[0].keys)
    return [(first, *slots[1:]), *_variants(slots[1:])]

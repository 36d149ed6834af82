"""The words of content/lexicon, made ready for finding.

Rule: a phrase is found by its first word, so the time needed does not grow with the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.content.lexicon import Entry, LexiconError, WordList, load_words
from bot.understanding.tokens import plain, short_forms

if TYPE_CHECKING:
    from pathlib import Path

GAP = "..."
NUMBER = "#"
_FEW = 10
_PHRASE_PART = re.compile(
    r"^\[?(?:\.\.\.|#|<[a-z_]+>|[^\W_]+\*?)(?:\|(?:#|<[a-z_]+>|[^\W_]+\*?))*\]?$"
)

Value = str | float | int | bool | None


class Slot(NamedTuple):
    """One place in a phrase: any of these keys; it may be missing; or it is a gap."""

    keys: frozenset[str]
    optional: bool = False
    gap: bool = False


class Phrase(NamedTuple):
    """One phrase of one entry: its first place is found through the index.

    `second` holds what may stand next, if anything must; `last` the keys of its last place, which
    the message has to hold somewhere. Both only spare a closer look.
    """

    concept: str
    value: Value
    slots: tuple[Slot, ...]
    second: frozenset[str] | None = None
    last: frozenset[str] | None = None


class Begin(NamedTuple):
    """The phrases that begin with one key. Where they are many, most are found by their second."""

    free: tuple[Phrase, ...]
    pairs: dict[str, list[Phrase]]


@dataclass(frozen=True, slots=True)
class Language:
    """One language's phrases by first key, its endings, word lists and correctable words."""

    name: str
    index: dict[str, Begin]
    prefixes: frozenset[str]
    lists: dict[str, tuple[str, ...]]
    known: frozenset[str]
    correctable: dict[tuple[str, int], tuple[str, ...]]
    markers: frozenset[str]
    entries: tuple[Entry, ...]
    met: dict[str, frozenset[str]] = field(default_factory=dict)
    """The names of the last few thousand words met (`hits.keys_of`): the same words come again."""


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
    cache: dict[str, Slot] = {}
    found = {name: _language(words, cache) for name, words in load_words(folder).items()}
    if "en" not in found:
        raise LexiconError(f"{folder}: the English words are missing")
    return Lexicon(found)


def _language(words: WordList, cache: dict[str, Slot]) -> Language:
    index: dict[str, list[Phrase]] = {}
    used: set[Slot] = set()
    for entry in words.entries:
        for text in entry.phrases:
            whole = _slots(text, entry, cache)
            used.update(whole)
            for slots in _variants(whole) if whole[0].optional else (whole,):
                phrase = Phrase(entry.id, entry.value, slots, _next(slots), _last(slots))
                for key in slots[0].keys:
                    index.setdefault(key, []).append(phrase)
    vocabulary = {key for slot in used for key in slot.keys if key[0].isalpha()}
    lists: dict[str, list[str]] = {}
    for name, members in words.words.items():
        for member in members:
            lists.setdefault(plain(member.rstrip("*")), []).append(f"<{name}>")
    lists_ready = {word: tuple(names) for word, names in lists.items()}
    prefixes = {key[:-1] for key in vocabulary if key.endswith("*")}
    known = {key for key in vocabulary if not key.endswith("*")} | set(lists)
    markers = {word for word, names in lists_ready.items() if "<marker>" in names}
    return Language(
        words.language,
        {key: _begin(phrases) for key, phrases in index.items()},
        frozenset(prefixes),
        lists_ready,
        frozenset(known | {plain(word) for word in words.known}),
        _buckets(w for w in known | prefixes if len(w) >= 5),
        frozenset(markers),
        words.entries,
    )


def _next(slots: tuple[Slot, ...]) -> frozenset[str] | None:
    """The keys of which one stands second, or None when anything may."""
    if len(slots) > 1 and not (slots[1].optional or slots[1].gap):
        return slots[1].keys
    keys: frozenset[str] = frozenset()
    for slot in slots[1:]:
        if slot.gap:
            return None
        keys |= slot.keys
        if not slot.optional:
            return keys
    return None


def _last(slots: tuple[Slot, ...]) -> frozenset[str] | None:
    """The keys of the last place that must be there, beyond the second."""
    must = [slot for slot in slots[2:] if not (slot.optional or slot.gap)]
    return must[-1].keys if must else None


def _begin(phrases: list[Phrase]) -> Begin:
    if len(phrases) <= _FEW:
        return Begin(tuple(phrases), {})
    free: list[Phrase] = []
    pairs: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if phrase.second is None:
            free.append(phrase)
            continue
        for key in phrase.second:
            pairs.setdefault(key, []).append(phrase)
    return Begin(tuple(free), pairs)


def _buckets(words: object) -> dict[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(set(words)):  # type: ignore[call-overload]
        found.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(members) for key, members in found.items()}


def _slots(text: str, entry: Entry, cache: dict[str, Slot]) -> tuple[Slot, ...]:
    """The places of a phrase. Parts come up again and again, so each is read once."""
    slots = []
    for part in (short_forms(text) if " not" in text else text).split():
        slot = cache.get(part)
        if slot is None:
            slot = cache[part] = _slot(part, text, entry)
        slots.append(slot)
    if slots[0].gap or slots[-1].gap or all(slot.optional for slot in slots):
        raise LexiconError(f"{entry.file}, entry {entry.id!r}: {text!r} needs words at both ends")
    return tuple(slots)


def _slot(part: str, text: str, entry: Entry) -> Slot:
    if not _PHRASE_PART.match(part.replace("'", "").replace("’", "")):
        raise LexiconError(f"{entry.file}, entry {entry.id!r}: cannot read {part!r} in {text!r}")
    inner = part.strip("[]")
    if inner == GAP:
        return Slot(frozenset(), gap=True)
    return Slot(frozenset(_key(p) for p in inner.split("|")), part.startswith("["))


def _key(part: str) -> str:
    if part == NUMBER or part.startswith("<"):
        return part
    return plain(part[:-1]) + "*" if part.endswith("*") else plain(part)


def _variants(slots: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
    """The phrase with and without each place that may be missing at its start."""
    if not slots[0].optional:
        return [slots]
    first = Slot(slots[0].keys)
    return [(first, *slots[1:]), *_variants(slots[1:])]

"""Reads content/lexicon: the words runners use, by language.

Rule: words are data. A file holds entries; an entry names a concept the reader knows and the
phrases that mean it. A phrase is plain words with a few marks:

    a|b        either word                [a]       the word may be missing
    swell*     any ending                 <calf>    any word of the list `calf` in [words]
    ...        up to 3 words between      #         a number, in figures or words

`examples` are sentences that must be read as the concept, and `counter` sentences that must not.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

COMMON = "common"


class LexiconError(ValueError):
    """A word file cannot be used. The message names the file, and the entry if there is one."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One concept and the phrases that mean it. `value` is what the concept stands for."""

    id: str
    phrases: tuple[str, ...] = ()
    value: str | float | int | bool | None = None
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    note: str = ""
    file: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: tuple[Entry, ...] = ()
    words: dict[str, str] = {}
    known: str = ""


class WordList(msgspec.Struct, frozen=True):
    """All words of one language: entries, named word lists, and words that need no correcting."""

    language: str
    entries: tuple[Entry, ...]
    words: dict[str, tuple[str, ...]]
    known: frozenset[str]


def load_words(folder: Path) -> dict[str, WordList]:
    """Read every language under `folder`. The words of `common` belong to each of them.

    Raises LexiconError for a file that is not TOML, has unknown keys, or is empty of meaning.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}: there is no such folder of words")
    shared = _language(folder / COMMON) if (folder / COMMON).is_dir() else None
    found = {}
    for place in sorted(p for p in folder.iterdir() if p.is_dir() and p.name != COMMON):
        found[place.name] = _joined(_language(place), shared)
    return found


def _joined(own: WordList, shared: WordList | None) -> WordList:
    if shared is None:
        return own
    words = {**shared.words, **own.words}
    return WordList(own.language, shared.entries + own.entries, words, own.known | shared.known)


def _language(place: Path) -> WordList:
    entries: list[Entry] = []
    words: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for path in sorted(place.glob("*.toml")):
        file = _read(path)
        name = f"{place.name}/{path.name}"
        entries += [_checked(entry, name) for entry in file.entry]
        words |= {key: tuple(line.split()) for key, line in file.words.items()}
        known.update(file.known.split())
    return WordList(place.name, tuple(entries), words, frozenset(known))


def _read(path: Path) -> _File:
    try:
        text = path.read_text(encoding="utf-8")
        plain = plain_toml(text)
        return msgspec.convert(tomllib.loads(text) if plain is None else plain, _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.parent.name}/{path.name}: {error}") from error


def plain_toml(text: str) -> dict[str, Any] | None:
    """The tables of a file of one-line values, several times as fast as a whole TOML reader.

    A one-line value without escapes is written alike in TOML and JSON. None for anything else: a
    value over several lines, a comment behind one, a table of another kind, a key told twice.
    """
    found: dict[str, Any] = {}
    table = found
    for line in text.splitlines():
        if not line or line[0] == "#":
            continue
        if line == "[[entry]]":
            table = {}
            found.setdefault("entry", []).append(table)
        elif line == "[words]" and "words" not in found:
            table = found["words"] = {}
        else:
            key, equals, value = line.partition(" = ")
            if (
                not equals
                or not key.isidentifier()
                or not key.isascii()
                or key in table
                or "\\" in value
            ):
                return None
            try:
                told = msgspec.json.decode(value)
            except msgspec.DecodeError:
                return None
            if told is None or isinstance(told, dict):
                return None
            table[key] = told
    return found


def _checked(entry: Entry, name: str) -> Entry:
    if not entry.phrases or not all(phrase.strip() for phrase in entry.phrases):
        raise LexiconError(
            f"{name}, entry {entry.id!r}: an entry needs phrases, none of them empty"
        )
    return msgspec.structs.replace(entry, file=name)

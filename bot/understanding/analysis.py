"""The text in its analysed form, which every later stage reads and none changes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.understanding.hits import Hit, find_hits, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.understanding.findings import Findings
    from bot.understanding.lexicon import Language
    from bot.understanding.quantities import Quantity
    from bot.understanding.tokens import Sentence, Token

MASK = "not."
_begins = attrgetter("i")


@dataclass(frozen=True, slots=True)
class Text:
    """Tokens, sentences and hits of one message, in one language, on one day."""

    raw: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    language: Language
    today: date
    hits: dict[str, tuple[Hit, ...]]
    masked: tuple[Hit, ...]

    def of(self, concept: str) -> tuple[Hit, ...]:
        """All hits of a concept, in the order of the text."""
        return self.hits.get(concept, ())

    def within(self, concept: str, first: int, last: int) -> Iterator[Hit]:
        """Hits of a concept that begin at token `first` or later and before `last`."""
        own = self.hits.get(concept)
        if not own or own[-1].i < first or own[0].i >= last:
            return iter(())
        k = bisect_left(own, first, key=_begins)
        return iter(own[k : bisect_left(own, last, k, key=_begins)])

    def has(self, concept: str, first: int, last: int) -> bool:
        """Whether any hit of the concept begins in that range of tokens."""
        own = self.hits.get(concept)
        if not own or own[-1].i < first or own[0].i >= last:
            return False
        k = bisect_left(own, first, key=_begins)
        return k < len(own) and own[k].i < last

    def sentence(self, i: int) -> Sentence:
        """The sentence token i is in."""
        return self.sentences[self.tokens[i].sentence]

    def around(self, i: int, j: int, before: int, after: int) -> tuple[int, int]:
        """Tokens up to `before` left and `after` right of i..j, inside the sentence."""
        own = self.sentence(i)
        return max(own.first, i - before), min(own.last, j + after)

    def near(self, concept: str, i: int, j: int, before: int = 4, after: int = 4) -> bool:
        """Whether a hit of the concept begins close to tokens i..j, in the same sentence."""
        first, last = self.around(i, j, before, after)
        return self.has(concept, first, last)

    def quote(self, i: int, j: int) -> tuple[str, int, int]:
        """The words of tokens i to j as the runner wrote them, with their place."""
        if j <= i:
            return "", 0, 0
        start, end = self.tokens[i].start, self.tokens[j - 1].end
        return self.raw[start:end], start, end

    def break_between(self, i: int, j: int, marks: str = ",;:()-–—") -> bool:
        """Whether punctuation of `marks` stands before any token after i up to j."""
        return any(mark in self.tokens[k].before for k in range(i, j) for mark in marks)

    def norm(self, i: int) -> str:
        """The plain form of token i, or nothing outside the text."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the stages found, for labels and for explaining."""

    text: Text
    quantities: tuple[Quantity, ...]
    findings: Findings
    pathways: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def analyse_text(
    raw: str,
    tokens: tuple[Token, ...],
    sentences: tuple[Sentence, ...],
    language: Language,
    today: date,
) -> Text:
    """Find every mention in a normalised message."""
    keys = [keys_of(token, language) for token in tokens]
    found = find_hits(tokens, keys, language)
    hits, masked = _grouped(found)
    return Text(raw, tokens, sentences, language, today, hits, masked)


def _grouped(found: tuple[Hit, ...]) -> tuple[dict[str, tuple[Hit, ...]], tuple[Hit, ...]]:
    """Hits by concept. A hit of `not.x` hides the hits of `x` it overlaps."""
    groups: dict[str, list[Hit]] = {}
    for hit in found:
        groups.setdefault(hit.concept, []).append(hit)
    hidden: list[Hit] = []
    ready = {}
    for concept, own in groups.items():
        masks = groups.get(MASK + concept)
        if masks is None:
            ready[concept] = tuple(own)
            continue
        covered = {k for mask in masks for k in range(mask.i, mask.j)}
        hidden += [h for h in own if not covered.isdisjoint(range(h.i, h.j))]
        ready[concept] = tuple(h for h in own if covered.isdisjoint(range(h.i, h.j)))
    return ready, tuple(hidden)

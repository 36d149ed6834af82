"""What the runner asks. The advice answers that first, so the last question counts most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.reading import Ask

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

KINDS = (
    "see_someone",
    "repeat_or_go_on",
    "can_i_run",
    "which_stretches",
    "is_it_the_shoes",
    "how_long",
    "is_this_normal",
    "other",
)
"""In a sentence that could be read as several, the more telling kind wins."""


def find_asks(text: Text) -> tuple[Ask, ...]:
    """One ask for each sentence that asks, in the order of the text."""
    found = []
    for sentence in text.sentences:
        for kind in KINDS:
            hit = next(text.within("ask." + kind, sentence.first, sentence.last), None)
            if hit is not None and (sentence.question or _asks_without_mark(text, hit.i)):
                found.append(Ask(kind, *text.quote(hit.i, sentence.last)))
                break
        else:
            if sentence.question:
                found.append(Ask("other", *text.quote(sentence.first, sentence.last)))
    return tuple(found)


def _asks_without_mark(text: Text, i: int) -> bool:
    """Runners leave the question mark out: the question then begins a sentence or clause."""
    own = text.sentence(i)
    begins = i - own.first <= 2 or bool(text.tokens[i].before)
    return begins or text.norm(i - 1) in ("so", "and", "but", "is", "just", "wondering", "can")

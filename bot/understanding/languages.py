"""Which language a message is written in, by its commonest small words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.tokens import tokenise

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

_LOOK_AT_CHARS = 1000


def guess_language(text: str, lexicon: Lexicon) -> str:
    """The language with most of its marker words in the text; the default one on a tie."""
    words = [token.norm for token in tokenise(text[:_LOOK_AT_CHARS])[0]]
    best, most = lexicon.default, 0
    for name, language in lexicon.languages.items():
        count = sum(word in language.markers for word in words)
        if count > most or (count == most and name == lexicon.default):
            best, most = name, count
    return best

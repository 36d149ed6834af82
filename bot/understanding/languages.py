"""Which language a message is written in, by its commonest small words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.lexicon import Lexicon
    from bot.understanding.tokens import Token

_LOOK_AT = 200


def guess_language(tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """The language with most of its marker words among the first words; the default one on a tie."""
    words = [token.norm for token in tokens[:_LOOK_AT]]
    best, most = lexicon.default, 0
    for name, language in lexicon.languages.items():
        count = sum(word in language.markers for word in words)
        if count > most or (count == most and name == lexicon.default):
            best, most = name, count
    return best

"""Which language a message is written in, by its small words and the words of the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.lexicon import Lexicon
    from bot.understanding.tokens import Token

_LOOK_AT = 120
_CLEARLY = 1


def guess_language(tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """The language that knows clearly most of the first words; the default one in doubt."""
    words = {token.norm for token in tokens[:_LOOK_AT] if not token.number}
    counts = {
        name: sum((word in language.markers) + (word in language.known) for word in words)
        for name, language in lexicon.languages.items()
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > counts[lexicon.default] + _CLEARLY else lexicon.default

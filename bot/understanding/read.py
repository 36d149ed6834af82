"""Reading one message: the stages in their order.

normalise -> mentions -> context -> resolve -> readings. Each stage only adds to what the stages
before it found, so a reading can be followed back to its words (see explain.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.analysis import Analysis, analyse_text
from bot.understanding.asks import find_asks
from bot.understanding.commands import find_chit_chat, find_command
from bot.understanding.facts import denied_readings, readings_of
from bot.understanding.languages import guess_language
from bot.understanding.quantities import find_quantities
from bot.understanding.reading import Understood
from bot.understanding.replies import Reply, read_reply
from bot.understanding.stages import find_all
from bot.understanding.tokens import tokenise

if TYPE_CHECKING:
    from datetime import date

    from bot.understanding.lexicon import Lexicon
    from bot.understanding.reading import OpenQuestion


def read(
    text: str,
    lexicon: Lexicon,
    *,
    today: date,
    lang: str | None = None,
    open_fact: OpenQuestion | None = None,
) -> Understood:
    """Read a message of any length; what lies beyond 100,000 characters is not read.

    `today` is the runner's date, from which days and dates are counted. `lang` is the language to
    read in; without it the words tell. Never raises for any text.
    """
    tokens, sentences = tokenise(text)
    language = lexicon.language(lang or guess_language(tokens, lexicon))
    analysed = analyse_text(text, tokens, sentences, language, today)
    quantities = find_quantities(analysed)
    findings = find_all(analysed, quantities)
    analysis = Analysis(analysed, quantities, findings)
    reply = read_reply(analysed, open_fact) if open_fact is not None else Reply()
    readings = readings_of(analysis, open_fact, reply)
    denied = denied_readings(analysis)
    asks = find_asks(analysed)
    return Understood(
        readings=readings,
        denied=denied,
        asks=asks,
        command=find_command(analysed),
        chit_chat=find_chit_chat(analysed, not readings and not denied),
        correction=bool(analysed.of("meant")),
        language=language.name,
        option=reply.options[0] if reply.options else None,
        options=reply.options,
        analysis=analysis,
    )

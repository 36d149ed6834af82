"""Reading one message: the stages in their order.

normalise -> mentions -> context -> resolve -> readings. Each stage only adds to what the stages
before it found, so a reading can be followed back to its words (see explain.py).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
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
from bot.understanding.tokens import MAX_CHARS, tokenise

if TYPE_CHECKING:
    from datetime import date

    from bot.understanding.lexicon import Lexicon
    from bot.understanding.reading import OpenQuestion, Reading

PIECE_CHARS = 4_000


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
    read in; without it the words tell. Never raises for any text. A long message is read in pieces,
    so that the time stays in step with its length: its story is taken from the first piece, its
    warning signs from all of them.
    """
    if len(text) > PIECE_CHARS:
        return read_long(text[:MAX_CHARS], lexicon, today, lang, open_fact)
    return _read_piece(text, lexicon, today, lang, open_fact)


def read_long(
    text: str, lexicon: Lexicon, today: date, lang: str | None, open_fact: OpenQuestion | None
) -> Understood:
    """Read a long message piece by piece."""
    ends = list(range(PIECE_CHARS, len(text), PIECE_CHARS))
    cuts = [0, *(_cut(text, end) for end in ends), len(text)]
    pieces = [(a, text[a:b]) for a, b in pairwise(cuts) if b > a]
    first = _read_piece(pieces[0][1], lexicon, today, lang, open_fact)
    readings, denied = list(first.readings), list(first.denied)
    for start, piece in pieces[1:]:
        more = _read_piece(piece, lexicon, today, first.language, None)
        if more.analysis is None or first.analysis is None:
            continue
        signs = more.analysis.findings.flags
        first.analysis.findings.flags += [replace(flag, i=0, j=0) for flag in signs]
        facts = {flag.fact for flag in signs} - {r.fact for r in readings if r.standing == "now"}
        readings += [_moved(r, start) for r in more.readings if r.fact in facts]
        denied += [_moved(r, start) for r in more.denied]
    present = {r.fact for r in readings if r.standing == "now"}
    left = {r.fact: r for r in reversed(denied) if r.fact not in present}
    return replace(first, readings=tuple(readings), denied=tuple(left.values()))


def _cut(text: str, end: int) -> int:
    """A place near `end` between two words."""
    space = text.rfind(" ", end - 200, end)
    return end if space < 0 else space


def _moved(reading: Reading, by: int) -> Reading:
    return replace(reading, start=reading.start + by, end=reading.end + by)


def _read_piece(
    text: str, lexicon: Lexicon, today: date, lang: str | None, open_fact: OpenQuestion | None
) -> Understood:
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

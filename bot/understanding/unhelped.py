"""Worse, or no better, although not running: told in words far from each other.

Evidence.md 1.2 W7. "Haven't run for 3 weeks and it's actually getting worse" needs no length; "no
better" and "straight back" need a rest of a week or more, or one without a length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit

_BACK = 26
_LONG = frozenset(["week", "weeks", "fortnight", "month", "wk", "wks", "weeks'", "ages"])
_SHORT = frozenset(["day", "days", "hour", "hours", "night", "nights"])
_TOO_LONG = frozenset(["year", "years", "decade", "decades", "yrs", "yr"])
_ALTHOUGH = frozenset(("though", "although", "despite", "while", "whilst", "when"))
_ENOUGH_DAYS = 7
_WORDS = {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14}


def find_unhelped(text: Text) -> list[Flag]:
    """The flag soreness_returned_without_run, once."""
    for hit in text.of("with.no_better"):
        worse = text.has("with.worse", hit.i, hit.j)
        rest = _rest_before(text, hit) or (_rest_after(text, hit) if worse else None)
        if rest is None or text.sentence(hit.i).question:
            continue
        if _rest_counts(text, rest, worse):
            return [
                Flag(
                    "soreness_returned_without_run",
                    True,
                    min(rest.i, hit.i),
                    max(rest.j, hit.j),
                    "now",
                    "likely",
                )
            ]
    return []


def _rest_before(text: Text, hit: Hit) -> Hit | None:
    """The nearest rest told before it, no more than two sentences back."""
    place = text.tokens[hit.i].sentence
    first = max(text.sentences[max(0, place - 2)].first, hit.i - _BACK)
    found = [h for h in text.within("with.no_run", first, hit.i) if h.j <= hit.i]
    return found[-1] if found else None


def _rest_after(text: Text, hit: Hit) -> Hit | None:
    """As in "getting worse even though I haven't run"."""
    last = min(text.sentence(hit.i).last, hit.j + 8)
    joined = any(text.norm(k) in _ALTHOUGH for k in range(hit.j, last))
    return next(text.within("with.no_run", hit.j, last), None) if joined else None


def _rest_counts(text: Text, rest: Hit, worse: bool) -> bool:
    own = text.sentence(rest.i)
    near = range(max(own.first, rest.i - 4), min(own.last, rest.j + 5))
    words = [text.norm(k) for k in near]
    if any(word in _TOO_LONG for word in words):
        return False
    if worse or any(word in _LONG for word in words):
        return True
    if not any(word in _SHORT for word in words):
        return text.norm(rest.i) in ("resting", "rest", "rested")
    return any(
        (int(word) if word.isdigit() and len(word) < 4 else _WORDS.get(word, 0)) >= _ENOUGH_DAYS
        for word in words
    )

"""Answers to the question that is open: an option in the runner's words, or a number.

Rule: an option is chosen only by its own label or synonyms, by its place ("second one"), or by a
plain yes, no, none or not sure; with two options equally near, none is chosen. "None of these" is
chosen only by words that take nothing back: "no idea" and "no wait yes" do not clear a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.understanding.quantities import Quantity, find_quantities
from bot.understanding.tokens import fold, tokenise

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.reading import OpenQuestion

_NEAR = 87
_LONG_REPLY = 12
_TAKES_BACK = frozenset(
    {"except", "apart", "besides", "yes", "yep", "yeah", "si", "oui", "ja", "sim"}
)
_NAMED = {"yes": ("yes", "say.yes"), "no": ("no", "say.no")}


@dataclass(frozen=True, slots=True)
class Reply:
    """Options named, best first, and a plain number with its tokens."""

    options: tuple[str, ...] = ()
    number: Quantity | None = None
    i: int = 0
    j: int = 0


def read_reply(text: Text, question: OpenQuestion) -> Reply:
    """Read a text as the answer to a question. An empty Reply when it does not answer it."""
    options = _options(text, question)
    number = _number(text, question)
    if number is not None and not options:
        options = _range_option(number, question)
    return Reply(options, number, 0, len(text.tokens))


def _options(text: Text, question: OpenQuestion) -> tuple[str, ...]:
    if not question.options or not text.tokens:
        return ()
    named = _by_label(text, question)
    if named:
        chosen = named if question.kind == "many" else named[:1]
    else:
        chosen = _by_place(text, question) or _by_answer(text, question)
    return _unless_taken_back(text, question, chosen)


def _unless_taken_back(
    text: Text, question: OpenQuestion, chosen: tuple[str, ...]
) -> tuple[str, ...]:
    """A "none of these" with a doubt is not sure; with a yes, or an exception, it is no answer."""
    means = {option: _meaning(option, label) for option, label, _ in question.options}
    if [means[option] for option in chosen] != ["none"]:
        return chosen
    if text.of("say.not_sure"):
        return tuple(option for option in means if means[option] == "not_sure")[:1]
    after = {token.norm for token in text.tokens[1:]}
    return () if after & _TAKES_BACK or text.of("ordinal") else chosen


def _by_label(text: Text, question: OpenQuestion) -> tuple[str, ...]:
    """Options whose label or synonym stands in the text, typing errors allowed."""
    said = [token.norm for token in text.tokens]
    scores: list[tuple[float, int, str]] = []
    for place, (option, label, synonyms) in enumerate(question.options):
        best = max((_score(said, words) for words in (label, *synonyms, option)), default=0.0)
        if best >= _NEAR:
            scores.append((-best, place, option))
    scores.sort()
    if question.kind != "many" and len(scores) > 1 and scores[0][0] == scores[1][0]:
        return _first_said(said, question, {s[2] for s in scores if s[0] == scores[0][0]})
    return tuple(option for _, _, option in scores)


def _first_said(said: list[str], question: OpenQuestion, tied: set[str]) -> tuple[str, ...]:
    """Of options named equally well ("both, but the left is worse"), the one said first."""
    places = []
    for option, label, synonyms in question.options:
        if option in tied:
            words = {w for part in (label, *synonyms, option) for w in _words(part)}
            places.append((min((k for k, w in enumerate(said) if w in words), default=999), option))
    places.sort()
    if len(places) > 1 and places[0][0] == places[1][0]:
        return ()
    return (places[0][1],)


def _words(text: str) -> list[str]:
    return [token.norm for token in tokenise(text.replace("_", " "))[0]]


def _score(said: list[str], label: str) -> float:
    """How well the words of a label are found in a row in what was said, 0 to 100."""
    wanted = _words(label)
    if not wanted or len(wanted) > len(said):
        return 0.0 if not wanted else _short(said, wanted)
    best = 0.0
    joined = " ".join(wanted)
    for start in range(len(said) - len(wanted) + 1):
        window = " ".join(said[start : start + len(wanted)])
        if window == joined:
            return 100.0 + len(wanted)
        if len(joined) >= 4 and window[0] == joined[0]:
            close = OSA.distance(window, joined, score_cutoff=1) <= 1
            best = max(best, 90.0 if close else fuzz.ratio(window, joined) - 1)
    return best


def _short(said: list[str], wanted: list[str]) -> float:
    """A reply shorter than the label, such as "hours later" for "it came hours later"."""
    window, joined = " ".join(said), " ".join(wanted)
    if len(window) >= 5 and window in joined:
        return 88.0
    return fuzz.ratio(window, joined) if window[:1] == joined[:1] else 0.0


def _by_place(text: Text, question: OpenQuestion) -> tuple[str, ...]:
    if len(text.tokens) > 5:
        return ()
    for hit in text.of("ordinal"):
        place = int(float(hit.value or 0))
        index = place - 1 if place > 0 else len(question.options) - 1
        if 0 <= index < len(question.options):
            return (question.options[index][0],)
    return ()


def _by_answer(text: Text, question: OpenQuestion) -> tuple[str, ...]:
    """Yes, no, none and not sure, for options that mean them."""
    if len(text.tokens) > _LONG_REPLY:
        return ()
    ids = {option: _meaning(option, label) for option, label, _ in question.options}
    for meaning, concept in (
        ("none", "say.none"),
        ("not_sure", "say.not_sure"),
        ("yes", "say.yes"),
        ("no", "say.no"),
    ):
        if any(h.i == 0 for h in text.of(concept)):
            chosen = [option for option, means in ids.items() if means == meaning]
            if meaning == "no" and not chosen:
                chosen = [option for option, means in ids.items() if means == "none"]
            if len(chosen) == 1:
                return (chosen[0],)
    return ()


def _meaning(option: str, label: str) -> str:
    words = fold(f"{option.replace('_', ' ')} {label}")
    if "not sure" in words or "dont know" in words or "unsure" in words:
        return "not_sure"
    if "none" in words.split() or words.startswith("none"):
        return "none"
    first = words.split()[:1]
    return first[0] if first and first[0] in ("yes", "no") else ""


def _number(text: Text, question: OpenQuestion) -> Quantity | None:
    """The number of a short reply: 7, 7/10ish, about a 6, six."""
    if len(text.tokens) > _LONG_REPLY:
        return None
    found = find_quantities(text)
    scores = [q for q in found if q.kind == "score"]
    plain = [q for q in found if q.kind == "number"]
    chosen = scores or plain
    return (
        chosen[-1]
        if chosen and (question.kind in ("number", "choice", "text") or scores)
        else (chosen[-1] if len(found) == 1 and chosen else None)
    )


def _range_option(number: Quantity, question: OpenQuestion) -> tuple[str, ...]:
    """The option whose label is a range that holds the number: 7 for "6 to 8"."""
    for option, label, _ in question.options:
        ends = [float(t.norm) for t in tokenise(label)[0] if t.number and t.norm.isdigit()]
        if len(ends) == 2 and ends[0] <= number.middle <= ends[1]:
            return (option,)
        if len(ends) == 1 and ends[0] == number.middle:
            return (option,)
        if len(ends) == 1 and "+" in label and number.middle >= ends[0]:
            return (option,)
    return ()

"""Stage 4, resolve: what the runner says of themselves - age, habits, how often, scores by situation.

Findings are named `fact.<id>` and become readings of that fact as they are (facts.py). Nothing here
has a label of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings, Value
    from bot.understanding.quantities import Quantity

_YEAR_S = 31_557_600
_BANDS = ((18, "under_18"), (30, "18_29"), (40, "30_39"), (50, "40_49"), (60, "50_59"))
_I_AM = frozenset(("im", "aged", "age", "turned", "turning", "bin", "ai", "tengo", "tenho"))
_GOES_ON = frozenset(
    ("and", "but", "so", "now", "with", "yo", "male", "female", "m", "f", "this", "next")
) | frozenset(
    ("years", "today", "yr", "year", "who", "just", "und", "et", "y", "e", "jahre", "ans")
)
_NOT_ME = frozenset(("son", "daughter", "dog", "kid", "child", "knees", "shoes", "injury", "mum"))
_THREE_MONTHS_S = 92 * 86_400
_PLACES = (
    ("told.heel", "achilles_heel"),
    ("told.behind_knee", "behind_knee"),
    ("told.low", "muscle_low"),
    ("told.high", "muscle_high"),
)
_SCORES = (
    ("score.first_steps", "fact.pain_first_steps"),
    ("score.stairs", "fact.pain_stairs"),
    ("score.walk", "fact.pain_walk"),
    ("score.run", "fact.pain_run"),
)


def find_person(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add fact.* to the findings."""
    _age(text, quantities, findings)
    for concept, name in (
        ("told.nothing_new", "fact.nothing_new"),
        ("told.running_regularly", "fact.running_regularly"),
        ("told.same_point", "fact.same_point_each_run"),
    ):
        _told(text, concept, name, findings)
    if any(f.fact == "dark_pee" and f.standing == "now" for f in findings.flags):
        _told(text, "told.severe_muscle", "fact.severe_muscle", findings)
    _place(text, findings)
    _episodes(text, quantities, findings)
    _scores(text, quantities, findings)
    _longest(text, quantities, findings)


def _told(text: Text, concept: str, name: str, findings: Findings) -> None:
    for hit in text.of(concept):
        if standing(text, hit.i, hit.j, clause=True) == "now" and not _asked(text, hit.i):
            findings.add(name, Found(True, hit.i, hit.j, "likely"))
            return


def _asked(text: Text, i: int) -> bool:
    own = text.sentence(i)
    return own.question and text.has("question_word", own.first, i)


def _age(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    for q in quantities:
        years = _years(text, q)
        if years is None or not 8 <= years <= 99 or q.high != q.low:
            continue
        band = next((name for below, name in _BANDS if years < below), "60_plus")
        findings.add("fact.age_band", Found(band, q.i, q.j))
        findings.add("fact.adult", Found(years >= _BANDS[0][0], q.i, q.j))
        return


def _years(text: Text, q: Quantity) -> float | None:
    """The age a quantity states, or None."""
    said = text.norm(q.i - 1) in _I_AM or (text.norm(q.i - 1) == "am" and text.norm(q.i - 2) == "i")
    after = {text.norm(t) for t in range(q.j, q.j + 3)}
    own = text.sentence(q.i)
    theirs = text.has("other_person", max(own.first, q.i - 5), q.i) or bool(after & _NOT_ME)
    if q.kind == "duration" and q.low >= _YEAR_S and not theirs:
        old = text.norm(q.j) == "old"
        return round(q.middle / _YEAR_S) if old or said else None
    if q.kind != "number" or theirs:
        return None
    if text.has("age.word", q.j, q.j + 1) and text.norm(q.j) != "old":
        return q.middle
    ends = q.j >= own.last or bool(text.tokens[q.j].before) or text.norm(q.j) in _GOES_ON
    return q.middle if said and ends else None


def _place(text: Text, findings: Findings) -> None:
    """The finer place, when it is the complaint's."""
    site = findings.fields.get("soreness.site")
    if site is None or findings.value("soreness.present") is not True:
        return
    for concept, place in _PLACES:
        for hit in text.of(concept):
            near = abs(text.tokens[hit.i].sentence - text.tokens[site.i].sentence) <= 1
            if near and standing(text, hit.i, hit.j) == "now":
                findings.add("fact.location", Found(place, hit.i, hit.j, "likely"))
                return


def _episodes(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    names: dict[int, Value] = {1: "first", 2: "two", 3: "three_plus"}
    for hit in text.of("told.time_again"):
        own = text.sentence(hit.i)
        span = next((q for q in quantities if q.kind == "duration" and 0 <= q.i - hit.j <= 3), None)
        if (span is not None and span.middle > _THREE_MONTHS_S) or text.norm(hit.j + 1) == "year":
            continue
        if findings.value("soreness.present") is True and not own.question:
            value = names[int(float(hit.value or 3))]
            findings.add("fact.episodes_3mo", Found(value, hit.i, hit.j, "likely"))
            return


def _scores(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "6/10 when walking", "stairs 4/10": a score belongs to the situation next to it."""
    for q in quantities:
        if q.kind != "score":
            continue
        own = text.sentence(q.i)
        first, last = max(own.first, q.i - 5), min(own.last, q.j + 6)
        best: tuple[int, str] | None = None
        for concept, name in _SCORES:
            for hit in text.within(concept, first, last):
                gap = hit.i - q.j if hit.i >= q.j else q.i - hit.j + 1
                if text.break_between(min(hit.j, q.j), max(hit.i, q.i) + 1, ",;"):
                    continue
                if best is None or gap < best[0]:
                    best = (gap, name)
        if best is not None:
            findings.add(best[1], Found(q.middle, q.i, q.j))


def _longest(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """As in "my longest run before was 7k": the run to measure against, not the run."""
    for hit in text.of("longest.before"):
        own = text.sentence(hit.i)
        for q in quantities:
            beside = (
                q.kind == "distance" and not q.weekly and hit.i < q.i <= min(hit.j + 5, own.last)
            )
            if (
                beside
                and q.j <= own.last
                and text.tokens[q.i].sentence == text.tokens[hit.i].sentence
            ):
                findings.add("fact.longest_30d_m", Found(round(q.high, 1), q.i, q.j))
                return

"""Stage 4, resolve: the distances that may be the run the message is about.

Rule: each has a role (run, planned, usual, a place along the way ...) and the days since it was run.
A race named counts with its distance; a bare number counts after a word for having run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understanding.numbers import clock_seconds
from bot.understanding.roles import got_to, role_of
from bot.understanding.small_words import AFTER_A_RUN, EASILY, RAN

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit
    from bot.understanding.moments import Moment
    from bot.understanding.quantities import Quantity
    from bot.understanding.roles import Role

RUN_ROLES: frozenset[Role] = frozenset(("done", "plain", "stopped"))
_MAX_RUN_M = 250_000
_LEAST_RACE_S = 12 * 60
_MILE = 1609.344
_FOOT_AND_MORE = 0.5  # heights are told in feet
_UNKNOWN_DAYS = 7.5
_MARATHON_M = 42_195.0
_MARATHON_S = (7_800, 24_300)
_FAR_M = (28_000, 42_200)
_OUT = frozenset(("out", "through", "up", "in"))
_LONG_M = 38_000
_LEAST_GROWN_M = 1_000
_NEAR = 20
_UNTIL = frozenset(("till", "til", "until", "to", "for"))
_COUNTED_BY = frozenset(["week", "day", "wk", "w", "minute", "number", "age", "top"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A distance that may be the run: metres, its role, and how many days ago it was."""

    metres: float
    high: float
    i: int
    j: int
    role: Role
    days: float
    own_time: bool


def find_candidates(
    text: Text, quantities: tuple[Quantity, ...], moments: tuple[Moment, ...]
) -> list[Candidate]:
    """Every distance and race that may be a run, in the order of the text."""
    found = [*_distances(text, quantities, moments), *_races(text, moments)]
    if not any(c.metres >= _LONG_M and c.role in RUN_ROLES for c in found):
        found += _by_its_time(text, quantities, moments)
    return sorted(found, key=lambda c: c.i)


def _by_its_time(
    text: Text, quantities: tuple[Quantity, ...], moments: tuple[Moment, ...]
) -> list[Candidate]:
    """As in "4:02:51 in Manchester, bonked at 35k": a marathon, by its time and a place far along it."""
    far = any(
        q.kind == "distance"
        and _FAR_M[0] <= q.low <= _FAR_M[1]
        and role_of(text, q.i, q.j) != "done"
        for q in quantities
    )
    for q in quantities:
        long = q.kind == "clock" and any(
            _MARATHON_S[0] <= s <= _MARATHON_S[1] for s in (q.low, q.low * 60)
        )
        own = text.sentence(q.i)
        goal = text.has("goal_time", max(own.first, q.i - 4), q.i) or text.has(
            "plan", own.first, q.i
        )
        if far and long and not goal and not own.question:
            days = days_of(text, q.i, moments)
            return [Candidate(_MARATHON_M, _MARATHON_M, q.i, q.j, "plain", *days)]
    return []


def _distances(
    text: Text, quantities: tuple[Quantity, ...], moments: tuple[Moment, ...]
) -> list[Candidate]:
    found: list[Candidate] = []
    unit = _unit_of(text, quantities)
    for q in quantities:
        metres = q.middle
        if q.change and q.kind == "distance" and not q.weekly:
            found += _grown(text, q, moments)
        if q.kind == "distance":
            if q.weekly or q.change or q.unit < _FOOT_AND_MORE or not 45 <= metres <= _MAX_RUN_M:
                continue
        elif q.kind == "number" and _bare_run(text, q) and not _of_repetitions(q, quantities):
            metres = metres * unit
        else:
            continue
        if text.norm(q.j - 2) in ("few", "several") or text.norm(q.i) in ("few", "several"):
            continue
        if any(h.i <= q.i < h.j for h in text.within("c25k", max(0, q.i - 2), q.i + 1)):
            continue
        role = role_of(text, q.i, q.j)
        days, own = days_of(text, q.i, moments)
        high = q.high / q.middle * metres if q.middle else metres
        found.append(Candidate(metres, high, q.i, q.j, role, days, own))
    return found


def _grown(text: Text, q: Quantity, moments: tuple[Moment, ...]) -> list[Candidate]:
    """As in "from 6 to 10 miles on Sunday": the run, and the longest before it."""
    days, own = days_of(text, q.i, moments)
    if not own or q.low < _LEAST_GROWN_M or text.has("plan", text.sentence(q.i).first, q.i):
        return []
    usual = Candidate(q.low, q.low, q.i, q.j, "habit", _UNKNOWN_DAYS, False)
    return [usual, Candidate(q.high, q.high, q.i, q.j, "done", days, own)]


def _of_repetitions(q: Quantity, quantities: tuple[Quantity, ...]) -> bool:
    """As in "6 x 800, managed 4": a number of repetitions."""
    return any(o.kind == "reps" and 0 < q.i - o.j <= _NEAR for o in quantities)


def _unit_of(text: Text, quantities: tuple[Quantity, ...]) -> float:
    """Metres of the unit this runner counts in; miles when an English text does not tell."""
    for hit in text.of("unit.said"):
        return float(hit.value or 1000)
    for q in quantities:
        if q.kind == "distance" and q.low >= 500:
            return _MILE if abs(q.low / _MILE - round(q.low / _MILE, 2)) < 1e-6 else 1000.0
    return _MILE if text.language.name == "en" else 1000.0


def _bare_run(text: Text, q: Quantity) -> bool:
    """As in "Ran 4 today": a number straight after a word for running, with no noun behind it."""
    figure = text.tokens[q.i].number or q.low >= 1
    if not 0.5 <= q.low <= 45 or not figure or text.norm(q.i - 1) in _COUNTED_BY:
        return False
    if (
        text.norm(q.i - 1) == "of"
        and text.norm(q.i - 2) != "one"
        and not text.has("run.word", q.i - 2, q.i - 1)
    ):
        return False
    if (
        text.norm(q.i - 1) in ("at", "the")
        and not text.has("stopped", q.i - 2, q.i - 1)
        and not got_to(text, q.i)
    ):
        return False
    if text.norm(q.i - 1) == "was" and not text.has("day", q.i - 2, q.i - 1):
        return False
    before = text.norm(q.i - 1) in RAN or _did(text, q.i) or got_to(text, q.i)
    after = text.norm(q.j) in EASILY
    if before and text.norm(q.j) == "of":
        return text.norm(q.i - 1) != "of" or text.norm(q.i - 2) == "one"
    ends = (
        q.j >= len(text.tokens)
        or bool(text.tokens[q.j].before)
        or (text.tokens[q.j].sentence != text.tokens[q.i].sentence)
    )
    if before:
        return ends or after or text.norm(q.j) in AFTER_A_RUN
    return after and (text.norm(q.j + 1) in AFTER_A_RUN or text.has("when", q.j, q.j + 3))


def _did(text: Text, i: int) -> bool:
    """Whether a word for having run ends at token i, in any language."""
    hits = text.within("run.done", max(0, i - 3), i)
    if text.language.name == "en":
        return any(h.j == i and h.j - h.i > 1 and text.norm(i - 1) in _OUT for h in hits)
    return any(h.j == i for h in hits)


def _races(text: Text, moments: tuple[Moment, ...]) -> list[Candidate]:
    """Parkruns, halves and marathons that were run."""
    found = []
    for concept in ("race", "race_word"):
        for hit in text.of(concept):
            own = text.sentence(hit.i)
            ahead = text.has("race_ahead", max(own.first, hit.i - 7), min(own.last, hit.j + 5))
            ahead = ahead or text.has("future", own.first, own.last) or own.question
            ahead = ahead or text.has("plan", max(own.first, hit.i - 6), hit.i)
            past = days_of(text, hit.i, moments)
            was_run = _was_run(text, hit.i) or _clocked(text, hit)
            until = any(text.norm(t) in _UNTIL for t in range(max(own.first, hit.i - 3), hit.i))
            role: Role = "planned" if (ahead or until) and not was_run else "plain"
            before = {text.norm(hit.i - 1), text.norm(hit.i), text.norm(hit.i - 2)}
            if (
                before & {"since", "bar", "after", "before", "then", "tapering"}
                or text.has("since", max(own.first, hit.i - 4), hit.i)
                or text.norm(hit.i - 3) == "after"
            ):
                role = "habit"
            elif past[0] > 90 or (concept == "race_word" and not (was_run or past[1])):
                continue
            found.append(
                Candidate(float(hit.value or 0), float(hit.value or 0), hit.i, hit.j, role, *past)
            )
    return found


def _clocked(text: Text, hit: Hit) -> bool:
    """Whether a time is told beside a race: "doing it in 38:12, my first parkrun"."""
    first, last = text.around(hit.i, hit.j, 8, 6)
    if text.has("plan", first, hit.i) or text.has("goal_time", first, hit.i):
        return False
    figures = (text.norm(t) for t in range(first, last) if text.tokens[t].number)
    return any((clock_seconds(f) or 0) >= _LEAST_RACE_S for f in figures if ":" in f)


def _was_run(text: Text, i: int) -> bool:
    own = text.sentence(i)
    return text.has("run.done", max(own.first, i - 5), i)


def days_of(text: Text, i: int, moments: tuple[Moment, ...]) -> tuple[float, bool]:
    """How long ago token i was: by its own sentence, else by the last time named before it."""
    own = [m for m in moments if text.tokens[m.i].sentence == text.tokens[i].sentence]
    if own:
        nearest = min(own, key=lambda m: apart(text, m, i))
        return nearest.days, True
    earlier = [m for m in moments if m.i < i]
    return (earlier[-1].days + 0.1, False) if earlier else (_UNKNOWN_DAYS, False)


def apart(text: Text, moment: Moment, i: int) -> float:
    """Words between a moment and token i; a comma counts 4 more, and what follows 1 more."""
    behind = moment.i > i
    left, right = (i + 1, moment.i + 1) if behind else (moment.j, i + 1)
    broken = text.break_between(left, right)
    if 0 < moment.i - i <= 3 and not broken:
        return 0.5  # 6k today
    return float(abs(moment.i - i)) + (1 if behind else 0) + (4 if broken else 0)

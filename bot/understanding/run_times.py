"""Stage 4, resolve: how long the run took.

Rule: a time counts when it is of a run that was done, on the day of the run and near its distance; a
pace, a place along the way, a break and a goal are no time of a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.candidates import RUN_ROLES, days_of
from bot.understanding.findings import Found
from bot.understanding.roles import role_of
from bot.understanding.small_words import EASILY, LASTS, NO_LENGTH

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.candidates import Candidate
    from bot.understanding.moments import Moment
    from bot.understanding.quantities import Quantity
    from bot.understanding.roles import Role

_MAX_RUN_S = 8 * 3600
_MIN_RUN_S = 301
_FASTEST = 0.12
_SLOWEST = 0.9
_SHORTEST_CLOCK = 240
_WHOLE_RUN_S = 1200
_HOW = ("surface", "effort", "on_the_run", "every_other_day", "each_morning")
_HABITS: frozenset[Role] = frozenset(("habit",))
_GONE = frozenset(
    ["gone", "goes", "fades", "settles", "eases", "passes", "went", "fine", "ok", "better"]
)


def run_time(
    text: Text,
    quantities: tuple[Quantity, ...],
    run: Candidate | None,
    moments: tuple[Moment, ...],
) -> Found | None:
    """The time of the run in minutes, or None."""
    sentence = text.tokens[run.i].sentence if run is not None else None
    return _of_roles(text, quantities, run, moments, sentence, RUN_ROLES) or (
        _of_roles(text, quantities, run, moments, sentence, _HABITS) if run is None else None
    )


def usual_time(text: Text, quantities: tuple[Quantity, ...]) -> Found | None:
    """The longest usual time told, in minutes: "been doing 60 mins on the flat"."""
    usual = [
        (seconds, q)
        for q in quantities
        if (seconds := _run_seconds(text, q)) is not None
        and role_of(text, q.i, q.j) == "habit"
        and not _each_run(text, q, alone=False)
    ]
    if not usual:
        return None
    seconds, q = max(usual, key=lambda u: u[0])
    return Found(seconds / 60, q.i, q.j, "likely")


def _of_roles(
    text: Text,
    quantities: tuple[Quantity, ...],
    run: Candidate | None,
    moments: tuple[Moment, ...],
    sentence: int | None,
    roles: frozenset[Role],
) -> Found | None:
    """The time of the run among the times that play one of the roles."""
    found: list[tuple[float, Quantity]] = []
    for q in quantities:
        seconds = _run_seconds(text, q)
        if _no_length(text, q) or _of_no_run(text, q, quantities):
            continue
        if seconds is None or role_of(text, q.i, q.j) not in roles:
            continue
        if roles is _HABITS and _each_run(text, q):
            continue
        if run is None or _of_this_run(text, q, run, moments):
            found.append((seconds, q))
    found = [f for f in found if f[0] >= _SHORTEST_CLOCK or run is not None]
    if not found:
        return None
    first = min(found, key=lambda f: _latest(text, f[1], sentence, moments))
    seconds, q = _end_of_list(found, first)
    if run is not None and q.kind == "clock" and seconds / run.metres < _FASTEST:
        seconds *= 60  # 3:05 for 20 miles is hours and minutes
        if seconds > _MAX_RUN_S or seconds / run.metres > _SLOWEST:
            return None  # 5:30 for 9 km is a pace
    return Found(seconds / 60, q.i, q.j, "likely")


def _of_this_run(text: Text, q: Quantity, run: Candidate, moments: tuple[Moment, ...]) -> bool:
    """Whether a time can be that of a run with a distance: near it, and of the same day."""
    sentence, at = text.tokens[run.i].sentence, text.tokens[q.i].sentence
    if not sentence - 2 <= at <= sentence + 1:
        return False
    if at < sentence and role_of(text, q.i, q.j) != "done":
        return False
    days, own = days_of(text, q.i, moments)
    return not ((at != sentence and own) or abs(days - run.days) > 1)


def _each_run(text: Text, q: Quantity, alone: bool = True) -> bool:
    """As in "25 minutes into every run", "the first ten minutes of each run": a place in the run."""
    own = text.sentence(q.i)
    sore = any(text.has(name, own.first, q.i) for name in ("hurt", "body"))
    into = text.norm(q.j) in ("into", "of") or text.norm(q.i - 1) in ("first", "last", "about")
    other = alone and any(text.has(name, q.j, len(text.tokens)) for name in ("day", "when"))
    return sore or into or text.has("longest", own.first, q.i) or other


def _end_of_list(
    found: list[tuple[float, Quantity]], chosen: tuple[float, Quantity]
) -> tuple[float, Quantity]:
    """As in "12, 15, 18, 21 minutes": what it came to is told last."""
    for seconds, q in found:
        if q.unit and 0 <= q.i - chosen[1].j <= 1 and q.i > chosen[1].i:
            chosen = (seconds, q)
    return chosen


def _of_no_run(text: Text, q: Quantity, quantities: tuple[Quantity, ...]) -> bool:
    """As in "only ever done 4k in 35 mins": the time of a distance that was no run."""
    return text.norm(q.i - 1) == "in" and any(
        o.kind == "distance" and o.j == q.i - 1 and role_of(text, o.i, o.j) not in RUN_ROLES
        for o in quantities
    )


def _no_length(text: Text, q: Quantity) -> bool:
    """As in "two hours later", "after 10 minutes", "gone in an hour"; not "after 45 mins of running"."""
    if text.norm(q.j) in NO_LENGTH:
        return True
    if any(text.norm(t) in LASTS for t in range(q.i - 3, q.i)):
        return True
    if text.norm(q.i - 1) in ("in", "within") and text.norm(q.i - 2) in _GONE:
        return True
    after = "after" in (text.norm(q.i - 1), text.norm(q.i - 2))
    if after and text.norm(q.j) in EASILY:
        return False
    return after and not (q.low >= _WHOLE_RUN_S and text.has("on_the_run", q.j, q.j + 2))


def _latest(
    text: Text, q: Quantity, sentence: int | None, moments: tuple[Moment, ...]
) -> tuple[float, bool, int]:
    """Order of times: the latest day, then those behind or in the run's sentence, then the first."""
    before = sentence is not None and text.tokens[q.i].sentence < sentence
    return days_of(text, q.i, moments)[0], before, q.i


def _run_seconds(text: Text, q: Quantity) -> float | None:
    """Seconds of running that a quantity may be, or None."""
    own = text.sentence(q.i)
    if q.kind == "clock":
        if text.norm(q.i - 1) in ("at", "a", "auf") and text.norm(q.i - 2) in ("km", "k", "miles"):
            return None
        if text.has("race_word", own.first, own.last) and 80 <= q.low <= 480:
            return q.low * 60  # 2:14 for a half is hours and minutes
        return q.low if 60 <= q.low <= _MAX_RUN_S and _of_a_run(text, q.i) else None
    race = text.has("race", max(0, own.first - 4), own.last)
    if q.kind == "number" and q.j - q.i == 1 and race:
        whole, _, rest = text.norm(q.i).partition(".")
        if len(rest) == 2 and rest.isdigit() and int(rest) < 60 and 10 <= int(whole) < 100:
            return int(whole) * 60.0 + int(rest)
    if q.kind != "duration" or not _MIN_RUN_S <= q.low <= _MAX_RUN_S or q.low == 86_400:
        return None
    return q.middle if _of_a_run(text, q.i) else None


def _of_a_run(text: Text, i: int) -> bool:
    own = text.sentence(i)
    first, last = text.around(i, i, 4, 7)
    if (text.has("when", first, last) or text.has("day", first, last)) and not text.has(
        "otherwork", own.first, own.last
    ):
        return True
    how = any(text.has(name, max(own.first, i - 3), min(own.last, i + 6)) for name in _HOW)
    if how and not text.has("otherwork", own.first, own.last):
        return True
    here = text.has("run.word", own.first, own.last) or text.has("run.done", own.first, own.last)
    return here or any(text.of(name) for name in ("run.word", "race", "race_word"))

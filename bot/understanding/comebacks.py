"""Stage 4, resolve: a return to running, and the time away that it tells of.

Rule: whoever runs again was away for as long as the text gives for the last run, or for what stopped
the running ("broke my toe 7 weeks ago, first 2k today"). A return without a length is a break only if
the text also tells that the running had stopped. Lengths in days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.gaps import DAY_S, Gap, about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit
    from bot.understanding.quantities import Quantity

_CAUSED_S = 7 * DAY_S
_REACH = 7
_FILLED = frozenset(["with", "of", "in", "on", "at", "down", "visiting", "travelling"])
_STOPPED = frozenset(["stopped", "quit"])
_NOT_AWAY = frozenset(["in", "until", "till", "next", "every", "another", "plan", "programme"])


def last_told(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "3 weeks ago was my last run", "previous run was a month back"."""
    found = []
    for q in quantities:
        if q.kind != "duration" or q.low < DAY_S or not text.has("ago", q.j, q.j + 1):
            continue
        first, last = text.around(q.i, q.j, 8, 6)
        if text.has("last_run", first, last):
            found.append(about(q))
    return found


def stopped_by(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "three weeks with a chest infection", "6 weeks on from my calf tear, first jog"."""
    if not came_back(text):
        return []
    found = []
    for q in quantities:
        own = text.sentence(q.i)
        if q.kind != "duration" or q.low < _CAUSED_S or own.question:
            continue
        if text.norm(q.i - 1) in _NOT_AWAY or text.has("future", q.j, q.j + 2):
            continue
        first, last = text.around(q.i, q.j, _REACH, _REACH)
        if text.has("run.word", q.j, min(own.last, q.j + 2)) or text.has(
            "habit", max(first, q.i - 2), q.i
        ):
            continue
        if any(True for _ in text.within("reason", first, last)):
            found.append(about(q))
    return found


def stopped_then(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "broke my toe 7 weeks ago and couldn't run", "since my divorce a year ago no running"."""
    found = []
    for q in quantities:
        if q.kind != "duration" or q.low < 5 * DAY_S or not text.has("ago", q.j, q.j + 1):
            continue
        own = text.sentence(q.i)
        denied = [h for h in text.within("break", q.j, own.last) if not _counted(h, quantities)]
        since = text.has("since", max(own.first, q.i - 8), q.i)
        caused = text.has("reason", max(own.first, q.i - 8), min(own.last, q.j + 6))
        stopped = text.norm(q.i - 1) in _STOPPED or text.norm(q.j + 2) in _STOPPED
        stopped = stopped and came_back(text) is not None
        if (stopped or (denied and (since or caused))) and not own.question:
            found.append(about(q))
    return found


def out_for(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "out for six weeks", "started running again after 2 years"."""
    found = []
    for q in quantities:
        if q.kind != "duration" or q.low < 5 * DAY_S or text.has("ago", q.j, q.j + 1):
            continue
        own = text.sentence(q.i)
        out = any(0 <= q.i - h.j <= 1 for h in text.within("away.for", own.first, q.i))
        after = text.norm(q.i - 1) in ("after", "following") and any(
            text.has(name, max(own.first, q.i - 6), q.i) for name in ("starts_over", "first_again")
        )
        if (out or after) and not own.question:
            found.append(about(q))
    return found


def ill_for(text: Text, quantities: Sequence[Quantity]) -> list[Gap]:
    """As in "Three weeks with a chest infection.": a length that opens the sentence, and its cause."""
    found = []
    for q in quantities:
        own = text.sentence(q.i)
        opens = q.kind == "duration" and q.low >= 5 * DAY_S and q.i == own.first
        if not opens or text.norm(q.j) not in _FILLED or own.question:
            continue
        causes = text.within("reason", q.j, min(own.last, q.j + 5))
        if any(h.value != "injury" for h in causes) and text.has("run.word", 0, len(text.tokens)):
            found.append(about(q))
    return found


def _counted(hit: Hit, quantities: Sequence[Quantity]) -> bool:
    """Whether a length of its own stands straight behind a break."""
    return any(
        q.kind == "duration" and q.low >= DAY_S and 0 <= q.i - hit.j <= 3 for q in quantities
    )


def came_back(text: Text) -> Hit | None:
    """The words for running again, if there are any."""
    for name in ("comeback", "first_again", "starts_over"):
        for hit in text.of(name):
            if not text.sentence(hit.i).question:
                return hit
    return None


def started_over(text: Text) -> Hit | None:
    """A return without a length: "used to run a lot, restarted last week"."""
    once = [h for h in text.of("stopped_once") if not text.sentence(h.i).question]
    if not once:
        return None
    for hit in text.of("starts_over"):
        if not text.sentence(hit.i).question and not text.has("plan", hit.i - 3, hit.i):
            return hit
    return None

"""Stage 2, mentions: when something was, as days before today.

`label` is the word of the label structure: today, yesterday, N_days_ago, mon..sun, last_week ...
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.understanding.roles import asks

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity

_DAY_S = 86_400
_DAYS = {
    "today": 0.0,
    "yesterday": 1.0,
    "2_days_ago": 2.0,
    "this_week": 3.0,
    "last_week": 8.0,
    "past": 30.0,
}
_IN_A_ROW = 3
_NOW_BEFORE = frozenset(("its", "today", "hoy", "heute", "hoje", "cest"))
_NOW_AFTER = frozenset(("now", "today", "jetzt", "ahora", "agora", "maintenant", "still"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time at tokens i to j, `days` before today."""

    label: str
    days: float
    i: int
    j: int


def find_moments(text: Text, quantities: tuple[Quantity, ...]) -> tuple[Moment, ...]:
    """Every past point in time the text names, in its order."""
    found = [
        Moment(str(hit.value), _days_of(text, str(hit.value)), hit.i, hit.j)
        for hit in text.of("when")
    ]
    now = day_of_now(text)
    for hit in text.of("day"):
        if hit.i == now[1]:
            continue
        i, j = hit.i + text.tokens[hit.i].number, hit.j - text.tokens[hit.j - 1].number
        if found and any(m.i == i for m in found):
            continue
        moment = _weekday(text, str(hit.value), i, j, now[0])
        if moment is not None:
            found.append(moment)
    found += [m for q in quantities if (m := _ago(text, q)) is not None]
    if now[1] < 0:
        found = _in_order(sorted(found, key=lambda m: m.i))
    covered = [m for m in found if m.label.endswith("_days_ago")]
    kept = [m for m in found if not any(c is not m and c.i <= m.i and m.j <= c.j for c in covered)]
    kept.sort(key=lambda m: m.i)
    named = {m.j for m in kept if m.label in ("today", "yesterday")}
    return tuple(m for m in kept if m.i not in named or m.label not in WEEKDAYS)


def _days_of(text: Text, label: str) -> float:
    """Days since a time named; the weekend is between its two days."""
    if label == "last_weekend":
        return (text.today.weekday() + 1) % 7 + 0.5
    return _DAYS.get(label, 30.0)


def _in_order(found: list[Moment]) -> list[Moment]:
    """Days told one after the other came so: "Monday 4, Thursday 7" on a Wednesday is of last week."""
    later: Moment | None = None
    for k in range(len(found) - 1, -1, -1):
        moment = found[k]
        if moment.label not in WEEKDAYS:
            continue
        if later is not None:
            apart = (WEEKDAYS.index(later.label) - WEEKDAYS.index(moment.label)) % 7
            if 0 < apart <= _IN_A_ROW and moment.days < later.days:
                moment = found[k] = replace(moment, days=later.days + apart)
        later = moment
    return found


def day_of_now(text: Text) -> tuple[int, int]:
    """The weekday the runner says it is ("it's Thursday now"), and its token; today's without one."""
    for hit in text.of("day"):
        said = text.norm(hit.i - 1) in _NOW_BEFORE and text.norm(hit.i - 2) != "not"
        if said or text.norm(hit.j) in _NOW_AFTER:
            return WEEKDAYS.index(str(hit.value)), hit.i
    return text.today.weekday(), -1


def _weekday(text: Text, day: str, i: int, j: int, now: int) -> Moment | None:
    """A weekday that has been; not "next Sunday", "every Sunday" or "until Sunday"."""
    own = text.sentence(i)
    if text.norm(i - 1) in (
        "next",
        "until",
        "till",
        "every",
        "each",
        "coming",
        "usual",
        "for",
        "usually",
        "most",
        "run",
        "my",
        "hasta",
        "bis",
    ):
        return None
    if text.has("future", max(own.first, i - 2), i) or (
        text.norm(j - 1).endswith("days") and "'" not in text.tokens[j - 1].text.replace("’", "'")
    ):
        return None
    after = any(text.norm(t) in ("after", "since", "from") for t in range(max(own.first, i - 5), i))
    ahead = (text.has("plan", max(own.first, i - 8), i) or asks(text, own)) and not after
    done = text.norm(i - 1) == "last" or text.has("run.done", max(own.first, i - 5), i)
    if ahead and (not done or text.norm(own.first) in ("should", "can", "could", "shall", "may")):
        return None
    if i - own.first <= 4 and (text.norm(i - 1) == "one"):
        return None
    ago = (now - WEEKDAYS.index(day)) % 7 or 7
    return Moment(day, float(ago), i, j)


def _ago(text: Text, q: Quantity) -> Moment | None:
    """As in "5 days ago", "two weeks ago", "3 days back", "8 days on"."""
    if q.kind != "duration" or q.low < _DAY_S:
        return None
    ago = next(text.within("ago", q.j, q.j + 1), None)
    if any(h.j == q.i for h in text.within("ago.before", max(0, q.i - 3), q.i)):
        return _days_ago(q, q.j)
    on = text.norm(q.j) == "on" and text.norm(q.j + 1) in (
        "it",
        "its",
        "still",
        "and",
        "from",
        "the",
    )
    if ago is None and not on:
        return None
    if ago is not None and text.norm(q.j) in ("earlier", "prior", "back") and q.low > 60 * _DAY_S:
        return None
    return _days_ago(q, ago.j if ago is not None else q.j + 1)


def _days_ago(q: Quantity, j: int) -> Moment:
    days = q.middle / _DAY_S
    whole = round(days)
    label = {1: "yesterday"}.get(whole, f"{whole}_days_ago")
    if 6.5 <= days <= 8:
        label = "last_week" if days == 7 else label
    elif days > 27:
        label = "past"
    return Moment(label, days, q.i, j)

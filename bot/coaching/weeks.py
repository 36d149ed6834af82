"""Weeks on plan: "6 of the last 8".

Rule (evidence.md 7 [D], product.md 9): a week is on plan if at least 2 of 3 planned items were
done. A planned rest day is done by itself; an extra rest day that was advised scores full; 2
misses a month are free. Nothing is ever reset. A pause freezes: a week it touches counts if it
was kept, and otherwise is left out, so that it is neither held against anyone nor ever raises a
count. The running week is not counted yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coaching.plan import PlanItem
from bot.content.coaching.nudges import WeeksOnPlan


@dataclass(frozen=True, slots=True)
class Pause:
    """Days of a pause, first and last included; `last` None: it goes on."""

    first: date
    last: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether the pause has a day in common with these days."""
        return self.first <= last and (self.last is None or self.last >= first)


@dataclass(frozen=True, slots=True)
class OnPlan:
    """Weeks kept, of the weeks that count: the last 8 at most."""

    kept: int
    of: int


def weeks_on_plan(
    items: Iterable[PlanItem],
    done: Collection[date],
    pauses: Collection[Pause],
    today: date,
    figures: WeeksOnPlan,
) -> OnPlan:
    """Count the weeks on plan (Monday to Sunday) up to last Sunday (evidence.md 7 [D]).

    `done`: days on which the planned item was done, or an advised rest was taken instead.
    """
    this_monday = _monday(today)
    weeks: dict[date, list[bool]] = {}
    skips: dict[tuple[int, int], int] = {}
    for item in sorted(items, key=lambda item: item.day):
        if _monday(item.day) < this_monday:
            scored = item.kind == "rest" or item.day in done
            weeks.setdefault(_monday(item.day), []).append(
                scored or _free_skip(item.day, skips, pauses, figures)
            )
    counted = []
    for monday, scores in sorted(weeks.items()):
        kept = sum(scores) / len(scores) >= figures.kept_from
        frozen = any(pause.touches(monday, monday + timedelta(days=6)) for pause in pauses)
        if kept or not frozen:
            counted.append(kept)
    window = counted[-figures.window_weeks :]
    return OnPlan(sum(window), len(window))


def _free_skip(
    day: date,
    skips: dict[tuple[int, int], int],
    pauses: Collection[Pause],
    figures: WeeksOnPlan,
) -> bool:
    """Whether a miss is one of the month's free ones; a paused day uses none up."""
    if any(pause.touches(day, day) for pause in pauses):
        return False
    month = (day.year, day.month)
    skips[month] = skips.get(month, 0) + 1
    return skips[month] <= figures.free_skips_a_month


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

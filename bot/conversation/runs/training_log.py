"""The log as the coaching arithmetic wants it: runs with their lights and the soreness after them.

Rule: soreness belongs to the run it names, or else to the last run of the 3 days before it.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coaching.levels import Done
from bot.coaching.runs import Run as CoachedRun
from bot.conversation.log import Exercise, Log, Run, Soreness

SORE_DAYS = 3
"""Muscle soreness from a run shows within 72 hours (evidence.md 1.3)."""
STRENGTH = frozenset(
    {
        "heel-drop-straight",
        "heel-drop-bent",
        "heel-drop-floor",
        "heel-raise",
        "seated-raise",
        "hops",
    }
)


def runs(log: Log) -> list[Run]:
    """The runs, oldest first."""
    found = [entry for entry in log.entries if isinstance(entry, Run)]
    return sorted(found, key=lambda run: (run.on, run.at))


def coached_runs(log: Log) -> list[CoachedRun]:
    """The runs for bot/coaching, each with the worst soreness that followed it."""
    found = runs(log)
    told = soreness_of(found, log)
    return [
        CoachedRun(run.on, run.distance_m, run.duration_s, run.light, _worst(told.get(run.id, ())))
        for run in found
    ]


def _worst(told: Iterable[Soreness]) -> int | None:
    """The worst of the reports after a run."""
    scores = [entry.score for entry in told if entry.when != "during"]
    return round(max(scores)) if scores else None


def ladder_runs(log: Log, zone: ZoneInfo) -> list[Done]:
    """The ladder sessions that were done."""
    return [
        Done(datetime(run.on.year, run.on.month, run.on.day, 12, tzinfo=zone), run.level, run.light)
        for run in runs(log)
        if run.level is not None
    ]


def exercise_days(log: Log, ids: Iterable[str], since: date, zone: ZoneInfo) -> set[date]:
    """The days since then on which one of these exercises was done."""
    wanted = set(ids)
    return {
        day
        for entry in log.entries
        if isinstance(entry, Exercise)
        and entry.exercise in wanted
        and entry.answer in ("done", "easier")
        for day in [entry.at.astimezone(zone).date()]
        if day >= since
    }


def after_and_morning(log: Log) -> dict[str, tuple[float | None, float | None]]:
    """For each run's id: the worst soreness during and after it, and that of the next morning."""
    found = runs(log)
    told = soreness_of(found, log)
    return {
        run.id: (
            max(
                (one.score for one in told.get(run.id, ()) if one.when != "first_steps"),
                default=None,
            ),
            max(
                (one.score for one in told.get(run.id, ()) if one.when == "first_steps"),
                default=None,
            ),
        )
        for run in found
    }


def soreness_of(found: list[Run], log: Log) -> dict[str, list[Soreness]]:
    """The soreness reports of each run, by its id; `found` are the runs, oldest first."""
    days = [run.on for run in found]
    told: dict[str, list[Soreness]] = {}
    for entry in log.entries:
        if isinstance(entry, Soreness):
            about = entry.run or _last_before(found, days, entry.at.date())
            if about:
                told.setdefault(about, []).append(entry)
    return told


def _last_before(found: list[Run], days: list[date], day: date) -> str:
    """The id of the last run of the 3 days up to this one, or ""."""
    at = bisect_right(days, day)
    near = at > 0 and day - days[at - 1] <= timedelta(days=SORE_DAYS)
    return found[at - 1].id if near else ""

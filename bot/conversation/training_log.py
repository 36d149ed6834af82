"""The log as the coaching arithmetic wants it: runs with their lights and the soreness after them.

Rule: soreness belongs to the run it names, or else to the last run of the 3 days before it.
"""

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
    return [
        CoachedRun(run.on, run.distance_m, run.duration_s, run.light, _sore_after(run, found, log))
        for run in found
    ]


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
    told: dict[str, tuple[float | None, float | None]] = {}
    for run in found:
        mine = [
            entry
            for entry in log.entries
            if isinstance(entry, Soreness) and _belongs(entry, run, found)
        ]
        after = [entry.score for entry in mine if entry.when != "first_steps"]
        morning = [entry.score for entry in mine if entry.when == "first_steps"]
        told[run.id] = max(after, default=None), max(morning, default=None)
    return told


def _sore_after(run: Run, found: list[Run], log: Log) -> int | None:
    scores = [
        entry.score
        for entry in log.entries
        if isinstance(entry, Soreness) and entry.when != "during" and _belongs(entry, run, found)
    ]
    return round(max(scores)) if scores else None


def _belongs(entry: Soreness, run: Run, found: list[Run]) -> bool:
    if entry.run:
        return entry.run == run.id
    day = entry.at.date()
    before = [
        other for other in found if timedelta(0) <= day - other.on <= timedelta(days=SORE_DAYS)
    ]
    return bool(before) and before[-1].id == run.id

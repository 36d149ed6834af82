"""A weekly run and those that follow it: what holds for one of them, and what for all.

Rule: a change is for this one run or for all from now on, as its organiser says. What was changed for
one alone is back to usual in the next; what was changed for all is the usual from then on.
"""

from datetime import date, time
from typing import TypeVar

import msgspec

from bot.club.state import ClubRun, Usual

T = TypeVar("T")


def usual(run: ClubRun) -> Usual:
    """What the series of a run keeps to, beside its day and time."""
    return run.usual or Usual(run.title, run.where, run.options, run.limit, run.notes, run.minutes)


def usual_when(run: ClubRun) -> tuple[date, time]:
    """The day and the time of this run, had it not been moved."""
    return run.usual_on or run.on, run.usual_at or run.at


def saved_for_one(before: ClubRun, new: ClubRun) -> ClubRun:
    """The changed run of a series, the others as they were."""
    on, at = usual_when(before)
    kept = usual(before)
    new = msgspec.structs.replace(new, usual=None)
    return msgspec.structs.replace(
        new,
        usual_on=None if (on, at) == (new.on, new.at) else on,
        usual_at=None if (on, at) == (new.on, new.at) else at,
        usual=None if usual(new) == kept else kept,
    )


def saved_for_all(before: ClubRun, new: ClubRun) -> ClubRun:
    """The changed run of a series, the others changed in the same parts."""
    old_when, when = (before.on, before.at), (new.on, new.at)
    moved = when != old_when
    kept = before.usual
    if kept is not None:
        kept = Usual(
            _part(before.title, new.title, kept.title),
            _part(before.where, new.where, kept.where),
            _part(before.options, new.options, kept.options),
            _part(before.limit, new.limit, kept.limit),
            _part(before.notes, new.notes, kept.notes),
            kept.minutes,
        )
    return msgspec.structs.replace(
        new,
        usual_on=None if moved else before.usual_on,
        usual_at=None if moved else before.usual_at,
        usual=kept,
    )


def _part(before: T, new: T, kept: T) -> T:
    return kept if new == before else new


def back_to_usual(run: ClubRun) -> ClubRun:
    """The run as its series keeps to it; its day and time are the caller's to set."""
    kept = usual(run)
    return msgspec.structs.replace(
        run,
        title=kept.title,
        where=kept.where,
        options=kept.options,
        limit=kept.limit,
        notes=kept.notes,
        minutes=kept.minutes,
        usual_on=None,
        usual_at=None,
        usual=None,
    )

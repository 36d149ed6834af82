"""The earliest day for the next run.

Rule (evidence.md 3.6, 4.4): 40 hours between the starts of two runs [D], and on the ladder at
least one clear day (S9, S15). Red: 2 days off (S10). Two ambers in 7 days: one more rest day [D].
Muscle soreness above 2/10 on stairs: wait until the usual peak is over (24 to 72 hours, S56), and
then only if stairs are 2/10 or less. A stop light gives no day at all.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from bot.coaching.runs import Light
from bot.content.coaching import Coaching

Why = Literal["no_run", "spacing", "clear_day", "red", "extra_rest", "doms"]


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest instant and the runner's day for it, and what set it.

    `stairs_at_most`: run then only if stairs hurt this much or less; None: no such condition.
    """

    at: datetime
    day: date
    why: Why
    stairs_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run: start (aware), light, and soreness on stairs or walking now, 0 to 10."""

    start: datetime | None
    light: Light | None = None
    soreness: int = 0
    extra_rest_days: int = 0


def earliest_day(
    last: LastRun,
    now: datetime,
    coaching: Coaching,
    *,
    zone: tzinfo = UTC,
    on_ladder: bool = True,
) -> Earliest | None:
    """The earliest next run, in the runner's zone (3.6, 4.4); None after a stop light."""
    if last.light == "stop":
        return None
    sore = last.soreness > coaching.lights.doms.stairs_at_most
    condition = coaching.lights.doms.stairs_at_most if sore else None
    waits: list[tuple[datetime, Why]] = [(now, "no_run")]
    if last.start is not None:
        waits += _after_run(last, last.start, coaching, zone, on_ladder=on_ladder)
    if sore:
        waits.append((_morning_after(now, 0, zone), "doms"))
    if sore and last.start is not None:
        waits.append((last.start + timedelta(hours=coaching.lights.doms_wait.hours), "doms"))
    at, why = max(waits, key=lambda wait: wait[0])
    return Earliest(at, at.astimezone(zone).date(), why, condition)


def _after_run(
    last: LastRun, start: datetime, coaching: Coaching, zone: tzinfo, *, on_ladder: bool
) -> list[tuple[datetime, Why]]:
    waits: list[tuple[datetime, Why]] = [
        (start + timedelta(hours=coaching.load.spacing.min_h), "spacing")
    ]
    clear = coaching.load.clear_days.between_runs if on_ladder else 0
    if clear:
        waits.append((_morning_after(start, clear, zone), "clear_day"))
    if last.light == "red":
        waits.append((_morning_after(start, coaching.lights.red.days_off, zone), "red"))
    if last.extra_rest_days:
        waits.append((_morning_after(start, clear + last.extra_rest_days, zone), "extra_rest"))
    return waits


def _morning_after(start: datetime, days_off: int, zone: tzinfo) -> datetime:
    """The start of the runner's day after so many full days off."""
    local = start.astimezone(zone)
    day = local.date() + timedelta(days=days_off + 1)
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

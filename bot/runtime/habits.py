"""When a runner may be written to: their zone, quiet hours and the global caps.

Rule (evidence.md 7, product defaults): quiet from 21:00 to 08:00; at most 1 message a day of its own
accord, 2 on run days if the pre-run reminder is asked for; at most 8 a week; 2 unanswered in a row
halve that. What a runner asked for, and the follow-up of an emergency card, is not counted.

Settings read (all may be missing): `quiet_from` and `quiet_to` ("21:00"), `pre_run` (yes/no),
`run_days.mon` to `run_days.sun` (yes/no).
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import msgspec

from bot.coaching.clock import WEEKDAYS, local_day
from bot.conversation.state import Runner

NO_COUNT = "counts"
"""`Plan.data["counts"] == "no"`: a repeat, or something the runner asked for, is not counted."""


class Caps(msgspec.Struct, frozen=True):
    """How much may be sent of Heeldrop's own accord."""

    a_day: int = 1
    a_run_day: int = 2
    a_week: int = 8
    unanswered: int = 2


class Habits(msgspec.Struct, frozen=True):
    """What of a runner's settings the schedule needs."""

    zone: str
    quiet_from: time = time(21)
    quiet_to: time = time(8)
    pre_run: bool = False
    run_days: frozenset[str] = frozenset()
    spread_s: int = 240
    """Within how many seconds after the hour this person's check-ins start (see schedule.py)."""


def habits_of(runner: Runner, default_zone: str = "UTC", spread_s: int = 240) -> Habits:
    """The runner's habits, with defaults for what was never asked."""
    settings = runner.settings
    if not settings:
        return Habits(runner.zone or default_zone, spread_s=spread_s)
    return Habits(
        zone=runner.zone or default_zone,
        quiet_from=_time(settings.get("quiet_from"), time(21)),
        quiet_to=_time(settings.get("quiet_to"), time(8)),
        pre_run=settings.get("pre_run") is True,
        spread_s=spread_s,
        run_days=frozenset(day for day in WEEKDAYS if settings.get(f"run_days.{day}") is True),
    )


def _time(value: object, default: time) -> time:
    try:
        return time.fromisoformat(value) if isinstance(value, str) else default
    except ValueError:
        return default


def room_for_more(
    now: datetime, habits: Habits, sent: Sequence[datetime], unanswered: int, caps: Caps
) -> bool:
    """Whether one more counted message may go out now. `sent`: those of the last 7 days."""
    today = local_day(now, habits.zone)
    runs_today = habits.pre_run and WEEKDAYS[today.weekday()] in habits.run_days
    a_day = caps.a_run_day if runs_today else caps.a_day
    a_week = caps.a_week
    if unanswered >= caps.unanswered:
        a_week //= 2
        # Half as often: at most every other day.
        if any((today - local_day(at, habits.zone)).days == 1 for at in sent):
            return False
    week = [at for at in sent if at > now - timedelta(days=7)]
    return len(week) < a_week and (sum(local_day(at, habits.zone) == today for at in sent) < a_day)

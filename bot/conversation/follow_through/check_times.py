"""When a run is asked about: after it, the next morning, and at 48 h.

Rule (evidence.md 7): 30 to 60 minutes after the log with one retry at 3 hours; the next morning at
the runner's own time, 8:00 by default [D], with one retry at midday; 48 h after a red light or a run
over the cap. A check that can no longer be of use is dropped.
"""

from datetime import date, time, timedelta

from bot.coaching.clock import WEEKDAYS
from bot.conversation.log import Run
from bot.conversation.talk import Talk
from bot.conversation.turn import Plan

AFTER_LOG = timedelta(minutes=45)
RETRY = timedelta(hours=3)
POST_RUN_STALE_S = 3 * 3600
MORNING_STALE_S = 3 * 3600
MIDDAY = time(12)
HALF_AN_HOUR = timedelta(minutes=30)
NOT_COUNTED = {"counts": "no"}
"""A retry, or what the runner asked for, does not count towards the caps."""


def post_run(talk: Talk, run: Run) -> None:
    """Plan the check after a run of today."""
    if run.on != talk.voice.today:
        return
    _after(talk, f"post_run:{run.id}", "post_run", AFTER_LOG)


def post_run_again(talk: Talk, run_id: str) -> None:
    """Plan the one retry of the check after a run."""
    _after(talk, f"post_run_again:{run_id}", "post_run_again", RETRY)


def _after(talk: Talk, key: str, kind: str, wait: timedelta) -> None:
    talk.do(
        Plan(
            key,
            kind,
            at=talk.now + wait,
            late="drop",
            drop_after_s=POST_RUN_STALE_S,
            data=NOT_COUNTED,
        )
    )


def morning(talk: Talk, run: Run) -> None:
    """Plan the check of the morning after a run."""
    _on_morning(talk, "morning", run.id, run.on + timedelta(days=1))


def morning_of(talk: Talk, day: date) -> None:
    """Plan the check of the morning after a day of exercises."""
    _on_morning(talk, "morning", f"x-{day.isoformat()}", day + timedelta(days=1))


def day2(talk: Talk, run: Run) -> None:
    """Plan the check at 48 h, around the peak of muscle soreness (evidence.md 4.4)."""
    _on_morning(talk, "day2", run.id, run.on + timedelta(days=2))


def at_midday(talk: Talk, about: str) -> None:
    """Plan the one retry of a morning check."""
    talk.do(
        Plan(
            f"morning_again:{about}",
            "morning_again",
            on=talk.voice.today,
            at_local=MIDDAY,
            late="drop",
            drop_after_s=MORNING_STALE_S,
            data=NOT_COUNTED,
        )
    )


def _on_morning(talk: Talk, kind: str, about: str, on: date) -> None:
    if on > talk.voice.today:
        talk.do(
            Plan(
                f"{kind}:{about}",
                kind,
                on=on,
                at_local=morning_time(talk),
                late="merge",
                drop_after_s=MORNING_STALE_S,
                data=_counted(talk, on),
            )
        )


def _counted(talk: Talk, on: date) -> dict[str, str]:
    """On the day of the weekly review the morning check leaves the day's one message to it."""
    rows = talk.content.coaching.nudges.message
    review = next((row.weekday for row in rows if row.id == "weekly_review"), None)
    return NOT_COUNTED if WEEKDAYS[on.weekday()] == review else {}


def morning_time(talk: Talk) -> time:
    """When the runner's day begins: as told, or 8 o'clock [D]."""
    return clock_setting(talk, "morning_time", time(8))


def clock_setting(talk: Talk, name: str, default: time) -> time:
    """A time of day among the runner's settings."""
    told = talk.runner.settings.get(name)
    try:
        return time.fromisoformat(told) if isinstance(told, str) and told else default
    except ValueError:
        return default

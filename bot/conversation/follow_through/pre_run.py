"""The reminder before a run, if the runner asked for it.

Rule (evidence.md 7, S65): 30 minutes before the planned time, today's session, its limit, one cue.
"""

from datetime import datetime, time, timedelta

from bot.coaching.clock import WEEKDAYS
from bot.conversation.follow_through import check_times, coached, planned_weeks
from bot.conversation.next_session import next_day, session_today
from bot.conversation.runs.training_log import runs
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel, Plan


def plan(talk: Talk) -> None:
    """Plan the reminder for the runner's run days, or let it go if it is not wanted."""
    talk.do(Cancel("pre_run"))
    days = tuple(day for day in WEEKDAYS if talk.runner.settings.get(f"run_days.{day}") is True)
    if talk.runner.settings.get("pre_run") is not True or not days:
        return
    row = next(row for row in talk.content.coaching.nudges.message if row.id == "before_run")
    start = check_times.clock_setting(talk, "run_time", time(18))
    before = datetime.combine(talk.voice.today, start) - timedelta(seconds=row.before_s or 1800)
    talk.do(
        Plan("pre_run", "pre_run", at_local=before.time(), weekdays=days, late="drop",
             drop_after_s=row.before_s or 1800)
    )  # fmt: skip


def remind(talk: Talk, _: str) -> None:
    """[Remind me]: one reminder on the morning of the next session, because it was asked for."""
    day = next_day(talk)
    if day is None or talk.standing.locked:
        talk.say_words("remind_none")
        return
    at = check_times.morning_time(talk)
    key = f"run_reminder:{day.isoformat()}"
    talk.do(Plan(key, "run_reminder", on=day, at_local=at, data=check_times.NOT_COUNTED))
    talk.say_words("remind_kept", day=talk.voice.day(day), at=at.strftime("%H:%M"))


def reminder_due(talk: Talk, about: str) -> None:
    """The reminder fell due: only if the session is still to come and nothing stands against it."""
    paused = coached.pause(talk.runner, talk.voice.today) is not None
    ran = any(run.on.isoformat() >= about for run in runs(talk.runner.log))
    stopped = talk.runner.settings.get(coached.STOPPED) is True
    if not (talk.standing.locked or paused or ran or stopped):
        talk.say_words("pre_run", talk.button("my_plan", "my_plan"), what=session_today(talk))


def due(talk: Talk, _: str) -> None:
    """The reminder fell due: only if today is a run or a walk that is still to come."""
    today = talk.voice.today
    kind = planned_weeks.planned_days(talk).get(today)
    if coached.on_hold(talk) or kind not in ("run", "walk"):
        return
    if any(run.on == today for run in runs(talk.runner.log)):
        return
    talk.say_words("pre_run", talk.button("my_plan", "my_plan"), what=session_today(talk))

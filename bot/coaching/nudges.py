"""When the bot may write first, and when it rests.

Rules (evidence.md 7): the longer nobody answers, the longer the wait (S63); 2 unanswered in a row
halve what is sent [D]. One message a day, 2 on a run day only with the reminder before the run, 8
a week [D]; safety cards and their follow-up are outside all limits. After a miss: one neutral
line after 2 days, a smaller plan after 7, the level again after 14, and from 30 a pause that is
announced [D].
"""

from datetime import time

from bot.content.coaching.nudges import LapseStage, NudgeFigures


def wait_days(days_since_answer: int, unanswered: int, nudges: NudgeFigures) -> int:
    """Days to wait before the next nudge (S63), doubled after 2 unanswered in a row [D]."""
    fits = [row.wait_days for row in nudges.back_off if row.from_days <= max(days_since_answer, 0)]
    halved = unanswered >= nudges.limits.unanswered_to_halve
    return fits[-1] * (2 if halved else 1)


def lapse_stage(days_since_miss: int | None, nudges: NudgeFigures) -> LapseStage:
    """What a lapse has come to, by days since the first miss (7 [D]); None: nothing was missed."""
    if days_since_miss is None:
        return "none"
    fits = [row.id for row in nudges.lapse if row.from_days <= days_since_miss]
    return fits[-1] if fits else "none"


def may_send(
    sent_today: int,
    sent_week: int,
    nudges: NudgeFigures,
    *,
    run_day_with_reminder: bool = False,
    unanswered: int = 0,
    exempt: bool = False,
) -> bool:
    """Whether one more message may go out today (7 [D]); `sent_week`: in the last 7 days."""
    if exempt:
        return True
    limits = nudges.limits
    halved = unanswered >= limits.unanswered_to_halve
    per_week = limits.per_week // 2 if halved else limits.per_week
    per_day = limits.per_run_day if run_day_with_reminder else limits.per_day
    return sent_today < per_day and sent_week < per_week


def is_quiet(local: time, start: time, end: time) -> bool:
    """Whether a local time is in the quiet hours, which may go over midnight; `end` is not."""
    if start <= end:
        return start <= local < end
    return local >= start or local < end

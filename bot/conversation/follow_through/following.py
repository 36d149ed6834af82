"""Everything that is planned for a runner with a plan, begun and ended in one place.

Rule: planning the same key again moves it, so beginning twice is the same as once.
"""

from bot.conversation.follow_through import (
    coached,
    lapses,
    nudging,
    pausing,
    planned_weeks,
    pre_run,
    weekly,
)
from bot.conversation.next_session import next_words
from bot.conversation.talk import Talk


def begin(talk: Talk) -> None:
    """Plan the nudges, the weekly review, the reminder before a run, and what follows silence."""
    if coached.on_hold(talk):
        return
    planned_weeks.remember(talk)
    nudging.plan(talk)
    weekly.plan(talk)
    pre_run.plan(talk)
    lapses.plan(talk)


def moved(talk: Talk) -> None:
    """A run, a light or an exercise changed what comes: plan it again."""
    if not coached.on_hold(talk):
        planned_weeks.remember(talk)
        lapses.plan(talk)


def confirm(talk: Talk) -> None:
    """The plan is agreed: plan it, and say what comes when."""
    talk.update(open="")
    begin(talk)
    at = nudging.nudge_time(talk).strftime("%H:%M")
    buttons = talk.buttons(["settings", "exercises", "my_plan"])
    talk.say_words("plan_agreed_next", *buttons, next=next_words(talk), at=at)
    pausing.away_told(talk)

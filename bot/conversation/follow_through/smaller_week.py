"""The smaller week after a lapse: what is left of it today.

Rule (evidence.md 7 [D]): 7 days after a miss the plan is made smaller for a week (figures in
content/coaching/nudges.toml). What is done counts off it; after its week the plan is the usual one.
"""

from datetime import date, timedelta

from bot.coaching.plan import Small
from bot.conversation.log import Exercise, Note
from bot.conversation.runs.training_log import runs
from bot.conversation.talk import Talk

WHAT = "smaller"


def begin(talk: Talk) -> None:
    """From today on the plan is smaller for a week."""
    today = talk.voice.today.isoformat()
    talk.record(Note(f"smaller-{today}", talk.now, WHAT))


def left(talk: Talk) -> Small | None:
    """What is left of a smaller week today; None where the plan is the usual one."""
    today, figures = talk.voice.today, talk.content.coaching.nudges.smaller_plan
    began = max(
        (talk.voice.day_of(note.at) for note in talk.runner.log.of(Note) if note.what == WHAT),
        default=date.min,
    )
    until = began + timedelta(days=figures.days) if began > date.min else began
    if until <= today:
        return None
    ran = sum(began <= run.on <= today for run in runs(talk.runner.log))
    trained = {
        talk.voice.day_of(entry.at)
        for entry in talk.runner.log.of(Exercise)
        if entry.answer in ("done", "easier")
    }
    done = sum(began <= day <= today for day in trained)
    return Small(until, max(figures.runs - ran, 0), max(figures.exercise_days - done, 0))

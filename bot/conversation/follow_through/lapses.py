"""After a miss: one neutral line, a smaller plan, the level again, and then an announced silence.

Rule (evidence.md 7 [D]): 2, 7, 14 and 30 days after the first planned thing that was not done. Never
guilt; one miss does not matter (S66). Returning is welcomed. The plan itself waits for the runner.
"""

from datetime import datetime, time, timedelta

from bot.conversation.follow_through import coached, planned_weeks, smaller_week
from bot.conversation.log import Note, Paused
from bot.conversation.next_session import exercises_today, next_words
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel, Plan

AT = time(18)
FIRST, SMALLER, SILENCE = "neutral_line", "smaller_plan", "pause"
LAPSE, RETURNED = "lapse", "returned"
COUNTED = frozenset({"run", "exercises"})
"""A walk is good, and is not asked about."""


def plan(talk: Talk) -> None:
    """Plan what follows if nothing is heard: counted from the next thing that is planned."""
    days = planned_weeks.planned_days(talk)
    today = talk.voice.today
    coming = [day for day, kind in sorted(days.items()) if day > today and kind in COUNTED]
    if not coming:
        return
    forget(talk)
    heard = today.isoformat()
    for stage in talk.content.coaching.nudges.lapse:
        talk.do(
            Plan(
                f"lapse_{stage.id}:{heard}",
                f"lapse_{stage.id}",
                on=coming[0] + timedelta(days=stage.from_days),
                at_local=AT,
                late="send",
            )
        )


def due(talk: Talk, about: str, stage: str) -> None:
    """A stage of silence fell due; nothing is said if something was done meanwhile."""
    deed = coached.last_deed(talk.runner.log)
    if coached.on_hold(talk) or (deed and talk.voice.day_of(deed).isoformat() > about):
        return
    if stage == SILENCE:
        _silence(talk)
        return
    if stage == FIRST and exercises_today(talk):
        return  # The exercises of today speak for themselves.
    if stage == SMALLER:
        smaller_week.begin(talk)
    planned_weeks.remember(talk, also_today=stage == SMALLER)
    talk.record(Note(f"lapse-{talk.voice.today.isoformat()}", talk.now, LAPSE, stage))
    buttons = [*exercises_today(talk), *talk.buttons(["my_plan", "pause"])]
    talk.say_words(f"lapse_{stage}", *buttons, next=next_words(talk))


def _silence(talk: Talk) -> None:
    """Announce the silence, unless the runner still answers; then it waits for as long again."""
    stages = talk.content.coaching.nudges.lapse
    days = next(row.from_days for row in stages if row.id == SILENCE)
    heard = talk.voice.day_of(coached.last_answer(talk.runner.log, talk.now))
    if (talk.voice.today - heard).days < days:
        on = heard + timedelta(days=days)
        key = f"lapse_{SILENCE}:{heard.isoformat()}"
        talk.do(Plan(key, f"lapse_{SILENCE}", on=on, at_local=AT, late="send"))
        return
    talk.record(Paused(talk.new_id("pause"), talk.now, "silence"))
    talk.do(Cancel("", keep_exempt=True))
    talk.say_words("lapse_pause", talk.button("resume", "resume"))


def welcome(talk: Talk, *, before: datetime | None) -> bool:
    """Something was done again after a lapse: welcome, and a tick for coming back.

    `before` is when something was done last. False where there was no lapse.
    """
    said = [note.at for note in talk.runner.log.of(Note) if note.what == LAPSE]
    if not said or (before is not None and max(said) <= before):
        return False
    talk.record(Note(f"returned-{talk.voice.today.isoformat()}", talk.now, RETURNED))
    talk.say_words("returned")
    return True


def forget(talk: Talk) -> None:
    """The runner was heard from: what was planned for silence goes."""
    talk.do(Cancel("lapse_"))

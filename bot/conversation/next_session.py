"""The next session in one line: what, and on which day."""

from datetime import date

from bot.conversation.follow_through import coached, rehab
from bot.conversation.follow_through.plan_card import easy_words, items
from bot.conversation.follow_through.planned_weeks import planned_days
from bot.conversation.log import Exercise, Note
from bot.conversation.message import Button
from bot.conversation.outcome import outcome
from bot.conversation.runs.training_log import runs
from bot.conversation.sessions import session_words
from bot.conversation.speaking import capital, full_day
from bot.conversation.talk import Talk


def next_day(talk: Talk) -> date | None:
    """The day of the next run or walk: the first of the plan after today, or the earliest day."""
    kind = "walk" if outcome(talk).level == 0 else "run"
    planned = [item.day for item in items(talk) if item.kind == kind]
    ran = {run.on for run in runs(talk.runner.log)}
    if kind == "walk":
        notes = talk.runner.log.of(Note)
        ran |= {talk.voice.day_of(note.at) for note in notes if note.what == "walk"}
    first = outcome(talk).earliest
    later = [day for day in planned if day not in ran and (first is None or day >= first)]
    if later:
        return later[0]
    pause, earliest = coached.pause_ahead(talk.runner, talk.voice.today), outcome(talk).earliest
    if pause is None or pause.since is None or (earliest and earliest < pause.since):
        return earliest
    return pause.until


def exercises_today(talk: Talk) -> list[Button]:
    """[Exercises for today], if the plan has some today and they are still to come."""
    today = talk.voice.today
    trained = {talk.voice.day_of(entry.at) for entry in talk.runner.log.of(Exercise)}
    if planned_days(talk).get(today) != "exercises" or today in trained or talk.standing.locked:
        return []
    return [talk.button("ex_now", "ex_now")]


def home(talk: Talk) -> None:
    """Where a runner with a plan is when nothing is being talked about."""
    talk.update(open="")
    pause = coached.pause(talk.runner, talk.voice.today)
    if pause is not None and pause.reason == "injury":
        rehab.say(talk)
        return
    if pause is not None:
        words = "home_paused_until" if pause.until else "home_paused"
        day = full_day(pause.until, talk.voice.today) if pause.until else ""
        talk.say_words(words, *talk.buttons(["resume", "log", "menu"]), day=day)
        return
    buttons = [*exercises_today(talk), *talk.buttons(["my_plan", "exercises", "log", "menu"])]
    talk.say_words("home", *buttons, next=next_words(talk))


def session_today(talk: Talk) -> str:
    """Today's session in words."""
    return _what(talk, talk.voice.today)


def next_words(talk: Talk) -> str:
    """The next session: "Saturday: 5 min walk, then 6 times 1 min jog and 2 min walk"."""
    day = next_day(talk)
    when = talk.voice.day(day) if day else talk.voice.say("not_yet")
    return talk.voice.say("next_session", day=capital(when), what=_what(talk, day))


def _what(talk: Talk, day: date | None) -> str:
    found = outcome(talk)
    if found.session is not None:
        return session_words(found.session)
    return easy_words(talk, next((item for item in items(talk) if item.day == day), None))

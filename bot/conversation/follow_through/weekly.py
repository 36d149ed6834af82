"""The weekly review: Sunday evening, what was done, the lights, next week, one question.

Rule (evidence.md 7): once a week, it says how to stop, it counts rest, and never lists a miss.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta

from bot.coaching.clock import WEEKDAYS, instant
from bot.conversation.follow_through import coached, planned_weeks, prompts
from bot.conversation.follow_through.plan_card import items
from bot.conversation.follow_through.soreness_scale import split
from bot.conversation.log import Exercise, Note
from bot.conversation.next_session import exercises_today, next_words
from bot.conversation.pages import charting
from bot.conversation.runs.training_log import runs
from bot.conversation.speaking import full_day, joined
from bot.conversation.talk import Talk
from bot.conversation.turn import Plan

WEEK = timedelta(days=7)
LATELY = timedelta(days=21)
ANSWERS = ("good", "too_much", "too_little")


def plan(talk: Talk) -> None:
    """Plan the next review: Sunday at 6 in the evening [D]; over the caps it waits for the morning."""
    row = next(row for row in talk.content.coaching.nudges.message if row.id == "weekly_review")
    at = time.fromisoformat(row.at or "18:00")
    today = talk.voice.today
    ahead = (WEEKDAYS.index(row.weekday or "sun") - today.weekday()) % 7
    past = ahead == 0 and talk.now >= instant(today, at, talk.runner.zone)
    day = today + timedelta(days=ahead or (7 if past else 0))
    key = f"weekly_review:{day.isoformat()}"
    talk.do(Plan(key, "weekly_review", on=day, at_local=at, late="send"))


def due(talk: Talk, _: str) -> None:
    """The review fell due."""
    if coached.on_hold(talk):
        return
    say, today = talk.voice.say, talk.voice.today
    planned_weeks.remember(talk)
    plan(talk)
    parts = [say("week_done", done=_done(talk, today - WEEK + timedelta(days=1)))]
    lights = [run.light for run in runs(talk.runner.log) if run.on > today - WEEK and run.light]
    if lights:
        parts.append(say("week_lights", lights=joined(map(str, lights))))
    kept = planned_weeks.on_plan(talk)
    if kept.of and _lately(talk):
        parts.append(say("week_on_plan", kept=kept.kept, of=kept.of))
    chart = charting.for_review(talk)
    coming = "" if chart else _coming(talk)
    parts.append(say("week_next", next=next_words(talk), runs=coming).rstrip())
    buttons = [talk.button(f"week_{one}", "week", f"{today.isoformat()}@{one}") for one in ANSWERS]
    buttons += exercises_today(talk)
    if chart is not None:
        parts.append(f"\n{chart.alt}")
    prompts.put_with(talk, chart, "week_review", *buttons, parts="\n".join(parts))


def _lately(talk: Talk) -> bool:
    """Whether something was done in the last weeks: rest alone is not praised for ever."""
    deed = coached.last_deed(talk.runner.log)
    return deed is not None and talk.now - deed <= LATELY


def answered(talk: Talk, argument: str) -> None:
    """How the week was: noted; too much means the same step again."""
    about, answer = split(argument)
    talk.record(Note(f"week-{about}", talk.now, "week", answer))
    talk.update(open="")
    day = date.fromisoformat(about)
    if talk.voice.today - day >= WEEK:
        words = full_day(day, talk.voice.today)
        talk.say_words("week_was_old", talk.button("my_plan", "my_plan"), day=words)
        return
    talk.say_words(f"week_was_{answer}", talk.button("my_plan", "my_plan"))


def _done(talk: Talk, since: date) -> str:
    say = talk.voice.say
    ran = sum(run.on >= since for run in runs(talk.runner.log))
    days = {
        talk.voice.day_of(entry.at)
        for entry in talk.runner.log.of(Exercise)
        if entry.answer in ("done", "easier")
    }
    trained = sum(day >= since for day in days)
    walked = sum(
        note.what == "walk" and talk.voice.day_of(note.at) >= since
        for note in talk.runner.log.of(Note)
    )
    counts = (("runs", ran), ("walks", walked), ("exercise_days", trained))
    return _counted(talk, counts) or say("week_rest")


def _counted(talk: Talk, counts: Iterable[tuple[str, int]]) -> str:
    """What there is of each: "2 runs and exercises on 1 day"; "" for nothing."""
    return joined(
        talk.voice.say(f"week_{name}_one" if count == 1 else f"week_{name}", count=count)
        for name, count in counts
        if count
    )


def _coming(talk: Talk) -> str:
    week = [item for item in items(talk) if item.day <= talk.voice.today + WEEK]
    kinds = (("runs", "run"), ("walks", "walk"), ("exercise_days", "exercises"))
    planned = _counted(talk, ((name, sum(i.kind == kind for i in week)) for name, kind in kinds))
    return talk.voice.say("week_coming", planned=planned) if planned else ""

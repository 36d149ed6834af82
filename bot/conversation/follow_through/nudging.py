"""Rest-day nudges: the right exercises today, and what the runner answers.

Rule (evidence.md 6.0, 7): only on a day the plan has exercises, at most 3 a week, 2 to 4 exercises;
never on a day without calf loading, never while a warning sign or a pause stands. "Later" asks once
more, then rests. Skipping is fine: one miss does not matter (S66).
"""

from dataclasses import replace
from datetime import date, time, timedelta

import msgspec

from bot.coaching.clock import WEEKDAYS
from bot.coaching.exercises import EASY, exercise_choice
from bot.coaching.nudges import wait_days
from bot.content.exercise import Exercise as Kind
from bot.conversation import exercising
from bot.conversation.follow_through import (
    check_times,
    coached,
    planned_weeks,
    progression,
    prompts,
    run_checks,
)
from bot.conversation.follow_through.soreness_scale import NEXT_DAY, scale, split
from bot.conversation.log import Exercise, Note
from bot.conversation.message import Button, message
from bot.conversation.next_session import home
from bot.conversation.outcome import outcome
from bot.conversation.runs.training_log import runs
from bot.conversation.speaking import joined
from bot.conversation.talk import Talk
from bot.conversation.turn import Plan

ANSWERS = (
    "ex_done", "ex_easier", "ex_later", "ex_tomorrow", "ex_skip", "ex_hurts", "ex_why",
)  # fmt: skip
LONG_SILENCE_DAYS = 10
MINUTES_EACH = 3
STALE_S = 2 * 3600
STILL_COUNTS = timedelta(days=2)
"""So long a button of a nudge still means the exercises of its day."""


def plan(talk: Talk) -> None:
    """Plan the nudge: each day at the runner's time; it speaks only when exercises are due."""
    at = nudge_time(talk)
    every_day = Plan("nudge", "nudge", at_local=at, weekdays=WEEKDAYS, drop_after_s=STALE_S)
    talk.do(every_day)


def nudge_time(talk: Talk) -> time:
    """When nudges come: as told, or as in content (6 o'clock in the evening [D])."""
    rows = talk.content.coaching.nudges.message
    default = next((row.at for row in rows if row.id == "rest_day" and row.at), "18:00")
    return check_times.clock_setting(talk, "nudge_time", time.fromisoformat(default))


def due(talk: Talk, _: str) -> None:
    """The nudge of a day fell due."""
    today = talk.voice.today
    if coached.on_hold(talk) or planned_weeks.planned_days(talk).get(today) != "exercises":
        return
    ran = any(run.on == today for run in runs(talk.runner.log))
    if ran or _answered(talk, today) or not _in_time(talk):
        return
    picked = pick(talk, 0, calm=True)
    if not picked or [exercise.id for exercise in picked] == [EASY]:
        return
    talk.record(Note(_id(today), talk.now, "nudge", ",".join(one.id for one in picked)))
    _hello(talk, today, len(picked))


def later_due(talk: Talk, about: str) -> None:
    """The runner asked for the exercises later, and now it is later."""
    day = date.fromisoformat(about)
    if coached.on_hold(talk) or _answered(talk, day):
        return
    picked = pick(talk, _score_of(talk, day))
    if not picked:
        return
    talk.record(Note(_id(day), talk.now, "nudge", ",".join(one.id for one in picked)))
    buttons = [talk.button("ex_show", "ex_show", about), *_answers(talk, day, last=True)]
    names = joined(one.name if not n else _small(one.name) for n, one in enumerate(picked))
    talk.say_words("nudge_again", *buttons, names=names, minutes=len(picked) * MINUTES_EACH)


def show_again(talk: Talk, about: str) -> None:
    """[Show me] under the reminder: the exercises of that day in full."""
    day = date.fromisoformat(about)
    if talk.voice.today - day > STILL_COUNTS:
        talk.say_words("nudge_old", talk.button("ex_now", "ex_now"))
    elif coached.on_hold(talk):
        home(talk)
    else:
        _show(talk, day, pick(talk, _score_of(talk, day)), last=True)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _answers(talk: Talk, day: date, *, last: bool) -> list[Button]:
    """The buttons of a day; the last reminder cannot be put off again."""
    names = [name for name in ANSWERS if not (last and name == "ex_later")]
    return [talk.button(name, name, day.isoformat()) for name in names]


def now(talk: Talk, _: str) -> None:
    """[Exercises for today]: the same, at any time."""
    if coached.pause(talk.runner, talk.voice.today) is not None:
        home(talk)
        return
    today = talk.voice.today
    picked = pick(talk, coached.sore_now(talk.runner.log, talk.now) or 0)
    talk.record(Note(_id(today), talk.now, "nudge", ",".join(one.id for one in picked)))
    _hello(talk, today, len(picked))


def _hello(talk: Talk, day: date, count: int) -> None:
    buttons = [
        *scale(talk, "ready", day.isoformat(), NEXT_DAY),
        talk.button("ex_later", "ex_later", day.isoformat()),
        talk.button("ex_skip", "ex_skip", day.isoformat()),
    ]
    prompts.put(talk, "nudge_hello", *buttons, minutes=count * MINUTES_EACH)


def _in_time(talk: Talk) -> bool:
    """Whether one more nudge is allowed: 3 a week, and far apart after a long silence (S63)."""
    nudges = talk.content.coaching.nudges
    per_week = next((row.per_week for row in nudges.message if row.id == "rest_day"), None) or 3
    sent = [note.at for note in notes(talk) if note.what == "nudge"]
    if sum(talk.now - at < timedelta(days=7) for at in sent) >= per_week:
        return False
    silent = (talk.now - coached.last_answer(talk.runner.log, talk.now)).days
    if silent < LONG_SILENCE_DAYS or not sent:
        return True
    return (talk.now - max(sent)).days >= wait_days(silent, 0, nudges)


def pick(talk: Talk, pain: float, *, calm: bool = False) -> list[Kind]:
    """The exercises for today, with the calves as sore as this; `calm` before they are asked."""
    found = outcome(talk)
    names = frozenset(coached.pathways(talk.runner.log)) - ({"doms"} if calm else frozenset())
    day = exercising.day_for(talk, found, "non_run")
    day = replace(day, pathways=names, pain=round(pain), triage="self_manage", light=_light(talk))
    choice = exercise_choice(talk.content.exercises.values(), day, talk.content.coaching)
    return [talk.content.exercises[name] for name in choice.exercises]


def _light(talk: Talk) -> coached.Light | None:
    """The light of the last run while it still counts: its days off are not over."""
    last = runs(talk.runner.log)[-1:]
    off = timedelta(days=talk.content.coaching.lights.red.days_off)
    return last[0].light if last and talk.voice.today - last[0].on <= off else None


# What the runner answers


def ready(talk: Talk, argument: str) -> None:
    """How sore the calves are before the exercises, 0 to 10."""
    about, answer = split(argument)
    day, score = date.fromisoformat(about), float(answer)
    if talk.voice.today - day > STILL_COUNTS and score < run_checks.SCREEN_FROM:
        talk.say_words("nudge_old", talk.button("ex_now", "ex_now"))
        return
    run_checks.note_soreness(talk, f"ready-{about}", score)
    talk.update(open="")
    if score >= run_checks.SCREEN_FROM:
        talk.say_words("nudge_too_sore")
        run_checks.screen_again(talk, score)
        return
    _show(talk, day, pick(talk, score))


def _show(talk: Talk, day: date, picked: list[Kind], *, last: bool = False) -> None:
    talk.record(Note(_id(day), talk.now, "nudge", ",".join(one.id for one in picked)))
    for number, exercise in enumerate(picked, start=1):
        buttons: list[Button] = exercising.start_button(talk, exercise, day.isoformat())
        if number == len(picked):
            buttons += _answers(talk, day, last=last)
        text = _words(talk, exercise, number, len(picked))
        picture = exercising.picture_of(talk, exercise)
        words = message(text, *buttons, kind=f"exercise:{exercise.id}")
        talk.say(msgspec.structs.replace(words, picture=picture))


def _words(talk: Talk, exercise: Kind, number: int, of: int) -> str:
    say = talk.voice.say
    found = progression.next_of(talk, exercise.id)
    steps = "\n".join(f"{place}. {step}" for place, step in enumerate(exercise.steps, start=1))
    parts = [
        say("exercise_of", number=number, of=of, name=exercise.name),
        f"{say('exercise_dose')} {exercise.doses[found.dose].words}",
        f"{exercise.set_up}\n{steps}",
        f"{say('exercise_feel')} {exercise.feel}\n{say('exercise_stop')} {' '.join(exercise.stop)}",
    ]
    if found.change_due:
        other = exercise.easier if found.change in ("same", "down") else exercise.harder
        parts.append(say("exercise_change", words=other.words or exercise.progress.words))
    return "\n\n".join(parts)


def _answered(talk: Talk, day: date) -> bool:
    start = f"ex-{day.isoformat()}-"
    trained = [entry for entry in talk.runner.log.of(Exercise) if entry.answer != "skipped"]
    return any(entry.id.startswith(start) for entry in talk.runner.log.of(Exercise)) or any(
        talk.voice.day_of(entry.at) == day for entry in trained
    )


def _score_of(talk: Talk, day: date) -> float:
    wanted = f"ready-{day.isoformat()}"
    scores = [one.score for one in coached.soreness(talk.runner.log) if one.id == wanted]
    return scores[-1] if scores else 0


def notes(talk: Talk) -> list[Note]:
    """The notes of the log."""
    return [entry for entry in talk.runner.log.entries if isinstance(entry, Note)]


def _id(day: date) -> str:
    return f"nudge-{day.isoformat()}"

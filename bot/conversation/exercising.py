"""Exercises in the conversation: which ones, and how each is shown.

Rule: which exercises fit is arithmetic (bot/coaching/exercises.py); how they are done is content.
Nothing is shown while somebody should look at the leg first.
"""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.coaching.exercises import Day, Kind, exercise_choice
from bot.content.exercise import Dose, Exercise
from bot.content.topics import Topic
from bot.conversation import token
from bot.conversation.follow_through import coached, progression
from bot.conversation.message import Button, Message, Picture, message
from bot.conversation.outcome import outcome
from bot.conversation.prescription import Prescription
from bot.conversation.runs.training_log import STRENGTH, exercise_days, runs
from bot.conversation.talk import Talk

PLAYED = frozenset({"strength", "hops", "stretch", "roll"})
"""The groups that have sets to play; a jog on grass and an easy day are just done."""
KIT = ("step", "wall", "roller", "stick", "grass")
KIT_WHEN_UNKNOWN = frozenset({"step", "wall"})
ALL = "all"
"""Said of [Exercises]: all of them."""
NOT_TODAY = frozenset({
    "strain_first_72h", "doms_wait", "red_day", "pain_guide", "free_day", "enough_strength",
    "this_week", "no_kit",
})  # fmt: skip
"""Why only the easy day is for today (bot/coaching/exercises.py)."""


def chosen(talk: Talk, found: Prescription, kind: Kind = "non_run") -> list[tuple[Exercise, Dose]]:
    """The exercises for the next day of this kind, each with the runner's own dose."""
    content = talk.content
    picked = exercise_choice(
        content.exercises.values(), day_for(talk, found, kind), content.coaching
    )
    return [(content.exercises[name], dose_of(talk, name)) for name in picked.exercises]


def chosen_when_calm(talk: Talk, found: Prescription) -> list[tuple[Exercise, Dose]]:
    """The exercises for a day without a run once the soreness has settled."""
    content = talk.content
    day = replace(day_for(talk, found, "non_run"), pain=0, light=None, hours_since_onset=1000.0)
    calm = replace(day, pathways=day.pathways - {"doms"})
    picked = exercise_choice(content.exercises.values(), calm, content.coaching)
    return [(content.exercises[name], dose_of(talk, name)) for name in picked.exercises]


def dose_of(talk: Talk, exercise_id: str) -> Dose:
    """The runner's dose now."""
    return progression.dose(talk, exercise_id)


def day_for(talk: Talk, found: Prescription, kind: Kind) -> Day:
    """What the choice of exercises needs to know about the next day of this kind."""
    facts = talk.standing.facts
    kit = {name for name in KIT if facts.get(f"kit.{name}") is True}
    asked = any(f"kit.{name}" in facts for name in KIT)
    lights = [run.light for run in runs(talk.runner.log) if run.light]
    pain = facts.get("pain_walk", 0)
    zone = ZoneInfo(talk.runner.zone or "UTC")
    week = talk.voice.today - timedelta(days=6)
    strength = exercise_days(talk.runner.log, STRENGTH, week, zone)
    loading = strength | {run.on for run in runs(talk.runner.log) if run.on >= week}
    ever = exercise_days(talk.runner.log, talk.content.exercises, date.min, zone)
    raises = [facts.get(f"heel_raises_{side}") for side in ("left", "right")]
    counts = [count for count in raises if isinstance(count, (int, float))]
    onset = facts.get("days_since")
    return Day(
        triage=talk.standing.level or "self_manage",
        pathways=frozenset(talk.standing.pathways),
        kind=kind,
        pain=round(pain) if isinstance(pain, (int, float)) else 0,
        light=lights[-1] if lights else None,
        kit=frozenset(kit) if asked else None,
        hours_since_onset=float(onset) * 24 if isinstance(onset, (int, float)) else None,
        level=found.level,
        loading_days=len(loading - {talk.voice.today}),
        strength_days=len(strength - {talk.voice.today}),
        turn=len(ever - {talk.voice.today}),
        raises=round(min(counts)) if len(counts) == len(raises) else None,
    )


def list_of(talk: Talk) -> Message:
    """What fits this runner today, or why not today; the others behind [All exercises]."""
    say = talk.voice.say
    day = day_for(talk, outcome(talk), "non_run")
    sore = coached.sore_now(talk.runner.log, talk.now) or 0
    day = replace(day, pain=max(day.pain, round(sore)))
    picked = exercise_choice(talk.content.exercises.values(), day, talk.content.coaching)
    found = [talk.content.exercises[name] for name in picked.exercises]
    if not found:
        return all_of(talk)
    why = next((f"not_today_{name}" for name in picked.because if name in NOT_TODAY), "")
    lines = "\n".join(f"• {one.name}: {dose_of(talk, one.id).words}" for one in found)
    text = say("exercises_not_today" if why else "exercises_yours", exercises=lines)
    if why:
        text = f"{say(why)} {text}"
    programme = _programme(talk)
    if programme:
        text += f"\n\n{programme}"
    more = Button(say("button_all_exercises"), token.action("exercises", ALL))
    buttons = [*(_show(talk, one.id) for one in found), more]
    return msgspec.structs.replace(message(text, *buttons), kind="exercises")


def all_of(talk: Talk) -> Message:
    """All exercises: first those that are possible now with what the runner has at home."""
    kit = day_for(talk, outcome(talk), "non_run").kit
    have = KIT_WHEN_UNKNOWN if kit is None else kit

    def later(exercise: Exercise) -> tuple[bool, bool]:
        return bool(barred_words(talk, exercise)), not set(exercise.kit) & set(KIT) <= have

    names = [one.id for one in sorted(talk.content.exercises.values(), key=later)]
    buttons = [_show(talk, name) for name in names]
    text = talk.voice.say("exercises_all")
    return msgspec.structs.replace(message(text, *buttons), kind="exercises")


def _programme(talk: Talk) -> str:
    """For a sore tendon: how much and for how long (evidence.md 6.2)."""
    programmes = talk.content.programmes
    if programmes is None:
        return ""
    for pathway in talk.standing.pathways:
        found = [one for one in programmes.programme if pathway in one.pathways and not one.add_on]
        if found:
            chosen_one = next((one for one in found if one.default), found[0])
            say = talk.voice.say
            return say(
                "programme", words=chosen_one.words, weeks=chosen_one.weeks, load=chosen_one.load
            )
    return ""


def shown(talk: Talk, exercise: Exercise) -> Message:
    """One exercise: dose, steps, what to feel, when to stop, and the honest word on evidence."""
    say = talk.voice.say
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(exercise.steps, start=1))
    parts = [
        f"{exercise.name}\n\n{say('exercise_dose')} {dose_of(talk, exercise.id).words}",
        f"{exercise.set_up}\n{steps}",
        f"{say('exercise_feel')} {exercise.feel}",
        f"{say('exercise_stop')} {' '.join(exercise.stop)}",
        f"{exercise.days.words} {exercise.says}",
    ]
    barred = barred_words(talk, exercise)
    if barred:
        parts.insert(0, barred)
    buttons = [
        *([] if barred else start_button(talk, exercise, talk.voice.today.isoformat())),
        Button(say("button_easier"), token.action("easier", exercise.id)),
        Button(say("button_harder"), token.action("harder", exercise.id)),
        Button(say("button_exercises"), token.action("exercises")),
    ]
    words = message("\n\n".join(parts), *buttons)
    picture = picture_of(talk, exercise)
    return msgspec.structs.replace(words, kind=f"exercise:{exercise.id}", picture=picture)


def picture_of(talk: Talk, exercise: Exercise) -> Picture | None:
    """The moving drawing of an exercise."""
    path = f"exercises/media/{exercise.id}.webp"
    return Picture(path, exercise.alt) if (talk.content.folder / path).exists() else None


def start_button(talk: Talk, exercise: Exercise, about: str) -> list[Button]:
    """[Start], which plays the sets on that day (along.py); none where there are no sets."""
    if exercise.group not in PLAYED:
        return []
    return [talk.button("along", "along", f"{about}@{exercise.id}@1")]


def about(talk: Talk, topic: Topic) -> Message:
    """The short honest answer about a topic, with its exercises while none is barred."""
    buttons = [] if talk.standing.locked else [_show(talk, name) for name in topic.exercises]
    return msgspec.structs.replace(message(topic.says.strip(), *buttons), kind=f"topic:{topic.id}")


def way(talk: Talk, exercise: Exercise, which: str) -> Message:
    """The easier or the harder way of an exercise."""
    option = exercise.easier if which == "easier" else exercise.harder
    buttons = [_show(talk, option.id)] if option.id in talk.content.exercises else []
    buttons.append(_show(talk, exercise.id))
    text = f"{exercise.name}\n\n{option.words or talk.voice.say('no_other_way')}"
    return msgspec.structs.replace(message(text, *buttons), kind=f"{which}:{exercise.id}")


def barred_words(talk: Talk, exercise: Exercise) -> str:
    """Why an exercise is not for now, or ""."""
    now = set(talk.standing.pathways)
    if now & set(exercise.not_if.pathways):
        return talk.voice.say("exercise_not_now")
    return ""


def _show(talk: Talk, name: str) -> Button:
    return Button(talk.content.exercises[name].name, token.action("show", name))

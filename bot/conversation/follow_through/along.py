"""Exercise-along: [Start] plays the sets of an exercise one by one, with the rest between them.

Rule: one message, edited where the platform allows it, and nothing that nags: the runner's taps set
the pace, and the moment to go on is written down, not rung. Each button names the day, the exercise
and the set, so it means the same for ever. The last set done is the exercise done. The pause between
sets is our own figure [D].
"""

from datetime import timedelta

import msgspec

from bot.content.exercise import Dose
from bot.content.exercise import Exercise as Kind
from bot.conversation import going_on, token
from bot.conversation.exercising import barred_words, picture_of
from bot.conversation.follow_through import (
    coached,
    nudge_answers,
    nudging,
    progression,
    prompts,
    run_checks,
)
from bot.conversation.follow_through.deed_forms import dated
from bot.conversation.follow_through.soreness_scale import scale
from bot.conversation.log import Exercise
from bot.conversation.message import Button, Message, Part, When, Words, message
from bot.conversation.speaking import duration
from bot.conversation.talk import Talk

MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


def shaped(argument: str) -> bool:
    """A day, an exercise and a set: "2026-10-19@heel-raise@2"."""
    parts = argument.split("@")
    return len(parts) == 3 and dated(parts[0]) and parts[2] in tuple("123456789")


def begin(talk: Talk, argument: str) -> None:
    """Begin a set."""
    about, name, number = argument.split("@")
    exercise = _allowed(talk, name, about)
    if exercise is not None:
        talk.say(_set(talk, exercise, _day(talk, about), int(number)))


def set_done(talk: Talk, argument: str) -> None:
    """A set is done: rest and the next one, or the exercise is done."""
    about, name, number = argument.split("@")
    exercise = _allowed(talk, name, about)
    if exercise is None:
        return
    about, dose = _day(talk, about), progression.dose(talk, name)
    if int(number) >= dose.sets:
        _finished(talk, exercise, about)
    elif _rest_s(talk, exercise):
        talk.say(_rest(talk, exercise, about, int(number)))
    else:
        talk.say(_set(talk, exercise, about, int(number) + 1))


def hurts(talk: Talk, argument: str) -> None:
    """[Hurts]: stop, say how much, and the warning signs again if it is much."""
    about, name, _ = argument.split("@")
    if name in talk.content.exercises:
        about = _day(talk, about)
        nudge_answers.record(talk, about, [name], "hurts")
        prompts.put(talk, "nudge_hurts", *scale(talk, "hurt", about))


def _allowed(talk: Talk, name: str, about: str) -> Kind | None:
    """The exercise; None, and what comes first, if it is not for now."""
    exercise = talk.content.exercises.get(name)
    sore = coached.sore_now(talk.runner.log, talk.now) or 0
    if exercise is None:
        talk.say_words("old_button")
        going_on.go_on(talk)
    elif talk.standing.locked:
        talk.say_words("locked_no_exercises")
        going_on.go_on(talk)
    elif sore >= run_checks.SCREEN_FROM:
        talk.say_words("nudge_too_sore")
        run_checks.screen_again(talk, sore)
    elif barred_words(talk, exercise) and name not in _of_the_day(talk, _day(talk, about)):
        talk.say_text(barred_words(talk, exercise), *talk.buttons(["exercises"]), kind="not_now")
    else:
        return exercise
    return None


def _day(talk: Talk, about: str) -> str:
    """The day it counts for: an old button counts for today."""
    today = talk.voice.today
    fresh = today - nudging.STILL_COUNTS <= type(today).fromisoformat(about) <= today
    return about if fresh else today.isoformat()


def _argument(about: str, name: str, number: int) -> str:
    return f"{about}@{name}@{number}"


# What is shown


def _set(talk: Talk, exercise: Kind, about: str, number: int) -> Message:
    say, dose = talk.voice.say, progression.dose(talk, exercise.id)
    limit = exercise.pain_limit
    tendon = {"tendon_mid", "tendon_insertional"} & set(coached.pathways(talk.runner.log))
    parts = [
        say("along_set", name=exercise.name, number=number, sets=dose.sets),
        f"{_amount(talk, dose)} {exercise.caption}",
        say("along_stop", limit=limit.tendon if tendon else limit.muscle),
    ]
    argument = _argument(about, exercise.id, number)
    buttons = (
        talk.button("set_done", "set_done", argument),
        talk.button("ex_hurts", "along_hurts", argument),
    )
    words = message("\n\n".join(parts), *buttons)
    return _shown(talk, exercise, words, in_place=number > 1)


def _rest(talk: Talk, exercise: Kind, about: str, number: int) -> Message:
    dose, rest = progression.dose(talk, exercise.id), _rest_s(talk, exercise)
    at = talk.now + timedelta(seconds=rest)
    text = talk.voice.say("along_rest", number=number, sets=dose.sets, rest=duration(rest), at=MARK)
    before, _, after = text.partition(MARK)
    parts: tuple[Part, ...] = (Words(before), When(at, talk.voice.clock(at)), Words(after))
    argument = _argument(about, exercise.id, number + 1)
    go_on = talk.voice.say("button_along_set", number=number + 1)
    buttons = (
        Button(go_on, token.action("along", argument)),
        talk.button("ex_hurts", "along_hurts", argument),
    )
    return _shown(talk, exercise, Message(parts, buttons), in_place=True)


def _shown(talk: Talk, exercise: Kind, words: Message, *, in_place: bool) -> Message:
    picture = picture_of(talk, exercise)
    return msgspec.structs.replace(
        words, kind=f"along:{exercise.id}", picture=picture, in_place=in_place
    )


def _amount(talk: Talk, dose: Dose) -> str:
    """How much one set is: "8 times on each leg."."""
    what = "reps" if dose.reps else "seconds"
    name = f"along_{what}_side" if dose.per_side else f"along_{what}"
    return talk.voice.say(name, count=dose.reps or dose.seconds)


def _rest_s(talk: Talk, exercise: Kind) -> int:
    """Seconds between two sets [D]: strength and hops rest, stretching and rolling go on."""
    rest = talk.content.coaching.strength.rest
    return rest.strength_s if exercise.group in ("strength", "hops") else rest.other_s


# What is logged


def _finished(talk: Talk, exercise: Kind, about: str) -> None:
    """The exercise is done: logged once, then the next of the day, or how hard it was."""
    again = _answered(talk, about, exercise.id)
    before = coached.last_deed(talk.runner.log)
    nudge_answers.record(talk, about, [exercise.id], "done")
    left = [name for name in _of_the_day(talk, about) if not _answered(talk, about, name)]
    buttons: tuple[Button, ...] = ()
    if left:
        name = talk.content.exercises[left[0]].name
        label = talk.voice.say("button_along_next", name=name)
        buttons = (Button(label, token.action("along", _argument(about, left[0], 1))),)
    words = message(talk.voice.say("along_logged", name=exercise.name), *buttons)
    talk.say(_shown(talk, exercise, words, in_place=True))
    if not left and not again and coached.agreed(talk.runner):
        nudge_answers.counted(talk, about, before)


def _of_the_day(talk: Talk, about: str) -> list[str]:
    note = next((one for one in nudging.notes(talk) if one.id == f"nudge-{about}"), None)
    names = note.answer.split(",") if note else []
    return [name for name in names if name in talk.content.exercises]


def _answered(talk: Talk, about: str, name: str) -> bool:
    return any(entry.id == f"ex-{about}-{name}" for entry in talk.runner.log.of(Exercise))

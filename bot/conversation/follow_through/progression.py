"""The dose of each exercise: from what was done, and how the next morning was.

Rule (evidence.md 6.0, 6.1): more only after a time that went well and was back to 2 out of 10 within
a day; the arithmetic is bot/coaching/dose.py, this file reads the log for it.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

from bot.coaching.dose import NextDose, Sitting, next_dose
from bot.content.exercise import Dose
from bot.content.exercise import Exercise as Kind
from bot.conversation.follow_through import coached
from bot.conversation.log import Exercise
from bot.conversation.talk import Talk

SETTLES_FROM = timedelta(hours=10)
SETTLES_TO = timedelta(hours=40)
HURT = 6
"""What [Hurts] counts as: above the pain guide of muscle and of tendon."""
Felt = Literal["easy", "right", "hard"]
FELT: dict[str, Felt] = {"easy": "easy", "right": "right", "hard": "hard"}


def next_of(talk: Talk, exercise_id: str, *, if_settled: bool = False) -> NextDose:
    """The next dose of an exercise; `if_settled` takes an unknown morning as a good one."""
    exercise = talk.content.exercises[exercise_id]
    tendon = bool({"tendon_mid", "tendon_insertional"} & set(coached.pathways(talk.runner.log)))
    history = [
        _sitting(talk, entry, exercise, if_settled=if_settled)
        for entry in _done(talk)
        if entry.exercise == exercise_id
    ]
    figures = talk.content.coaching.strength
    return next_dose(len(exercise.doses), history, talk.now, figures, tendon=tendon)


def dose(talk: Talk, exercise_id: str) -> Dose:
    """The runner's dose of an exercise today."""
    return talk.content.exercises[exercise_id].doses[next_of(talk, exercise_id).dose]


def grown(talk: Talk, exercises: Iterable[str], *, if_settled: bool) -> str:
    """What becomes more next time: "Heel raise: 3 sets of 15." for each; "" for nothing."""
    lines = []
    for name in exercises:
        found = next_of(talk, name, if_settled=if_settled)
        if found.change == "up":
            exercise = talk.content.exercises[name]
            lines.append(f"{exercise.name}: {exercise.doses[found.dose].words}")
    return "\n".join(lines)


def _done(talk: Talk) -> list[Exercise]:
    found = [entry for entry in talk.runner.log.entries if isinstance(entry, Exercise)]
    return [entry for entry in found if entry.answer != "skipped"]


def _sitting(talk: Talk, entry: Exercise, exercise: Kind, *, if_settled: bool) -> Sitting:
    ids = [one.id for one in exercise.doses]
    settled = _settled(talk, entry)
    return Sitting(
        at=entry.at,
        dose=ids.index(entry.dose) if entry.dose in ids else 0,
        pain=HURT if entry.answer == "hurts" else 0,
        settled_24h=True if settled is None and if_settled else settled,
        felt=FELT.get(entry.felt),
        made_easier=entry.answer == "easier",
    )


def _settled(talk: Talk, entry: Exercise) -> bool | None:
    scores = [
        report.score
        for report in coached.soreness(talk.runner.log)
        if SETTLES_FROM <= report.at - entry.at <= SETTLES_TO and report.when != "during"
    ]
    return scores[0] <= coached.SETTLED if scores else None

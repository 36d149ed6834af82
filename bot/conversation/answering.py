"""Answers in words to the question that is open, or to a read-back that waits."""

from collections.abc import Mapping

from bot.content.condition import Value
from bot.content.questions import Question
from bot.conversation import actions, flagging, going_on, repair, told
from bot.conversation.asking import stated
from bot.conversation.follow_through import prompts
from bot.conversation.runs import logging_runs
from bot.conversation.speaking import METRES_PER_MILE
from bot.conversation.talk import Talk
from bot.understanding.reading import OpenQuestion, Understood

_KINDS = {
    "choice": "choice", "screen": "choice", "multi": "many", "number": "number",
    "distance": "distance", "duration": "duration", "text": "text",
}  # fmt: skip

SIDES: Mapping[str, Value] = {"both": "both", "left": "left", "right_leg": "right"}
READ_BACK = (
    ("right", "Right", ("yes", "correct", "ok")),
    ("fix", "Fix", ("no", "wrong")),
    ("both", "Both", ("both calves", "both legs", "both sides")),
    ("left", "Left", ("the left one", "left side", "left leg")),
    ("right_leg", "Right leg", ("the right one", "right side", "right calf")),
)
"""What may be said to a read-back; "right" alone says that it is right."""


def open_question(talk: Talk) -> OpenQuestion | None:
    """What was asked last, as the reader of words wants it: a question before a read-back."""
    question = question_open(talk)
    if question is None and _read_back_open(talk):
        return OpenQuestion((), "choice", READ_BACK)
    if question is None:
        return prompts.open_question(talk)
    options = tuple(
        (option.id, option.label, (*option.also, option.line)) for option in question.options
    )
    facts = (question.number,) if question.number else question.settles
    unit = METRES_PER_MILE if talk.voice.units == "mi" else 1000.0
    return OpenQuestion(facts, _KINDS[question.kind], options, unit)


def _read_back_open(talk: Talk) -> bool:
    """Whether a read-back is what was shown last."""
    pending = talk.conversation.pending
    checks = talk.conversation.open.startswith(flagging.OPEN)
    return pending is not None and not pending.waits and not checks


def question_open(talk: Talk) -> Question | None:
    """The question of the content that was asked last."""
    return talk.content.question_by_id.get(talk.conversation.open)


def answered(talk: Talk, understood: Understood) -> bool:
    """Whether the words answered what is open; if so, it has been taken and the talk goes on."""
    question = question_open(talk)
    if question is None:
        return _read_back_open(talk) and _answer_read_back(talk, understood)
    return (
        _number(talk, question, understood)
        or _option(talk, question, understood)
        or _facts(talk, question, understood)
    )


def _number(talk: Talk, question: Question, understood: Understood) -> bool:
    reading = understood.of(question.number) if question.number else None
    if reading is None or not told.fitting(talk, question.number, reading.value):
        return False
    logging_runs.corrected(talk, {question.number: reading.value})
    logging_runs.sore_told(talk, {question.number: reading.value})
    talk.answer({question.number: reading.value}, "said", question.id, words=reading.quote)
    more = told.volunteered(talk, understood)
    if more:
        told.pend(talk, more, understood)
    going_on.go_on(talk)
    return True


def _option(talk: Talk, question: Question, understood: Understood) -> bool:
    if understood.option is None or not question.option(understood.option):
        return False
    if question.kind == "multi":
        for option in understood.options[:-1]:
            actions.chosen(talk, question, option)
        actions.answered(talk, question.id, understood.options[-1])
        return True
    facts = told.volunteered(talk, understood)
    extra = {name: value for name, value in facts.items() if name not in question.settles}
    if extra:
        _both(talk, question, understood, extra)
    else:
        actions.answered(talk, question.id, understood.option)
    return True


def _facts(talk: Talk, question: Question, understood: Understood) -> bool:
    """Readings that settle just what was asked, and nothing else."""
    facts = told.volunteered(talk, understood)
    if not facts or not set(facts) <= set(question.settles):
        return False
    quotes = " ".join(reading.quote for reading in understood.readings)
    talk.answer(facts, "said", question.id, words=quotes)
    going_on.go_on(talk)
    return True


def _both(
    talk: Talk, question: Question, understood: Understood, extra: Mapping[str, Value]
) -> None:
    option = understood.option or ""
    talk.answer(stated(question, option, talk.standing.facts) or {}, "said", question.id, option)
    told.pend(talk, extra, understood)
    going_on.go_on(talk)


def _answer_read_back(talk: Talk, understood: Understood) -> bool:
    if understood.option == "right" or understood.command == "yes":
        repair.right(talk, "")
        return True
    if understood.option == "fix" or understood.command == "no":
        if told.volunteered(talk, understood):
            return False
        repair.fix(talk, "")
        return True
    return _side(talk, understood.option or "", understood)


def _side(talk: Talk, option: str, understood: Understood) -> bool:
    """Said to "I read: calf sore", "both" or "left" is one more thing told, and read back with the rest."""
    pending = talk.conversation.pending
    if option not in SIDES or pending is None or not {"sore", "location"} & set(pending.facts):
        return False
    if not set(told.volunteered(talk, understood)) <= {"side", "sore", "location"}:
        return False
    told.pend(talk, {"side": SIDES[option]}, understood)
    going_on.go_on(talk)
    return True

"""Answers in words to the question that is open, or to a read-back that waits."""

from collections.abc import Mapping

from bot.content.condition import Value
from bot.content.questions import Question
from bot.conversation import actions, going_on, logging_runs, prompts, repair, told
from bot.conversation.asking import stated
from bot.conversation.talk import Talk
from bot.understanding.reading import OpenQuestion, Understood

_KINDS = {
    "choice": "choice", "screen": "choice", "multi": "many", "number": "number",
    "distance": "distance", "duration": "duration", "text": "text",
}  # fmt: skip


def open_question(talk: Talk) -> OpenQuestion | None:
    """What was asked last, as the reader of words wants it."""
    if talk.conversation.pending is not None:
        return OpenQuestion(
            (),
            "choice",
            (("right", "Right", ("yes", "correct", "ok")), ("fix", "Fix", ("no", "wrong"))),
        )
    question = question_open(talk)
    if question is None:
        return prompts.open_question(talk)
    options = tuple(
        (option.id, option.label, (*option.also, option.line)) for option in question.options
    )
    facts = (question.number,) if question.number else question.settles
    return OpenQuestion(facts, _KINDS[question.kind], options)


def question_open(talk: Talk) -> Question | None:
    """The question of the content that was asked last."""
    return talk.content.question_by_id.get(talk.conversation.open)


def answered(talk: Talk, understood: Understood) -> bool:
    """Whether the words answered what is open; if so, it has been taken and the talk goes on."""
    if talk.conversation.pending is not None:
        return _answer_read_back(talk, understood)
    question = question_open(talk)
    if question is None:
        return False
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
    return False

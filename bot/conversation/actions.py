"""Deeds: what a button or a word asks the program to do, in any state.

Rule: every deed works at any moment, on a month-old message too. An old button that means nothing any
more gets a human answer and the current question.
"""

from collections.abc import Callable, Mapping

import msgspec

from bot.content.questions import Question
from bot.conversation import exercising, flagging, going_on, repair, returning
from bot.conversation.asking import NOT, stated
from bot.conversation.event import Due
from bot.conversation.follow_through import check_ins, follow_up, planning, rehab
from bot.conversation.gifts import donating
from bot.conversation.message import message
from bot.conversation.receipt import why_advised, why_asked
from bot.conversation.runs import logging_runs
from bot.conversation.settings import linking
from bot.conversation.talk import Talk
from bot.conversation.token import Action, Answered, read
from bot.conversation.turn import Retire

STAYING = frozenset({"along", "set_done"})
"""Deeds after which the buttons stay: the message changes by itself, or has more to offer."""


def tapped(talk: Talk, text: str) -> None:
    """A button was pressed."""
    statement = read(text)
    label = next((button.label for button in talk.conversation.recent if button.token == text), "")
    stays = isinstance(statement, Action) and statement.name in STAYING
    if label and not stays:
        talk.do(Retire(label))
    if isinstance(statement, Answered):
        answered(talk, statement.question, statement.option)
    elif isinstance(statement, Action) and statement.name in ACTIONS:
        ACTIONS[statement.name](talk, statement.argument)
    else:
        old_button(talk)


def answered(talk: Talk, question_id: str, option_id: str) -> None:
    """The runner answered a question, the open one or an earlier one."""
    question = talk.content.question_by_id.get(question_id)
    if question is None:
        old_button(talk)
        return
    if question.option(option_id.removeprefix(NOT)) is None:
        old_button(talk)
        return
    repair.introduce(talk)
    chosen(talk, question, option_id)
    going_on.go_on(talk)


def chosen(talk: Talk, question: Question, option_id: str) -> None:
    """Take an option as the answer, without going on yet."""
    one_of_many = question.kind == "multi" and option_id != "done"
    key = f"{question.id}:{option_id}" if one_of_many else question.id
    facts = (
        stated(question, option_id, talk.standing.facts if question.kind == "multi" else {}) or {}
    )
    logging_runs.corrected(talk, facts)
    logging_runs.sore_told(talk, facts)
    talk.answer(facts, "tapped", key, option_id)
    repair.keep_settings(talk, facts)


def old_button(talk: Talk) -> None:
    """A button nobody knows any more: say so, and offer what is current."""
    talk.say_words("old_button")
    going_on.go_on(talk)


def presence(talk: Talk, what: str) -> None:
    """The chat became reachable, or stopped being so."""
    if what == "joined" and not talk.event.where.private:
        hello = message(talk.voice.say("group_welcome"), kind="group_welcome")
        talk.say(msgspec.structs.replace(hello, audience="everyone_here"))
    elif what == "joined":
        repair.welcome(talk)
    elif what == "returned":
        returning.returned(talk)


def due(talk: Talk, what: Due) -> None:
    """A check-in fell due."""
    check_ins.due(talk, what)


def unsupported(talk: Talk) -> None:
    """A kind of message Heeldrop does not read yet."""
    talk.say_words("cannot_read_this")
    going_on.go_on(talk)


def _why(talk: Talk, _: str) -> None:
    question = talk.content.question_by_id.get(talk.conversation.open)
    if question is not None:
        talk.say(why_asked(question, talk.voice))
        going_on.ask(talk)
    elif talk.standing.settled or talk.standing.locked:
        talk.say(why_advised(talk.standing, talk.voice))
    else:
        repair.menu(talk, "")


def _exercises(talk: Talk, which: str) -> None:
    if talk.standing.locked:
        going_on.go_on(talk)
        return
    if rehab.pause(talk) is not None:
        rehab.say(talk)
        return
    talk.say(exercising.all_of(talk) if which == exercising.ALL else exercising.list_of(talk))


def _show(talk: Talk, name: str) -> None:
    if talk.standing.locked:
        talk.say_words("locked_no_exercises")
        going_on.go_on(talk)
        return
    exercise = talk.content.exercises.get(name)
    if exercise is None:
        old_button(talk)
        return
    talk.say(exercising.shown(talk, exercise))


def _way(which: str) -> Callable[[Talk, str], None]:
    def show(talk: Talk, name: str) -> None:
        exercise = talk.content.exercises.get(name)
        if exercise is None or talk.standing.locked:
            _show(talk, name)
            return
        talk.say(exercising.way(talk, exercise, which))

    return show


def _no_help_yet(talk: Talk, _: str) -> None:
    """[Not yet] when asked about help: what to do, the same card again."""
    if talk.standing.locked:
        talk.say_words("no_help_yet")
    going_on.go_on(talk)


ACTIONS: Mapping[str, Callable[[Talk, str], None]] = {
    "flag_yes": lambda talk, claim: flagging.answered(talk, "yes", claim),
    "flag_no": lambda talk, claim: flagging.answered(talk, "no", claim),
    "flag_unsure": lambda talk, claim: flagging.answered(talk, "unsure", claim),
    "right": repair.right,
    "fix": repair.fix,
    "change": repair.change,
    "back": repair.back,
    "start": repair.start,
    "start_again": repair.start_again,
    "start_again_yes": repair.start_again_yes,
    "menu": repair.menu,
    "help": repair.help_,
    "stop": repair.stop,
    "kept": repair.what_is_kept,
    "checked": repair.checked,
    "no_help_yet": _no_help_yet,
    "something_else": repair.something_else,
    "go_on": lambda talk, _: going_on.go_on(talk),
    "why": _why,
    "exercises": _exercises,
    "show": _show,
    "easier": _way("easier"),
    "harder": _way("harder"),
    "link": linking.show_code,
    "give": donating.show,
    "give_yes": donating.yes,
    "give_no": donating.no,
    "plan": lambda talk, _: planning.wanted(talk),
    "plan_good": planning.good,
    "change_days": planning.change_days,
    **follow_up.DEEDS,
}

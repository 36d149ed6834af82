"""Repair: back, change, fix, start again, stop, menu, help, resume. All of them change the answers.

Rule: nothing is ever too late, nothing is lost, and each of these works in every state.
"""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.content.condition import Value
from bot.conversation import going_on, readback
from bot.conversation.asking import asked
from bot.conversation.follow_through import coached
from bot.conversation.gifts import misreading
from bot.conversation.message import message
from bot.conversation.runs import logging_runs, run_files
from bot.conversation.state import Answer, Pending
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel

LONG_SILENCE = timedelta(hours=18)
SETTINGS = ("units", "country")


def introduce(talk: Talk) -> None:
    """Say once, briefly, what this is."""
    if not talk.conversation.introduced:
        talk.update(introduced=True)


def welcome(talk: Talk) -> None:
    """The first message of all."""
    talk.update(introduced=True)
    start_ = talk.button("start", "start")
    kept = talk.button("kept", "kept")
    talk.say_words("welcome", start_, kept)


def start(talk: Talk, _: str) -> None:
    """[I am 18 or over, start]."""
    introduce(talk)
    talk.answer({"adult": True}, "tapped", "adult", "yes")
    talk.settings(adult=True)
    going_on.go_on(talk)


def what_is_kept(talk: Talk, _: str) -> None:
    """[What do you keep?]: says what is stored."""
    talk.say_words("what_is_kept", talk.button("start", "start"))


def right(talk: Talk, _: str) -> None:
    """[Right]: what was read is now said. Runs and soreness go to the log."""
    pending = talk.conversation.pending
    if pending is None:
        going_on.go_on(talk)
        return
    if run_files.is_past(talk, pending):
        run_files.keep_past(talk, pending)
        return
    if logging_runs.takes(talk, pending):
        if pending.corrects:
            logging_runs.put_right(talk, pending)
            return
        logging_runs.logged(talk, pending.facts)
        run_files.stamp(talk, pending)
        return
    accept(talk, pending)
    run_files.stamp(talk, pending)
    going_on.go_on(talk)


def accept(talk: Talk, pending: Pending) -> None:
    """Take readings as said, and log what they report."""
    words = " ".join(dict.fromkeys(pending.words.values()))
    talk.update(pending=None)
    talk.answer(pending.facts, "read", words=words)
    keep_settings(talk, pending.facts)
    logging_runs.keep(talk, pending.facts, pending.corrects)


def keep_settings(talk: Talk, facts: Mapping[str, Value]) -> None:
    """Choices that last are kept with the runner, not with the conversation."""
    for name, value in facts.items():
        if name in SETTINGS or name.startswith(("run_days.", "kit.")):
            talk.set(name, value)


def fix(talk: Talk, _: str) -> None:
    """[Fix] and [That is not right]: which of these?"""
    pending = talk.conversation.pending
    facts = (
        list(pending.facts)
        if pending
        else [
            name
            for name in talk.standing.known.origin
            if talk.standing.facts.get(name) not in (False, "none")
        ]
    )
    talk.say(readback.which_is_wrong(facts, talk.voice))


def change(talk: Talk, fact: str) -> None:
    """Change one fact: drop it, then ask for it."""
    pending = talk.conversation.pending
    if pending and fact in pending.facts:
        rest = {name: value for name, value in pending.facts.items() if name != fact}
        misreading.noticed(talk, pending, [fact])
        left = Pending(
            rest, pending.words, pending.at, sentence=pending.sentence, language=pending.language
        )
        if fact != "run_date":
            left = msgspec.structs.replace(left, file=pending.file)
        talk.update(pending=left if rest else None)
    questions = talk.content.settled_by.get(fact, ())
    if not questions:
        forget(talk, fact)
        talk.say_words("tell_me_instead", what=_label(talk, fact))
        return
    question = questions[0]
    talk.update(open=question.id)
    misreading.asked(talk)
    talk.say(asked(question, {}, talk.voice))


def _label(talk: Talk, fact: str) -> str:
    known = talk.content.facts.get(fact)
    return known.label if known else fact.replace("_", " ")


def forget(talk: Talk, start: str) -> None:
    """Let go of every fact whose id begins like this."""
    kept = []
    for answer in talk.conversation.answers:
        rest = {name: value for name, value in answer.facts.items() if not name.startswith(start)}
        if rest:
            kept.append(msgspec.structs.replace(answer, facts=rest))
    talk.update(answers=tuple(kept))
    settings = {
        name: value for name, value in talk.runner.settings.items() if not name.startswith(start)
    }
    talk.runner = msgspec.structs.replace(talk.runner, settings=settings)
    talk.update()


def back(talk: Talk, _: str) -> None:
    """Take the last answer away and ask again."""
    if talk.conversation.pending:
        talk.update(pending=None)
        talk.say_words("taken_back_reading")
        going_on.go_on(talk)
        return
    answers = talk.conversation.answers
    if not answers:
        talk.say_words("nothing_to_take_back")
        going_on.go_on(talk)
        return
    talk.update(answers=answers[:-1], advised="")
    last = answers[-1]
    names = ", ".join(talk.voice.fact(name, value) for name, value in list(last.facts.items())[:1])
    if last.question:
        question = talk.content.question_by_id.get(last.question.partition(":")[0])
        if question is not None:
            talk.update(open=question.id)
            talk.say(asked(question, talk.standing.facts, talk.voice))
            return
    talk.say_words("taken_back", what=names)
    going_on.go_on(talk)


def start_again(talk: Talk, _: str) -> None:
    """Ask before letting the answers go."""
    talk.say_words(
        "start_again",
        talk.button("start_again_yes", "start_again_yes"),
        talk.button("go_on", "go_on"),
    )


def start_again_yes(talk: Talk, _: str) -> None:
    """Let the answers go; the log stays."""
    adult = (Answer({"adult": True}, talk.now, "said"),)
    kept = adult if talk.standing.facts.get("adult") is True else ()
    talk.update(answers=kept, pending=None, misread=None, advised="", open="", misses=0, asks=())
    going_on.go_on(talk)


def menu(talk: Talk, _: str) -> None:
    """What can be done from here."""
    names = ["go_on", "why", "fix", "exercises", "plan", "start_again", "help"]
    if talk.standing.locked:
        names = ["go_on", "why", "fix", "report", "start_again", "help"]
    elif coached.agreed(talk.runner):
        names = ["my_plan", "exercises", "log", "chart", "settings", "pause", "why"]
        names += ["start_again", "help"]
    talk.say_words("menu", *talk.buttons(names))


def help_(talk: Talk, _: str) -> None:
    """What this is and how to talk to it."""
    talk.say_words("help", *talk.buttons(["go_on", "menu", "kept"]))


def stop(talk: Talk, _: str) -> None:
    """Stop all messages; say how to come back."""
    talk.do(Cancel(""))
    talk.update(open="", pending=None, misread=None)
    talk.say_words("stopped", talk.button("go_on", "go_on"))


def checked(talk: Talk, _: str) -> None:
    """[I have been checked]: what were you told?"""
    question = talk.content.question_by_id["checked"]
    talk.update(open=question.id)
    talk.say(asked(question, talk.standing.facts, talk.voice))


def something_else(talk: Talk, _: str) -> None:
    """[It was something else]: keep looking for causes."""
    tries = talk.standing.facts.get("wants_more_causes", 0)
    count = int(tries) + 1 if isinstance(tries, (int, float)) else 1
    talk.answer({"wants_more_causes": count}, "tapped", "wants_more_causes")
    going_on.go_on(talk)


def resume(talk: Talk) -> None:
    """After a long silence: keep the answers, ask before they are used again."""
    facts = {
        name: value
        for name, value in talk.standing.facts.items()
        if name in talk.standing.known.origin and _worth_saying(name, value)
    }
    if not facts:
        welcome(talk)
        return
    text = talk.voice.say("resume", facts=readback.listed(facts, talk.voice))
    buttons = (
        talk.button("still_so", "go_on"),
        talk.button("changed", "fix"),
        talk.button("start_again", "start_again_yes"),
    )
    talk.say(msgspec.structs.replace(message(text, *buttons), kind="resume"))


def _worth_saying(name: str, value: Value) -> bool:
    """What somebody would tell a friend: no list of what they do not have."""
    if name == "adult" or name.startswith(("kit.", "run_days.")):
        return False
    return name == "sore" or value not in (False, "none", "dont_know")


def silent_for_long(talk: Talk) -> bool:
    """Whether the runner was away for long in the middle of something."""
    last = talk.conversation.last_at
    if last is None or coached.agreed(talk.runner):
        return False
    return talk.now - last > LONG_SILENCE and bool(talk.conversation.answers)

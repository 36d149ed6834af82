"""Going on: what is said next, from wherever the answers lead.

Rule: exactly one of these, in this order: a read-back that waits; a care card; the next question; the
advice. The same card or advice is not repeated unless something changed.
"""

from datetime import time

import msgspec

from bot.conversation import advice, cards
from bot.conversation.asking import asked
from bot.conversation.follow_through import coached
from bot.conversation.follow_through.plan_card import card as planning_card
from bot.conversation.follow_through.plan_card import plan_days
from bot.conversation.gifts import misreading
from bot.conversation.log import Advised
from bot.conversation.message import Message, Words
from bot.conversation.next_session import home
from bot.conversation.outcome import outcome as outcome_of
from bot.conversation.readback import ORDER, read_back
from bot.conversation.state import Pending
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel, Plan

URGENT_FOLLOW_UP_S = 2 * 3600
"""After an emergency card, ask once whether help came: 2 hours later [D], evidence.md 1.5."""

OF_THE_DAY = frozenset(ORDER)
"""What is told anew with each run."""


def go_on(talk: Talk) -> None:
    """Say what comes next."""
    standing = talk.standing
    pending = talk.conversation.pending
    if pending and not standing.locked and not (pending.waits and standing.next is not None):
        pending = _with_answers(talk, pending)
        talk.update(open="", pending=pending)
        talk.say(read_back(pending, talk.voice))
    elif standing.locked:
        _card(talk)
    elif coached.resting(talk):
        home(talk)
    elif standing.next is not None:
        ask(talk)
    else:
        _advise(talk)
    if not standing.locked:
        misreading.offer(talk)


def _with_answers(talk: Talk, pending: Pending) -> Pending:
    """The read-back with what was answered to a question in this turn: [Fix], [which side], "both"."""
    told = {} if pending.waits else talk.answered
    facts = pending.facts | {name: value for name, value in told.items() if name in ORDER}
    return msgspec.structs.replace(pending, facts=facts, waits=False)


def ask(talk: Talk, *, again: bool = False) -> None:
    """Put the next question."""
    question = talk.standing.next
    if question is None:
        return
    words = asked(question, talk.standing.facts, talk.voice, again=again)
    line = _change_line(talk) if talk.conversation.advised else ""
    if line:
        words = with_first_line(words, line)
    talk.update(open=question.id)
    talk.say(words)


def _card(talk: Talk) -> None:
    mark = fingerprint(talk)
    card = cards.care_card(talk.standing, talk.voice)
    if talk.conversation.advised != mark:
        _remember(talk, mark)
        _lock(talk)
    pending = talk.conversation.pending
    talk.update(open="", pending=pending if pending and pending.waits else None)
    talk.say(card)


def _lock(talk: Talk) -> None:
    talk.do(Cancel("", keep_exempt=True))
    level = talk.standing.level
    if level == "emergency":
        at = talk.now.timestamp() + URGENT_FOLLOW_UP_S
        due = talk.now.fromtimestamp(at, tz=talk.now.tzinfo)
        talk.do(Plan("help", "got_help", at=due, late="send", exempt=True))
    elif level == "same_day":
        talk.do(Plan("help", "got_help", at_local=time(8), late="send", exempt=True))


def _advise(talk: Talk) -> None:
    mark = fingerprint(talk)
    talk.update(open="")
    if talk.conversation.advised == mark:
        _same_as_before(talk)
        return
    plan_wanted = talk.standing.facts.get("wants_plan") is True
    if plan_wanted and not plan_days(talk):
        _ask_for_days(talk)
        return
    words = planning_card(talk) if plan_wanted else advice.advised(talk)
    line = _change_line(talk) if talk.conversation.advised else ""
    if line:
        words = with_first_line(words, line)
    _remember(talk, mark)
    talk.say(words)


def _ask_for_days(talk: Talk) -> None:
    question = talk.content.question_by_id["days"]
    talk.say_words("plan_needs_day")
    talk.update(open=question.id)
    talk.say(asked(question, talk.standing.facts, talk.voice))


def _same_as_before(talk: Talk) -> None:
    line = _change_line(talk)
    text = f"{line} {talk.voice.say('advice_same')}".strip()
    talk.say(msgspec.structs.replace(advice.short(talk, text), kind="advice_same"))


def _remember(talk: Talk, mark: str) -> None:
    standing = talk.standing
    outcome = outcome_of(talk) if not standing.locked else None
    talk.update(advised=mark)
    talk.record(
        Advised(
            id=talk.new_id("advised"),
            at=talk.now,
            triage=str(standing.level),
            pathways=standing.pathways,
            rules=tuple(rule.id for rule in standing.fired),
            level=outcome.level if outcome else None,
            earliest=outcome.earliest if outcome else None,
            content=talk.content.version,
        )
    )


def fingerprint(talk: Talk) -> str:
    """The advice in a few letters: the same letters mean nothing changed for the runner."""
    standing = talk.standing
    rules = ",".join(rule.id for rule in standing.fired)
    if standing.locked:
        return f"{standing.level}|{rules}"
    outcome = outcome_of(talk)
    return f"{standing.level}|{','.join(standing.pathways)}|{outcome.mark}"


def _change_line(talk: Talk) -> str:
    """What a correction changed, in words; a run of another day is no correction but another run."""
    facts = talk.standing.facts
    another = "run_date" in talk.changed
    names = [one for one in talk.changed if one in facts and not (another and one in OF_THE_DAY)]
    said = [talk.voice.fact(name, facts[name]) for name in dict.fromkeys(names)]
    told = ", ".join(text for text in said if text)
    return talk.voice.say("changed", facts=told) if told else ""


def with_first_line(words: Message, line: str) -> Message:
    """The message with a line above it."""
    return msgspec.structs.replace(words, parts=(Words(f"{line}\n\n"), *words.parts))

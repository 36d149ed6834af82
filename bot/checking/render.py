"""Renders the end of a path as the runner would see it, with the real core."""

from datetime import UTC, datetime

from bot.checking.walk import Leaf
from bot.content.load import Content
from bot.conversation.advice import advised
from bot.conversation.cards import care_card
from bot.conversation.event import Event, Person, Place, Said
from bot.conversation.exercising import chosen
from bot.conversation.message import Message
from bot.conversation.outcome import outcome
from bot.conversation.state import Answer, Conversation, Runner
from bot.conversation.talk import Talk

MOMENT = datetime(2026, 5, 7, 12, 0, tzinfo=UTC)
"""A fixed moment: what is checked does not depend on the day."""
_EVENT = Event("check", Person("check", "runner"), Place("check", "chat"), Said(""), MOMENT)


def talk_at(content: Content, leaf: Leaf, country: str = "GB", units: str = "km") -> Talk:
    """A turn at the end of a path."""
    said = Conversation(answers=(Answer(dict(leaf.facts), MOMENT, "said"),), introduced=True)
    runner = Runner(id="check", zone="Europe/London", settings={"country": country, "units": units})
    talk = Talk(content, said, runner, _EVENT, MOMENT)
    talk.__dict__["standing"] = leaf.standing
    return talk


def ending(talk: Talk) -> Message:
    """The card or the advice at the end of a path."""
    if talk.standing.locked:
        return care_card(talk.standing, talk.voice)
    return advised(talk)


def exercises_at(talk: Talk) -> tuple[str, ...]:
    """The exercises given there."""
    if talk.standing.locked:
        return ()
    return tuple(exercise.id for exercise, _ in chosen(talk, outcome(talk)))

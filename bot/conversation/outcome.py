"""The prescription for where a turn stands."""

from bot.conversation.prescription import Prescription, prescribed
from bot.conversation.talk import Talk


def outcome(talk: Talk) -> Prescription:
    """Go, walk or wait, for what is known at this point of the turn."""
    standing = talk.standing
    return prescribed(
        talk.content.coaching, standing.facts, standing.pathways, talk.runner, talk.now
    )

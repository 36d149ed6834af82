"""The prescription for where a turn stands."""

from bot.conversation import coached
from bot.conversation.prescription import Prescription, prescribed
from bot.conversation.talk import Talk


def outcome(talk: Talk) -> Prescription:
    """Go, walk or wait, for what is known at this point of the turn."""
    standing = talk.standing
    facts, pathways = standing.facts, standing.pathways
    if standing.level is None and coached.agreed(talk.runner):
        facts, pathways = coached.facts(talk), coached.pathways(talk.runner.log)
    return prescribed(talk.content.coaching, facts, pathways, talk.runner, talk.now)

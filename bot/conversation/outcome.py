"""The prescription for where a turn stands."""

from dataclasses import replace

from bot.coaching.ladder import ladder_session
from bot.conversation.follow_through import coached
from bot.conversation.prescription import Prescription, prescribed
from bot.conversation.runs.training_log import runs
from bot.conversation.talk import Talk


def outcome(talk: Talk) -> Prescription:
    """Go, walk or wait, for what is known at this point of the turn."""
    standing = talk.standing
    facts, pathways = standing.facts, standing.pathways
    if standing.level is None and coached.agreed(talk.runner):
        facts, pathways = coached.facts(talk), coached.pathways(talk.runner.log)
    found = prescribed(talk.content.coaching, facts, pathways, talk.runner, talk.now)
    return _as_agreed(talk, found)


def _as_agreed(talk: Talk, found: Prescription) -> Prescription:
    """Before the first session, the level is the one that was agreed; a longer break may lower it."""
    last = coached.base(talk.runner.log)
    begun = any(run.level is not None for run in runs(talk.runner.log))
    if begun or last is None or last.level is None or not coached.agreed(talk.runner):
        return found
    level = last.level if found.level is None else min(last.level, found.level)
    until = coached.walks_until(talk)
    if found.start.walk_week_first and until is not None and until <= talk.voice.today:
        first = found.start.level
        level = first if isinstance(first, int) and level == 0 else level
    return replace(found, level=level, session=ladder_session(level, talk.content.coaching.ladder))

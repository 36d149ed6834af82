"""A club's run that goes on here: "2026-05-07@4000" is its day and its metres, 0 for not known.

Rule: the club hands over a day and a distance, nothing else. A sore runner's run is read back before
it counts, and the screen comes before any exercise; one that is only to be logged was asked for.
"""

from datetime import date

from bot.content.condition import Value
from bot.conversation import going_on
from bot.conversation.follow_through import coached, following
from bot.conversation.follow_through.deed_forms import dated
from bot.conversation.follow_through.soreness_scale import split
from bot.conversation.runs import logging_runs
from bot.conversation.state import Pending
from bot.conversation.talk import Talk

FURTHEST_M = 300_000


def form(argument: str) -> bool:
    """A day and metres: "2026-05-07@4000"."""
    day, _, metres = argument.rpartition("@")
    return dated(day) and metres.isascii() and metres.isdigit() and int(metres) <= FURTHEST_M


def sore(talk: Talk, argument: str) -> None:
    """[Sore, privately]: the run is filled in, and waits to be read back."""
    pending = talk.conversation.pending
    facts: dict[str, Value] = {
        **(pending.facts if pending else {}),
        **_facts(argument),
        "sore": True,
    }
    talk.update(introduced=True, pending=Pending(facts, at=talk.now), misses=0)
    going_on.go_on(talk)


def ran(talk: Talk, argument: str) -> None:
    """[Log it]: the run goes to the log, and is followed up if there is a plan."""
    facts = _facts(argument)
    if coached.agreed(talk.runner) and not talk.standing.locked:
        logging_runs.logged(talk, facts)
        return
    run = logging_runs.keep(talk, facts)
    if run is not None:
        talk.say_words("logged_run", run=logging_runs.run_words(talk, run), kind="logged")
        following.moved(talk)


def _facts(argument: str) -> dict[str, Value]:
    day, metres = split(argument)
    facts: dict[str, Value] = {"run_date": date.fromisoformat(day).isoformat()}
    if int(metres):
        facts["run_distance_m"] = float(metres)
    return facts

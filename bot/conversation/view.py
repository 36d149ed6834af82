"""A plain view of where a conversation stands: for `:state`, `heeldrop decide` and headless clients.

Rule: everything in here is JSON, and comes from the same derivation as the conversation itself.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.content.condition import Value
from bot.content.load import Content
from bot.content.tables import Rule
from bot.conversation.derive import Standing, derive_facts, standing
from bot.conversation.event import Event, Person, Place, Said
from bot.conversation.exercising import chosen_when_calm
from bot.conversation.prescription import Prescription, prescribed
from bot.conversation.sessions import session_words
from bot.conversation.state import Answer, Conversation, Runner
from bot.conversation.talk import Talk


def state_of(
    content: Content, conversation: Conversation, runner: Runner, now: datetime
) -> dict[str, Any]:
    """Facts, triage, pathways, rules fired, plan, exercises and the next question, as plain JSON."""
    return _view(content, standing(content, conversation, runner, now), runner, now, conversation)


def decision(
    content: Content, facts: Mapping[str, Value], runner: Runner, now: datetime
) -> dict[str, Any]:
    """The decision for these facts alone (`heeldrop decide`).

    `triage` is the highest level so far; `decided` says whether an answer can still change it.
    """
    conversation = Conversation(answers=(Answer(dict(facts), now, "said"),), introduced=True)
    return _view(content, derive_facts(content, dict(facts)), runner, now, conversation)


def _view(
    content: Content, held: Standing, runner: Runner, now: datetime, conversation: Conversation
) -> dict[str, Any]:
    highest = held.triage.held[0].level if held.triage.held else None
    found = None
    exercises: list[dict[str, Any]] = []
    coached = not held.locked and highest in (None, "self_manage")
    if coached and held.next is None:
        found = prescribed(content.coaching, held.facts, held.pathways, runner, now)
        talk = Talk(content, conversation, runner, _silent(now), now)
        talk.__dict__["standing"] = held
        exercises = [
            {"id": exercise.id, "code": exercise.code, "name": exercise.name, "dose": dose.words}
            for exercise, dose in chosen_when_calm(talk, found)
        ]
    return {
        "triage": held.level or highest,
        "decided": held.level is not None,
        "pathways": list(held.pathways or _pathways_so_far(held)),
        "rules": [_rule(content, rule) for rule in (held.fired or held.triage.held)],
        "card": next((rule.card for rule in held.deciding if rule.card), None)
        if held.locked
        else None,
        "locked": held.locked,
        "plan": _plan(found),
        "exercises": exercises,
        "next": {"id": held.next.id, "ask": held.next.ask} if held.next else None,
        "hangs_on": list(held.hangs_on),
        "facts": {
            name: value for name, value in held.facts.items() if name not in held.known.assumed
        },
        "assumed": sorted(held.known.assumed),
        "content": content.version,
    }


def _pathways_so_far(held: Standing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in held.deciding for name in rule.pathways))


def _rule(content: Content, rule: Rule) -> dict[str, Any]:
    cited = {
        name: content.evidence.sources[name].cite
        for name in rule.sources
        if name in content.evidence.sources
    }
    return {
        "id": rule.id,
        "says": rule.says,
        "level": rule.level,
        "pathways": list(rule.pathways),
        "sources": cited,
        "strength": rule.strength or None,
        "reviewed_by": rule.reviewed_by or None,
    }


def _plan(found: Prescription | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "verdict": found.verdict,
        "level": found.level,
        "session": session_words(found.session) if found.session else None,
        "run_s": found.session.run_s if found.session else None,
        "cap_m": round(found.cap_m, 1) if found.cap_m is not None else None,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "only_if_stairs_at_most": found.stairs_at_most,
        "walk_week_first": found.start.walk_week_first,
        "hold_off_speed_and_hills_weeks": found.start.hold_off_weeks,
    }


def _silent(now: datetime) -> Event:
    return Event("view", Person("view", "view"), Place("view", "view"), Said(""), now)

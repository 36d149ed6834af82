"""What a turn asks for beyond being stored: a code, two chats joined, everything that is kept.

Rule: the core says what it wants and what is said in each case; this finds out which case it is,
before the turn is stored. If the case is another one by then, the store refuses the turn and it is
taken again.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot.conversation.event import Person
from bot.conversation.message import Attachment, Message, Part, When
from bot.conversation.turn import CODE_HERE, Effect, JoinWith, LinkCode, Say, Turn
from bot.store import Store
from bot.store.rows import Joined, Standing

EXPORT = "export"
"""The kind of the message that all that is kept goes with."""


@dataclass(frozen=True, slots=True)
class Errands:
    """A turn with its errands done, and what must still hold when it is stored."""

    turn: Turn
    link_code: str = ""
    join: tuple[str, Joined] | None = None


async def run_errands(
    store: Store, turn: Turn, standing: Standing, who: Person, now: datetime
) -> Errands:
    """Do what the turn asks for. Nothing is stored here."""
    if not any(map(_is_errand, turn.effects)):
        return Errands(turn)
    link_code = ""
    join: tuple[str, Joined] | None = None
    effects: list[Effect] = []
    for effect in turn.effects:
        if isinstance(effect, LinkCode):
            link_code = f"{secrets.randbelow(10**6):06}"
        elif isinstance(effect, JoinWith):
            outcome = await store.join_outcome(who, effect.code, now)
            join = effect.code, outcome
            effects.append(Say(effect.replies[outcome]))
        elif isinstance(effect, Say) and effect.message.kind == EXPORT:
            kept = await store.export(standing.runner_id)
            said = _with_all(effect.message, kept)
            effects.append(msgspec.structs.replace(effect, message=said))
        else:
            effects.append(effect)
    if link_code:
        effects = [
            with_code(effect, link_code) if isinstance(effect, Say) else effect
            for effect in effects
        ]
    turn = msgspec.structs.replace(turn, effects=tuple(effects))
    return Errands(turn, link_code, join)


def _is_errand(effect: Effect) -> bool:
    if isinstance(effect, Say):
        return effect.message.kind == EXPORT
    return isinstance(effect, LinkCode | JoinWith)


def with_code(effect: Say, code: str) -> Say:
    """With the code where CODE_HERE stands."""
    said = effect.message
    parts = tuple(_filled(part, code) for part in said.parts)
    return msgspec.structs.replace(effect, message=msgspec.structs.replace(said, parts=parts))


def _filled(part: Part, code: str) -> Part:
    if isinstance(part, When):
        return part
    return msgspec.structs.replace(part, text=part.text.replace(CODE_HERE, code))


def _with_all(said: Message, kept: dict[str, Any]) -> Message:
    """The core can only give what it knows; the store adds what it keeps besides."""
    file = said.attachment or Attachment("heeldrop.json", "{}")
    whole = msgspec.json.decode(file.text, type=dict[str, Any]) | kept
    text = msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()
    return msgspec.structs.replace(said, attachment=msgspec.structs.replace(file, text=text))

"""What a club's turn asks for beyond being stored: a code, and a place that joins by one.

Rule: as in errands.py: which case it is is found out before the turn is stored, and if it is another
one by then, the turn is refused and taken again.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.club.turn import ClubEffect, ClubTurn, JoinClub, MakeCode
from bot.conversation.event import Event
from bot.conversation.turn import Say
from bot.runtime.errands import with_code
from bot.store import Store
from bot.store.club_rows import ClubJoined


@dataclass(frozen=True, slots=True)
class ClubErrands:
    """A turn with its errands done, and what must still hold when it is stored."""

    turn: ClubTurn
    code: str = ""
    join: tuple[str, ClubJoined] | None = None


async def run_club_errands(
    store: Store, turn: ClubTurn, event: Event, now: datetime
) -> ClubErrands:
    """Do what the turn asks for. Nothing is stored here."""
    code = ""
    join: tuple[str, ClubJoined] | None = None
    effects: list[ClubEffect] = []
    for effect in turn.effects:
        if isinstance(effect, MakeCode):
            code = f"{secrets.randbelow(10**6):06}"
        elif isinstance(effect, JoinClub):
            outcome = await store.club_join_outcome(event, effect.code, now)
            join = effect.code, outcome
            reply = effect.replies.get(outcome) or effect.replies["wrong"]
            effects.append(Say(reply))
        else:
            effects.append(effect)
    if code:
        effects = [with_code(one, code) if isinstance(one, Say) else one for one in effects]
    return ClubErrands(msgspec.structs.replace(turn, effects=tuple(effects)), code, join)

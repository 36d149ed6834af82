"""The store's verbs for clubs; a part of `Store` (store.py).

Rule: as there: every verb is one transaction.
"""

from datetime import datetime

from bot.club.state import Member
from bot.conversation.event import Event
from bot.conversation.state import Runner
from bot.store import club_joins, club_posts, club_turns, clubs, codec
from bot.store.club_rows import (
    ClubCheckIn,
    ClubJoined,
    ClubKept,
    ClubRecord,
    Early,
    Met,
    Ready,
)
from bot.store.database import Database


class ClubVerbs:
    """What the store does for clubs."""

    _db: Database

    async def meet(self, event: Event, now: datetime) -> Met:
        """Who acts, where, and which clubs that concerns."""
        return await self._db.write(lambda db: clubs.meet(db, event, codec.to_ms(now)))

    async def club(self, number: int, now: datetime) -> ClubKept | None:
        """A club as it is kept, with its runs of the last 9 days and those to come."""
        return await self._db.read(lambda db: clubs.load(db, number, now))

    async def clubs_of(self, runner_id: int) -> list[int]:
        """The numbers of the clubs that know anything of this runner."""
        return await self._db.read(lambda db: clubs.of_runner(db, runner_id))

    async def next_club(self) -> int:
        """The number that the next new club gets."""
        return await self._db.read(clubs.next_club)

    async def take_club_turn(self, record: ClubRecord) -> bool:
        """Store a club's turn whole; False if its event had been seen, and then nothing changed.

        Raises OutdatedError if it was computed from what is no longer so.
        """
        return await self._db.write(lambda db: club_turns.take(db, record))

    async def drafters(self) -> set[tuple[str, str]]:
        """Everyone whose next words are awaited for a club: (platform, person)."""
        return await self._db.read(clubs.drafters)

    async def sharing(self, number: int) -> list[tuple[Member, Runner]]:
        """The club's members who agreed to have something counted."""
        found = await self._db.read(lambda db: clubs.sharing(db, number))
        return [(member, loaded.runner) for member, loaded in found]

    async def club_join_outcome(self, event: Event, code: str, now: datetime) -> ClubJoined:
        """What it would come to if this code were typed here now."""
        at = codec.to_ms(now)
        return await self._db.read(lambda db: club_joins.outcome(db, event, code, at))

    async def clubs_due(self, now: datetime, limit: int) -> list[ClubCheckIn]:
        """What is due for clubs, oldest first."""
        at = codec.to_ms(now)
        return await self._db.read(lambda db: clubs.due(db, at, limit))

    async def club_planned(self, number: int) -> list[tuple[str, datetime]]:
        """What is planned for a club, soonest first: key and instant."""
        return await self._db.read(lambda db: clubs.planned(db, number))

    async def put_off_club(self, check_in: ClubCheckIn, at: datetime | None) -> None:
        """Its turn failed: it falls due again then, or (None) not at all."""
        ms = None if at is None else codec.to_ms(at)
        await self._db.write(lambda db: clubs.put_off(db, check_in, ms))

    async def ready(self, number: int, now: datetime, gap_s: float) -> Ready | Early | None:
        """Mark a club's message as about to be sent, and say what it says by now.

        Early: an edit that must wait. None: there is nothing to send any more.
        """
        at = codec.to_ms(now)
        return await self._db.write(lambda db: club_posts.ready(db, number, at, gap_s))

    async def vanished(self, number: int) -> bool:
        """A message to be changed is not there any more; True if it is posted anew instead."""
        return await self._db.write(lambda db: club_posts.vanished(db, number))

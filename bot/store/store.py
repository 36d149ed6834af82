"""The store: verbs named after what the application does. Nothing outside knows it is SQLite.

Rule: every verb is one transaction; when it returns, what it stored survives a power cut. Whoever
brings another database keeps these verbs and takes this folder's place.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.conversation.event import Event, Person, Place
from bot.conversation.state import Runner
from bot.store import (
    check_ins,
    codec,
    exporting,
    forgetting,
    identity,
    inbox,
    keeping,
    links,
    outbox,
    turns,
)
from bot.store import clubs as kept_clubs
from bot.store.club_store import ClubVerbs
from bot.store.database import Database
from bot.store.inbox import Accepted
from bot.store.keeping import Kept
from bot.store.lock import FolderLock
from bot.store.opening import FILE, open_database
from bot.store.rows import (
    CheckIn,
    CheckInEnd,
    DueRunner,
    Joined,
    Lane,
    NewOutgoing,
    OutboxRow,
    Standing,
    Trouble,
    TurnRecord,
)

LOCK = "heeldrop.lock"


class Store(ClubVerbs):
    """All that is kept, in one file of one folder. Make one with `await Store.open(folder)`."""

    def __init__(self, database: Database, lock: FolderLock, folder: Path) -> None:
        self._db = database
        self._lock = lock
        self.folder = folder

    @classmethod
    async def open(cls, folder: Path) -> "Store":
        """Open the folder's file for this process alone. Raises StoreError with one clear sentence."""
        lock = FolderLock(folder / LOCK)
        return cls(await open_database(folder, lock), lock, folder)

    @property
    def path(self) -> Path:
        """The data file."""
        return self.folder / FILE

    @property
    def commits(self) -> int:
        """How many commits there were, for benchmarks."""
        return self._db.commits

    async def close(self) -> None:
        """Finish what waits, close the file and let others have it."""
        await self._db.settle()
        await self._db.close()
        self._lock.release()

    # ------------------------------------------------------------------ turns

    async def stand(self, event: Event, now: datetime) -> Standing:
        """What is known about who and where this event is."""
        return await self._db.write(lambda db: identity.stand(db, event, codec.to_ms(now)))

    async def runner_id(self, person: Person) -> int | None:
        """The number of the runner this person is."""
        return await self._db.read(lambda db: identity.runner_of(db, person))

    async def runner(self, runner_id: int) -> Runner:
        """A runner with the log."""
        return await self._db.read(lambda db: identity.load_runner(db, runner_id).runner)

    async def take_turn(self, record: TurnRecord) -> bool:
        """Store one turn whole; False if its event had been seen, and then nothing changed."""
        return await self._db.write(lambda db: turns.take(db, record))

    async def take_turns(self, records: Sequence[TurnRecord]) -> bool:
        """Store the turns of several runners, all of them or none.

        False if one of them cannot be stored, for whatever reason: then each is taken by itself.
        """
        return await self._db.write(lambda db: turns.take_together(db, records))

    async def accept(self, accepted: Accepted, now: datetime) -> bool:
        """Keep an event whose turn comes later; False if it was here before."""
        return await self._db.write(lambda db: inbox.accept(db, accepted, codec.to_ms(now)))

    async def waiting(self) -> list[Accepted]:
        """Events that were accepted and have not had their turn, oldest first."""
        return await self._db.read(inbox.waiting)

    async def seen(self, platform: str, event_id: str) -> bool:
        """Whether an event has had its turn."""
        return await self._db.read(lambda db: inbox.seen(db, platform, event_id))

    async def note(self, trouble: Trouble, now: datetime) -> None:
        """Keep something for the owner to see."""
        await self._db.write(lambda db: turns.note(db, trouble, codec.to_ms(now)))

    # ----------------------------------------------------------------- outbox

    async def open_outbox(
        self, platform: str, lane: Lane, *, after: int = 0, limit: int = 500
    ) -> list[OutboxRow]:
        """Messages of one lane still to be sent, with a number above `after`, in order."""
        return await self._db.read(
            lambda db: outbox.open_rows(db, platform, lane, after=after, limit=limit)
        )

    async def broadcast(self, place: Place, message: NewOutgoing, now: datetime) -> bool:
        """Put one message for everyone in a place into the outbox; False if its key is known."""
        at = codec.to_ms(now)
        return await self._db.write(
            lambda db: outbox.broadcast(
                db, identity.place_of(db, place)[0], place.platform, message, at
            )
        )

    async def sending(self, number: int, now: datetime) -> None:
        """Mark a message as about to be handed to the platform."""
        await self._db.write(lambda db: outbox.mark_sending(db, [number], codec.to_ms(now)))

    async def sent(self, number: int, message: str, now: datetime, thread: str = "") -> None:
        """Mark a message as sent, under the platform's own id, and in this thread."""
        at = codec.to_ms(now)
        await self._db.write(lambda db: outbox.mark_sent(db, number, message, at, thread))

    async def later(
        self, number: int, not_before: datetime, *, doubt: bool = False, sure: bool = True
    ) -> None:
        """Send it again, not before then. `doubt`: it may have arrived; `sure`: it did not."""
        at = codec.to_ms(not_before)
        await self._db.write(lambda db: outbox.mark_later(db, number, at, doubt=doubt, sure=sure))

    async def over(self, number: int, state: str, problem: str) -> None:
        """Give a message up, as `unknown` or `failed`."""
        await self._db.write(lambda db: outbox.mark_over(db, number, state, problem))

    async def gone(self, platform: str, chat: str, reason: str) -> list[int]:
        """A chat is out of reach: pause all that concerns it. Returns the messages given up."""
        return await self._db.write(lambda db: outbox.mark_gone(db, platform, chat, reason))

    async def moved(self, platform: str, old: str, new: str) -> None:
        """A chat has a new number."""
        await self._db.write(lambda db: identity.move_chat(db, platform, old, new))

    # --------------------------------------------------------------- schedule

    async def due(self, now: datetime, since: datetime, limit: int) -> list[DueRunner]:
        """The oldest check-ins that are due, and all others due for the same runners.

        `since`: from when on it matters what was sent to them.
        """
        at, from_ = codec.to_ms(now), codec.to_ms(since)
        return await self._db.read(lambda db: check_ins.due(db, at, from_, limit))

    async def due_again(self, check_in: CheckIn) -> Standing | None:
        """What a check-in stands on now, or None if it was cancelled, moved or done meanwhile."""
        return await self._db.read(lambda db: check_ins.due_again(db, check_in))

    async def next_due(self, *, clubs: bool = True) -> datetime | None:
        """When the next check-in falls due, a runner's or (`clubs`) a club's."""
        found = await self._db.read(
            lambda db: (check_ins.next_due(db), kept_clubs.next_due(db) if clubs else None)
        )
        at = [one for one in found if one is not None]
        return codec.from_ms(min(at)) if at else None

    async def check_ins(self, runner_id: int) -> list[CheckIn]:
        """All that is planned for a runner, soonest first."""
        return await self._db.read(lambda db: check_ins.of_runner(db, runner_id))

    async def end_check_ins(self, ended: Sequence[CheckInEnd], now: datetime) -> None:
        """Store what became of check-ins that had no turn of their own."""
        at = codec.to_ms(now)

        def job(db: sqlite3.Connection) -> None:
            for one in ended:
                check_ins.end(db, (one,), at)

        await self._db.write(job)

    async def move_check_ins(self, moves: Sequence[tuple[int, str, datetime]]) -> None:
        """Give check-ins a new zone and next instant."""
        rows = [(number, zone, codec.to_ms(at)) for number, zone, at in moves]
        await self._db.write(lambda db: check_ins.move(db, rows))

    # -------------------------------------------------------------- a runner's

    async def export(self, runner_id: int) -> dict[str, Any]:
        """Everything that is kept about a runner, as plain values for JSON."""
        return await self._db.read(lambda db: exporting.export(db, runner_id))

    async def forget(self, runner_id: int) -> None:
        """Delete everything about a runner, at once."""
        await self._db.write(lambda db: forgetting.forget(db, runner_id))

    async def join_outcome(self, person: Person, code: str, now: datetime) -> Joined:
        """What it would come to if this person typed this code now."""
        at = codec.to_ms(now)
        return await self._db.read(lambda db: links.outcome(db, person, code, at))

    # ---------------------------------------------------------------- keeping

    async def clean_up(self, kept: Kept, now: datetime) -> int:
        """Drop what is older than it may be; return how many rows that concerned."""
        return await self._db.write(lambda db: keeping.clean_up(db, kept, now))

    async def back_up(self, target: Path) -> None:
        """Copy the whole file as it is now, while it is in use."""
        await self._db.copy_to(target)

    async def counts(self) -> dict[str, int]:
        """How many rows of each kind there are, for the owner."""
        return await self._db.read(keeping.counts)

    async def troubles(self, limit: int = 20) -> list[Trouble]:
        """What went wrong lately, newest first."""
        return await self._db.read(lambda db: keeping.troubles(db, limit))

"""Taking a turn: an event goes in, one transaction comes out.

Rule: turns of one runner are taken one at a time and in order, turns of many runners at once. The
core computes, this stores, and only then may anything be sent. A turn that fails is answered
honestly, kept for the owner, and leaves the conversation as it was.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.conversation.event import Dropped, Event, Place
from bot.conversation.fit import DISCORD, Limits
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Turn
from bot.runtime.clock import Clock
from bot.runtime.deadline import Deadline
from bot.runtime.effects import Arrived, failed_record, record_of, standing_after
from bot.runtime.errands import run_errands
from bot.runtime.locks import KeyedLocks
from bot.runtime.options import Options
from bot.runtime.run_files import FileReader
from bot.store import Store
from bot.store.errors import OutdatedError, StoreError
from bot.store.rows import CheckInEnd, Lane, Standing, TurnRecord

Step = Callable[[Any, Conversation, Runner, Event, datetime], Turn]
Who = tuple[str, str]
_MOST_TRIES = 5
_IN_A_ROW = 32


class Taken(msgspec.Struct, frozen=True):
    """What became of an event: its turn, and whether it was new."""

    turn: Turn | None
    new: bool = True
    failed: bool = False
    lanes: tuple[Lane, ...] = ()
    """The lanes of the outbox that something was put into."""


def together(first: Taken, then: Taken) -> Taken:
    """Two turns that one event led to, as one: a club's, and then the runner's own."""
    if first.turn is None or then.turn is None:
        return first if then.turn is None and not then.failed else then
    effects = (*first.turn.effects, *then.turn.effects)
    return Taken(
        replace(then.turn, effects=effects),
        failed=first.failed or then.failed,
        lanes=first.lanes,
    )


class Ends(msgspec.Struct, frozen=True):
    """How a due check-in's row ends: if its turn says something, if it is silent, if it fails."""

    quiet: CheckInEnd
    counted: bool

    @property
    def spoke(self) -> CheckInEnd:
        """Its turn said something."""
        return replace(self.quiet, outcome="sent", counted=self.counted)

    @property
    def failed(self) -> CheckInEnd:
        """Its turn failed."""
        return replace(self.quiet, outcome="failed")


class DueTurn(msgspec.Struct, frozen=True):
    """A check-in's turn that is to be taken: what happens, how its row ends, what is known."""

    event: Event
    ends: Ends
    standing: Standing


class TurnTaker:
    """Takes turns. `limits` says, for each platform, what one message may be."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        core: tuple[Any, Step],
        options: Options,
        limits: dict[str, Limits],
    ) -> None:
        self._store = store
        self._clock = clock
        self._content, self._step = core
        self._options = options
        self._limits = limits
        self._deadline = Deadline(options.turn_deadline_s)
        self._locks = KeyedLocks()
        self._files = FileReader(options.file_limit_s)
        self.counted: Counter[str] = Counter()
        """How many turns were taken, failed, or repeated."""
        self.before_forgetting: Callable[[int, str], Awaitable[None]] | None = None
        """Told of a runner, and the event, when a turn is about to delete everything of theirs."""
        # What each person's last turn left, to spare reading it back. If it has got old, the
        # store refuses the turn, and it is read again.
        self._held: OrderedDict[Who, tuple[tuple[Place, Place | None], Standing]] = OrderedDict()

    def forget_held(self) -> None:
        """Something changed under our feet (a chat moved or closed): read everything again."""
        self._held.clear()

    async def take(self, event: Event, hints: dict[str, str] | None = None) -> Taken:
        """Take one event's turn. Raises StoreError if it cannot be stored: then nothing was."""
        who = _who(event)
        async with self._locks.hold(who):
            place, standing = self._held.get(who, (None, None))
            if standing is None or place != (event.where, event.home):
                standing = await self._store.stand(event, self._clock.now())
            heard = await self._with_file(event)
            for _ in range(_MOST_TRIES):
                try:
                    return await self._take(event, standing, hints or {}, None, heard)
                except OutdatedError:
                    # A chat moved, or the same runner wrote from elsewhere at the same time.
                    standing = await self._store.stand(event, self._clock.now())
            return await self._take(event, standing, hints or {}, None, heard)

    async def _with_file(self, event: Event) -> Event:
        """The event as the core hears it; stored is the event as it came, without the figures."""
        if not isinstance(event.what, Dropped):
            return event
        return replace(event, what=await self._files.read(event.what))

    async def fall_due(self, due: DueTurn) -> Taken:
        """Take the turn of a check-in; nothing happens if it was cancelled or moved meanwhile."""
        async with self._locks.hold(_who(due.event)):
            now: Standing | None = due.standing
            while now is not None:
                try:
                    return await self._take(due.event, now, {}, due.ends)
                except OutdatedError:
                    now = await self._store.due_again(due.ends.quiet.check_in)
        return Taken(None, new=False)

    async def fall_due_together(self, dues: Sequence[DueTurn]) -> list[Taken]:
        """Take the turns of check-ins of different runners, and store them in one go.

        Where that cannot be, each is taken by itself: a runner who is busy writing just now waits
        for nobody, and one who did something else meanwhile holds up nobody.
        """
        free = [due for due in dues if self._locks.take(_who(due.event))]
        taken: dict[str, Taken] = {}
        try:
            computed = []
            for number, due in enumerate(free, start=1):
                computed.append(await self._compute(due.event, due.standing, {}, due.ends))
                if number % _IN_A_ROW == 0:
                    await asyncio.sleep(0)  # whoever wrote meanwhile is answered first
            if await self._store.take_turns([record for _turn, record in computed]):
                for due, (turn, record) in zip(free, computed, strict=True):
                    taken[due.event.id] = self._taken(turn, record, new=True)
        finally:
            for due in free:
                self._locks.give_back(_who(due.event))
        alone = [due for due in dues if due.event.id not in taken]
        for due, one in zip(alone, await asyncio.gather(*map(self.fall_due, alone)), strict=True):
            taken[due.event.id] = one
        return [taken[due.event.id] for due in dues]

    async def _take(
        self,
        event: Event,
        standing: Standing,
        hints: dict[str, str],
        ends: Ends | None,
        heard: Event | None = None,
    ) -> Taken:
        turn, record = await self._compute(event, standing, hints, ends, heard)
        if record.forget and self.before_forgetting is not None:
            await self.before_forgetting(standing.runner_id, event.id)
        self._held.pop(_who(event), None)
        return self._taken(turn, record, new=await self._store.take_turn(record))

    async def _compute(
        self,
        event: Event,
        standing: Standing,
        hints: dict[str, str],
        ends: Ends | None,
        heard: Event | None = None,
    ) -> tuple[Turn | None, TurnRecord]:
        """The turn (None if it failed), and what is to be stored of it. Stores nothing."""
        now = self._clock.now()
        limits = self._limits.get(event.where.platform, DISCORD)
        try:
            with self._deadline:
                turn = self._step(
                    self._content, standing.conversation, standing.runner, heard or event, now
                )
            errands = await run_errands(self._store, turn, standing, event.who, now)
            turn = errands.turn
            end = None
            if ends is not None:
                end = ends.spoke if turn.messages else ends.quiet
            arrived = Arrived(event, now, standing, hints, end)
            record = record_of(arrived, turn, limits, self._options)
            if errands.link_code or errands.join is not None:
                record = replace(record, link_code=errands.link_code, join=errands.join)
        except StoreError:
            raise
        except Exception as error:
            arrived = Arrived(event, now, standing, hints, ends.failed if ends else None)
            return None, failed_record(arrived, error, limits)
        return turn, record

    def _taken(self, turn: Turn | None, record: TurnRecord, *, new: bool) -> Taken:
        """What became of a turn that the store has seen; what it left is held."""
        event, who = record.event, _who(record.event)
        self._held.pop(who, None)
        self.counted["repeated" if not new else "failed" if record.failed else "taken"] += 1
        if record.join is not None:
            self.forget_held()  # two runners may be one now
        elif new and not record.forget:
            self._held[who] = ((event.where, event.home), standing_after(record))
            if len(self._held) > self._options.cached_runners:
                self._held.popitem(last=False)
        lanes = tuple({message.lane for message in record.messages}) if new else ()
        if record.forget:
            lanes = tuple(Lane)  # clubs may have something to say, too
        return Taken(turn if new else None, new=new, failed=record.failed, lanes=lanes)


def _who(event: Event) -> Who:
    return event.who.platform, event.who.id

"""Taking a turn: an event goes in, one transaction comes out.

Rule: turns of one runner are taken one at a time and in order, turns of many runners at once. The
core computes, this stores, and only then may anything be sent. A turn that fails is answered
honestly, kept for the owner, and leaves the conversation as it was.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot.conversation.event import Event, Place
from bot.conversation.fit import DISCORD, Limits
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Turn
from bot.runtime.clock import Clock
from bot.runtime.deadline import Deadline
from bot.runtime.effects import Arrived, failed_record, record_of, standing_after
from bot.runtime.locks import KeyedLocks
from bot.runtime.options import Options
from bot.store import Store
from bot.store.errors import OutdatedError
from bot.store.rows import CheckInEnd, Standing, TurnRecord

Step = Callable[[Any, Conversation, Runner, Event, datetime], Turn]
Who = tuple[str, str]


class Taken(msgspec.Struct, frozen=True):
    """What became of an event: its turn, and whether it was new."""

    turn: Turn | None
    new: bool = True
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Ends:
    """How a due check-in's row ends: if its turn says something, if it is silent, if it fails."""

    spoke: CheckInEnd
    quiet: CheckInEnd
    failed: CheckInEnd


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
        # What each person's last turn left, to spare reading it back. This process alone has
        # the file, so it stays true until somebody else's turn concerns the same runner.
        self._held: OrderedDict[Who, tuple[Place, Standing]] = OrderedDict()
        self._last: dict[int, Who] = {}

    def forget_held(self) -> None:
        """Something changed under our feet (a chat moved or closed): read everything again."""
        self._held.clear()
        self._last.clear()

    async def take(
        self, event: Event, hints: dict[str, str] | None = None, ends: Ends | None = None
    ) -> Taken:
        """Take one event's turn. Raises StoreError if it cannot be stored: then nothing was."""
        try:
            return await self._take_once(event, hints or {}, ends)
        except OutdatedError:
            # A chat moved, or the runner was deleted from elsewhere, while this was computed.
            self.forget_held()
            return await self._take_once(event, hints or {}, ends)

    async def _take_once(self, event: Event, hints: dict[str, str], ends: Ends | None) -> Taken:
        who = (event.who.platform, event.who.id)
        async with self._locks.hold(who):
            standing = await self._stand(event, who)
            async with self._locks.hold(standing.runner_id):
                if self._last.get(standing.runner_id, who) != who:
                    self._drop(who)
                    standing = await self._stand(event, who)
                try:
                    return await self._take(event, standing, hints, ends)
                except BaseException:
                    self._drop(who)
                    raise

    async def _stand(self, event: Event, who: Who) -> Standing:
        place, standing = self._held.get(who, (None, None))
        if standing is not None and place == event.where:
            return standing
        return await self._store.stand(event, self._clock.now())

    async def _take(
        self, event: Event, standing: Standing, hints: dict[str, str], ends: Ends | None
    ) -> Taken:
        now = self._clock.now()
        limits = self._limits.get(event.where.platform, DISCORD)
        turn: Turn | None = None
        try:
            with self._deadline:
                turn = self._step(self._content, standing.conversation, standing.runner, event, now)
            end = None
            if ends is not None:
                end = ends.spoke if turn.messages else ends.quiet
            arrived = Arrived(event, now, standing, hints, end)
            record = record_of(arrived, turn, limits, self._options)
        except Exception as error:
            turn = None
            arrived = Arrived(event, now, standing, hints, ends.failed if ends else None)
            record = failed_record(arrived, error, limits)
        new = await self._store.take_turn(record)
        self._remember(record, new=new)
        return Taken(turn if new else None, new=new, failed=record.failed)

    def _remember(self, record: TurnRecord, *, new: bool) -> None:
        who = (record.event.who.platform, record.event.who.id)
        if not new or record.forget:
            self._drop(who)
            return
        standing = standing_after(record)
        self._held[who] = (record.event.where, standing)
        self._held.move_to_end(who)
        self._last[standing.runner_id] = who
        if len(self._held) > self._options.cached_runners:
            self._drop(next(iter(self._held)))

    def _drop(self, who: Who) -> None:
        held = self._held.pop(who, None)
        if held is not None:
            self._last.pop(held[1].runner_id, None)

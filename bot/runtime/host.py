"""The host: what happens when something arrives or falls due.

Rule: in (receive), one turn, one transaction, out (the outbox). Everything else is in a room of its
own: turns.py takes turns, due_turns.py those of check-ins, deliveries.py sends what waits.
"""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.conversation.event import Event, Person
from bot.conversation.state import Runner
from bot.runtime.adapter import Adapter
from bot.runtime.clock import Clock, MovableClock, ShiftedClock, SystemClock
from bot.runtime.club_turns import ClubCore, ClubTaker, club_core
from bot.runtime.deliveries import Deliveries
from bot.runtime.due_turns import DueTurns
from bot.runtime.options import Options
from bot.runtime.rates import BY_PLATFORM, FREE, Rates
from bot.runtime.turns import Step, Taken, TurnTaker, together
from bot.store import Store
from bot.store.inbox import Accepted

if TYPE_CHECKING:
    from bot.conversation.fit import Limits

_LATELY = timedelta(days=8)


class Host:
    """The application around the core. Make one with `await Host.open(...)`, end with `close`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        core: tuple[Any, Step],
        options: Options,
        club: ClubCore | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.options = options
        self._limits: dict[str, Limits] = {}
        self._turns = TurnTaker(store, clock, core, options, self._limits)
        self._due_turns = DueTurns(store, self._turns, options)
        self._clubs = ClubTaker(store, clock, club, options) if club is not None else None
        if self._clubs is not None:
            self._turns.before_forgetting = self._clubs.let_go
        self._deliveries = Deliveries(store, clock, self._forget_held)

    @classmethod
    async def open(
        cls,
        content: Any,
        data_folder: Path,
        clock: Clock | None = None,
        *,
        step: Step | None = None,
        options: Options | None = None,
        club: ClubCore | None = None,
    ) -> "Host":
        """Open the data folder. Raises StoreError with one clear sentence if it cannot be used.

        `step` and `club` are Heeldrop's own unless a test brings another step; then it has no clubs,
        or those of the `club` it brings.
        """
        if step is None:
            from bot.conversation.step import step as core_step  # noqa: PLC0415 - heavy, and optional

            step = core_step
            club = club or club_core(content)
        store = await Store.open(data_folder)
        return cls(store, clock or SystemClock(), (content, step), options or Options(), club)

    def attach(self, platform: str, adapter: Adapter, rates: Rates | None = None) -> None:
        """Let an adapter deliver what goes to its platform."""
        rates = rates or BY_PLATFORM.get(platform, FREE)
        self._limits[platform] = adapter.limits
        self._deliveries.attach(platform, adapter, rates)
        if self._clubs is not None:
            self._clubs.attach(platform, adapter, rates.edit_gap_s)

    def _forget_held(self) -> None:
        """Something changed under our feet: read everything again."""
        self._turns.forget_held()
        if self._clubs is not None:
            self._clubs.forget_held()

    async def close(self) -> None:
        """Finish what is being stored and let go of the file."""
        await self.store.close()

    @property
    def turns_counted(self) -> Counter[str]:
        """How many turns were taken, failed, or repeated, since the start."""
        clubs = self._clubs.counted if self._clubs is not None else Counter[str]()
        return self._turns.counted + clubs

    @property
    def deliveries_counted(self) -> dict[str, Counter[str]]:
        """By platform: how many tries to send ended with each kind of receipt, since the start."""
        return self._deliveries.counted

    # --------------------------------------------------------------- arriving

    async def receive(self, event: Event, hints: dict[str, str] | None = None) -> Taken:
        """Take an event's turn now; it is stored when this returns.

        `hints` is anything the adapter wants to find again with the deliveries that answer this
        event (a message id, an interaction's token). A repeated event changes nothing.
        Raises StoreError if it could not be stored: the platform should be asked again later.
        """
        taken = await self._take(Accepted(event, hints or {}))
        self._deliveries.nudge(taken.lanes)
        return taken

    async def _take(self, accepted: Accepted) -> Taken:
        """The turn of a club, of the runner's own conversation, or of one after the other."""
        event, hints = accepted.event, accepted.hints
        if self._clubs is None or accepted.own or not await self._clubs.concerns(event):
            return await self._turns.take(event, hints)
        first, goes_on = await self._clubs.take(event, hints)
        if goes_on is None:
            return first
        return together(first, await self._turns.take(goes_on.event, goes_on.hints))

    async def accept(self, event: Event, hints: dict[str, str] | None = None) -> bool:
        """Keep an event durably and take its turn later; False if it was here before."""
        return await self.store.accept(Accepted(event, hints or {}), self.clock.now())

    async def take_waiting(self) -> int:
        """Take the turns of what was accepted and is still waiting, in order."""
        waiting = await self.store.waiting()
        for accepted in waiting:
            await self._take(accepted)
        self._deliveries.nudge()
        return len(waiting)

    async def gone(self, platform: str, chat: str, reason: str) -> None:
        """The platform says that a chat is out of reach: all that concerns it pauses."""
        await self.store.gone(platform, chat, reason)
        self._forget_held()

    async def moved(self, platform: str, old: str, new: str) -> None:
        """The platform says that a chat has a new number; saying so twice changes nothing."""
        await self.store.moved(platform, old, new)
        self._forget_held()

    async def runner(self, person: Person) -> Runner | None:
        """All that is known of a person, or None."""
        runner_id = await self.store.runner_id(person)
        return None if runner_id is None else await self.store.runner(runner_id)

    async def export(self, person: Person) -> dict[str, Any]:
        """Everything that is kept about a person, as plain values for JSON."""
        runner_id = await self.store.runner_id(person)
        return {} if runner_id is None else await self.store.export(runner_id)

    async def forget(self, person: Person) -> None:
        """Delete everything about a person, schedule and outbox included, at once."""
        runner_id = await self.store.runner_id(person)
        if runner_id is not None:
            if self._clubs is not None:
                await self._clubs.let_go(runner_id, f"forget:{runner_id}")
            await self.store.forget(runner_id)
            self._forget_held()
            self._deliveries.nudge()

    # -------------------------------------------------------------- delivering

    async def deliver_pending(self) -> int:
        """Deliver everything that may go out now, one after another; return how many were tried."""
        return await self._deliveries.pending()

    async def deliver_forever(self) -> None:
        """Deliver in the background, at each platform's pace, until cancelled."""
        await self._deliveries.forever()

    # --------------------------------------------------------------- falling due

    async def tick(self) -> int:
        """Let everything that is due now happen; return how many check-ins that concerned."""
        total = 0
        now = self.clock.now()
        while due := await self.store.due(now, now - _LATELY, self.options.claim):
            await self._due_turns.settle(due, now)
            self._deliveries.nudge()
            total += sum(len(one.check_ins) for one in due)
        return total + await self._tick_clubs(now)

    async def _tick_clubs(self, now: datetime) -> int:
        """Let what is due for clubs happen; whatever goes wrong in one stops no other."""
        clubs, total = self._clubs, 0
        while clubs is not None and (due := await self.store.clubs_due(now, self.options.claim)):
            await asyncio.gather(*(clubs.settle_due(one, now) for one in due))
            self._deliveries.nudge()
            total += len(due)
        return total

    async def advance(self, to: datetime) -> None:
        """Move the clock to `to`; everything due on the way happens at its own instant, in order."""
        clock = self.clock
        if not isinstance(clock, MovableClock | ShiftedClock):
            raise TypeError("Only a clock that can be moved can be advanced.")
        while (due := await self._next_due()) is not None and due <= to:
            clock.move_to(max(due, clock.now()))
            await self.tick()
            await self.deliver_pending()
        clock.move_to(max(to, clock.now()))
        await self.deliver_pending()

    async def _next_due(self) -> datetime | None:
        return await self.store.next_due(clubs=self._clubs is not None)

"""The host: what happens when something arrives or falls due.

Rule: in (receive), one turn, one transaction, out (the outbox). Everything else is in a room of its
own: turns.py takes turns, schedule.py decides what is due, deliveries.py sends what waits.
"""

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.conversation.event import Due, Event, Person
from bot.conversation.state import Runner
from bot.runtime import schedule
from bot.runtime.adapter import Adapter
from bot.runtime.clock import Clock, MovableClock, ShiftedClock, SystemClock
from bot.runtime.club_turns import ClubCore, ClubTaker, club_core
from bot.runtime.deliveries import Deliveries
from bot.runtime.habits import habits_of
from bot.runtime.options import Options
from bot.runtime.rates import BY_PLATFORM, FREE, Rates
from bot.runtime.turns import Ends, Step, Taken, TurnTaker, together
from bot.store import Store, StoreError
from bot.store.inbox import Accepted
from bot.store.rows import DueRunner, Trouble

if TYPE_CHECKING:
    from bot.conversation.fit import Limits

LOG = logging.getLogger("heeldrop.host")
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
        self._clubs = ClubTaker(store, clock, club, options) if club is not None else None
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
            await self.store.forget(runner_id)
            self._forget_held()

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
            await asyncio.gather(*(self._fall_due(one, now) for one in due))
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

    async def _fall_due(self, due: DueRunner, now: datetime) -> None:
        """Decide and act for one runner; whatever goes wrong there stops nobody else."""
        try:
            await self._decide(due, now)
        except StoreError:
            raise
        except Exception as error:
            LOG.exception("check-ins of r%d could not be decided", due.check_ins[0].runner_id)
            trouble = Trouble(
                "check_in_failed",
                type(error).__name__,
                runner_id=due.check_ins[0].runner_id,
                event=", ".join(one.plan.key for one in due.check_ins),
            )
            await self.store.note(trouble, now)
            tomorrow = now + timedelta(days=1)
            await self.store.move_check_ins([(one.id, one.zone, tomorrow) for one in due.check_ins])

    async def _decide(self, due: DueRunner, now: datetime) -> None:
        options = self.options
        habits = habits_of(due.runner, options.default_zone, options.spread_s)
        decided = schedule.decide(
            due.check_ins, habits, now, list(due.sent), due.unanswered, options.caps
        )
        if decided.ends:
            await self.store.end_check_ins(decided.ends, now)
        if decided.waits:
            await self.store.move_check_ins(decided.waits)
        for fire in decided.fire:
            check_in = fire.check_in
            quiet = schedule.ended(check_in, "quiet", habits, now)
            counted = schedule.counts(check_in.plan)
            ends = Ends(quiet, counted)
            standing = due.standings[check_in.conversation_id]
            taken = await self._turns.fall_due(_due_event(fire, now), ends, standing)
            if not taken.new:
                # Cancelled meanwhile, or it had fired for this very instant before a clock went
                # back: a row that is still there moves on.
                await self.store.end_check_ins([replace(quiet, outcome="stale")], now)

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


def _due_event(fire: schedule.Fire, now: datetime) -> Event:
    check_in = fire.check_in
    plan = check_in.plan
    data = dict(plan.data)
    if fire.merged:
        data["merged"] = ",".join(fire.merged)
    late = max(0, int((now - check_in.next_at).total_seconds()))
    at = int(check_in.next_at.timestamp())
    return Event(
        id=f"due:{check_in.id}:{at}",
        who=Person(check_in.place.platform, check_in.person),
        where=check_in.place,
        what=Due(plan.key, plan.kind, data, late),
        sent_at=check_in.next_at,
    )

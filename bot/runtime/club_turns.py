"""Taking a club's turn: the same promise as turns.py, for everyone of a club at once.

Rule: the turns of one club are computed one after another, each from what the one before left; they
are stored in that order, many to a commit, and nothing is answered before it is on the disk. Should
one be refused, those that were computed from it are refused as well, and all are taken again.
"""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from bot.club.state import Club, Member
from bot.club.turn import ClubTurn, Held, Totals
from bot.conversation.event import Event, Person, Presence, Said
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Retire, Say, Turn
from bot.runtime.adapter import Adapter
from bot.runtime.clock import Clock
from bot.runtime.club_effects import (
    ClubArrived,
    Platforms,
    failed_record,
    is_errand,
    kept_after,
    record_of,
    too_late,
    without_a_word,
)
from bot.runtime.club_errands import ClubErrands, run_club_errands
from bot.runtime.club_held import club_of, due_event, group_of, with_club
from bot.runtime.deadline import Deadline
from bot.runtime.locks import KeyedLocks
from bot.runtime.options import Options
from bot.runtime.ranks import Standings
from bot.runtime.turns import Taken
from bot.store import Store
from bot.store.club_rows import ClubCheckIn, ClubKept, ClubRecord, Met
from bot.store.errors import OutdatedError, StoreError
from bot.store.inbox import Accepted
from bot.store.rows import Lane, Trouble

ClubStep = Callable[[Any, Held, Event, datetime], ClubTurn]
_MOST_TRIES = 8
LOG = logging.getLogger("heeldrop.clubs")
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class ClubCore:
    """The pure part of the club, and the content it works with."""

    content: Any
    concerns: Callable[[Event, bool], bool]
    needs_rank: Callable[[Held, Event], bool]
    step: ClubStep
    named: Callable[[Event], int] = lambda _event: 0
    totals: Callable[[Any, list[tuple[Member, Runner]], datetime], Totals | None] = (
        lambda _content, _some, _now: None
    )
    left: ClubStep = lambda _content, held, _event, _now: ClubTurn(held.club)
    """The turn of a club when a member is about to be gone altogether."""


@dataclass(frozen=True, slots=True)
class _Chain:
    """What the last turn of a club left, stored or about to be.

    `links` is the same object for all turns that were computed from one another.
    """

    kept: ClubKept
    links: object


class ClubTaken(NamedTuple):
    """What became of an event, and what the runner's own conversation goes on with."""

    taken: Taken
    goes_on: Accepted | None = None


def club_core(content: Any) -> ClubCore:
    """Heeldrop's own; loaded when it is first needed, so that a chat is ready sooner."""
    return ClubCore(
        content,
        lambda event, drafting: _club().concerns(event, drafting=drafting),
        lambda held, event: _club().needs_rank(held, event),
        lambda content, held, event, now: _club().club_step(content, held, event, now),
        lambda event: _club().club_named(event),
        _totals,
        _left,
    )


def _left(content: Any, held: Held, event: Event, now: datetime) -> ClubTurn:
    from bot.club.leaving import member_left  # noqa: PLC0415 - heavy

    return member_left(content, held, event, now)


def _club() -> Any:
    from bot.club import step  # noqa: PLC0415 - heavy

    return step


def _totals(content: Any, some: list[tuple[Member, Runner]], now: datetime) -> Totals | None:
    from bot.club.sharing import totals  # noqa: PLC0415 - heavy

    return totals(content, some, now)


class ClubTaker:
    """Takes the turns of clubs."""

    def __init__(self, store: Store, clock: Clock, core: ClubCore, options: Options) -> None:
        self._store = store
        self._clock = clock
        self._core = core
        self._options = options
        self._deadline = Deadline(options.turn_deadline_s)
        self._people = KeyedLocks()
        self._clubs = KeyedLocks()
        self._chains: OrderedDict[int, _Chain] = OrderedDict()
        self._standings = Standings()
        self._drafters: set[tuple[str, str]] | None = None
        self.platforms = Platforms()
        self.counted: Counter[str] = Counter()

    def attach(self, platform: str, adapter: Adapter, edit_gap_s: float) -> None:
        """Let an adapter be asked about its groups."""
        self._standings.attach(platform, adapter)
        self.platforms.limits[platform] = adapter.limits
        self.platforms.gaps[platform] = edit_gap_s
        if getattr(adapter, "makes_events", False):
            self.platforms.events.add(platform)

    def forget_held(self) -> None:
        """Something changed under our feet: read everything again."""
        self._chains.clear()
        self._drafters = None

    async def concerns(self, event: Event) -> bool:
        """Whether this is for a club: by what it is, or because these words were asked for."""
        drafting = False
        if isinstance(event.what, Said):
            if self._drafters is None:
                self._drafters = await self._store.drafters()
            drafting = (event.who.platform, event.who.id) in self._drafters
        return self._core.concerns(event, drafting)

    async def take(self, event: Event, hints: dict[str, str]) -> ClubTaken:
        """Take an event's turn. Raises StoreError if it cannot be stored: then nothing was."""
        async with self._people.hold((event.who.platform, event.who.id)):
            for _ in range(_MOST_TRIES):
                try:
                    return await self._take(event, hints)
                except OutdatedError:
                    continue
            return await self._take(event, hints)

    async def _take(self, event: Event, hints: dict[str, str]) -> ClubTaken:
        met = await self._store.meet(event, self._clock.now())
        if met.seen:
            self.counted["repeated"] += 1
            return ClubTaken(Taken(None, new=False))
        number = club_of(event, met, self._core.named(event))
        held = await self._held(event, met, number)
        if self._core.needs_rank(held, event):
            held = await self._ranked(held, event)
        lock = number or (event.where.platform, event.where.chat)
        async with self._clubs.hold(lock):
            before, links = await self._before(number)
            held = with_club(held, before)
            arrived = ClubArrived(event, self._clock.now(), met, before, hints)
            record, turn = await self._computed(arrived, held)
            storing = self._store_in_order(record, turn, links)
        new = await self._stored(storing, record, links)
        return self._outcome(record, turn, new=new)

    async def settle_due(self, check_in: ClubCheckIn, now: datetime) -> None:
        """Take the turn of something planned. It is not found due again at this instant."""
        try:
            if not await self.fall_due(check_in):
                # Off, or it had fired for this very instant before a clock went back.
                await self._store.put_off_club(check_in, None)
        except StoreError:
            raise
        except Exception as error:
            LOG.exception("club %d: what was planned could not be decided", check_in.club_id)
            trouble = Trouble("club_check_in_failed", type(error).__name__, event=check_in.plan.key)
            await self._store.note(trouble, now)
            await self._store.put_off_club(check_in, now + timedelta(days=1))

    async def fall_due(self, check_in: ClubCheckIn) -> bool:
        """Take the turn of something planned; False if it is off, or failed and comes later."""
        for _ in range(_MOST_TRIES):
            try:
                return await self._fall_due(check_in)
            except OutdatedError:
                continue
        return False

    async def _fall_due(self, check_in: ClubCheckIn) -> bool:
        number = check_in.club_id
        async with self._clubs.hold(number):
            now = self._clock.now()
            before, links = await self._before(number)
            if before is None:
                return False
            event = due_event(check_in, now)
            totals = await self._totals(before.club, now)
            held = Held(before.club, (), before.runs, 0, Runner(), totals=totals)
            arrived = ClubArrived(event, now, None, before, {}, check_in)
            record, turn = await self._computed(arrived, with_club(held, before))
            if record.failed:
                await self._put_off(check_in, record)
                return False
            storing = self._store_in_order(record, turn, links)
        return await self._stored(storing, record, links)

    async def _put_off(self, check_in: ClubCheckIn, record: ClubRecord) -> None:
        now = self._clock.now()
        for trouble in record.troubles:
            await self._store.note(replace(trouble, keep_payload=False), now)
        again = now + timedelta(days=1) if check_in.tries < 2 else None
        await self._store.put_off_club(check_in, again)

    async def let_go(self, runner_id: int, event_id: str) -> None:
        """Take a runner who is about to be deleted out of every club: its counts, lists and posts."""
        for number in await self._store.clubs_of(runner_id):
            for _ in range(_MOST_TRIES):
                try:
                    await self._let_go(number, runner_id, f"{event_id}:left:{number}")
                    break
                except OutdatedError:
                    continue

    async def _let_go(self, number: int, runner_id: int, event_id: str) -> None:
        async with self._clubs.hold(number):
            before, links = await self._before(number)
            if before is None or not before.club.spots:
                return
            where = before.club.spots[0].place
            # It names nobody: what is kept of it must not lead to the one who left.
            event = Event(event_id, Person(where.platform, ""), where, Presence("removed"))
            held = Held(before.club, (), before.runs, runner_id, Runner())
            now = self._clock.now()
            arrived = ClubArrived(event, now, None, before, {})
            record, turn = await self._computed(arrived, with_club(held, before), self._core.left)
            if record.failed:
                LOG.error("club %d: a member who goes could not be taken out", number)
                return
            storing = self._store_in_order(record, turn, links)
        await self._stored(storing, record, links)

    # ------------------------------------------------------------------ what is known

    async def _held(self, event: Event, met: Met, number: int) -> Held:
        kept = await self._look(number)
        clubs = [await self._look(one) for one in met.clubs]
        return Held(
            club=kept.club if kept else None,
            clubs=tuple(one.club for one in clubs if one is not None),
            runs=(),
            runner_id=met.runner_id,
            runner=met.runner,
            draft=met.draft,
            next_club=0 if kept else await self._store.next_club(),
        )

    async def _look(self, number: int) -> ClubKept | None:
        chain = self._chains.get(number)
        if chain is not None:
            return chain.kept
        return await self._store.club(number, self._clock.now()) if number else None

    async def _before(self, number: int) -> tuple[ClubKept | None, object]:
        """What the club's last turn left. Its lock is held."""
        chain = self._chains.get(number)
        if chain is not None:
            return chain.kept, chain.links
        now = self._clock.now()
        return await self._store.club(number, now) if number else None, object()

    async def _totals(self, club: Club, now: datetime) -> Totals | None:
        if not any(member.shares for member in club.members):
            return None
        some = await self._store.sharing(club.id)
        return self._core.totals(self._core.content, some, now)

    async def _ranked(self, held: Held, event: Event) -> Held:
        place = group_of(event, held)
        if place is None:
            return held
        rank = await self._standings.rank(event.who, place, self._clock.now())
        missing = await self._standings.missing(place)
        by_role = held.club is not None and any(":&" in one for one in held.club.named)
        roles = await self._standings.roles(event.who, place) if by_role else ()
        return msgspec.structs.replace(held, rank=rank, roles=roles, missing=missing)

    # ------------------------------------------------------------------ the turn

    async def _computed(
        self, arrived: ClubArrived, held: Held, step: ClubStep | None = None
    ) -> tuple[ClubRecord, ClubTurn]:
        step = step or self._core.step
        try:
            with self._deadline:
                turn = step(self._core.content, held, arrived.event, arrived.now)
            if too_late(arrived):
                turn = without_a_word(turn)
            errands = ClubErrands(turn)
            if is_errand(turn):
                errands = await run_club_errands(self._store, turn, arrived.event, arrived.now)
            record = record_of(arrived, errands.turn, self.platforms)
        except StoreError:
            raise
        except Exception as error:
            record = failed_record(arrived, error, self.platforms)
            return record, ClubTurn(None, draft=held.draft)
        return replace(record, code=errands.code, join=errands.join), errands.turn

    def _store_in_order(
        self, record: ClubRecord, turn: ClubTurn, links: object
    ) -> "asyncio.Task[bool]":
        """Begin to store it, and let the next turn of this club stand on it. The lock is held."""
        storing = asyncio.ensure_future(self._store.take_club_turn(record))
        after = kept_after(record.before, turn, record.at)
        if after is not None:
            self._chains.pop(after.club.id, None)
            if not record.leave:
                self._chains[after.club.id] = _Chain(after, links)
        while len(self._chains) > _KEPT:
            self._chains.popitem(last=False)
        return storing

    async def _stored(
        self, storing: "asyncio.Task[bool]", record: ClubRecord, links: object
    ) -> bool:
        new = False
        try:
            new = await storing
        finally:
            club = record.club or (record.before.club if record.before else None)
            chain = self._chains.get(club.id) if club else None
            if not new and club is not None and chain is not None and chain.links is links:
                del self._chains[club.id]
        self._note_draft(record)
        if record.join is not None:
            self.forget_held()
        return new

    def _note_draft(self, record: ClubRecord) -> None:
        if self._drafters is None or record.met is None or record.failed:
            return
        who = (record.event.who.platform, record.event.who.id)
        if record.draft is not None and record.draft.asks:
            self._drafters.add(who)
        else:
            self._drafters.discard(who)

    def _outcome(self, record: ClubRecord, turn: ClubTurn, *, new: bool) -> ClubTaken:
        self.counted["repeated" if not new else "failed" if record.failed else "taken"] += 1
        if not new:
            return ClubTaken(Taken(None, new=False))
        said = tuple(one for one in turn.effects if isinstance(one, Say | Retire))
        runner = record.met.runner if record.met else Runner()
        shown = None if record.failed else Turn(Conversation(), runner, said)
        taken = Taken(shown, failed=record.failed, lanes=tuple(Lane))
        return ClubTaken(taken, record.goes_on)

"""The turns of check-ins that fall due: decided, taken and stored many at a time.

Rule: schedule.py decides for each runner, turns.py takes the turns. Whatever goes wrong with one
runner stops nobody else.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.conversation.event import Due, Event, Person
from bot.runtime import schedule
from bot.runtime.habits import habits_of
from bot.runtime.options import Options
from bot.runtime.schedule import Decided
from bot.runtime.turns import DueTurn, Ends, TurnTaker
from bot.store import Store
from bot.store.rows import CheckInEnd, DueRunner, Trouble

LOG = logging.getLogger("heeldrop.host")
BATCH = 256
"""The turns of how many runners are stored in one go."""


class DueTurns:
    """Lets what is due happen."""

    def __init__(self, store: Store, turns: TurnTaker, options: Options) -> None:
        self._store = store
        self._turns = turns
        self._options = options

    async def settle(self, due: Sequence[DueRunner], now: datetime) -> None:
        """Decide and act for all of them."""
        for start in range(0, len(due), BATCH):
            await self._batch(due[start : start + BATCH], now)

    async def _batch(self, due: Sequence[DueRunner], now: datetime) -> None:
        decided: list[Decided] = []
        rounds: list[list[DueTurn]] = []
        for one in due:
            try:
                found, turns = self._decide(one, now)
            except Exception as error:
                await self._note(one, error, now)
                continue
            decided.append(found)
            for place, turn in enumerate(turns):
                if place == len(rounds):
                    rounds.append([])
                rounds[place].append(turn)
        if ends := [end for found in decided for end in found.ends]:
            await self._store.end_check_ins(ends, now)
        if waits := [wait for found in decided for wait in found.waits]:
            await self._store.move_check_ins(waits)
        for turns in rounds:  # a runner's second check-in comes after the first
            await self._take(turns, now)

    def _decide(self, due: DueRunner, now: datetime) -> tuple[Decided, list[DueTurn]]:
        options = self._options
        habits = habits_of(due.runner, options.default_zone, options.spread_s)
        decided = schedule.decide(
            due.check_ins, habits, now, due.sent, due.unanswered, options.caps
        )
        turns = []
        for fire in decided.fire:
            check_in = fire.check_in
            quiet = schedule.ended(check_in, "quiet", habits, now)
            ends = Ends(quiet, schedule.counts(check_in.plan))
            standing = due.standings[check_in.conversation_id]
            turns.append(DueTurn(_due_event(fire, now), ends, standing))
        return decided, turns

    async def _take(self, turns: list[DueTurn], now: datetime) -> None:
        taken = await self._turns.fall_due_together(turns)
        # Cancelled meanwhile, or it had fired for this very instant before a clock went back: a row
        # that is still there moves on.
        stale: list[CheckInEnd] = [
            replace(turn.ends.quiet, outcome="stale")
            for turn, one in zip(turns, taken, strict=True)
            if not one.new
        ]
        if stale:
            await self._store.end_check_ins(stale, now)

    async def _note(self, due: DueRunner, error: Exception, now: datetime) -> None:
        """It could not be decided: the owner hears of it, and it is tried again tomorrow."""
        runner_id = due.check_ins[0].runner_id
        LOG.error("check-ins of r%d could not be decided", runner_id, exc_info=error)
        keys = ", ".join(one.plan.key for one in due.check_ins)
        name = type(error).__name__
        trouble = Trouble("check_in_failed", name, runner_id=runner_id, event=keys)
        await self._store.note(trouble, now)
        tomorrow = now + timedelta(days=1)
        await self._store.move_check_ins([(one.id, one.zone, tomorrow) for one in due.check_ins])


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

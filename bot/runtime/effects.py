"""From a turn's effects to the one record that is stored.

Rule: a message is cut to the platform's limits here, once, before it is stored; each piece is one
delivery with its own key, so that a crash between two pieces repeats neither.
"""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from bot.conversation.event import Event
from bot.conversation.fit import Limits, fit
from bot.conversation.log import Entry, Log
from bot.conversation.message import Message, message
from bot.conversation.state import Runner
from bot.conversation.turn import Cancel, Donate, Forget, Notify, Plan, Record, Retire, Say, Turn
from bot.runtime.habits import Habits, habits_of
from bot.runtime.options import Options
from bot.runtime.schedule import first_instant
from bot.store.rows import (
    CheckIn,
    CheckInEnd,
    Lane,
    NewCheckIn,
    NewOutgoing,
    Outgoing,
    Standing,
    Trouble,
    TurnRecord,
)

FAILED = message(
    "Something went wrong in this program. It is not your fault.\n"
    "What you wrote is kept. Please send it again, or type: menu.\n"
    "Do you have chest pain, trouble breathing, or a leg that is suddenly swollen? "
    "Do not wait for me. Call your emergency number now.",
    kind="failed",
)
"""What a runner reads when a turn failed."""

LANES = {"reply": Lane.REPLY, "check_in": Lane.CHECK_IN, "broadcast": Lane.BROADCAST}


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event whose turn is taken: when, on what it stands, and what its adapter said about it."""

    event: Event
    now: datetime
    standing: Standing
    hints: dict[str, str]
    end: CheckInEnd | None = None
    """How a check-in ends with this turn, if it was one falling due."""


def record_of(arrived: Arrived, turn: Turn, limits: Limits, options: Options) -> TurnRecord:
    """The record of a turn that went well."""
    standing, now = arrived.standing, arrived.now
    runner = _with_entries(turn)
    entries, gone = _log_changes(standing, runner.log)
    habits = habits_of(runner, options.default_zone, options.spread_s)
    reclock = None
    if runner.settings != standing.runner.settings or runner.zone != standing.runner.zone:
        before = habits_of(standing.runner, options.default_zone, options.spread_s)
        reclock = None if habits == before else _reclock(habits, now)
    return TurnRecord(
        event=arrived.event,
        at=now,
        standing=standing,
        conversation=turn.conversation,
        runner=runner,
        messages=tuple(_outgoing(turn, standing, limits)),
        entries=entries,
        entries_gone=gone,
        steps=tuple(_steps(turn, standing, habits, now)),
        reclock=reclock,
        end=arrived.end,
        troubles=tuple(_troubles(turn, standing, arrived.event)),
        donated=tuple(effect for effect in turn.effects if isinstance(effect, Donate)),
        forget=any(isinstance(effect, Forget) for effect in turn.effects),
        hints=arrived.hints,
    )


def failed_record(arrived: Arrived, error: BaseException, limits: Limits) -> TurnRecord:
    """The record of a turn that failed: nothing changed, the runner told, the event kept.

    A check-in that failed says nothing to the runner: they did nothing.
    """
    standing = arrived.standing
    where = traceback.extract_tb(error.__traceback__)[-3:]
    trail = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(where))
    trouble = Trouble(
        "turn_failed",
        f"{type(error).__name__} at {trail}",
        runner_id=standing.runner_id,
        event=arrived.event.id,
        keep_payload=True,
    )
    said = (Say(FAILED),) if arrived.end is None else ()
    turn = Turn(standing.conversation, standing.runner, said)
    return TurnRecord(
        event=arrived.event,
        at=arrived.now,
        standing=standing,
        conversation=standing.conversation,
        runner=standing.runner,
        messages=tuple(_outgoing(turn, standing, limits)),
        end=arrived.end,
        troubles=(trouble,),
        failed=True,
        hints=arrived.hints,
    )


def standing_after(record: TurnRecord) -> Standing:
    """What is known once the record is stored, without reading it back."""
    places = [place for place, _entry in record.entries]
    standing = record.standing
    return Standing(
        standing.runner_id,
        standing.place_id,
        standing.conversation_id,
        record.conversation,
        record.runner,
        standing.turns + 1,
        standing.runner_turns + 1,
        max(places, default=standing.log_next - 1) + 1,
    )


def pieces(said: Message, limits: Limits) -> Iterator[Outgoing]:
    """A message as what is sent: the picture with the first piece, a file with the last one."""
    fitted = fit(said, limits)
    for number, piece in enumerate(fitted):
        yield Outgoing(
            piece,
            audience=said.audience,
            picture=said.picture if number == 0 else None,
            attachment=said.attachment if number == len(fitted) - 1 else None,
            drawing=said.drawing if number == 0 else None,
            in_place=said.in_place and len(fitted) == 1,
            kind=said.kind,
            expects=said.expects,
            urgent=said.urgent,
        )


def _outgoing(turn: Turn, standing: Standing, limits: Limits) -> Iterator[NewOutgoing]:
    number = 0
    stem = f"c{standing.conversation_id}:t{standing.turns}"
    for effect in turn.effects:
        if isinstance(effect, Retire):
            yield NewOutgoing(f"{stem}:{number}", Lane.REPLY, Outgoing(retire=effect.chosen))
            number += 1
        elif isinstance(effect, Say):
            for piece in pieces(effect.message, limits):
                yield NewOutgoing(f"{stem}:{number}", LANES[effect.lane], piece)
                number += 1


def _with_entries(turn: Turn) -> Runner:
    log = turn.runner.log
    for effect in turn.effects:
        if isinstance(effect, Record) and effect.entry not in log.entries:
            log = log.with_entry(effect.entry)
    return turn.runner if log is turn.runner.log else msgspec.structs.replace(turn.runner, log=log)


def _log_changes(
    standing: Standing, after: Log
) -> tuple[tuple[tuple[int, Entry], ...], tuple[str, ...]]:
    before = standing.runner.log
    if after.entries == before.entries:
        return (), ()
    old = {entry.id: entry for entry in before.entries}
    new_ids = {entry.id for entry in after.entries}
    changed = [entry for entry in after.entries if old.get(entry.id) != entry]
    placed = tuple(enumerate(changed, start=standing.log_next))
    return placed, tuple(entry_id for entry_id in old if entry_id not in new_ids)


def _steps(
    turn: Turn, standing: Standing, habits: Habits, now: datetime
) -> Iterator[NewCheckIn | Cancel]:
    for effect in turn.effects:
        if isinstance(effect, Cancel):
            yield effect
        elif isinstance(effect, Plan):
            at, day = first_instant(effect, habits, now, standing.runner_id)
            yield NewCheckIn(effect, habits.zone, at, day)


def _reclock(habits: Habits, now: datetime) -> Callable[[CheckIn], tuple[str, datetime, str]]:
    """Works out a planned check-in's instant again, after the zone or the quiet hours changed."""

    def instant_of(check_in: CheckIn) -> tuple[str, datetime, str]:
        plan = check_in.plan
        if plan.at is not None or check_in.next_at <= now:
            return habits.zone, check_in.next_at, check_in.day
        before = date.fromisoformat(check_in.day) - timedelta(days=1)
        at, day = first_instant(plan, habits, now, check_in.runner_id, last_on=before)
        return habits.zone, at, day

    return instant_of


def _troubles(turn: Turn, standing: Standing, event: Event) -> Iterator[Trouble]:
    for effect in turn.effects:
        if isinstance(effect, Notify):
            detail = msgspec.json.encode(effect.detail).decode()
            yield Trouble(effect.code, detail, runner_id=standing.runner_id, event=event.id)

"""The schedule: one row for each check-in, with its rule and its next instant.

Rule: a row leaves the table, or moves on, only in the transaction that stores what became of it.
"""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from bot.conversation.event import Place
from bot.conversation.turn import Cancel, Plan
from bot.store import codec, identity
from bot.store.rows import CheckIn, CheckInEnd, DueRunner, NewCheckIn, Standing

_plans = msgspec.json.Decoder(Plan)
_SELECT = (
    "SELECT c.id, c.runner, c.conversation, v.person, p.platform, p.chat, p.thread, p.private, p.name,"
    " c.plan, c.zone, c.next_at, c.day"
    " FROM check_ins c JOIN conversations v ON v.id = c.conversation JOIN places p ON p.id = v.place"
)


def plan(db: sqlite3.Connection, runner_id: int, conversation_id: int, new: NewCheckIn) -> None:
    """Plan a check-in; one with the same key is moved. It has not fired on any day yet."""
    db.execute(
        "INSERT INTO check_ins (runner, conversation, key, plan, zone, next_at, exempt, day)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (runner, key) DO UPDATE SET"
        " conversation = excluded.conversation, plan = excluded.plan, zone = excluded.zone,"
        " next_at = excluded.next_at, exempt = excluded.exempt, paused = 0, day = excluded.day",
        (
            runner_id,
            conversation_id,
            new.plan.key,
            codec.encode(new.plan),
            new.zone,
            codec.to_ms(new.next_at),
            new.plan.exempt,
            new.day,
        ),
    )


def cancel(db: sqlite3.Connection, runner_id: int, wanted: Cancel) -> None:
    """Take check-ins out whose key starts so."""
    db.execute(
        "DELETE FROM check_ins WHERE runner = ? AND substr(key, 1, ?) = ? AND (? = 0 OR exempt = 0)",
        (runner_id, len(wanted.prefix), wanted.prefix, wanted.keep_exempt),
    )


def due(db: sqlite3.Connection, now: int, since: int, limit: int) -> list[DueRunner]:
    """The oldest check-ins that are due, with everything else that is due for the same runners.

    `since`: from when on it matters what was sent to them.
    """
    rows = db.execute(
        f"{_SELECT} WHERE c.paused = 0 AND c.next_at <= ? ORDER BY c.next_at LIMIT ?",
        (now, limit + 1),
    ).fetchall()
    by_runner: dict[int, list[CheckIn]] = {}
    for row in rows[:limit]:
        by_runner.setdefault(row[1], []).append(_check_in(row))
    if len(rows) > limit:
        for runner_id in by_runner:
            by_runner[runner_id] = of_runner(db, runner_id, due_by=now)
    return [
        _with_runner(db, runner_id, tuple(some), since) for runner_id, some in by_runner.items()
    ]


def due_again(db: sqlite3.Connection, check_in: CheckIn) -> Standing | None:
    """What a check-in stands on, or None if it was cancelled, moved or done meanwhile."""
    if not still_due(db, check_in):
        return None
    loaded = identity.load_runner(db, check_in.runner_id)
    return identity.stand_for(db, check_in.conversation_id, loaded)


def still_due(db: sqlite3.Connection, check_in: CheckIn) -> bool:
    """Whether a check-in waits for this very instant."""
    row = db.execute(
        "SELECT 1 FROM check_ins WHERE id = ? AND next_at = ? AND paused = 0",
        (check_in.id, codec.to_ms(check_in.next_at)),
    ).fetchone()
    return row is not None


def _with_runner(
    db: sqlite3.Connection, runner_id: int, some: tuple[CheckIn, ...], since: int
) -> DueRunner:
    loaded = identity.load_runner(db, runner_id)
    standings: dict[int, Standing] = {}
    for one in some:
        if one.conversation_id not in standings:
            standings[one.conversation_id] = identity.stand_for(db, one.conversation_id, loaded)
    sent = db.execute(
        "SELECT at FROM check_in_ends WHERE runner = ? AND at >= ? AND counted = 1",
        (runner_id, since),
    ).fetchall()
    at = tuple(codec.from_ms(row[0]) for row in sent)
    return DueRunner(some, standings, loaded.runner, at, loaded.unanswered)


def of_runner(
    db: sqlite3.Connection, runner_id: int, *, due_by: int | None = None
) -> list[CheckIn]:
    """What is planned for one runner, soonest first: all of it, or what is due by then."""
    values: tuple[int, ...]
    if due_by is None:
        where, values = "", (runner_id,)
    else:
        where, values = " AND c.paused = 0 AND c.next_at <= ?", (runner_id, due_by)
    rows = db.execute(f"{_SELECT} WHERE c.runner = ?{where} ORDER BY c.next_at", values).fetchall()
    return [_check_in(row) for row in rows]


def next_due(db: sqlite3.Connection) -> int | None:
    """When the next check-in falls due."""
    row = db.execute(
        "SELECT next_at FROM check_ins WHERE paused = 0 ORDER BY next_at LIMIT 1"
    ).fetchone()
    return None if row is None else int(row[0])


def _check_in(row: tuple[object, ...]) -> CheckIn:
    number, runner, conversation, person, platform, chat, thread, private, name = row[:9]
    raw, zone, next_at, day = row[9:]
    return CheckIn(
        id=number,  # type: ignore[arg-type]
        runner_id=runner,  # type: ignore[arg-type]
        conversation_id=conversation,  # type: ignore[arg-type]
        person=person,  # type: ignore[arg-type]
        place=Place(platform, chat, thread, bool(private), name),  # type: ignore[arg-type]
        plan=_plans.decode(raw),  # type: ignore[arg-type]
        zone=zone,  # type: ignore[arg-type]
        next_at=codec.from_ms(next_at),  # type: ignore[arg-type]
        day=day,  # type: ignore[arg-type]
    )


def end(db: sqlite3.Connection, ended: CheckInEnd, at: int) -> None:
    """Store what became of a due check-in. A row that was planned anew meanwhile stays as it is."""
    check_in = ended.check_in
    due_at = codec.to_ms(check_in.next_at)
    same = (check_in.id, due_at)
    if ended.next_at is None:
        db.execute("DELETE FROM check_ins WHERE id = ? AND next_at = ?", same)
    else:
        db.execute(
            "UPDATE check_ins SET next_at = ?, day = ? WHERE id = ? AND next_at = ?",
            (codec.to_ms(ended.next_at), ended.day, *same),
        )
    db.execute(
        "INSERT INTO check_in_ends (at, key, due_at, outcome, counted, runner)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (at, check_in.plan.key, due_at, ended.outcome, ended.counted, check_in.runner_id),
    )


def move(db: sqlite3.Connection, moves: Iterable[tuple[int, str, int]]) -> None:
    """Give rows a new zone and next instant: (number, zone, instant in ms)."""
    db.executemany(
        "UPDATE check_ins SET zone = ?, next_at = ? WHERE id = ?",
        [(zone, at, number) for number, zone, at in moves],
    )


def reclock(
    db: sqlite3.Connection,
    runner_id: int,
    instant_of: Callable[[CheckIn], tuple[str, datetime, str]],
) -> None:
    """Give each check-in of a runner the zone, instant and day that the function says."""
    for check_in in of_runner(db, runner_id):
        zone, at, day = instant_of(check_in)
        db.execute(
            "UPDATE check_ins SET zone = ?, next_at = ?, day = ? WHERE id = ?",
            (zone, codec.to_ms(at), day, check_in.id),
        )


def wake_place(db: sqlite3.Connection, place_id: int) -> None:
    """Somebody came back: their place is in reach again and their check-ins fall due again."""
    db.execute("UPDATE places SET gone = '' WHERE id = ?", (place_id,))
    db.execute(
        "UPDATE check_ins SET paused = 0 WHERE conversation IN"
        " (SELECT id FROM conversations WHERE place = ?)",
        (place_id,),
    )

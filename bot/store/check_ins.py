"""The schedule: one row for each check-in, with its rule and its next instant.

Rule: a row leaves the table, or moves on, only in the transaction that stores what became of it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

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

_STILL_DUE = "WHERE id = ? AND next_at = ? AND paused = 0"
_OVER = f"DELETE FROM check_ins {_STILL_DUE}"  # noqa: S608
_AGAIN = f"UPDATE check_ins SET next_at = ?, day = ? {_STILL_DUE}"  # noqa: S608
_NOTE = (
    "INSERT INTO check_in_ends (at, key, due_at, outcome, counted, runner)"
    " VALUES (?, ?, ?, ?, ?, ?)"
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
    return _with_runners(db, by_runner, since)


def due_again(db: sqlite3.Connection, check_in: CheckIn) -> Standing | None:
    """What a check-in stands on, or None if it was cancelled, moved or done meanwhile."""
    row = db.execute(
        f"SELECT 1 FROM check_ins {_STILL_DUE}",  # noqa: S608
        (check_in.id, codec.to_ms(check_in.next_at)),
    ).fetchone()
    if row is None:
        return None
    loaded = identity.load_runners(db, (check_in.runner_id,))
    conversation = check_in.conversation_id
    return identity.standings(db, (conversation,), loaded)[conversation]


def _with_runners(
    db: sqlite3.Connection, by_runner: dict[int, list[CheckIn]], since: int
) -> list[DueRunner]:
    runners = tuple(by_runner)
    loaded = identity.load_runners(db, runners)
    conversations = tuple({one.conversation_id for some in by_runner.values() for one in some})
    standings = identity.standings(db, conversations, loaded)
    sent: dict[int, list[datetime]] = {}
    for runner_id, at in db.execute(
        "SELECT runner, at FROM check_in_ends"  # noqa: S608
        f" WHERE runner IN ({identity.marks(runners)}) AND at >= ? AND counted = 1",
        (*runners, since),
    ):
        sent.setdefault(runner_id, []).append(codec.from_ms(at))
    return [
        DueRunner(
            tuple(some),
            {one.conversation_id: standings[one.conversation_id] for one in some},
            loaded[runner_id].runner,
            tuple(sent.get(runner_id, ())),
            loaded[runner_id].unanswered,
        )
        for runner_id, some in by_runner.items()
    ]


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


class _Row(NamedTuple):
    """What `_SELECT` gives."""

    id: int
    runner: int
    conversation: int
    person: str
    platform: str
    chat: str
    thread: str
    private: int
    name: str
    plan: bytes
    zone: str
    next_at: int
    day: str


def _check_in(values: tuple[Any, ...]) -> CheckIn:
    row = _Row._make(values)
    return CheckIn(
        row.id,
        row.runner,
        row.conversation,
        row.person,
        Place(row.platform, row.chat, row.thread, bool(row.private), row.name),
        _plans.decode(row.plan),
        row.zone,
        codec.from_ms(row.next_at),
        row.day,
    )


def end(db: sqlite3.Connection, ended: Sequence[CheckInEnd], at: int) -> bool:
    """Store what became of due check-ins: True if every one of them still waited for its instant.

    One that was cancelled, paused or planned anew meanwhile stays as it is. If that is so for one of
    several, whoever asked takes back what was done to the others.
    """
    over: list[tuple[int, int]] = []
    again: list[tuple[int, str, int, int]] = []
    noted: list[tuple[int, str, int, str, bool, int]] = []
    for one in ended:
        check_in, due_at = one.check_in, codec.to_ms(one.check_in.next_at)
        if one.next_at is None:
            over.append((check_in.id, due_at))
        else:
            again.append((codec.to_ms(one.next_at), one.day, check_in.id, due_at))
        key, runner_id = check_in.plan.key, check_in.runner_id
        noted.append((at, key, due_at, one.outcome, one.counted, runner_id))
    found = 0
    if over:
        found = db.executemany(_OVER, over).rowcount
    if again:
        found += db.executemany(_AGAIN, again).rowcount
    if found != len(ended):
        return False
    db.executemany(_NOTE, noted)
    return True


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

"""Messages that are to be sent, and what became of them.

Rule: pending, sending, sent, unknown or failed. A row is marked as sending, on the disk, before the
platform hears of it; so after a crash the doubtful ones are known, and only those.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from bot.conversation.event import Place
from bot.store import club_posts, club_refused, codec, forgetting
from bot.store.rows import Lane, NewOutgoing, OutboxRow, Outgoing, TurnRecord

_bodies = msgspec.json.Decoder(Outgoing)
_hints = msgspec.json.Decoder(dict[str, str])
_COLUMNS = (
    "o.id, o.key, o.platform, o.lane, p.chat, p.thread, p.private, p.name, o.person, o.body,"
    " o.event, o.hints, o.created_at, o.runner, o.attempts, o.doubts, o.not_before, o.sending_at,"
    " o.state = 'sending', o.deed"
)
_INSERT = (
    "INSERT OR IGNORE INTO outbox"
    " (key, runner, place, person, platform, lane, body, event, hints, purge, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def add(db: sqlite3.Connection, records: Iterable[TurnRecord], *, purge: bool = False) -> None:
    """Put turns' messages into the outbox. `purge`: each is to leave no trace once it is sent."""
    rows = [
        (
            message.key,
            None if purge else record.standing.runner_id,
            record.standing.place_id,
            record.event.who.id,
            record.event.where.platform,
            int(message.lane),
            codec.encode(message.body),
            record.event.id,
            codec.encode(record.hints) if record.hints else None,
            purge,
            codec.to_ms(record.at),
        )
        for record in records
        for message in record.messages
    ]
    if rows:
        db.executemany(_INSERT, rows)


def broadcast(
    db: sqlite3.Connection, place_id: int, platform: str, message: NewOutgoing, at: int
) -> bool:
    """Put one message for everyone in a place into the outbox; False if its key is known."""
    made = db.execute(
        _INSERT,
        (
            message.key,
            None,
            place_id,
            "",
            platform,
            int(message.lane),
            codec.encode(message.body),
            "",
            None,
            False,
            at,
        ),
    )
    return made.rowcount == 1


def open_rows(
    db: sqlite3.Connection, platform: str, lane: Lane, *, after: int, limit: int
) -> list[OutboxRow]:
    """Rows of one lane still to be sent with a number above `after`, in order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outbox o JOIN places p ON p.id = o.place"  # noqa: S608
        " WHERE o.platform = ? AND o.lane = ? AND o.state IN ('pending', 'sending') AND o.id > ?"
        " ORDER BY o.id LIMIT ?",
        (platform, int(lane), after, limit),
    ).fetchall()
    return [_row(row) for row in rows]


class _Row(NamedTuple):
    """What `_COLUMNS` gives."""

    id: int
    key: str
    platform: str
    lane: int
    chat: str
    thread: str
    private: int
    name: str
    person: str
    body: bytes
    event: str
    hints: bytes | None
    created_at: int
    runner: int | None
    attempts: int
    doubts: int
    not_before: int
    sending_at: int | None
    interrupted: int
    deed: str


def _row(values: tuple[Any, ...]) -> OutboxRow:
    row = _Row._make(values)
    return OutboxRow(
        id=row.id,
        key=row.key,
        platform=row.platform,
        lane=Lane(row.lane),
        place=Place(row.platform, row.chat, row.thread, bool(row.private), row.name),
        person=row.person,
        body=_bodies.decode(row.body),
        event=row.event,
        hints=_hints.decode(row.hints) if row.hints else {},
        created_at=codec.from_ms(row.created_at),
        runner_id=row.runner,
        attempts=row.attempts,
        doubts=row.doubts,
        not_before=codec.from_ms(row.not_before) if row.not_before else None,
        sending_at=codec.from_ms(row.sending_at) if row.sending_at else None,
        interrupted=bool(row.interrupted),
        deed=row.deed,
    )


def mark_sending(db: sqlite3.Connection, numbers: Iterable[int], at: int) -> None:
    """About to be handed to the platform."""
    db.executemany(
        "UPDATE outbox SET state = 'sending', sending_at = COALESCE(sending_at, ?),"
        " attempts = attempts + 1 WHERE id = ?",
        [(at, number) for number in numbers],
    )


def mark_sent(db: sqlite3.Connection, number: int, message: str, at: int, thread: str = "") -> None:
    """The platform has it, under this id of its own, and in this thread."""
    if _purged(db, number):
        return
    row = db.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, message = ? WHERE id = ?"
        " RETURNING deed, club, post, place",
        (at, message, number),
    ).fetchone()
    if row is not None and row[0]:
        club_posts.sent(db, row, message, thread)


def _purged(db: sqlite3.Connection, number: int) -> bool:
    """The answer to "delete everything" leaves no trace, nor does the chat it went to."""
    row = db.execute(
        "DELETE FROM outbox WHERE id = ? AND purge = 1 RETURNING place", (number,)
    ).fetchone()
    if row is not None:
        forgetting.drop_place(db, row[0])
    return row is not None


def mark_later(
    db: sqlite3.Connection,
    number: int,
    not_before: int,
    *,
    doubt: bool = False,
    sure: bool = True,
) -> None:
    """To be sent again, not before that instant.

    `doubt`: it may have arrived already. `sure`: it surely did not, so no old try counts any more.
    """
    db.execute(
        "UPDATE outbox SET state = 'pending', not_before = ?, doubts = doubts + ?,"
        " sending_at = CASE WHEN ? THEN NULL ELSE sending_at END WHERE id = ?",
        (not_before, doubt, sure, number),
    )


def mark_over(db: sqlite3.Connection, number: int, state: str, problem: str) -> None:
    """Given up: `unknown` (it may have arrived) or `failed`."""
    if not _purged(db, number):
        db.execute(
            "UPDATE outbox SET state = ?, problem = ? WHERE id = ?", (state, problem[:500], number)
        )
        if state == "failed":
            club_refused.note(db, number)


def mark_gone(db: sqlite3.Connection, platform: str, chat: str, reason: str) -> list[int]:
    """The chat is out of reach: nothing more is sent or falls due there. The rows given up."""
    db.execute(
        "UPDATE places SET gone = ? WHERE platform = ? AND chat = ?",
        (reason[:200] or "gone", platform, chat),
    )
    db.execute(
        "UPDATE check_ins SET paused = 1 WHERE conversation IN (SELECT c.id FROM conversations c"
        " JOIN places p ON p.id = c.place WHERE p.platform = ? AND p.chat = ?)",
        (platform, chat),
    )
    rows = db.execute(
        "SELECT o.id FROM outbox o JOIN places p ON p.id = o.place"
        " WHERE p.platform = ? AND p.chat = ? AND o.state IN ('pending', 'sending')",
        (platform, chat),
    ).fetchall()
    for row in rows:
        mark_over(db, row[0], "failed", f"gone: {reason}")
    return [row[0] for row in rows]

"""What arrived and waits for its turn: kept before anyone is told that it was received."""

import sqlite3

import msgspec

from bot.conversation.event import Event
from bot.store import codec


class Accepted(msgspec.Struct, frozen=True):
    """An event as kept until its turn is taken."""

    event: Event
    hints: dict[str, str] = {}
    own: bool = False
    """It goes straight to the runner's own conversation: a club's turn has handed it on."""


Row = tuple[str, str, str, int, int | None, bytes | None]
_accepted = msgspec.json.Decoder(Accepted)


def accept(db: sqlite3.Connection, accepted: Accepted, at: int) -> bool:
    """Keep it; False if it was here before."""
    event = accepted.event
    made = db.execute(
        "INSERT OR IGNORE INTO inbox (platform, event, state, at, payload) VALUES (?, ?, 'new', ?, ?)",
        (event.where.platform, event.id, at, codec.encode(accepted)),
    )
    return made.rowcount == 1


def row(event: Event, at: int, *, runner_id: int | None, failed: bool, kept: bool) -> Row:
    """A row for an event whose turn is taken. `kept`: what happened is kept for a while."""
    state = "failed" if failed else "done"
    payload = codec.encode(event) if kept else None
    return event.where.platform, event.id, state, at, runner_id, payload


def done(db: sqlite3.Connection, *rows: Row) -> bool:
    """Turns are taken; False if one of them had been before."""
    made = db.executemany(
        "INSERT INTO inbox (platform, event, state, at, runner, payload) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (platform, event) DO UPDATE SET state = excluded.state, runner = excluded.runner"
        " WHERE inbox.state = 'new'",
        rows,
    )
    return made.rowcount == len(rows)


def waiting(db: sqlite3.Connection) -> list[Accepted]:
    """What was accepted and has not had its turn, oldest first."""
    rows = db.execute("SELECT payload FROM inbox WHERE state = 'new' ORDER BY seq").fetchall()
    return [_accepted.decode(row[0]) for row in rows]


def seen(db: sqlite3.Connection, platform: str, event_id: str) -> bool:
    """Whether this event has had its turn."""
    row = db.execute(
        "SELECT 1 FROM inbox WHERE platform = ? AND event = ? AND state != 'new'",
        (platform, event_id),
    ).fetchone()
    return row is not None

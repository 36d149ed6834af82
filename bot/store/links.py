"""Joining chats on two platforms to one runner, with a code that one shows and the other types.

Rule: a code has 6 digits, holds for 10 minutes and is used once; 5 wrong codes from one person, and
no more are looked at for 10 minutes. Joining loses nothing: logs become one, oldest first; where
both have a setting, or a check-in of the same name, those of the older runner stay.
"""

import sqlite3

import msgspec

from bot.conversation.event import Person
from bot.store import clubs, codec
from bot.store.identity import load_runner, runner_of
from bot.store.rows import Joined

HOLDS_MS = 10 * 60 * 1000
MOST_TRIES = 5


def offer(db: sqlite3.Connection, runner_id: int, code: str, now: int) -> bool:
    """Keep a code for a runner; False if it is taken just now (make another one)."""
    db.execute("DELETE FROM link_codes WHERE until <= ? OR runner = ?", (now, runner_id))
    made = db.execute(
        "INSERT OR IGNORE INTO link_codes (code, runner, until) VALUES (?, ?, ?)",
        (code, runner_id, now + HOLDS_MS),
    )
    return made.rowcount == 1


def outcome(db: sqlite3.Connection, person: Person, code: str, now: int) -> Joined:
    """What typing this code would come to. Nothing changes."""
    tries = db.execute(
        "SELECT COUNT(*) FROM link_tries WHERE platform = ? AND person = ? AND at > ?",
        (person.platform, person.id, now - HOLDS_MS),
    ).fetchone()[0]
    if tries >= MOST_TRIES:
        return "too_many"
    maker = _maker(db, code, now)
    if maker is None:
        return "wrong"
    return "same" if maker == runner_of(db, person) else "joined"


def join(db: sqlite3.Connection, person: Person, code: str, now: int) -> Joined:
    """Make this person and whoever made the code one runner."""
    became = outcome(db, person, code, now)
    who = (person.platform, person.id)
    if became == "wrong":
        db.execute("INSERT INTO link_tries (platform, person, at) VALUES (?, ?, ?)", (*who, now))
    if became != "joined":
        return became
    maker, own = _maker(db, code, now), runner_of(db, person)
    db.execute("DELETE FROM link_codes WHERE code = ?", (code,))
    if own is None:
        db.execute("INSERT INTO people (platform, person, runner) VALUES (?, ?, ?)", (*who, maker))
    elif maker is not None:
        _merge(db, min(maker, own), max(maker, own))
    return became


def _maker(db: sqlite3.Connection, code: str, now: int) -> int | None:
    row = db.execute(
        "SELECT runner FROM link_codes WHERE code = ? AND until > ?", (code, now)
    ).fetchone()
    return None if row is None else int(row[0])


def _merge(db: sqlite3.Connection, kept: int, other: int) -> None:
    both = (kept, other)
    _merge_states(db, kept, other)
    for table in ("conversations", "check_ins"):
        # What both have in the same place, or under the same name, stays as the kept one has it.
        db.execute(f"UPDATE OR IGNORE {table} SET runner = ? WHERE runner = ?", both)  # noqa: S608
    for table in ("people", "inbox", "outbox", "check_in_ends", "failures"):
        db.execute(f"UPDATE {table} SET runner = ? WHERE runner = ?", both)  # noqa: S608
    clubs.merge_runners(db, kept, other)
    # A check-in of a conversation that stays behind would go with it: it moves to the twin.
    db.execute(
        "UPDATE check_ins SET conversation = (SELECT twin.id FROM conversations twin"
        " JOIN conversations old ON old.place = twin.place WHERE old.id = check_ins.conversation"
        " AND twin.runner = ?) WHERE runner = ? AND conversation IN"
        " (SELECT id FROM conversations WHERE runner = ?)",
        (kept, kept, other),
    )
    db.execute("DELETE FROM runners WHERE id = ?", (other,))


def _merge_states(db: sqlite3.Connection, kept: int, other: int) -> None:
    mine, theirs = load_runner(db, kept).runner, load_runner(db, other).runner
    runner = msgspec.structs.replace(
        mine,
        zone=mine.zone or theirs.zone,
        settings=theirs.settings | mine.settings,
        log=type(mine.log)(),
    )
    db.execute(
        "UPDATE runners SET state = ?, zone = ?, turns = turns + 1 WHERE id = ?",
        (codec.encode(runner), runner.zone, kept),
    )
    entries = {entry.id: entry for entry in (*theirs.log.entries, *mine.log.entries)}
    ordered = sorted(entries.values(), key=lambda entry: entry.at)
    db.execute("DELETE FROM log WHERE runner IN (?, ?)", (kept, other))
    db.executemany(
        "INSERT INTO log (runner, seq, id, entry) VALUES (?, ?, ?, ?)",
        [(kept, seq, entry.id, codec.encode(entry)) for seq, entry in enumerate(ordered)],
    )

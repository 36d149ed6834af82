"""Who and where: people become runners, chats become places.

Rule: a runner is a person, whatever they write from; a conversation belongs to a runner and a place.
"""

import sqlite3
from typing import NamedTuple

import msgspec

from bot.conversation.event import Event, Person, Place
from bot.conversation.log import Log
from bot.conversation.state import Conversation, Runner
from bot.store import codec
from bot.store.rows import Standing


def stand(db: sqlite3.Connection, event: Event, now_ms: int) -> Standing:
    """What is known about who and where this event is, making what is not there yet."""
    runner_id = runner_of(db, event.who)
    if runner_id is None:
        runner_id = _new_runner(db, event.who)
    place_id, gone = place_of(db, event.where)
    row = db.execute(
        "SELECT id, state, turns FROM conversations WHERE runner = ? AND place = ?",
        (runner_id, place_id),
    ).fetchone()
    if row is None:
        conversation, turns = Conversation(), 0
        made = db.execute(
            "INSERT INTO conversations (runner, place, person, state, last_at) VALUES (?, ?, ?, ?, ?)",
            (runner_id, place_id, event.who.id, codec.encode(conversation), now_ms),
        )
        conversation_id = int(made.lastrowid or 0)
    else:
        conversation_id, turns = row[0], row[2]
        conversation = codec.decode_conversation(row[1])
    loaded = load_runner(db, runner_id)
    return Standing(
        runner_id,
        place_id,
        conversation_id,
        conversation,
        loaded.runner,
        turns,
        loaded.turns,
        loaded.log_next,
        bool(gone),
    )


def stand_for(db: sqlite3.Connection, conversation_id: int, loaded: "Loaded") -> Standing:
    """What is known about a conversation that exists, of a runner that was loaded."""
    runner_id, place_id, state, turns, gone = db.execute(
        "SELECT c.runner, c.place, c.state, c.turns, p.gone FROM conversations c"
        " JOIN places p ON p.id = c.place WHERE c.id = ?",
        (conversation_id,),
    ).fetchone()
    conversation = codec.decode_conversation(state)
    return Standing(
        runner_id,
        place_id,
        conversation_id,
        conversation,
        loaded.runner,
        turns,
        loaded.turns,
        loaded.log_next,
        bool(gone),
    )


def runner_of(db: sqlite3.Connection, person: Person) -> int | None:
    """The runner this person is, or None for someone never heard of."""
    row = db.execute(
        "SELECT runner FROM people WHERE platform = ? AND person = ?", (person.platform, person.id)
    ).fetchone()
    return None if row is None else int(row[0])


class Loaded(NamedTuple):
    """A runner with the log, and what else the store knows of them."""

    runner: Runner
    turns: int
    log_next: int
    unanswered: int


def load_runner(db: sqlite3.Connection, runner_id: int) -> Loaded:
    """The runner of that number."""
    state, turns, unanswered = db.execute(
        "SELECT state, turns, unanswered FROM runners WHERE id = ?", (runner_id,)
    ).fetchone()
    rows = db.execute(
        "SELECT seq, entry FROM log WHERE runner = ? ORDER BY seq", (runner_id,)
    ).fetchall()
    entries = tuple(codec.decode_entry(row[1]) for row in rows)
    runner = msgspec.structs.replace(
        codec.decode_runner(state), id=f"r{runner_id}", log=Log(entries)
    )
    return Loaded(runner, turns, rows[-1][0] + 1 if rows else 0, unanswered)


def place_of(db: sqlite3.Connection, place: Place) -> tuple[int, str]:
    """The place's number, and why it is out of reach ("" if it is not)."""
    row = db.execute(
        "SELECT id, gone FROM places WHERE platform = ? AND chat = ? AND thread = ?",
        (place.platform, place.chat, place.thread),
    ).fetchone()
    if row is not None:
        return int(row[0]), row[1]
    made = db.execute(
        "INSERT INTO places (platform, chat, thread, private, name) VALUES (?, ?, ?, ?, ?)",
        (place.platform, place.chat, place.thread, place.private, place.name),
    )
    return int(made.lastrowid or 0), ""


def _new_runner(db: sqlite3.Connection, person: Person) -> int:
    made = db.execute("INSERT INTO runners (state) VALUES (?)", (codec.encode(Runner()),))
    runner_id = int(made.lastrowid or 0)
    db.execute(
        "INSERT INTO people (platform, person, runner, language) VALUES (?, ?, ?, ?)",
        (person.platform, person.id, runner_id, person.language),
    )
    return runner_id


def move_chat(db: sqlite3.Connection, platform: str, old: str, new: str) -> None:
    """A chat has a new number: everything that belongs to it follows, at once."""
    for place_id, thread in db.execute(
        "SELECT id, thread FROM places WHERE platform = ? AND chat = ?", (platform, old)
    ).fetchall():
        there = db.execute(
            "SELECT id FROM places WHERE platform = ? AND chat = ? AND thread = ?",
            (platform, new, thread),
        ).fetchone()
        if there is None:
            db.execute("UPDATE places SET chat = ?, gone = '' WHERE id = ?", (new, place_id))
        else:
            _join_places(db, place_id, there[0])


def _join_places(db: sqlite3.Connection, old: int, new: int) -> None:
    db.execute("UPDATE outbox SET place = ? WHERE place = ?", (new, old))
    for conversation, runner in db.execute(
        "SELECT id, runner FROM conversations WHERE place = ?", (old,)
    ).fetchall():
        twin = db.execute(
            "SELECT id FROM conversations WHERE runner = ? AND place = ?", (runner, new)
        ).fetchone()
        if twin is None:
            db.execute("UPDATE conversations SET place = ? WHERE id = ?", (new, conversation))
            continue
        # The new place was written in before we heard of the move: what was said there is newer.
        db.execute(
            "UPDATE check_ins SET conversation = ? WHERE conversation = ?", (twin[0], conversation)
        )
        db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
    db.execute("DELETE FROM places WHERE id = ?", (old,))

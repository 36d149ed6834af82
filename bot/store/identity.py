"""Who and where: people become runners, chats become places.

Rule: a runner is a person, whatever they write from; a conversation belongs to a runner and a place.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from bot.conversation.event import Event, Person, Place
from bot.conversation.log import Log
from bot.conversation.state import Conversation, Runner
from bot.store import club_posts, codec
from bot.store.rows import Standing

_NO_LOG = Log()


def stand(db: sqlite3.Connection, event: Event, now_ms: int) -> Standing:
    """What is known about who and where this event is, making what is not there yet."""
    runner_id = known_or_new(db, event.who)
    place_id, gone = place_of(db, event.where)
    conversation_id, state, turns = conversation_of(db, runner_id, event, place_id, now_ms)
    loaded = load_runner(db, runner_id)
    return _standing(runner_id, (conversation_id, place_id, state, turns, gone), loaded)


def known_or_new(db: sqlite3.Connection, person: Person) -> int:
    """The runner this person is, made if nobody heard of them before."""
    runner_id = runner_of(db, person)
    return _new_runner(db, person) if runner_id is None else runner_id


def conversation_of(
    db: sqlite3.Connection, runner_id: int, event: Event, place_id: int, now_ms: int
) -> tuple[int, bytes, int]:
    """The runner's own conversation: its number, state and turns; `place_id` is where this happened.

    It is that of their private place, wherever the event happened. One that was begun in a group,
    while no private place was known, is carried over to it.
    """
    platform = event.where.platform
    if event.home is not None and not event.where.private:
        place_id = place_of(db, event.home)[0]
    found = _conversation_in(db, runner_id, place_id)
    if found is not None and (event.where.private or event.home is not None):
        return found
    if event.where.private or event.home is not None:
        found = _carried_over(db, runner_id, platform, place_id)
    else:
        found = _latest(db, runner_id, platform, private=True) or found
    if found is not None:
        return found
    state = codec.encode(Conversation())
    made = db.execute(
        "INSERT INTO conversations (runner, place, person, state, last_at) VALUES (?, ?, ?, ?, ?)",
        (runner_id, place_id, event.who.id, state, now_ms),
    )
    return int(made.lastrowid or 0), state, 0


def _conversation_in(
    db: sqlite3.Connection, runner_id: int, place_id: int
) -> tuple[int, bytes, int] | None:
    found: tuple[int, bytes, int] | None = db.execute(
        "SELECT id, state, turns FROM conversations WHERE runner = ? AND place = ?",
        (runner_id, place_id),
    ).fetchone()
    return found


def _latest(
    db: sqlite3.Connection, runner_id: int, platform: str, *, private: bool
) -> tuple[int, bytes, int] | None:
    found: tuple[int, bytes, int] | None = db.execute(
        "SELECT c.id, c.state, c.turns FROM conversations c JOIN places p ON p.id = c.place"
        " WHERE c.runner = ? AND p.platform = ? AND p.private = ?"
        " ORDER BY c.last_at DESC, c.id DESC LIMIT 1",
        (runner_id, platform, private),
    ).fetchone()
    return found


def _carried_over(
    db: sqlite3.Connection, runner_id: int, platform: str, home_id: int
) -> tuple[int, bytes, int] | None:
    """The newest conversation that was begun in a group comes home, and all their check-ins."""
    found = _latest(db, runner_id, platform, private=False)
    if found is None:
        return None
    db.execute("UPDATE conversations SET place = ? WHERE id = ?", (home_id, found[0]))
    db.execute(
        "UPDATE check_ins SET conversation = ? WHERE runner = ? AND conversation IN"
        " (SELECT c.id FROM conversations c JOIN places p ON p.id = c.place"
        " WHERE c.runner = ? AND p.platform = ? AND p.private = 0)",
        (found[0], runner_id, runner_id, platform),
    )
    return found


def standings(
    db: sqlite3.Connection, conversations: Sequence[int], loaded: dict[int, "Loaded"]
) -> dict[int, Standing]:
    """What is known about conversations that exist, by their numbers, of runners that were loaded."""
    rows = db.execute(
        "SELECT c.id, c.place, c.state, c.turns, p.gone, c.runner FROM conversations c"  # noqa: S608
        f" JOIN places p ON p.id = c.place WHERE c.id IN ({marks(conversations)})",
        conversations,
    )
    return {row[0]: _standing(row[5], row[:5], loaded[row[5]]) for row in rows}


def _standing(
    runner_id: int, conversation: tuple[int, int, bytes, int, str], loaded: "Loaded"
) -> Standing:
    conversation_id, place_id, state, turns, gone = conversation
    return Standing(
        runner_id,
        place_id,
        conversation_id,
        codec.decode_conversation(state),
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
    return load_runners(db, (runner_id,))[runner_id]


def load_runners(db: sqlite3.Connection, runners: Sequence[int]) -> dict[int, Loaded]:
    """The runners of those numbers."""
    these = marks(runners)
    logs: dict[int, list[tuple[int, bytes]]] = {}
    for runner_id, seq, entry in db.execute(
        f"SELECT runner, seq, entry FROM log WHERE runner IN ({these}) ORDER BY runner, seq",  # noqa: S608
        runners,
    ):
        logs.setdefault(runner_id, []).append((seq, entry))
    rows = db.execute(
        f"SELECT id, state, turns, unanswered FROM runners WHERE id IN ({these})",  # noqa: S608
        runners,
    )
    return {row[0]: _loaded(row, logs.get(row[0], ())) for row in rows}


def _loaded(row: tuple[int, bytes, int, int], kept: Sequence[tuple[int, bytes]]) -> Loaded:
    runner_id, state, turns, unanswered = row
    log = Log(tuple(codec.decode_entry(entry) for _seq, entry in kept)) if kept else _NO_LOG
    runner = msgspec.structs.replace(codec.decode_runner(state), id=f"r{runner_id}", log=log)
    return Loaded(runner, turns, kept[-1][0] + 1 if kept else 0, unanswered)


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values, for a statement's list."""
    return ",".join("?" * len(values))


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
        club_posts.moved(db, place_id)
        if there is None:
            db.execute("UPDATE places SET chat = ?, gone = '' WHERE id = ?", (new, place_id))
        else:
            _join_places(db, place_id, there[0])


def _join_places(db: sqlite3.Connection, old: int, new: int) -> None:
    db.execute("UPDATE outbox SET place = ? WHERE place = ?", (new, old))
    club_posts.carry_places(db, old, new)
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

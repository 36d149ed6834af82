"""How long things are kept, and a look at what is there.

Rule: what a runner wrote in their own words is dropped after a set time; what was derived from it
(answers, runs, soreness) stays until the runner deletes it.
"""

import sqlite3
from datetime import datetime, timedelta

import msgspec

from bot.conversation.state import Answer, Conversation
from bot.store import codec
from bot.store.rows import Trouble
from bot.store.turns import oldest_words


class Kept(msgspec.Struct, frozen=True):
    """For how long, in days."""

    words: int = 30
    """The runner's own words, and the text of messages that were sent."""
    ids: int = 60
    """Ids of events and of sent messages, so that nothing is taken or sent twice."""
    history: int = 120
    """What became of each check-in, and what went wrong."""
    runs: int = 60
    """A club's runs, with who said they would come and how it was, after they were."""


def clean_up(db: sqlite3.Connection, kept: Kept, now: datetime) -> int:
    """Drop what is older; return how many rows that concerned."""
    words = codec.to_ms(now - timedelta(days=kept.words))
    ids = codec.to_ms(now - timedelta(days=kept.ids))
    history = codec.to_ms(now - timedelta(days=kept.history))
    runs = codec.to_ms(now - timedelta(days=kept.runs))
    statements = (
        (
            "UPDATE inbox SET payload = NULL WHERE at < ? AND state != 'new' AND payload NOT NULL",
            words,
        ),
        ("DELETE FROM inbox WHERE at < ? AND state != 'new'", ids),
        (
            (
                "UPDATE outbox SET body = NULL WHERE created_at < ? AND body NOT NULL"
                " AND state IN ('sent', 'unknown', 'failed')"
            ),
            words,
        ),
        (
            "DELETE FROM outbox WHERE created_at < ? AND state IN ('sent', 'unknown', 'failed')",
            ids,
        ),
        ("UPDATE failures SET payload = NULL WHERE at < ? AND payload NOT NULL", words),
        ("DELETE FROM failures WHERE at < ?", history),
        ("DELETE FROM check_in_ends WHERE at < ?", history),
        ("DELETE FROM link_codes WHERE until < ?", codec.to_ms(now)),
        ("DELETE FROM link_tries WHERE at < ?", codec.to_ms(now - timedelta(days=1))),
        ("DELETE FROM club_runs WHERE starts_at < ?", runs),
        ("DELETE FROM club_posts WHERE made_at < ?1 AND touched_at < ?1", runs),
        ("DELETE FROM club_drafts WHERE at < ?", words),
        ("DELETE FROM club_codes WHERE until < ?", codec.to_ms(now)),
    )
    changed = sum(db.execute(sql, (limit,)).rowcount for sql, limit in statements)
    return changed + _drop_words(db, words)


def _drop_words(db: sqlite3.Connection, before: int) -> int:
    rows = db.execute(
        "SELECT id, state FROM conversations WHERE oldest_words < ?", (before,)
    ).fetchall()
    for number, raw in rows:
        conversation = without_words(codec.decode_conversation(raw), codec.from_ms(before))
        db.execute(
            "UPDATE conversations SET state = ?, oldest_words = ? WHERE id = ?",
            (codec.encode(conversation), oldest_words(conversation), number),
        )
    return len(rows)


def without_words(conversation: Conversation, before: datetime) -> Conversation:
    """The conversation without the runner's own words from before that instant."""
    answers = tuple(_wordless(one) if one.at < before else one for one in conversation.answers)
    pending = conversation.pending
    if pending is not None and pending.at is not None and pending.at < before:
        pending = None
    misread = conversation.misread
    if misread is not None and misread.at < before:
        misread = None
    return msgspec.structs.replace(conversation, answers=answers, pending=pending, misread=misread)


def _wordless(answer: Answer) -> Answer:
    return msgspec.structs.replace(answer, words="") if answer.words else answer


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """How many rows of each kind there are, for the owner."""
    asked = {
        "runners": "SELECT COUNT(*) FROM runners",
        "conversations": "SELECT COUNT(*) FROM conversations",
        "check-ins planned": "SELECT COUNT(*) FROM check_ins",
        "check-ins paused": "SELECT COUNT(*) FROM check_ins WHERE paused = 1",
        "messages to send": "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')",
        "messages in doubt": "SELECT COUNT(*) FROM outbox WHERE state = 'unknown'",
        "messages given up": "SELECT COUNT(*) FROM outbox WHERE state = 'failed'",
        "messages waiting for a turn": "SELECT COUNT(*) FROM inbox WHERE state = 'new'",
        "turns that failed": "SELECT COUNT(*) FROM inbox WHERE state = 'failed'",
        "clubs": "SELECT COUNT(*) FROM clubs",
    }
    return {name: int(db.execute(sql).fetchone()[0]) for name, sql in asked.items()}


def troubles(db: sqlite3.Connection, limit: int) -> list[Trouble]:
    """What went wrong lately, newest first."""
    rows = db.execute(
        "SELECT code, detail, at, runner, event FROM failures ORDER BY id DESC LIMIT ?", (limit,)
    ).fetchall()
    return [
        Trouble(code, detail, codec.from_ms(at), runner, event)
        for code, detail, at, runner, event in rows
    ]

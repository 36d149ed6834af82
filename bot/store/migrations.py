"""The shape of the data file, as numbered steps that every old file can still take.

Rule: a step that was ever released never changes; a new wish is a new step at the end. Each runs in
one transaction with the note that it ran. All instants are whole milliseconds since 1970, UTC.
"""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from bot.store import club_shape
from bot.store.errors import NewerFileError, NotADatabaseError

Step = Callable[[sqlite3.Connection], None]
STEPS: list[Step] = []


def step(function: Step) -> Step:
    """Add a function as the next numbered step."""
    STEPS.append(function)
    return function


def migrate(connection: sqlite3.Connection, *, upto: int | None = None) -> int:
    """Bring the file to the newest shape (or to `upto`, for tests); return how many steps it took.

    Raises NewerFileError if the file has steps this program does not know, and NotADatabaseError if it holds
    somebody else's tables. In both cases nothing in it was changed.
    """
    done = steps_done(connection)
    wanted = STEPS[done:upto]
    for number, function in enumerate(wanted, start=done + 1):
        _take(connection, number, function)
    return len(wanted)


def steps_done(connection: sqlite3.Connection) -> int:
    """How many steps the file has taken. Only reads. Raises NewerFileError or NotADatabaseError."""
    done = _noted(connection)
    if done > len(STEPS):
        raise NewerFileError(
            f"This data file was written by a newer Heeldrop (shape {done}, this one knows "
            f"{len(STEPS)}): install that version, or choose another folder."
        )
    return done


def _noted(connection: sqlite3.Connection) -> int:
    names = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    }
    if "migrations" in names:
        return int(
            connection.execute("SELECT COALESCE(MAX(number), 0) FROM migrations").fetchone()[0]
        )
    if names:
        raise NotADatabaseError("This data file belongs to another program: choose another folder.")
    return 0


def _take(connection: sqlite3.Connection, number: int, function: Step) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if number == 1:
            connection.execute(
                "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT, at TEXT) STRICT"
            )
        function(connection)
        connection.execute(
            "INSERT INTO migrations VALUES (?, ?, ?)",
            (number, function.__name__, datetime.now(UTC).isoformat(timespec="seconds")),
        )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one (executescript would commit on its own)."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


@step
def m001_people_and_conversations(connection: sqlite3.Connection) -> None:
    """Runners, the people and places they write from, what they said, and their log."""
    run_script(
        connection,
        """
        CREATE TABLE runners (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            state BLOB NOT NULL,
            zone TEXT NOT NULL DEFAULT '',
            unanswered INTEGER NOT NULL DEFAULT 0,
            turns INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE people (
            platform TEXT NOT NULL,
            person TEXT NOT NULL,
            runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
            language TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (platform, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX people_of_runner ON people(runner);
        CREATE TABLE places (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            platform TEXT NOT NULL,
            chat TEXT NOT NULL,
            thread TEXT NOT NULL DEFAULT '',
            private INTEGER NOT NULL DEFAULT 1,
            name TEXT NOT NULL DEFAULT '',
            gone TEXT NOT NULL DEFAULT '',
            UNIQUE (platform, chat, thread)
        ) STRICT;
        CREATE TABLE conversations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
            place INTEGER NOT NULL REFERENCES places(id),
            person TEXT NOT NULL,
            state BLOB NOT NULL,
            turns INTEGER NOT NULL DEFAULT 0,
            last_at INTEGER NOT NULL,
            oldest_words INTEGER,
            UNIQUE (runner, place)
        ) STRICT;
        CREATE INDEX conversations_of_place ON conversations(place);
        CREATE INDEX conversations_with_words ON conversations(oldest_words)
            WHERE oldest_words IS NOT NULL;
        CREATE TABLE log (
            runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            id TEXT NOT NULL,
            entry BLOB NOT NULL,
            PRIMARY KEY (runner, id)
        ) STRICT, WITHOUT ROWID;
        """,
    )


@step
def m002_inbox_outbox_check_ins(connection: sqlite3.Connection) -> None:
    """What arrived, what is to be sent, what falls due, and what went wrong."""
    run_script(
        connection,
        """
        CREATE TABLE inbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            platform TEXT NOT NULL,
            event TEXT NOT NULL,
            state TEXT NOT NULL,
            at INTEGER NOT NULL,
            runner INTEGER,
            payload BLOB,
            UNIQUE (platform, event)
        ) STRICT;
        CREATE INDEX inbox_new ON inbox(seq) WHERE state = 'new';
        CREATE INDEX inbox_by_age ON inbox(at);
        CREATE INDEX inbox_of_runner ON inbox(runner);
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            runner INTEGER,
            place INTEGER NOT NULL REFERENCES places(id),
            person TEXT NOT NULL,
            platform TEXT NOT NULL,
            lane INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending',
            body BLOB,
            event TEXT NOT NULL DEFAULT '',
            hints BLOB,
            purge INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            doubts INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            sending_at INTEGER,
            sent_at INTEGER,
            message TEXT,
            problem TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX outbox_open ON outbox(platform, lane, id) WHERE state IN ('pending', 'sending');
        CREATE INDEX outbox_of_runner ON outbox(runner);
        CREATE INDEX outbox_of_place ON outbox(place);
        CREATE INDEX outbox_by_age ON outbox(created_at);
        CREATE TABLE check_ins (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
            conversation INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            plan BLOB NOT NULL,
            zone TEXT NOT NULL,
            next_at INTEGER NOT NULL,
            day TEXT NOT NULL DEFAULT '',
            exempt INTEGER NOT NULL DEFAULT 0,
            paused INTEGER NOT NULL DEFAULT 0,
            UNIQUE (runner, key)
        ) STRICT;
        CREATE INDEX check_ins_due ON check_ins(next_at) WHERE paused = 0;
        CREATE INDEX check_ins_of_conversation ON check_ins(conversation);
        CREATE TABLE check_in_ends (
            runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            key TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            counted INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX check_in_ends_of_runner ON check_in_ends(runner, at);
        CREATE INDEX check_in_ends_by_age ON check_in_ends(at);
        CREATE TABLE failures (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            code TEXT NOT NULL,
            runner INTEGER,
            event TEXT NOT NULL DEFAULT '',
            detail TEXT NOT NULL DEFAULT '',
            payload BLOB
        ) STRICT;
        CREATE INDEX failures_by_age ON failures(at);
        CREATE TABLE link_codes (
            code TEXT PRIMARY KEY,
            runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
            until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE link_tries (
            platform TEXT NOT NULL,
            person TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX link_tries_by_age ON link_tries(at);
        """,
    )


@step
def m003_donated(connection: sqlite3.Connection) -> None:
    """Misread sentences that were given: nothing in a row, nor the order of the rows, leads to anyone."""
    run_script(
        connection,
        """
        CREATE TABLE donated (
            id TEXT PRIMARY KEY,
            month TEXT NOT NULL,
            gift BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    )


@step
def m004_clubs(connection: sqlite3.Connection) -> None:
    """Clubs, their runs, who said they would come, and what was posted of it."""
    run_script(connection, club_shape.SCRIPT)

"""Storing one turn: everything it changes, in one transaction.

Rule: an event that was seen before changes nothing. What a turn says, plans and cancels is stored
together with what was said, or not at all.
"""

import sqlite3

import msgspec

from bot.conversation.log import Log
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Cancel
from bot.store import check_ins, codec, donated, forgetting, inbox, links, outbox
from bot.store.errors import OutdatedError
from bot.store.rows import NewCheckIn, Trouble, TurnRecord

_NO_LOG = Log()


def take(db: sqlite3.Connection, record: TurnRecord) -> bool:
    """Store a turn; False if its event had been stored before, or its check-in is off.

    Then nothing changes. Raises OutdatedError if it was computed from what is no longer so.
    """
    if record.end is not None and not check_ins.still_due(db, record.end.check_in):
        return False
    if not _into_inbox(db, record):
        return False
    at = codec.to_ms(record.at)
    if record.forget:
        outbox.add(db, record, purge=True)
        forgetting.forget(db, record.standing.runner_id)
        return True
    _states(db, record, at)
    _log(db, record)
    if record.reclock is not None:
        check_ins.reclock(db, record.standing.runner_id, record.reclock)
    for step in record.steps:
        if isinstance(step, NewCheckIn):
            check_ins.plan(db, record.standing.runner_id, record.standing.conversation_id, step)
        elif isinstance(step, Cancel):
            check_ins.cancel(db, record.standing.runner_id, step)
    if record.end is not None:
        check_ins.end(db, record.end, at)
    outbox.add(db, record)
    donated.keep(db, record.donated)
    for trouble in record.troubles:
        note(db, trouble, at, codec.encode(record.event) if trouble.keep_payload else None)
    _link(db, record, at)
    return True


def _link(db: sqlite3.Connection, record: TurnRecord, at: int) -> None:
    """Keep a code, or join two runners; last, for this runner may be another one afterwards."""
    runner_id = record.standing.runner_id
    if record.link_code and not links.offer(db, runner_id, record.link_code, at):
        raise OutdatedError("This code is somebody else's just now.")
    if record.join is not None:
        code, expected = record.join
        if links.join(db, record.event.who, code, at) != expected:
            raise OutdatedError("The code came to something else meanwhile.")


def _into_inbox(db: sqlite3.Connection, record: TurnRecord) -> bool:
    return inbox.done(
        db,
        record.event,
        codec.to_ms(record.at),
        runner_id=None if record.forget else record.standing.runner_id,
        failed=record.failed,
        kept=not record.forget and record.end is None,
    )


def _states(db: sqlite3.Connection, record: TurnRecord, at: int) -> None:
    standing = record.standing
    updated = db.execute(
        "UPDATE conversations SET state = ?, person = ?, turns = ?, last_at = ?, oldest_words = ?"
        " WHERE id = ?",
        (
            codec.encode(record.conversation),
            record.event.who.id,
            standing.turns + 1,
            at,
            oldest_words(record.conversation),
            standing.conversation_id,
        ),
    )
    if updated.rowcount == 0 or not _runner(db, record):
        raise OutdatedError("Something else happened to this runner meanwhile.")
    if standing.silent and record.end is None:
        check_ins.wake_place(db, standing.place_id)


def _runner(db: sqlite3.Connection, record: TurnRecord) -> bool:
    standing = record.standing
    # Whatever the runner does is an answer; a counted check-in is one more without one.
    unanswered = (0, 0) if record.end is None else (1, int(record.end.counted))
    if record.runner is standing.runner or _bare(record.runner) == _bare(standing.runner):
        done = db.execute(
            "UPDATE runners SET turns = turns + 1, unanswered = unanswered * ? + ?"
            " WHERE id = ? AND turns = ?",
            (*unanswered, standing.runner_id, standing.runner_turns),
        )
    else:
        done = db.execute(
            "UPDATE runners SET turns = turns + 1, unanswered = unanswered * ? + ?,"
            " state = ?, zone = ? WHERE id = ? AND turns = ?",
            (
                *unanswered,
                codec.encode(_bare(record.runner)),
                record.runner.zone,
                standing.runner_id,
                standing.runner_turns,
            ),
        )
    return done.rowcount == 1


def _bare(runner: Runner) -> Runner:
    """Without the log, which has rows of its own."""
    return msgspec.structs.replace(runner, log=_NO_LOG)


def _log(db: sqlite3.Connection, record: TurnRecord) -> None:
    runner_id = record.standing.runner_id
    if record.entries_gone:
        db.executemany(
            "DELETE FROM log WHERE runner = ? AND id = ?",
            [(runner_id, entry_id) for entry_id in record.entries_gone],
        )
    if record.entries:
        db.executemany(
            "INSERT INTO log (runner, seq, id, entry) VALUES (?, ?, ?, ?) ON CONFLICT (runner, id)"
            " DO UPDATE SET seq = excluded.seq, entry = excluded.entry",
            [(runner_id, place, entry.id, codec.encode(entry)) for place, entry in record.entries],
        )


def oldest_words(conversation: Conversation) -> int | None:
    """When the oldest of the runner's own words in it were said, for the clean-up."""
    moments = [answer.at for answer in conversation.answers if answer.words]
    if conversation.pending is not None and conversation.pending.at is not None:
        moments.append(conversation.pending.at)
    if conversation.misread is not None:
        moments.append(conversation.misread.at)
    return codec.to_ms(min(moments)) if moments else None


def note(db: sqlite3.Connection, trouble: Trouble, at: int, payload: bytes | None = None) -> None:
    """Keep something for the owner to see."""
    db.execute(
        "INSERT INTO failures (at, code, runner, event, detail, payload) VALUES (?, ?, ?, ?, ?, ?)",
        (at, trouble.code, trouble.runner_id, trouble.event, trouble.detail, payload),
    )

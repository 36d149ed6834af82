"""Storing one turn: everything it changes, in one transaction.

Rule: an event that was seen before changes nothing. What a turn says, plans and cancels is stored
together with what was said, or not at all.
"""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from bot.conversation.log import Log
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Cancel
from bot.store import check_ins, codec, donated, forgetting, inbox, links, outbox
from bot.store.errors import OutdatedError
from bot.store.rows import NewCheckIn, Trouble, TurnRecord

_NO_LOG = Log()
_TALKED = "UPDATE conversations SET person = ?, turns = ?, last_at = ? WHERE id = ?"
_TALKED_ANEW = (
    "UPDATE conversations SET person = ?, turns = ?, last_at = ?, state = ?, oldest_words = ?"
    " WHERE id = ?"
)
_ANSWERED = "UPDATE runners SET turns = turns + 1, unanswered = unanswered * ? + ? WHERE id = ? AND turns = ?"
_ANSWERED_ANEW = (
    "UPDATE runners SET turns = turns + 1, unanswered = unanswered * ? + ?, state = ?, zone = ?"
    " WHERE id = ? AND turns = ?"
)


def take(db: sqlite3.Connection, record: TurnRecord) -> bool:
    """Store a turn; False if its event had been stored before, or its check-in is off.

    Then nothing changes. Raises OutdatedError if it was computed from what is no longer so.
    """
    return _all_or_none(db, (record,))


def take_together(db: sqlite3.Connection, records: Sequence[TurnRecord]) -> bool:
    """Store the turns of different runners, all of them or none. False: none."""
    try:
        return _all_or_none(db, records)
    except OutdatedError:
        return False


def _all_or_none(db: sqlite3.Connection, records: Sequence[TurnRecord]) -> bool:
    if len(records) == 1 and records[0].end is None:
        return _take(db, records)  # says no before it has done anything
    db.execute("SAVEPOINT turns")
    done = False
    try:
        done = _take(db, records)
    finally:
        if db.in_transaction:  # a full disk may have ended it
            if not done:
                db.execute("ROLLBACK TO turns")
            db.execute("RELEASE turns")
    return done


def _take(db: sqlite3.Connection, records: Sequence[TurnRecord]) -> bool:
    ends = [record.end for record in records if record.end is not None]
    if not inbox.done(db, *map(_inbox_row, records)):
        return False
    if ends and not check_ins.end(db, ends, codec.to_ms(records[0].at)):
        return False
    staying = [record for record in records if not record.forget]
    _states(db, staying)
    for record in staying:
        _changes(db, record)
    outbox.add(db, staying)
    for record in staying:
        _link(db, record)
    for record in records:
        if record.forget:
            outbox.add(db, (record,), purge=True)
            forgetting.forget(db, record.standing.runner_id)
    return True


def _changes(db: sqlite3.Connection, record: TurnRecord) -> None:
    """What only some turns change."""
    runner_id, conversation_id = record.standing.runner_id, record.standing.conversation_id
    if record.standing.silent and record.end is None:
        check_ins.wake_place(db, record.standing.place_id)
    if record.entries or record.entries_gone:
        _log(db, record)
    if record.reclock is not None:
        check_ins.reclock(db, runner_id, record.reclock)
    for step in record.steps:
        if isinstance(step, NewCheckIn):
            check_ins.plan(db, runner_id, conversation_id, step)
        elif isinstance(step, Cancel):
            check_ins.cancel(db, runner_id, step)
    donated.keep(db, record.donated)
    for trouble in record.troubles:
        payload = codec.encode(record.event) if trouble.keep_payload else None
        note(db, trouble, codec.to_ms(record.at), payload)


def _link(db: sqlite3.Connection, record: TurnRecord) -> None:
    """Keep a code, or join two runners; last, for this runner may be another one afterwards."""
    at, runner_id = codec.to_ms(record.at), record.standing.runner_id
    if record.link_code and not links.offer(db, runner_id, record.link_code, at):
        raise OutdatedError("This code is somebody else's just now.")
    if record.join is not None:
        code, expected = record.join
        if links.join(db, record.event.who, code, at) != expected:
            raise OutdatedError("The code came to something else meanwhile.")


def _inbox_row(record: TurnRecord) -> inbox.Row:
    forget = record.forget
    return inbox.row(
        record.event,
        codec.to_ms(record.at),
        runner_id=None if forget else record.standing.runner_id,
        failed=record.failed,
        kept=not forget and record.end is None,
    )


def _states(db: sqlite3.Connection, records: Iterable[TurnRecord]) -> None:
    """Write what runners and conversations are now; what did not change is not written again."""
    rows: dict[str, list[tuple[object, ...]]] = {}
    for record in records:
        standing, runner, conversation = record.standing, record.runner, record.conversation
        values: tuple[object, ...] = (
            record.event.who.id,
            standing.turns + 1,
            codec.to_ms(record.at),
        )
        if conversation is standing.conversation:
            rows.setdefault(_TALKED, []).append((*values, standing.conversation_id))
        else:
            values += codec.encode(conversation), oldest_words(conversation)
            rows.setdefault(_TALKED_ANEW, []).append((*values, standing.conversation_id))
        # Whatever the runner does is an answer; a counted check-in is one more without one.
        values = (0, 0) if record.end is None else (1, int(record.end.counted))
        same = (standing.runner_id, standing.runner_turns)
        if runner is standing.runner or _bare(runner) == _bare(standing.runner):
            rows.setdefault(_ANSWERED, []).append((*values, *same))
        else:
            values += codec.encode(_bare(runner)), runner.zone
            rows.setdefault(_ANSWERED_ANEW, []).append((*values, *same))
    for statement, some in rows.items():
        if db.executemany(statement, some).rowcount != len(some):
            raise OutdatedError("Something else happened to this runner meanwhile.")


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

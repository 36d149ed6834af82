"""Storing one turn of a club: everything it changes, in one transaction.

Rule: as in turns.py: an event that was seen before changes nothing, and a turn that was computed from
what is no longer so is refused. Only rows that differ are written.
"""

import sqlite3
from datetime import time

import msgspec

from bot.club.state import Club, ClubRun, Draft, Rsvp
from bot.club.turn import CancelClub
from bot.coaching.clock import instant
from bot.conversation.event import Place
from bot.store import (
    club_joins,
    club_posts,
    club_refused,
    clubs,
    codec,
    forgetting,
    identity,
    inbox,
)
from bot.store.club_rows import ClubRecord, Met, NewClubCheckIn
from bot.store.errors import OutdatedError
from bot.store.rows import Lane, NewOutgoing, Outgoing
from bot.store.turns import note

DEFAULT_TIME = time(18)
"""When something planned for a day falls due that names no time."""
_LEAVING = "leave"
_MOST_IN_A_RUN = 100_000


def take(db: sqlite3.Connection, record: ClubRecord) -> bool:
    """Store a turn; False if its event had been stored before, or what fell due is off.

    Raises OutdatedError if it was computed from what is no longer so.
    """
    if record.end is not None and not clubs.still_due(db, record.end):
        return False
    at = codec.to_ms(record.at)
    met = record.met
    runner_id = met.runner_id if met else None
    kept = record.end is None
    if not inbox.done(
        db, inbox.row(record.event, at, runner_id=runner_id, failed=record.failed, kept=kept)
    ):
        return False
    if met is not None and met.silent:
        clubs.wake(db, record.event.where)
        club_refused.again(db, record.event.where, at)
    if record.end is not None:
        clubs.put_off(db, record.end, None)
    number = _club(db, record)
    if met is not None:
        _runner(db, record, met, at)
    if record.reclock:
        _reclock(db, number, record.reclock)
    _steps(db, number, record, at)
    club_joins.settle(db, number, record, at)
    if record.leave and number:
        _leave(db, number, record, at)
    if record.goes_on is not None:
        inbox.accept(db, record.goes_on, at)
    for trouble in record.troubles:
        payload = codec.encode(record.event) if trouble.keep_payload else None
        note(db, trouble, at, payload)
    return True


# ---------------------------------------------------------------------- the club and its runs


def _club(db: sqlite3.Connection, record: ClubRecord) -> int:
    """Store what is new of the club; its number, or 0 if there is none."""
    before, club = record.before, record.club
    if before is None and club is None:
        return 0
    if before is None and club is not None:
        _new_club(db, record, club)
        old: Club | None = None
        number = club.id
    elif before is not None:
        old, number = before.club, before.club.id
        club = club or old
        _bump(db, old, club)
    if club is None:
        return 0
    if old is None or club.spots != old.spots:
        _spots(db, club)
    if old is None or club.members != old.members:
        _members(db, old, club)
    known = {run.id: run for run in before.runs} if before else {}
    turn = old.version if old else 0
    for run in record.runs:
        _run(db, number, turn, known.get(run.id), run)
    return number


def _new_club(db: sqlite3.Connection, record: ClubRecord, club: Club) -> None:
    if club.id != clubs.next_club(db) or clubs.club_at(db, record.event.where):
        raise OutdatedError("Another club was made meanwhile.")
    db.execute(
        "INSERT INTO clubs (id, version, settings) VALUES (?, 1, ?)", (club.id, _settings(club))
    )


def _bump(db: sqlite3.Connection, old: Club, club: Club) -> None:
    same = club is old or _settings(club) == _settings(old)
    values = () if same else (_settings(club),)
    changed = "" if same else ", settings = ?"
    done = db.execute(
        f"UPDATE clubs SET version = version + 1{changed} WHERE id = ? AND version = ?",  # noqa: S608
        (*values, old.id, old.version),
    )
    if done.rowcount == 0:
        raise OutdatedError("Something else happened to this club meanwhile.")


def _settings(club: Club) -> bytes:
    """Without what has rows of its own."""
    return codec.encode(msgspec.structs.replace(club, version=1, spots=(), members=()))


def _spots(db: sqlite3.Connection, club: Club) -> None:
    db.execute("DELETE FROM club_places WHERE club = ?", (club.id,))
    for seq, spot in enumerate(club.spots):
        if clubs.club_at(db, spot.place) not in {0, club.id}:
            raise OutdatedError("This chat has another club by now.")
        place, _gone = identity.place_of(db, spot.place)
        db.execute(
            "INSERT OR IGNORE INTO club_places (place, club, seq, missing) VALUES (?, ?, ?, ?)",
            (place, club.id, seq, " ".join(spot.missing)),
        )


def _members(db: sqlite3.Connection, old: Club | None, club: Club) -> None:
    had = {one.runner: one for one in old.members} if old else {}
    for runner in had.keys() - {one.runner for one in club.members}:
        db.execute("DELETE FROM club_members WHERE club = ? AND runner = ?", (club.id, runner))
    db.executemany(
        "INSERT INTO club_members (club, runner, since, shares, name) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (club, runner) DO UPDATE SET since = excluded.since,"
        " shares = excluded.shares, name = excluded.name",
        [
            (club.id, one.runner, codec.to_ms(one.since), " ".join(one.shares), one.name)
            for one in club.members
            if had.get(one.runner) is not one and had.get(one.runner) != one
        ],
    )


def _run(db: sqlite3.Connection, club: int, turn: int, old: ClubRun | None, run: ClubRun) -> None:
    state, before = _bare(run), _bare(old) if old else b""
    if state != before:
        db.execute(
            "INSERT INTO club_runs (club, run, starts_at, made_by, state) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (club, run) DO UPDATE SET starts_at = excluded.starts_at,"
            " state = excluded.state",
            (club, run.id, codec.to_ms(run.starts_at), run.made_by or None, state),
        )
        db.execute("UPDATE clubs SET last_run = MAX(last_run, ?) WHERE id = ?", (run.id, club))
    if old is None:  # not known to the turn, so nothing of it is taken for granted
        db.execute("DELETE FROM club_rsvps WHERE club = ? AND run = ?", (club, run.id))
        db.execute("DELETE FROM club_feelings WHERE club = ? AND run = ?", (club, run.id))
    if old is None or run.rsvps is not old.rsvps:
        _rsvps(db, (club, run.id), turn, old.rsvps if old else (), run.rsvps)
    if old is None or run.feelings is not old.feelings:
        _feelings(db, (club, run.id), old, run)


def _bare(run: ClubRun) -> bytes:
    return codec.encode(msgspec.structs.replace(run, made_by=0, rsvps=(), feelings=()))


def _rsvps(
    db: sqlite3.Connection,
    key: tuple[int, int],
    turn: int,
    old: tuple[Rsvp, ...],
    new: tuple[Rsvp, ...],
) -> None:
    """Write those that differ. Of one millisecond, those of the earlier turn came first."""
    had = {one.runner: one for one in old}
    for runner in had.keys() - {one.runner for one in new}:
        db.execute(
            "DELETE FROM club_rsvps WHERE club = ? AND run = ? AND runner = ?", (*key, runner)
        )
    db.executemany(
        "INSERT INTO club_rsvps (club, run, runner, choice, at, seq, tell) VALUES (?,?,?,?,?,?,?)"
        " ON CONFLICT (club, run, runner) DO UPDATE SET choice = excluded.choice,"
        " seq = CASE WHEN at = excluded.at THEN seq ELSE excluded.seq END,"
        " at = excluded.at, tell = excluded.tell",
        [
            (*key, one.runner, one.choice, codec.to_ms(one.at), seq, one.tell)
            for seq, one in enumerate(new, start=turn * _MOST_IN_A_RUN)
            if had.get(one.runner) is not one and had.get(one.runner) != one
        ],
    )


def _feelings(
    db: sqlite3.Connection, key: tuple[int, int], old: ClubRun | None, run: ClubRun
) -> None:
    had = {one.runner: one.felt for one in old.feelings} if old else {}
    for runner in had.keys() - {one.runner for one in run.feelings}:
        db.execute(
            "DELETE FROM club_feelings WHERE club = ? AND run = ? AND runner = ?", (*key, runner)
        )
    db.executemany(
        "INSERT INTO club_feelings (club, run, runner, felt) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (club, run, runner) DO UPDATE SET felt = excluded.felt",
        [(*key, one.runner, one.felt) for one in run.feelings if had.get(one.runner) != one.felt],
    )


# ---------------------------------------------------------------------- the runner


def _runner(db: sqlite3.Connection, record: ClubRecord, met: Met, at: int) -> None:
    if record.failed:
        return
    _draft(db, met.runner_id, met.draft, record.draft, at)
    for entry in record.entries:
        db.execute(
            "INSERT INTO log (runner, seq, id, entry) SELECT ?1, COALESCE(MAX(seq), -1) + 1, ?2, ?3"
            " FROM log WHERE runner = ?1 ON CONFLICT (runner, id) DO UPDATE SET"
            " seq = excluded.seq, entry = excluded.entry",
            (met.runner_id, entry.id, codec.encode(entry)),
        )
    if record.entries:  # a turn of the conversation that does not know of them is refused
        db.execute("UPDATE runners SET turns = turns + 1 WHERE id = ?", (met.runner_id,))


def _draft(
    db: sqlite3.Connection, runner: int, old: Draft | None, new: Draft | None, at: int
) -> None:
    if new is None:
        if old is not None:
            db.execute("DELETE FROM club_drafts WHERE runner = ?", (runner,))
        return
    # What others said is theirs: it is put back from the club when the draft is used.
    run = new.run and msgspec.structs.replace(new.run, rsvps=(), feelings=())
    settings = new.settings and msgspec.structs.replace(new.settings, members=())
    bare = msgspec.structs.replace(new, run=run, settings=settings)
    db.execute(
        "INSERT INTO club_drafts (runner, asks, at, draft) VALUES (?, ?, ?, ?) ON CONFLICT (runner)"
        " DO UPDATE SET asks = excluded.asks, at = excluded.at, draft = excluded.draft",
        (runner, new.asks, at, codec.encode(bare)),
    )


# ---------------------------------------------------------------------- what goes out and falls due


def _steps(db: sqlite3.Connection, club: int, record: ClubRecord, at: int) -> None:
    for step in record.steps:
        if isinstance(step, NewOutgoing):
            _say(db, record, step, at)
        elif isinstance(step, NewClubCheckIn):
            _plan(db, club, step)
        elif isinstance(step, CancelClub):
            db.execute(
                "DELETE FROM club_check_ins WHERE club = ? AND substr(key, 1, ?) = ?",
                (club, len(step.prefix), step.prefix),
            )
        else:
            club_posts.add(db, club, step, at, record.gaps)


def _say(
    db: sqlite3.Connection,
    record: ClubRecord,
    step: NewOutgoing,
    at: int,
    *,
    leaves: Place | None = None,
) -> None:
    met, event = record.met, record.event
    if met is None:
        return
    db.execute(
        "INSERT OR IGNORE INTO outbox (key, runner, place, person, platform, lane, body, event,"
        " hints, purge, created_at, deed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            step.key,
            # The goodbye leaves no trace, nor does whose it was.
            None if record.leave else met.runner_id,
            identity.place_of(db, leaves)[0] if leaves else met.place_id,
            event.who.id,
            event.where.platform,
            int(step.lane),
            codec.encode(step.body),
            event.id,
            codec.encode(record.hints) if record.hints else None,
            record.leave,
            at,
            _LEAVING if leaves else "",
        ),
    )


def _plan(db: sqlite3.Connection, club: int, step: NewClubCheckIn) -> None:
    db.execute(
        "INSERT INTO club_check_ins (club, key, plan, zone, next_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (club, key) DO UPDATE SET plan = excluded.plan, zone = excluded.zone,"
        " next_at = excluded.next_at, tries = 0",
        (club, step.plan.key, codec.encode(step.plan), step.zone, codec.to_ms(step.next_at)),
    )


def _reclock(db: sqlite3.Connection, club: int, zone: str) -> None:
    """The club lives in another zone: what is planned by the wall clock keeps its wall clock."""
    for number, raw in db.execute(
        "SELECT id, plan FROM club_check_ins WHERE club = ?", (club,)
    ).fetchall():
        plan = clubs.decode_plan(raw)
        if plan.at is None and plan.on is not None:
            at = instant(plan.on, plan.at_local or DEFAULT_TIME, zone)
            db.execute(
                "UPDATE club_check_ins SET zone = ?, next_at = ? WHERE id = ?",
                (zone, codec.to_ms(at), number),
            )


# ---------------------------------------------------------------------- leaving


def _leave(db: sqlite3.Connection, club: int, record: ClubRecord, at: int) -> None:
    """The goodbye goes out, then we go; all that was kept for this chat is gone at once."""
    where = record.leaves or record.event.where
    last = NewOutgoing(f"leave:{club}:{record.event.id}", _lane(record), Outgoing())
    _say(db, record, last, at, leaves=where)
    remove_place(db, club, where)


def _lane(record: ClubRecord) -> Lane:
    spoken = [step.lane for step in record.steps if isinstance(step, NewOutgoing)]
    return max(spoken, default=Lane.REPLY)


def remove_place(db: sqlite3.Connection, club: int, where: Place) -> None:
    """Take a chat out of its club; with the last one goes the club, and all that was said to it."""
    places = db.execute(
        "SELECT id FROM places WHERE platform = ? AND chat = ?", (where.platform, where.chat)
    ).fetchall()
    for (place,) in places:
        db.execute("DELETE FROM club_places WHERE club = ? AND place = ?", (club, place))
        db.execute("DELETE FROM club_posts WHERE club = ? AND place = ?", (club, place))
        db.execute("DELETE FROM outbox WHERE club = ? AND place = ?", (club, place))
    left = db.execute("SELECT 1 FROM club_places WHERE club = ?", (club,)).fetchone()
    if left is None:
        db.execute("DELETE FROM outbox WHERE club = ?", (club,))
        db.execute("DELETE FROM clubs WHERE id = ?", (club,))
    for (place,) in places:
        forgetting.drop_place(db, place)

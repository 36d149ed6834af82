"""Clubs as they are kept: who acts, which club that concerns, and what is known of it.

Rule: a chat belongs to at most one club, whatever topic of it is written in. `Club.version` counts
what was stored of a club: a turn that was computed from an older one is refused.
"""

import sqlite3
from datetime import datetime, timedelta

import msgspec

from bot.club.state import Club, ClubRun, Draft, Feeling, Member, Rsvp, Spot
from bot.club.turn import PlanClub
from bot.conversation.event import Event, Place
from bot.store import codec, identity, inbox
from bot.store.club_rows import ClubCheckIn, ClubKept, Met

RUNS_FOR = timedelta(days=9)
"""How long ago a run may have been for a club's turn to know it."""
_clubs = msgspec.json.Decoder(Club)
_runs = msgspec.json.Decoder(ClubRun)
_drafts = msgspec.json.Decoder(Draft)
_plans = msgspec.json.Decoder(PlanClub)

_OF_RUNNER = (
    "SELECT club FROM club_members WHERE runner = ?1"
    " UNION SELECT club FROM club_rsvps WHERE runner = ?1"
    " UNION SELECT club FROM club_feelings WHERE runner = ?1"
)


def meet(db: sqlite3.Connection, event: Event, now_ms: int) -> Met:
    """Who acts and where, making what is not there yet; a private chat that is known, too."""
    runner_id = identity.known_or_new(db, event.who)
    place_id, gone = identity.place_of(db, event.where)
    if event.where.private or event.home is not None:
        identity.conversation_of(db, runner_id, event, place_id, now_ms)
    draft = db.execute("SELECT draft FROM club_drafts WHERE runner = ?", (runner_id,)).fetchone()
    mine = db.execute(
        "SELECT club FROM club_members WHERE runner = ?1"
        " UNION SELECT club FROM club_runs WHERE made_by = ?1 ORDER BY club",
        (runner_id,),
    ).fetchall()
    return Met(
        runner_id,
        identity.load_runner(db, runner_id).runner,
        place_id,
        club_at(db, event.where),
        tuple(row[0] for row in mine),
        _drafts.decode(draft[0]) if draft else None,
        bool(gone),
        inbox.seen(db, event.where.platform, event.id),
    )


def club_at(db: sqlite3.Connection, where: Place) -> int:
    """The club of this chat, or 0."""
    if where.private:
        return 0
    row = db.execute(
        "SELECT s.club FROM places p JOIN club_places s ON s.place = p.id"
        " WHERE p.platform = ? AND p.chat = ?",
        (where.platform, where.chat),
    ).fetchone()
    return int(row[0]) if row else 0


def next_club(db: sqlite3.Connection) -> int:
    """The number that the next new club gets. Numbers are never used again."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'clubs'").fetchone()
    return int(row[0]) + 1 if row else 1


def load(db: sqlite3.Connection, number: int, now: datetime) -> ClubKept | None:
    """A club with everything a turn may know of it; None if there is no such club."""
    row = db.execute(
        "SELECT settings, version, last_run FROM clubs WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        return None
    club = msgspec.structs.replace(
        _clubs.decode(row[0]),
        id=number,
        version=row[1],
        spots=_spots(db, number),
        members=_members(db, number),
    )
    since = codec.to_ms(now - RUNS_FOR)
    runs = db.execute(
        "SELECT run, made_by, state FROM club_runs WHERE club = ? AND starts_at >= ?"
        " ORDER BY starts_at, run",
        (number, since),
    ).fetchall()
    whole = tuple(_run(db, number, *run) for run in runs)
    return ClubKept(club, whole, row[2] + 1)


def _spots(db: sqlite3.Connection, club: int) -> tuple[Spot, ...]:
    rows = db.execute(
        "SELECT p.platform, p.chat, p.thread, p.private, p.name, s.missing FROM club_places s"
        " JOIN places p ON p.id = s.place WHERE s.club = ? ORDER BY s.seq",
        (club,),
    )
    return tuple(
        Spot(Place(platform, chat, thread, bool(private), name), tuple(missing.split()))
        for platform, chat, thread, private, name, missing in rows
    )


def _members(db: sqlite3.Connection, club: int) -> tuple[Member, ...]:
    rows = db.execute(
        "SELECT runner, since, shares, name FROM club_members WHERE club = ? ORDER BY since, runner",
        (club,),
    )
    return tuple(
        Member(runner, codec.from_ms(since), tuple(shares.split()), name)
        for runner, since, shares, name in rows
    )


def _run(db: sqlite3.Connection, club: int, run: int, made_by: int | None, raw: bytes) -> ClubRun:
    rsvps = db.execute(
        "SELECT runner, choice, at, tell FROM club_rsvps WHERE club = ? AND run = ?"
        " ORDER BY at, seq",
        (club, run),
    )
    feelings = db.execute(
        "SELECT runner, felt FROM club_feelings WHERE club = ? AND run = ? ORDER BY runner",
        (club, run),
    )
    return msgspec.structs.replace(
        _runs.decode(raw),
        id=run,
        club=club,
        made_by=made_by or 0,
        rsvps=tuple(Rsvp(who, choice, codec.from_ms(at), bool(tell))
                    for who, choice, at, tell in rsvps),
        feelings=tuple(Feeling(who, felt) for who, felt in feelings),
    )  # fmt: skip


def drafters(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """Everyone whose next words are awaited: (platform, person)."""
    rows = db.execute(
        "SELECT p.platform, p.person FROM club_drafts d JOIN people p ON p.runner = d.runner"
        " WHERE d.asks != ''"
    )
    return {(platform, person) for platform, person in rows}


def sharing(db: sqlite3.Connection, number: int) -> list[tuple[Member, identity.Loaded]]:
    """The members who agreed to have something counted, with all that is known of them."""
    return [
        (member, identity.load_runner(db, member.runner))
        for member in _members(db, number)
        if member.shares
    ]


# ---------------------------------------------------------------------- what falls due


def due(db: sqlite3.Connection, now: int, limit: int) -> list[ClubCheckIn]:
    """What is due for clubs that have a place in reach, oldest first."""
    rows = db.execute(
        "SELECT c.id, c.club, c.plan, c.zone, c.next_at, c.tries, p.platform, p.chat, p.thread,"
        " p.private, p.name FROM club_check_ins c JOIN club_places s ON s.club = c.club"
        " JOIN places p ON p.id = s.place AND (p.gone = '' OR substr(c.key, 1, 8) = 'refused:')"
        " WHERE c.next_at <= ? GROUP BY c.id HAVING s.seq = MIN(s.seq)"
        " ORDER BY c.next_at, c.id LIMIT ?",
        (now, limit),
    ).fetchall()
    return [
        ClubCheckIn(
            number,
            club,
            _plans.decode(plan),
            zone,
            codec.from_ms(next_at),
            Place(platform, chat, thread, bool(private), name),
            tries,
        )
        for number, club, plan, zone, next_at, tries, platform, chat, thread, private, name in rows
    ]


def still_due(db: sqlite3.Connection, check_in: ClubCheckIn) -> bool:
    """Whether it waits for this very instant."""
    row = db.execute(
        "SELECT 1 FROM club_check_ins WHERE id = ? AND next_at = ?",
        (check_in.id, codec.to_ms(check_in.next_at)),
    ).fetchone()
    return row is not None


def decode_plan(raw: bytes) -> PlanClub:
    """What was planned, in today's shape."""
    return _plans.decode(raw)


def next_due(db: sqlite3.Connection) -> int | None:
    """When the next one falls due, of clubs that have a place in reach."""
    row = db.execute(
        "SELECT c.next_at FROM club_check_ins c WHERE EXISTS (SELECT 1 FROM club_places s"
        " JOIN places p ON p.id = s.place WHERE s.club = c.club"
        " AND (p.gone = '' OR substr(c.key, 1, 8) = 'refused:'))"
        " ORDER BY c.next_at LIMIT 1"
    ).fetchone()
    return None if row is None else int(row[0])


def planned(db: sqlite3.Connection, club: int) -> list[tuple[str, datetime]]:
    """What is planned for a club, soonest first: key and instant."""
    rows = db.execute(
        "SELECT key, next_at FROM club_check_ins WHERE club = ? ORDER BY next_at, key", (club,)
    )
    return [(key, codec.from_ms(at)) for key, at in rows]


def put_off(db: sqlite3.Connection, check_in: ClubCheckIn, at: int | None) -> None:
    """Its turn failed: it comes again then, or (None) not at all."""
    same = (check_in.id, codec.to_ms(check_in.next_at))
    if at is None:
        db.execute("DELETE FROM club_check_ins WHERE id = ? AND next_at = ?", same)
    else:
        db.execute(
            "UPDATE club_check_ins SET next_at = ?, tries = tries + 1 WHERE id = ? AND next_at = ?",
            (at, *same),
        )


# ---------------------------------------------------------------------- coming and going


def wake(db: sqlite3.Connection, where: Place) -> None:
    """Something came from a chat again: it is in reach, and its club goes on."""
    db.execute(
        "UPDATE places SET gone = '' WHERE platform = ? AND chat = ?", (where.platform, where.chat)
    )


def touch(db: sqlite3.Connection, runner_id: int) -> None:
    """Something of this runner changes outside a club's turn: turns under way are computed anew."""
    db.execute(
        f"UPDATE clubs SET version = version + 1 WHERE id IN ({_OF_RUNNER})",  # noqa: S608
        (runner_id,),
    )


def of_runner(db: sqlite3.Connection, runner_id: int) -> list[int]:
    """The clubs that know anything of this runner."""
    rows = db.execute(_OF_RUNNER, (runner_id,)).fetchall()
    return sorted(row[0] for row in rows)


def unname(db: sqlite3.Connection, platform: str, person: str) -> None:
    """Take somebody out of the organisers of every club."""
    name = f"{platform}:{person}"
    quoted = codec.encode(name).decode()
    for number, raw in db.execute(
        "SELECT id, settings FROM clubs WHERE instr(CAST(settings AS TEXT), ?) > 0", (quoted,)
    ).fetchall():
        club = _clubs.decode(raw)
        named = tuple(one for one in club.named if one != name)
        db.execute(
            "UPDATE clubs SET settings = ?, version = version + 1 WHERE id = ?",
            (codec.encode(msgspec.structs.replace(club, named=named)), number),
        )


def merge_runners(db: sqlite3.Connection, kept: int, other: int) -> None:
    """Two runners become one; what both said about the same run stays as the kept one said it."""
    touch(db, kept)
    touch(db, other)
    for table in ("club_members", "club_rsvps", "club_feelings", "club_drafts"):
        db.execute(f"UPDATE OR IGNORE {table} SET runner = ? WHERE runner = ?", (kept, other))  # noqa: S608
    db.execute("UPDATE club_runs SET made_by = ? WHERE made_by = ?", (kept, other))

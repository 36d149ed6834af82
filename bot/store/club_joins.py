"""One club in two places: a code that is made in one and typed in the other.

Rule: as in links.py: 6 digits, 10 minutes, used once; 5 wrong codes from one person, and no more are
looked at for 10 minutes. The runs to come are due to be posted in the place that joined.
"""

import sqlite3

from bot.club.turn import PlanClub
from bot.conversation.event import Event
from bot.store import club_refused, clubs, codec, identity
from bot.store.club_rows import ClubJoined, ClubRecord
from bot.store.errors import OutdatedError
from bot.store.links import HOLDS_MS, MOST_TRIES


def outcome(db: sqlite3.Connection, event: Event, code: str, now: int) -> ClubJoined:
    """What typing this code here would come to. Nothing changes."""
    tries = db.execute(
        "SELECT COUNT(*) FROM link_tries WHERE platform = ? AND person = ? AND at > ?",
        (event.who.platform, event.who.id, now - HOLDS_MS),
    ).fetchone()[0]
    if tries >= MOST_TRIES:
        return "too_many"
    club = _maker(db, code, now)
    if not club or event.where.private:
        return "wrong"
    here = clubs.club_at(db, event.where)
    if here:
        return "same" if here == club else "taken"
    return "joined"


def settle(db: sqlite3.Connection, club: int, record: ClubRecord, at: int) -> None:
    """Keep the code a turn made, and join by the one that was typed. Raises OutdatedError."""
    if record.code and club:
        db.execute("DELETE FROM club_codes WHERE until <= ? OR club = ?", (at, club))
        made = db.execute(
            "INSERT OR IGNORE INTO club_codes (code, club, until) VALUES (?, ?, ?)",
            (record.code, club, at + HOLDS_MS),
        )
        if made.rowcount == 0:
            raise OutdatedError("This code is another club's just now.")
    if record.join is not None:
        code, expected = record.join
        if _join(db, record.event, code, at) != expected:
            raise OutdatedError("The code came to something else meanwhile.")


def _join(db: sqlite3.Connection, event: Event, code: str, at: int) -> ClubJoined:
    became = outcome(db, event, code, at)
    if became == "wrong":
        who = (event.who.platform, event.who.id)
        db.execute("INSERT INTO link_tries (platform, person, at) VALUES (?, ?, ?)", (*who, at))
    if became != "joined":
        return became
    club = _maker(db, code, at)
    place, _gone = identity.place_of(db, event.where)
    db.execute("DELETE FROM club_codes WHERE code = ?", (code,))
    db.execute(
        "INSERT INTO club_places (place, club, seq) SELECT ?, ?, COALESCE(MAX(seq), -1) + 1"
        " FROM club_places WHERE club = ?",
        (place, club, club),
    )
    db.execute("UPDATE clubs SET version = version + 1 WHERE id = ?", (club,))
    club_refused.plan(db, club, PlanClub("open:", "club_open", at=codec.from_ms(at)))
    return became


def _maker(db: sqlite3.Connection, code: str, now: int) -> int:
    row = db.execute(
        "SELECT club FROM club_codes WHERE code = ? AND until > ?", (code, now)
    ).fetchone()
    return int(row[0]) if row else 0

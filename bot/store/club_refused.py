"""Posts that a chat did not take: organisers hear of it, and runs to come are posted after all.

Rule: nothing is tried for ever. A refused post is given up; a turn of the club is due at once, which
says so in private. When something comes from that chat again, the run is posted as it is by then.
"""

import sqlite3
from datetime import datetime

from bot.club.turn import PlanClub
from bot.conversation.event import Place
from bot.store import codec

REFUSED = "refused:"
"""The keys of what is due although no place of the club is in reach."""
KINDS = {
    "run": "club_refused",
    "after": "club_after_refused",
    "digest": "club_digest_refused",
}
"""What falls due when a post was given up, by the first part of its key."""


def note(db: sqlite3.Connection, number: int) -> None:
    """This row of the outbox was given up."""
    row = db.execute(
        "SELECT club, post, created_at FROM outbox WHERE id = ? AND deed = 'post'"
        " AND (post GLOB 'run:*' OR post GLOB 'after:*' OR post GLOB 'digest:*')",
        (number,),
    ).fetchone()
    if row is not None:
        club, post, at = row
        kind = KINDS[post.partition(":")[0]]
        _plan(db, club, f"{REFUSED}{post}", kind, (post, codec.from_ms(at)))


def again(db: sqlite3.Connection, where: Place, at: int) -> None:
    """A chat is in reach again: coming runs that it refused are due to be posted."""
    rows = db.execute(
        "SELECT DISTINCT s.club, s.key, s.place FROM club_posts s"
        " JOIN places p ON p.id = s.place AND p.platform = ? AND p.chat = ?"
        " JOIN club_runs r ON r.club = s.club AND s.key = 'run:' || r.run AND r.starts_at > ?"
        " JOIN outbox o ON o.club = s.club AND o.post = s.key AND o.place = s.place"
        " AND o.state = 'failed' WHERE s.message = '' AND s.state = 'open'",
        (where.platform, where.chat, at),
    ).fetchall()
    for club, post, place in rows:
        which = (club, post, place)
        db.execute("DELETE FROM club_posts WHERE club = ? AND key = ? AND place = ?", which)
        db.execute("DELETE FROM outbox WHERE club = ? AND post = ? AND place = ?", which)
        run = post.partition(":")[2]
        _plan(db, club, f"post:{run}:", "club_post", (post, codec.from_ms(at)))


def plan(db: sqlite3.Connection, club: int, due: PlanClub) -> None:
    """Let something fall due for a club at its instant; the same key again moves it."""
    if due.at is None:
        raise ValueError(f"{due.key} is planned for no instant")
    db.execute(
        "INSERT INTO club_check_ins (club, key, plan, zone, next_at) VALUES (?, ?, ?, '', ?)"
        " ON CONFLICT (club, key) DO UPDATE SET plan = excluded.plan, next_at = excluded.next_at,"
        " tries = 0",
        (club, due.key, codec.encode(due), codec.to_ms(due.at)),
    )


def _plan(
    db: sqlite3.Connection, club: int, key: str, kind: str, about: tuple[str, datetime]
) -> None:
    post, at = about
    kind_of, _, number = post.partition(":")
    data = {"run": number} if kind_of != "digest" else {"day": number}
    plan(db, club, PlanClub(key, kind, at=at, data=data))

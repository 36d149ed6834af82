"""A club's posts on their way out: sent once, changed in place, deleted, and what became of them.

Rule: at most one edit of a post waits at any time; a newer one takes its place. What a row says is
read when its turn comes, so the last word is what goes out. A post that somebody deleted is let be.
"""

import sqlite3

import msgspec

from bot.store import codec
from bot.store.club_rows import (
    Early,
    NewDrop,
    NewEdit,
    NewPost,
    NewTell,
    Ready,
)
from bot.store.rows import Lane, Outgoing

_bodies = msgspec.json.Decoder(Outgoing)
_LEAVES_AFTER_MS = 500
_INSERT = (
    "INSERT OR IGNORE INTO outbox (key, runner, place, person, platform, lane, body, event, hints,"
    " purge, created_at, club, post, deed, not_before)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, '', NULL, 0, ?, ?, ?, ?, ?)"
)


def post(db: sqlite3.Connection, club: int, new: NewPost, at: int) -> None:
    """Put a post into the outbox for each place of the club in reach; a known key is not sent again."""
    places = db.execute(
        "SELECT p.id, p.platform FROM club_places s JOIN places p ON p.id = s.place"
        " WHERE s.club = ? AND p.gone = '' ORDER BY s.seq",
        (club,),
    ).fetchall()
    for place, platform in places:
        pieces = new.bodies.get(platform)
        if not pieces:
            continue
        if new.deed == "event":
            _event(db, (club, new.key, place, platform), pieces[0], at)
            continue
        made = db.execute(
            "INSERT OR IGNORE INTO club_posts (club, key, place, parent, made_at, touched_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (club, new.key, place, new.parent, at, at),
        )
        if made.rowcount == 0:
            continue
        stem = f"post:{club}:{new.key}:{place}"
        for number, piece in enumerate(pieces[:-1]):
            row = (f"{stem}:{number}", None, place, "", platform, int(new.lane))
            db.execute(_INSERT, (*row, codec.encode(piece), at, club, "", "", 0))
        row = (stem, None, place, "", platform, int(new.lane))
        db.execute(_INSERT, (*row, codec.encode(pieces[-1]), at, club, new.key, "post", 0))


def _event(
    db: sqlite3.Connection, which: tuple[int, str, int, str], body: Outgoing, at: int
) -> None:
    """The platform's own calendar entry: made once, then changed or cancelled."""
    club, key, place, platform = which
    db.execute(
        "INSERT OR IGNORE INTO club_posts (club, key, place, made_at) VALUES (?, ?, ?, ?)",
        (club, key, place, at),
    )
    number = _next_edit(db, club, key, place)
    row = (f"post:{club}:{key}:{place}:{number}", None, place, "", platform, int(Lane.BROADCAST))
    db.execute(_INSERT, (*row, codec.encode(body), at, club, key, "event", 0))


def _next_edit(db: sqlite3.Connection, club: int, key: str, place: int) -> int:
    row = db.execute(
        "UPDATE club_posts SET edits = edits + 1 WHERE club = ? AND key = ? AND place = ?"
        " RETURNING edits",
        (club, key, place),
    ).fetchone()
    return int(row[0])


def edit(db: sqlite3.Connection, club: int, new: NewEdit, at: int, gaps: dict[str, float]) -> None:
    """Let a post say this: in the row that waits, if one does, else in a new one when it may go."""
    rows = db.execute(
        "SELECT s.place, p.platform, s.message, s.touched_at FROM club_posts s"
        " JOIN places p ON p.id = s.place"
        " WHERE s.club = ? AND s.key = ? AND p.gone = '' AND s.state IN ('open', 'moved')",
        (club, new.key),
    ).fetchall()
    for place, platform, message, touched_at in rows:
        body = new.bodies.get(platform)
        if body is None:
            continue
        raw = codec.encode(body)
        waiting = db.execute(
            "UPDATE outbox SET body = ? WHERE club = ? AND post = ? AND place = ?"
            " AND state = 'pending' AND (deed = 'edit' OR deed = 'post' AND sending_at IS NULL)",
            (raw, club, new.key, place),
        )
        if waiting.rowcount:
            continue
        deed = "edit" if message or _on_its_way(db, club, new.key, place) else "post"
        not_before = touched_at + int(gaps.get(platform, 0.0) * 1000)
        number = _next_edit(db, club, new.key, place)
        row = (f"post:{club}:{new.key}:{place}:{number}", None, place, "", platform)
        held = not_before if deed == "edit" and not_before > at else 0
        db.execute(_INSERT, (*row, int(Lane.REPLY), raw, at, club, new.key, deed, held))


def _on_its_way(db: sqlite3.Connection, club: int, key: str, place: int) -> bool:
    """Whether the post itself is being sent, or may have arrived: then it is not sent again."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE club = ? AND post = ? AND place = ? AND state != 'failed'",
        (club, key, place),
    ).fetchone()
    return row is not None


def drop(db: sqlite3.Connection, club: int, new: NewDrop, at: int) -> None:
    """Delete a post; one that has not been sent is not sent."""
    db.execute(
        "DELETE FROM outbox WHERE club = ? AND post = ? AND state = 'pending'", (club, new.key)
    )
    rows = db.execute(
        "SELECT s.place, p.platform, s.message FROM club_posts s JOIN places p ON p.id = s.place"
        " WHERE s.club = ? AND s.key = ? AND p.gone = '' AND s.state IN ('open', 'moved')",
        (club, new.key),
    ).fetchall()
    db.execute(
        "UPDATE club_posts SET state = 'dropped' WHERE club = ? AND key = ?", (club, new.key)
    )
    for place, platform, message in rows:
        if not message and not _on_its_way(db, club, new.key, place):
            continue
        number = _next_edit(db, club, new.key, place)
        row = (f"post:{club}:{new.key}:{place}:{number}", None, place, "", platform)
        body = codec.encode(Outgoing())
        db.execute(_INSERT, (*row, int(Lane.BROADCAST), body, at, club, new.key, "drop", 0))


def tell(db: sqlite3.Connection, new: NewTell, at: int) -> None:
    """A message for a runner's private chat, if one is known and in reach."""
    row = db.execute(
        "SELECT c.place, p.platform, c.person FROM conversations c JOIN places p ON p.id = c.place"
        " WHERE c.runner = ? AND p.private = 1 AND p.gone = '' ORDER BY c.last_at DESC LIMIT 1",
        (new.runner_id,),
    ).fetchone()
    if row is None:
        return
    place, platform, person = row
    for number, piece in enumerate(new.bodies.get(platform, ())):
        values = (f"{new.key}:{number}", new.runner_id, place, person, platform, int(Lane.CHECK_IN))
        db.execute(_INSERT, (*values, codec.encode(piece), at, None, "", "", 0))


# ---------------------------------------------------------------------- being sent


def ready(db: sqlite3.Connection, number: int, at: int, gap_s: float) -> Ready | Early | None:
    """Mark a club's row as sending and say what it says now; None: there is nothing to send."""
    row = db.execute(
        "SELECT deed, club, post, place, body FROM outbox WHERE id = ?"
        " AND state IN ('pending', 'sending')",
        (number,),
    ).fetchone()
    if row is None:
        return None
    deed, club, key, place, body = row
    if deed == "leave" and _before_leaving(db, number, place):
        return Early(codec.from_ms(at + _LEAVES_AFTER_MS))
    found = db.execute(
        "SELECT message, parent, lies_in, touched_at, state FROM club_posts"
        " WHERE club = ? AND key = ? AND place = ?",
        (club, key, place),
    ).fetchone()
    message, parent, lies_in, touched_at, state = found or ("", "", "", 0, "")
    if state == "moved":  # its number may by now be that of another message
        deed, message = "post" if deed == "edit" else deed, ""
    if deed == "edit" and not message and (until := _before_the_post(db, number, at)):
        return Early(codec.from_ms(until))
    if deed in {"edit", "drop"}:
        if not message or _superseded(db, number, (club, key, place)):
            db.execute("DELETE FROM outbox WHERE id = ?", (number,))
            return None
        early = touched_at + int(gap_s * 1000)
        if deed == "edit" and early > at:
            db.execute(
                "UPDATE outbox SET state = 'pending', not_before = ? WHERE id = ?", (early, number)
            )
            return Early(codec.from_ms(early))
    db.execute(
        "UPDATE outbox SET state = 'sending', sending_at = COALESCE(sending_at, ?),"
        " attempts = attempts + 1, deed = ? WHERE id = ?",
        (at, deed, number),
    )
    db.execute(
        "UPDATE club_posts SET touched_at = ? WHERE club = ? AND key = ? AND place = ?",
        (at, club, key, place),
    )
    above = ("", "")
    if deed == "post" and parent:
        above = db.execute(
            "SELECT message, thread FROM club_posts WHERE club = ? AND key = ? AND place = ?"
            " AND state = 'open'",
            (club, parent, place),
        ).fetchone() or ("", "")
    shown = message if deed in {"edit", "drop", "event"} else ""
    return Ready(_bodies.decode(body), deed, shown, above[0], above[1] or lies_in)


def _before_leaving(db: sqlite3.Connection, number: int, place: int) -> bool:
    """Whether something is still on its way there: the goodbye comes first."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE place = ? AND id < ? AND state IN ('pending', 'sending')",
        (place, number),
    ).fetchone()
    return row is not None


def _before_the_post(db: sqlite3.Connection, number: int, at: int) -> int:
    """An edit of a post that is still to be sent: until when it waits, or 0.

    A post that surely did not go out says it itself. One that may have gone out says what it said
    then, whatever is sent again under its name: the edit comes after it.
    """
    row = db.execute(
        "SELECT p.id, p.sending_at, p.not_before FROM outbox p JOIN outbox e ON e.id = ?"
        " AND e.club = p.club AND e.post = p.post AND e.place = p.place"
        " WHERE p.deed = 'post' AND p.state IN ('pending', 'sending')",
        (number,),
    ).fetchone()
    if row is None:
        return 0
    if row[1] is None:
        db.execute(
            "UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = ?) WHERE id = ?",
            (number, row[0]),
        )
        return 0
    until = max(at, int(row[2])) + _LEAVES_AFTER_MS
    db.execute("UPDATE outbox SET state = 'pending', not_before = ? WHERE id = ?", (until, number))
    return until


def _superseded(db: sqlite3.Connection, number: int, which: tuple[int, str, int]) -> bool:
    """Whether something newer about the same post waits, so that this need not be said."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE club = ? AND post = ? AND place = ? AND id > ?"
        " AND state = 'pending' AND deed IN ('edit', 'drop')",
        (*which, number),
    ).fetchone()
    return row is not None


def sent(db: sqlite3.Connection, row: tuple[str, int, str, int], message: str, thread: str) -> None:
    """The platform has it: (deed, club, key, place), its id of the message, and the thread."""
    deed, *which = row
    if deed == "drop":
        db.execute("DELETE FROM club_posts WHERE club = ? AND key = ? AND place = ?", which)
    if deed == "event" and message:
        db.execute(
            "UPDATE club_posts SET message = ? WHERE club = ? AND key = ? AND place = ?",
            (message, *which),
        )
    if deed != "post":
        return
    (parent,) = db.execute(
        "UPDATE club_posts SET message = ?, lies_in = ?,"
        " state = CASE state WHEN 'dropped' THEN 'dropped' ELSE 'open' END"
        " WHERE club = ? AND key = ? AND place = ? RETURNING parent",
        (message, thread, *which),
    ).fetchone() or ("",)
    if parent and thread:
        db.execute(
            "UPDATE club_posts SET thread = ? WHERE club = ? AND key = ? AND place = ?",
            (thread, which[0], parent, which[2]),
        )


def vanished(db: sqlite3.Connection, number: int) -> bool:
    """The message is not there any more: nothing is said of it again, and True if it is posted anew.

    In a chat that moved, its old messages cannot be reached: then what was to be changed is posted.
    """
    row = db.execute(
        "SELECT club, post, place, deed FROM outbox WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        return False
    *which, deed = row
    state = db.execute(
        "SELECT state FROM club_posts WHERE club = ? AND key = ? AND place = ?", which
    ).fetchone()
    anew = bool(deed == "edit" and state == ("moved",))
    db.execute(
        "UPDATE club_posts SET message = '', state = ? WHERE club = ? AND key = ? AND place = ?",
        ("open" if anew else "vanished", *which),
    )
    if anew:
        db.execute(
            "UPDATE outbox SET state = 'pending', deed = 'post', sending_at = NULL WHERE id = ?",
            (number,),
        )
    else:
        db.execute("UPDATE outbox SET state = 'sent', problem = 'vanished' WHERE id = ?", (number,))
    return anew


def carry_places(db: sqlite3.Connection, old: int, new: int) -> None:
    """A place becomes another one that was there already: its club and posts go along."""
    db.execute("UPDATE OR IGNORE club_places SET place = ? WHERE place = ?", (new, old))
    db.execute("DELETE FROM club_places WHERE place = ?", (old,))
    db.execute("UPDATE OR IGNORE club_posts SET place = ? WHERE place = ?", (new, old))


def moved(db: sqlite3.Connection, place: int) -> None:
    """The chat has a new number, and counts its messages anew: the old ones cannot be reached."""
    db.execute("UPDATE club_posts SET state = 'moved' WHERE place = ? AND state = 'open'", (place,))


def add(
    db: sqlite3.Connection,
    club: int,
    step: NewPost | NewEdit | NewDrop | NewTell,
    at: int,
    gaps: dict[str, float],
) -> None:
    """Put what a turn posts, changes, deletes or tells into the outbox."""
    if isinstance(step, NewPost):
        post(db, club, step, at)
    elif isinstance(step, NewEdit):
        edit(db, club, step, at, gaps)
    elif isinstance(step, NewDrop):
        drop(db, club, step, at)
    else:
        tell(db, step, at)

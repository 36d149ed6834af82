"""Deleting everything about a runner.

Rule: one transaction, outbox and schedule included, and nothing comes back: numbers are never used
again, and an event that was seen keeps only the platform's id of it, so that it is not taken twice.
"""

import sqlite3

from bot.store import clubs


def forget(db: sqlite3.Connection, runner_id: int) -> None:
    """Delete all that is kept of this runner; a reply already marked for purging still goes out."""
    db.execute("DELETE FROM outbox WHERE runner = ?", (runner_id,))
    db.execute("UPDATE inbox SET payload = NULL, runner = NULL WHERE runner = ?", (runner_id,))
    db.execute(
        "DELETE FROM link_tries WHERE (platform, person) IN"
        " (SELECT platform, person FROM people WHERE runner = ?)",
        (runner_id,),
    )
    db.execute("DELETE FROM failures WHERE runner = ?", (runner_id,))
    clubs.touch(db, runner_id)
    for platform, person in db.execute(
        "SELECT platform, person FROM people WHERE runner = ?", (runner_id,)
    ).fetchall():
        clubs.unname(db, platform, person)
    places = db.execute("SELECT place FROM conversations WHERE runner = ?", (runner_id,)).fetchall()
    db.execute("DELETE FROM runners WHERE id = ?", (runner_id,))
    for (place,) in places:
        drop_place(db, place)


def drop_place(db: sqlite3.Connection, place_id: int) -> None:
    """A place goes with its last conversation, unless a message is still on its way there."""
    db.execute(
        "DELETE FROM places WHERE id = ? AND NOT EXISTS"
        " (SELECT 1 FROM conversations WHERE place = places.id) AND NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE place = places.id) AND NOT EXISTS"
        " (SELECT 1 FROM club_places WHERE place = places.id)",
        (place_id,),
    )

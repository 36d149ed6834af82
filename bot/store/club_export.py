"""What is kept of a runner in clubs, as plain values for JSON.

Rule: complete, and about nobody else: a draft of a run holds no other person's answer.
"""

import sqlite3
from typing import Any

import msgspec

from bot.store import codec


def export(db: sqlite3.Connection, runner_id: int) -> dict[str, Any]:
    """All of it. Instants are UTC in ISO form; a run's day and time are the club's wall clock."""
    return {
        "member_of": [
            {
                "club": _name(settings) or f"club {club}",
                "since": codec.from_ms(since).isoformat(),
                "shares": shares.split(),
                "name": name,
            }
            for club, settings, since, shares, name in db.execute(
                "SELECT m.club, c.settings, m.since, m.shares, m.name FROM club_members m"
                " JOIN clubs c ON c.id = m.club WHERE m.runner = ? ORDER BY m.club",
                (runner_id,),
            )
        ],
        "organiser_of": _organised(db, runner_id),
        "said": [
            {
                **_run(state),
                "choice": choice,
                "at": codec.from_ms(at).isoformat(),
                "wants_to_be_told": bool(tell),
            }
            for state, choice, at, tell in db.execute(
                "SELECT r.state, v.choice, v.at, v.tell FROM club_rsvps v JOIN club_runs r"
                " ON r.club = v.club AND r.run = v.run WHERE v.runner = ? ORDER BY v.at",
                (runner_id,),
            )
        ],
        "felt": [
            {**_run(state), "felt": felt}
            for state, felt in db.execute(
                "SELECT r.state, v.felt FROM club_feelings v JOIN club_runs r"
                " ON r.club = v.club AND r.run = v.run WHERE v.runner = ? ORDER BY r.starts_at",
                (runner_id,),
            )
        ],
        "posted": [
            _run(state)
            for (state,) in db.execute(
                "SELECT state FROM club_runs WHERE made_by = ? ORDER BY starts_at", (runner_id,)
            )
        ],
        "drafts": [
            msgspec.json.decode(raw)
            for (raw,) in db.execute("SELECT draft FROM club_drafts WHERE runner = ?", (runner_id,))
        ],
    }


def _name(settings: bytes) -> str:
    return str(msgspec.json.decode(settings).get("name", ""))


def _run(state: bytes) -> dict[str, Any]:
    run = msgspec.json.decode(state)
    return {name: run[name] for name in ("title", "on", "at") if name in run}


def _organised(db: sqlite3.Connection, runner_id: int) -> list[str]:
    """The clubs that name this runner among their organisers."""
    found = []
    people = db.execute(
        "SELECT platform, person FROM people WHERE runner = ?", (runner_id,)
    ).fetchall()
    for platform, person in people:
        quoted = codec.encode(f"{platform}:{person}").decode()
        rows = db.execute(
            "SELECT id, settings FROM clubs WHERE instr(CAST(settings AS TEXT), ?) > 0", (quoted,)
        )
        found += [_name(settings) or f"club {number}" for number, settings in rows]
    return found

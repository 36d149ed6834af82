"""Everything that is kept about a runner, as plain values for JSON.

Rule: complete. What is not in here is not kept; a table that is added is added here too.
A file that was sent is named without its text: that of an export would hold all exports before it.
"""

import sqlite3
from typing import Any

import msgspec

from bot.store import check_ins, club_export, codec
from bot.store.identity import load_runner


def export(db: sqlite3.Connection, runner_id: int) -> dict[str, Any]:
    """All of it. Instants are UTC in ISO form."""
    runner = load_runner(db, runner_id).runner
    return {
        "runner": msgspec.to_builtins(runner),
        "chats": _rows(
            db,
            "SELECT platform, person, language FROM people WHERE runner = ? ORDER BY 1, 2",
            runner_id,
        ),
        "conversations": [
            {
                "place": {"platform": platform, "chat": chat, "thread": thread},
                "said": msgspec.to_builtins(codec.decode_conversation(state)),
            }
            for platform, chat, thread, state in db.execute(
                "SELECT p.platform, p.chat, p.thread, c.state FROM conversations c"
                " JOIN places p ON p.id = c.place WHERE c.runner = ? ORDER BY c.id",
                (runner_id,),
            )
        ],
        "check_ins": [
            {
                "plan": msgspec.to_builtins(one.plan),
                "zone": one.zone,
                "next": one.next_at.isoformat(),
            }
            for one in check_ins.of_runner(db, runner_id)
        ],
        "check_ins_past": _rows(
            db,
            "SELECT key, due_at, at, outcome FROM check_in_ends WHERE runner = ? ORDER BY at",
            runner_id,
        ),
        "clubs": club_export.export(db, runner_id),
        "messages_received": _payloads(
            db, "SELECT at, payload FROM inbox WHERE runner = ? AND payload NOT NULL", runner_id
        ),
        "messages_sent": _payloads(
            db,
            "SELECT created_at, body FROM outbox WHERE runner = ? AND body NOT NULL ORDER BY id",
            runner_id,
        ),
    }


def _rows(db: sqlite3.Connection, query: str, runner_id: int) -> list[dict[str, Any]]:
    cursor = db.execute(query, (runner_id,))
    names = [column[0] for column in cursor.description]
    return [
        {
            name: codec.from_ms(value).isoformat() if name.removeprefix("due_") == "at" else value
            for name, value in zip(names, row, strict=True)
        }
        for row in cursor
    ]


def _payloads(db: sqlite3.Connection, query: str, runner_id: int) -> list[dict[str, Any]]:
    return [
        {"at": codec.from_ms(at).isoformat(), "what": _without_files(msgspec.json.decode(raw))}
        for at, raw in db.execute(query, (runner_id,))
    ]


def _without_files(what: dict[str, Any]) -> dict[str, Any]:
    for kind in ("attachment", "drawing"):
        if what.get(kind):
            what = what | {kind: {"name": what[kind]["name"]}}
    return what

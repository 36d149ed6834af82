"""Sentences that runners gave, kept apart.

Rule: no runner, no place, no time but the month. The id is made from what was given alone, and the
rows lie in the order of their ids, so that not even their order says when one came. A sentence given
twice is kept once. Deleting a runner does not touch them: they cannot be found.
"""

import hashlib
import sqlite3
from collections.abc import Iterable

import msgspec

from bot.conversation.turn import Donate

SINCE = 3
"""The step of the data file that made room for them."""
_gifts = msgspec.json.Decoder(Donate)


class Given(msgspec.Struct, frozen=True):
    """A sentence that was given, and the name it is kept under."""

    id: str
    gift: Donate


def keep(db: sqlite3.Connection, gifts: Iterable[Donate]) -> None:
    """Keep sentences."""
    for gift in gifts:
        raw = msgspec.json.encode(gift, order="sorted")
        db.execute(
            "INSERT INTO donated (id, month, gift) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (hashlib.sha256(raw).hexdigest()[:16], gift.month, raw),
        )


def all_of(db: sqlite3.Connection) -> list[Given]:
    """Every sentence, by month."""
    rows = db.execute("SELECT id, gift FROM donated ORDER BY month, id").fetchall()
    return [Given(name, _gifts.decode(raw)) for name, raw in rows]

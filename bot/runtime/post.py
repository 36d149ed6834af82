"""Handing one message to its platform, and keeping what became of it.

Rule: marked as sending before, marked as what the receipt says after. In doubt (an error, no
answer, a crash): where the platform honours our nonce, the same message goes out again; elsewhere a
nudge is not sent twice, and a reply is sent at most once more, saying that it may be a double.
"""

import asyncio
import base64
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.conversation.event import Person
from bot.conversation.fit import Fitted
from bot.conversation.message import Words
from bot.runtime.adapter import (
    Adapter,
    Bug,
    Delivery,
    Drawn,
    Gone,
    Later,
    Moved,
    Receipt,
    Sent,
    Unsure,
    Vanished,
)
from bot.runtime.clock import Clock
from bot.runtime.drawing import drawn_of
from bot.runtime.rates import Rates
from bot.store import Store
from bot.store.club_rows import Early, Ready
from bot.store.rows import Lane, OutboxRow, Trouble

_OF_CLUBS = frozenset({"post", "edit", "drop", "event", "leave"})
_REPEATABLE = frozenset({"edit", "drop", "leave"})
"""What may be done twice: the second time changes nothing."""
AGAIN = Words("\n\nYou may see this message twice.")
MOST_TRIES = 12


class Outcome(msgspec.Struct, frozen=True):
    """What became of one try: the row to try again, if there is one, and when."""

    receipt: Receipt
    again: OutboxRow | None = None
    dead: tuple[int, ...] = ()
    """Other rows that were given up with it."""


def nonce_of(key: str) -> str:
    """The same 25 characters for the same message, every time."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()[:25]


def delivery_of(row: OutboxRow, drawn: Drawn | None = None, ready: Ready | None = None) -> Delivery:
    """The row as what an adapter is given. `ready`: what else is known of a club's row."""
    body = row.body
    fitted = body.fitted
    if row.doubts and not (body.retire or body.in_place) and row.deed in {"", "post"}:
        fitted = Fitted((*fitted.parts, AGAIN), fitted.rows)
    return Delivery(
        id=row.id,
        nonce=nonce_of(row.key),
        place=row.place,
        person=Person(row.platform, row.person),
        fitted=fitted,
        audience=body.audience,
        retire=body.retire,
        picture=body.picture,
        attachment=body.attachment,
        drawn=drawn,
        in_place=body.in_place,
        kind=body.kind,
        expects=body.expects,
        urgent=body.urgent,
        lane=row.lane,
        event=row.event,
        hints=row.hints,
        repeat=row.doubts > 0 or row.attempts > 0,
        edits=ready.message if ready else "",
        drop=row.deed == "drop",
        thread_of=ready.thread_of if ready else "",
        thread=ready.thread if ready else "",
        scheduled_event=body.scheduled_event,
        leave=row.deed == "leave",
        pings=body.pings,
    )


class Post:
    """Delivers rows of one platform."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adapter: Adapter,
        rates: Rates,
        places_changed: Callable[[], None],
    ) -> None:
        self._places_changed = places_changed
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self.rates = rates
        self.counted: Counter[str] = Counter()
        """How many tries ended with each kind of receipt."""

    async def send(
        self, row: OutboxRow, gate: Callable[[], Awaitable[None]] | None = None
    ) -> Outcome:
        """Try one message and store what became of it. `gate` waits for its slot.

        Raises StoreError if that could not be stored; before the gate, nothing was sent then.
        """
        now = self._clock.now()
        ready: Ready | None = None
        if row.deed in _OF_CLUBS:
            found = await self._store.ready(row.id, now, self.rates.edit_gap_s)
            if found is None:
                return Outcome(Sent())
            if isinstance(found, Early):
                return Outcome(Later(only_this=True), replace(row, not_before=found.until))
            ready = found
            row = replace(row, body=ready.body, deed=ready.deed)
        else:
            await self._store.sending(row.id, now)
        row = replace(row, sending_at=row.sending_at or now)
        drawn = await drawn_of(row.body.drawing)
        if gate is not None:
            await gate()
        try:
            async with asyncio.timeout(self.rates.answer_s):
                receipt = await self._adapter.deliver(delivery_of(row, drawn, ready))
        except Exception as error:
            receipt = Unsure(type(error).__name__)
        self.counted[type(receipt).__name__.lower()] += 1
        return await self.settle(replace(row, attempts=row.attempts + 1), receipt)

    async def settle(self, row: OutboxRow, receipt: Receipt) -> Outcome:
        """Store what a receipt means for a row."""
        now = self._clock.now()
        if isinstance(receipt, Sent):
            await self._store.sent(row.id, receipt.message, now, receipt.thread)
            return Outcome(receipt)
        if isinstance(receipt, Vanished):
            anew = await self._store.vanished(row.id)
            return Outcome(receipt, replace(row, deed="post") if anew else None)
        if isinstance(receipt, Later):
            return await self._later(row, receipt, now)
        if isinstance(receipt, Gone):
            dead = await self._store.gone(row.platform, row.place.chat, receipt.reason)
            self._places_changed()
            return Outcome(receipt, dead=tuple(dead))
        if isinstance(receipt, Moved):
            await self._store.moved(row.platform, row.place.chat, receipt.chat)
            await self._store.later(row.id, now)
            self._places_changed()
            moved = replace(row.place, chat=receipt.chat)
            return Outcome(receipt, replace(row, place=moved))
        if isinstance(receipt, Bug):
            return await self._give_up(row, receipt, "failed", receipt.text)
        return await self.in_doubt(row, receipt)

    async def in_doubt(self, row: OutboxRow, receipt: Unsure) -> Outcome:
        """The message may have arrived, or not."""
        now = self._clock.now()
        first = row.sending_at or now
        keyed = abs(now - first) < timedelta(seconds=self.rates.idempotent_s)
        if keyed or row.deed in _REPEATABLE:
            return await self._later(row, receipt, now)
        if row.lane is Lane.REPLY and not row.doubts:
            wait = now + timedelta(seconds=self.rates.backoff_s)
            await self._store.later(row.id, wait, doubt=True)
            again = replace(row, not_before=wait, doubts=row.doubts + 1, interrupted=False)
            return Outcome(receipt, again)
        return await self._give_up(row, receipt, "unknown", receipt.text or "no answer")

    async def _later(self, row: OutboxRow, receipt: Later | Unsure, now: datetime) -> Outcome:
        named = receipt.wait_s if isinstance(receipt, Later) else 0.0
        if row.attempts >= MOST_TRIES and not named:
            return await self._give_up(row, receipt, "failed", f"tried {row.attempts} times")
        not_before = now + timedelta(seconds=named or self.rates.backoff(row.attempts, row.key))
        sure = isinstance(receipt, Later)
        await self._store.later(row.id, not_before, sure=sure)
        row = replace(row, not_before=not_before, interrupted=False)
        return Outcome(receipt, replace(row, sending_at=None) if sure else row)

    async def _give_up(self, row: OutboxRow, receipt: Receipt, state: str, problem: str) -> Outcome:
        await self._store.over(row.id, state, problem)
        trouble = Trouble(f"delivery_{state}", problem, runner_id=row.runner_id, event=row.event)
        await self._store.note(trouble, self._clock.now())
        return Outcome(receipt)

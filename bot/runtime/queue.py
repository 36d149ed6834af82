"""What waits to be sent on one platform: the right message next, one at a time per chat.

Rule: replies before check-ins before broadcasts, and within a chat in order; a chat that must wait
holds up nobody else. Every step costs the logarithm of what waits. Times are seconds of a clock that
only goes forward.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from bot.runtime.limiter import Window
from bot.runtime.rates import Rates
from bot.store.rows import Lane, OutboxRow


@dataclass(slots=True)
class _Chat:
    window: Window | None
    rows: list[tuple[int, int, OutboxRow]] = field(default_factory=list)
    not_before: float = 0.0
    busy: bool = False


def line_of(row: OutboxRow) -> tuple[str, bool]:
    """In which line a row waits, and whether it is that of one person.

    What one person alone is to see of what they asked in a group goes to them, not to the group:
    it waits in their own line and takes nothing from the group's share.
    """
    if row.place.private or row.deed or not row.person or row.body.audience == "everyone_here":
        return row.place.chat, row.place.private
    return row.person, True


class SendQueue:
    """The rows of one platform, by chat."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._chats: dict[str, _Chat] = {}
        self._ready: list[tuple[int, int, str]] = []
        self._asleep: list[tuple[float, str]] = []
        self._parked: list[tuple[float, int, OutboxRow]] = []
        self.waiting = dict.fromkeys(Lane, 0)

    def park(self, row: OutboxRow, at: float) -> None:
        """One that may not go before then, while others in its chat may: an edit."""
        heapq.heappush(self._parked, (at, row.id, row))
        self.waiting[row.lane] += 1

    def __len__(self) -> int:
        return sum(self.waiting.values())

    def add(self, row: OutboxRow, *, not_before: float = 0.0) -> None:
        """One more; `not_before` holds up its whole chat until then, so that order is kept."""
        name, private = line_of(row)
        chat = self._chats.get(name)
        if chat is None:
            bucket = self._rates.chat if private else self._rates.group
            chat = self._chats[name] = _Chat(Window(bucket) if bucket else None)
        heapq.heappush(chat.rows, (row.lane, row.id, row))
        self.waiting[row.lane] += 1
        chat.not_before = max(chat.not_before, not_before)
        self._wake(name, chat)

    def take(self, now: float) -> OutboxRow | None:
        """The row to send now, if there is one; its chat is busy until `done`."""
        while self._parked and self._parked[0][0] <= now:
            _at, _number, row = heapq.heappop(self._parked)
            self.waiting[row.lane] -= 1
            self.add(row)
        while self._asleep and self._asleep[0][0] <= now:
            _when, name = heapq.heappop(self._asleep)
            if name in self._chats:
                self._wake(name, self._chats[name])
        while self._ready:
            _lane, number, name = heapq.heappop(self._ready)
            chat = self._chats.get(name)
            if chat is None or chat.busy or not chat.rows or chat.rows[0][1] != number:
                continue  # an old mark: the chat has moved on since
            wait = self._wait(chat, now)
            if wait > 0:
                heapq.heappush(self._asleep, (now + wait, name))
                continue
            _lane, _number, row = heapq.heappop(chat.rows)
            self.waiting[row.lane] -= 1
            chat.busy = True
            if chat.window:
                chat.window.take(now)
            return row
        return None

    def next_at(self) -> float | None:
        """When the first sleeping chat wakes."""
        first = [heap[0][0] for heap in (self._asleep, self._parked) if heap]
        return min(first, default=None)

    def done(self, name: str, now: float) -> None:
        """The chat's delivery has ended, whatever came of it."""
        chat = self._chats.get(name)
        if chat is None:
            return
        chat.busy = False
        if chat.rows:
            self._wake(name, chat)
        elif (chat.window is None or chat.window.idle(now)) and chat.not_before <= now:
            del self._chats[name]

    def drop(self, name: str) -> None:
        """Nothing more goes to this chat."""
        for _row in self._taken_out(name):
            pass

    def move(self, old: str, new: str) -> None:
        """What waits for a chat goes to its new number."""
        for row in list(self._taken_out(old)):
            self.add(replace(row, place=replace(row.place, chat=new)))

    def _taken_out(self, name: str) -> Iterator[OutboxRow]:
        """Everything that waits for a chat, in its own line or aside."""
        chat = self._chats.pop(name, None)
        found = [row for _lane, _number, row in (chat.rows if chat else ())]
        parked = [one for one in self._parked if one[2].place.chat == name]
        if parked:
            self._parked = [one for one in self._parked if one[2].place.chat != name]
            heapq.heapify(self._parked)
        for row in (*found, *(one[2] for one in parked), *self._aside(name)):
            self.waiting[row.lane] -= 1
            yield row

    def _aside(self, name: str) -> list[OutboxRow]:
        """What waits in a person's line and was asked in this chat."""
        found = []
        for own, line in self._chats.items():
            theirs = [one for one in line.rows if one[2].place.chat == name]
            if theirs:
                line.rows = [one for one in line.rows if one[2].place.chat != name]
                heapq.heapify(line.rows)
                self._wake(own, line)
                found += [one[2] for one in theirs]
        return found

    def sweep(self, now: float) -> None:
        """Forget chats that have nothing to say and nothing to remember."""
        over = [
            name
            for name, chat in self._chats.items()
            if not chat.rows and not chat.busy and (chat.window is None or chat.window.idle(now))
        ]
        for name in over:
            del self._chats[name]

    def _wake(self, name: str, chat: _Chat) -> None:
        if chat.rows and not chat.busy:
            heapq.heappush(self._ready, (*chat.rows[0][:2], name))

    @staticmethod
    def _wait(chat: _Chat, now: float) -> float:
        wait = chat.not_before - now
        return max(wait, chat.window.wait(now)) if chat.window else wait

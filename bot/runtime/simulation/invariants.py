"""What must be true after every step of a made-up world.

Each check raises BrokenPromiseError with what it found. They read the file through a connection of
their own, as somebody who does not trust the program would.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from bot.coaching.clock import in_quiet_hours, local_day
from bot.conversation.state import Runner
from bot.runtime.habits import Caps, habits_of
from bot.runtime.simulation.platform import Arrival, SimulatedPlatform
from bot.store import codec
from bot.store.rows import Lane


class BrokenPromiseError(AssertionError):
    """Something that must never happen did."""


def must(*, hold: bool, what: str) -> None:
    """Raise unless it holds."""
    if not hold:
        raise BrokenPromiseError(what)


class Watcher:
    """Looks at the file and at what arrived, and remembers how far it has looked."""

    def __init__(self, file: Path, caps: Caps, platforms: Sequence[SimulatedPlatform]) -> None:
        self._db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self._caps = caps
        self._platforms = platforms
        self._ends = 0
        self._arrived = dict.fromkeys(range(len(platforms)), 0)
        self._times: Counter[tuple[int, str]] = Counter()
        self._newest: dict[tuple[int, str], int] = {}
        self.outcomes: Counter[str] = Counter()

    @property
    def file(self) -> sqlite3.Connection:
        """The file, for others who look."""
        return self._db

    def close(self) -> None:
        """Stop looking."""
        self._db.close()

    def after_step(self, now: datetime, acknowledged: set[str]) -> None:
        """The cheap checks."""
        self._nothing_overdue(now)
        self.limits_kept()
        for number, platform in enumerate(self._platforms):
            new = platform.arrivals[self._arrived[number] :]
            self._arrived[number] = len(platform.arrivals)
            for arrival in new:
                self._no_doubles(number, platform, arrival)
                self._in_order(number, arrival)
        for event in acknowledged:
            row = self._db.execute("SELECT state FROM inbox WHERE event = ?", (event,)).fetchone()
            must(hold=row is not None, what=f"{event} was acknowledged and is not in the inbox")
            must(hold=row[0] == "done", what=f"the turn of {event} failed: {self._failures()}")

    def now_and_then(self) -> None:
        """The expensive checks."""
        broken = self._db.execute("PRAGMA foreign_key_check").fetchall()
        must(hold=not broken, what=f"rows that belong to nothing: {broken[:3]}")
        stuck = self._db.execute("SELECT COUNT(*) FROM inbox WHERE state = 'new'").fetchone()[0]
        must(hold=stuck == 0, what=f"{stuck} events were accepted and never taken")

    def _nothing_overdue(self, now: datetime) -> None:
        row = self._db.execute(
            "SELECT key, next_at FROM check_ins WHERE paused = 0 ORDER BY next_at LIMIT 1"
        ).fetchone()
        late = row is not None and codec.from_ms(row[1]) <= now
        must(hold=not late, what=f"the check-in {row and row[0]} was due and nothing happened")

    def limits_kept(self) -> None:
        """Check-ins that ended since the last look kept to the hours and the caps of their runner."""
        rows = self._db.execute(
            "SELECT rowid, runner, at, key, outcome, counted FROM check_in_ends WHERE rowid > ?"
            " ORDER BY rowid",
            (self._ends,),
        ).fetchall()
        for number, runner_id, at, key, outcome, counted in rows:
            self._ends = number
            self.outcomes[outcome] += 1
            must(hold=outcome != "failed", what=f"the turn of {key} failed: {self._failures()}")
            if counted:
                self._within_limits(runner_id, codec.from_ms(at), key)

    def _within_limits(self, runner_id: int, at: datetime, key: str) -> None:
        row = self._db.execute("SELECT state FROM runners WHERE id = ?", (runner_id,)).fetchone()
        if row is None:
            return
        habits = habits_of(msgspec.json.decode(row[0], type=Runner))
        sent = [
            codec.from_ms(one[0])
            for one in self._db.execute(
                "SELECT at FROM check_in_ends WHERE runner = ? AND counted = 1 AND at <= ? AND at > ?",
                (runner_id, codec.to_ms(at), codec.to_ms(at - timedelta(days=7))),
            )
        ]
        today = sum(local_day(one, habits.zone) == local_day(at, habits.zone) for one in sent)
        must(
            hold=len(sent) <= self._caps.a_week, what=f"{len(sent)} a week for r{runner_id} ({key})"
        )
        must(hold=today <= self._caps.a_run_day, what=f"{today} a day for r{runner_id} ({key})")
        hour = at - timedelta(seconds=habits.spread_s)
        quiet = all(
            in_quiet_hours(one, habits.zone, habits.quiet_from, habits.quiet_to)
            for one in (at, hour)
        )
        must(hold=not quiet, what=f"{key} for r{runner_id} in quiet hours: {at} {habits.zone}")

    def _no_doubles(self, number: int, platform: SimulatedPlatform, arrival: Arrival) -> None:
        delivery = arrival.delivery
        times = self._times[number, delivery.nonce] = self._times[number, delivery.nonce] + 1
        most = 2 if delivery.lane is Lane.REPLY and not platform.honours_key else 1
        must(
            hold=times <= most,
            what=f"{delivery.kind or 'a message'} for {delivery.person.id} arrived {times} times",
        )

    def _in_order(self, number: int, arrival: Arrival) -> None:
        delivery = arrival.delivery
        if delivery.lane is not Lane.REPLY or delivery.repeat or not delivery.place.private:
            return
        key = (number, delivery.place.chat)
        newest = self._newest.get(key, 0)
        must(hold=delivery.id > newest, what=f"{delivery.place.chat}: {delivery.id} after {newest}")
        self._newest[key] = delivery.id

    def _failures(self) -> str:
        rows = self._db.execute(
            "SELECT event, detail FROM failures WHERE code = 'turn_failed' ORDER BY id DESC LIMIT 3"
        ).fetchall()
        return "; ".join(f"{event}: {detail}" for event, detail in rows)


def utc(year: int, month: int, day: int) -> datetime:
    """Midnight of a date, UTC."""
    return datetime(year, month, day, tzinfo=UTC)

"""Keeping to a rate: never more than so many in any such stretch of time, and evenly spread.

Rule: the platform's window is kept exactly, by remembering when each call was made. Calls are also
spaced, so that a reply never waits for more than one slot behind a thousand nudges. Times are
seconds of a clock that only goes forward.
"""

from collections import deque

from bot.runtime.rates import Bucket

_WINDOW = 1.008
"""The window is kept a little longer than it need be: calls reach the platform with jitter."""
_SPACING = 1.02
"""Slots are a little wider still. Were both the same, a call that once came late would make every
call one window after it late as well, for ever; like this, lateness goes away by itself."""


class Window:
    """At most `count` calls in any `per_s` seconds; bursts are allowed."""

    def __init__(self, bucket: Bucket) -> None:
        self._count = max(1, int(bucket.count))
        self._per_s = bucket.per_s * _WINDOW
        self._made: deque[float] = deque(maxlen=self._count)

    def wait(self, now: float) -> float:
        """How long until one more may be made (0: now)."""
        if len(self._made) < self._count:
            return 0.0
        return max(0.0, self._made[0] + self._per_s - now)

    def take(self, now: float) -> None:
        """One is made now."""
        self._made.append(now)

    def idle(self, now: float) -> bool:
        """Whether it has forgotten all its calls."""
        return not self._made or self._made[-1] + self._per_s <= now


class Pace:
    """Evenly spaced slots at the platform's overall rate, with the window kept as well."""

    def __init__(self, bucket: Bucket | None) -> None:
        self._gap = bucket.per_s * _SPACING / bucket.count if bucket else 0.0
        self._window = Window(bucket) if bucket else None
        self._next = 0.0
        self._quiet_until = 0.0

    def slot(self, now: float) -> float:
        """When the next call may be made: now or later."""
        return max(now, self._next, self._quiet_until)

    def book(self, slot: float) -> None:
        """That slot is taken. A slot that was missed by less than one gap is caught up."""
        self._next = max(self._next, slot - self._gap) + self._gap

    def wait(self, now: float) -> float:
        """How long a booked call must still wait for the window to have room."""
        room = self._window.wait(now) if self._window else 0.0
        return max(room, self._quiet_until - now, 0.0)

    def made(self, now: float) -> None:
        """A call is made now."""
        if self._window:
            self._window.take(now)

    def hush(self, until: float) -> None:
        """The platform asked for quiet altogether."""
        self._quiet_until = max(self._quiet_until, until)

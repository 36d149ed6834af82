"""The clock is a value: the real one in service, one that can be moved everywhere else."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, in UTC."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved. It may be moved back, as real ones are."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = (start or datetime.now(UTC)).astimezone(UTC)

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Make it that instant."""
        self._now = instant.astimezone(UTC)

    def move(self, by: timedelta) -> None:
        """Make it so much later."""
        self._now += by


class ShiftedClock:
    """The computer's clock, some time ahead: the terminal's `:skip` adds to it."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC) + self._ahead

    def move_to(self, instant: datetime) -> None:
        """Make it that instant; time goes on from there."""
        self._ahead = instant - datetime.now(UTC)

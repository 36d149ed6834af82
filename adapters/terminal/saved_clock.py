"""The chat's own time, kept beside the data so that it survives a restart.

Rule: time in a data folder never goes back. Normally it is the world's time plus what was skipped.
With a start time it stands still and moves only by skipping, so that a chat can be repeated.
The file is written before the clock moves: after a crash in between, check-ins are late, not early.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "chat-clock.json"


def world() -> datetime:
    """The world's time."""
    return datetime.now(UTC)


class SavedClock:
    """The time of one data folder. `start` makes it stand still, at `start` or later."""

    def __init__(
        self, folder: Path, start: datetime | None, world: Callable[[], datetime] = world
    ) -> None:
        self._path = folder / FILE
        self._world = world
        self._skipped, stood = _load(self._path)
        self._stands: datetime | None = None
        if start is not None:
            self._stands = max(start, stood or start)
        elif stood is not None:
            self._skipped = max(self._skipped, stood - world())

    @property
    def stands_still(self) -> bool:
        """Whether this clock moves only by skipping."""
        return self._stands is not None

    @property
    def skipped(self) -> bool:
        """Whether this is another time than the world's."""
        return self._stands is not None or self._skipped > timedelta()

    def now(self) -> datetime:
        """The chat's time (UTC)."""
        return self._stands or self._world() + self._skipped

    def save(self, now: datetime) -> None:
        """Write down that it is `now`, without moving yet."""
        data: dict[str, int | float | str] = {"version": 1}
        if self._stands is None:
            data["skipped_s"] = max(0.0, (now - self._world()).total_seconds())
        else:
            data["stands_at"] = now.isoformat()
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(data), encoding="utf-8")
        new.replace(self._path)

    def move_to(self, instant: datetime) -> None:
        """Move on to that instant. One in the past changes nothing."""
        if self._stands is not None:
            self._stands = max(self._stands, instant)
        else:
            self._skipped = max(self._skipped, instant - self._world())


def _load(path: Path) -> tuple[timedelta, datetime | None]:
    """What was skipped, and where a standing clock stood. An unreadable file counts as none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        stood = datetime.fromisoformat(data["stands_at"]) if "stands_at" in data else None
        return timedelta(seconds=float(data.get("skipped_s", 0))), stood
    except (OSError, ValueError, TypeError, AttributeError, OverflowError):
        return timedelta(), None

"""The chat's own time, kept beside the data so that it survives a restart.

Rule: time in a data folder never goes back. Normally it is the world's time plus what was skipped.
With a start time it stands still and moves only by skipping, so that a chat can be repeated.
The file is written before the clock moves: after a crash in between, check-ins are late, not early.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.runtime.clock import MovableClock, ShiftedClock

FILE = "chat-clock.json"


class SavedClock:
    """The time of one data folder. `start` makes it stand still, at `start` or later."""

    def __init__(self, folder: Path, start: datetime | None = None) -> None:
        self._path = folder / FILE
        skipped, stood = _load(self._path)
        world = datetime.now(UTC)
        self.clock: MovableClock | ShiftedClock
        if start is not None:
            self.clock = MovableClock(max(start, stood or start))
        else:
            self.clock = ShiftedClock()
            if skipped or (stood and stood > world):
                self.clock.move_to(max(world + skipped, stood or world))

    @property
    def moved(self) -> bool:
        """Whether this is another time than the world's."""
        return abs(self.now() - datetime.now(UTC)) > timedelta(minutes=1)

    def now(self) -> datetime:
        """The chat's time (UTC)."""
        return self.clock.now()

    def save(self, instant: datetime) -> None:
        """Write down that it is `instant`, without moving yet. Raises OSError."""
        data: dict[str, int | float | str] = {"version": 1}
        if isinstance(self.clock, MovableClock):
            data["stands_at"] = instant.isoformat()
        else:
            data["skipped_s"] = max(0.0, (instant - datetime.now(UTC)).total_seconds())
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(data), encoding="utf-8")
        new.replace(self._path)


def _load(path: Path) -> tuple[timedelta, datetime | None]:
    """What was skipped, and where a standing clock stood. An unreadable file counts as none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        stood = datetime.fromisoformat(data["stands_at"]) if "stands_at" in data else None
        if stood and stood.tzinfo is None:
            return timedelta(), None
        skipped = timedelta(seconds=max(0.0, float(data.get("skipped_s", 0))))
        datetime.now(UTC) + skipped
    except (OSError, ValueError, TypeError, AttributeError, OverflowError):
        return timedelta(), None
    return skipped, stood

"""Made-up runs for the tests: points round a lake that does not exist, in the middle of an ocean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, radians, sin

START = datetime(2026, 10, 11, 7, 10, tzinfo=UTC)
"""A Sunday; 8:10 in London."""
_DEGREE_M = 111_195.0
_AROUND_M = 400.0
"""The radius of the lake."""
MIDDLE = (-30.0, -20.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a track."""

    at: datetime
    latitude: float
    longitude: float
    height: float
    metres: float
    """From the start, along the track."""


@dataclass(frozen=True, slots=True)
class Outing:
    """One run, or something else: how far in metres, how fast in metres a second."""

    metres: float = 6000.0
    speed: float = 6000.0 / 2280.0
    start: datetime = START
    sport: str = "running"
    every_s: int = 2
    pause_s: int = 0
    """Stands still for so long at half-way; the watch goes on."""
    hilly: bool = False

    @property
    def moving_s(self) -> float:
        """Seconds without the pause."""
        return self.metres / self.speed

    def points(self) -> Iterator[Point]:
        """Its points."""
        at, metres, paused = 0.0, 0.0, 0.0
        while True:
            yield self._point(at, metres)
            if metres >= self.metres:
                return
            at += self.every_s
            if metres >= self.metres / 2 and paused < self.pause_s:
                paused += self.every_s
            else:
                metres = min(metres + self.speed * self.every_s, self.metres)

    def _point(self, at: float, metres: float) -> Point:
        angle = metres / _AROUND_M
        north = _AROUND_M * sin(angle) / _DEGREE_M
        east = _AROUND_M * cos(angle) / _DEGREE_M / cos(radians(MIDDLE[0]))
        height = 20.0 + (40.0 * (1 - cos(angle)) if self.hilly else 0.4 * sin(at))
        return Point(
            self.start + timedelta(seconds=at), MIDDLE[0] + north, MIDDLE[1] + east, height, metres
        )

"""A track in the making: points go in one by one, and only sums are kept.

Rule: of the points only the last ones are held, so that nothing is left of the route. A stretch of
10 seconds in which the runner got nowhere is a pause; a jump that no runner makes is left out.
"""

from dataclasses import dataclass, field
from math import cos, radians, sqrt

from bot.files.activity import Activity, Sport, UnreadableError
from bot.files.instants import instant

METRES_PER_DEGREE = 111_195.0
STRETCH_S = 10.0
STANDING = 0.5
"""Metres a second from one end of a stretch to the other, below which it may be a pause [D]."""
WANDERING = 1.0
"""Metres a second along the points, which a watch that lies still does not reach [D]."""
JUMP = 45.0
"""Metres a second that only a lost signal makes [D]."""
LONGEST_GAP_S = 12 * 3600
"""No pause of one run is longer [D]."""
NOISE_M = 5.0
"""A climb counts from here; less is the watch's own noise [D]."""

Point = tuple[float, float]


@dataclass(slots=True)
class Climb:
    """Height gained, without the noise."""

    gained: float | None = None
    _low: float = 0.0

    def add(self, height: float) -> None:
        """The next height, in metres."""
        if not -500 < height < 9000:
            return
        if self.gained is None:
            self.gained, self._low = 0.0, height
        elif height > self._low + NOISE_M:
            self.gained += height - self._low
            self._low = height
        else:
            self._low = min(self._low, height)


@dataclass(slots=True)
class Track:
    """Sums over the points of one activity. Times are seconds since 1970."""

    first: float | None = None
    last: float | None = None
    distance: float = 0.0
    moving: float = 0.0
    climb: Climb = field(default_factory=Climb)
    points: int = 0
    _here: Point | None = None
    _seen: float | None = None
    _anchor: Point | None = None
    _since: float | None = None
    _path: float = 0.0

    def add(self, at: float | None, where: Point | None) -> None:
        """The next point; either may be missing."""
        if at is not None and self.last is not None and not 0 <= at - self.last <= LONGEST_GAP_S:
            return  # a clock that went back, or into another year
        self.points += 1
        if at is not None:
            self.first = at if self.first is None else self.first
            self.last = at
        if where is not None:
            self._step(at, where)

    def gap(self) -> None:
        """A new stretch begins: what lies between is a pause."""
        self._close()
        self._here = self._seen = self._anchor = self._since = None

    def _step(self, at: float | None, where: Point) -> None:
        step = _apart(self._here, where) if self._here is not None else 0.0
        if self._seen is not None and at is not None and at >= self._seen:
            step = 0.0 if step > JUMP * max(at - self._seen, 1.0) else step
        self._path += step
        self._here, self._seen = where, at
        if self._anchor is None or self._since is None:
            self._anchor, self._since = where, at
        if at is None or self._since is None:
            self.distance += self._path
            self._path = 0.0
        elif at - self._since >= STRETCH_S:
            self._close()
            self._anchor, self._since = where, at

    def _close(self) -> None:
        """The end of a stretch: was it moving, or a pause?"""
        if self._seen is not None and self._since is not None and self._anchor and self._here:
            took = self._seen - self._since
            standing = _apart(self._anchor, self._here) < STANDING * took
            if took > 0 and not (standing and self._path < WANDERING * took):
                self.moving += took
                self.distance += self._path
        self._path = 0.0

    def activity(self, sport: Sport, *, partial: bool = False) -> Activity:
        """The sums. Raises UnreadableError where there is nothing, or no time."""
        self.gap()
        if not self.points:
            raise UnreadableError("empty")
        elapsed = None if self.first is None or self.last is None else self.last - self.first
        return Activity(
            sport=sport,
            start=instant(self.first),
            distance_m=round(self.distance, 1) or None,
            moving_s=round(self.moving) or None if elapsed else None,
            elapsed_s=round(elapsed) or None if elapsed else None,
            climb_m=None if self.climb.gained is None else round(self.climb.gained),
            partial=partial,
        )


def place(latitude: str | None, longitude: str | None) -> Point | None:
    """A point of the earth, or None if it is none."""
    try:
        north, east = float(latitude or ""), float(longitude or "")
    except ValueError:
        return None
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else None


def _apart(one: Point, other: Point) -> float:
    """Metres between two points that are near one another."""
    east = (other[1] - one[1] + 180) % 360 - 180
    east *= cos(radians(one[0]))
    north = other[0] - one[0]
    return METRES_PER_DEGREE * sqrt(north * north + east * east)

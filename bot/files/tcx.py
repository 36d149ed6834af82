"""TCX: activities made of laps, and laps of points. The laps say how far and how long.

Rule: what the watch summed up itself counts before what its points add up to.
"""

from dataclasses import dataclass, field

import msgspec

from bot.files.activity import Activity, FileRead, Sport, UnreadableError, named_sport
from bot.files.instants import instant, number, seconds_of
from bot.files.markup import run_through
from bot.files.track import Track, place


@dataclass(slots=True)
class _Found:
    """One activity in the making."""

    sport: Sport
    track: Track = field(default_factory=Track)
    begun: float | None = None
    timer: float = 0.0
    distance: float = 0.0

    def activity(self) -> Activity:
        """Its sums."""
        track = self.track
        points = track.activity(self.sport) if track.points else Activity(sport=self.sport)
        start = instant(self.begun) or points.start
        elapsed = points.elapsed_s
        if self.begun is not None and track.last is not None and track.last > self.begun:
            elapsed = round(track.last - self.begun)
        moving = round(self.timer) or points.moving_s
        return msgspec.structs.replace(
            points,
            start=start,
            distance_m=round(self.distance, 1) or points.distance_m,
            moving_s=moving,
            elapsed_s=max(elapsed or 0.0, moving or 0.0) or None,
        )


class _Tcx:
    """Takes the elements of a TCX file."""

    opening = frozenset({"Activity", "Course", "Trackpoint", "Lap"})
    closing = frozenset({
        "Trackpoint", "Time", "LatitudeDegrees", "LongitudeDegrees", "AltitudeMeters",
        "TotalTimeSeconds", "DistanceMeters", "Id", "Track",
    })  # fmt: skip

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self.courses = 0
        self._point: dict[str, str] | None = None

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Activity":
            self.found.append(_Found(named_sport(attributes.get("Sport", ""))))
        elif name == "Course":
            self.courses += 1
        elif name == "Trackpoint":
            self._point = {}
        elif name == "Lap" and self.found:
            one = self.found[-1]
            begun = seconds_of(attributes.get("StartTime", ""))
            one.begun = begun if one.begun is None else one.begun
            one.track.gap()

    def ends(self, name: str, text: str) -> None:
        if not self.found:
            return
        if self._point is not None:
            self._of_point(name, text)
        elif name == "TotalTimeSeconds":
            self.found[-1].timer += max(number(text) or 0.0, 0.0)
        elif name == "DistanceMeters":
            self.found[-1].distance += max(number(text) or 0.0, 0.0)
        elif name == "Id" and self.found[-1].begun is None:
            self.found[-1].begun = seconds_of(text)
        elif name == "Track":
            self.found[-1].track.gap()

    def _of_point(self, name: str, text: str) -> None:
        point = self._point if self._point is not None else {}
        if name != "Trackpoint":
            point[name] = text
            return
        track = self.found[-1].track
        where = place(point.get("LatitudeDegrees"), point.get("LongitudeDegrees"))
        track.add(seconds_of(point.get("Time", "")), where)
        height = number(point.get("AltitudeMeters", ""))
        if height is not None:
            track.climb.add(height)
        self._point = None


def read_tcx(data: bytes) -> FileRead:
    """The activities of a TCX file. Raises UnreadableError."""
    reader = _Tcx()
    whole = run_through(data, reader)
    found = [one.activity() for one in reader.found]
    found = [one for one in found if one.distance_m or one.duration_s]
    if not found:
        if reader.courses:
            raise UnreadableError("not_a_run_file")
        raise UnreadableError("empty" if whole else "damaged")
    timed = [one for one in found if one.start is not None and one.duration_s]
    if not timed:
        return FileRead("tcx", tuple(found[:1]), "no_times")
    if not whole:
        timed[-1] = msgspec.structs.replace(timed[-1], partial=True)
    return FileRead("tcx", tuple(timed))

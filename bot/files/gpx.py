"""GPX: tracks of points, each with a place and most with a time.

Rule: tracks that follow within half an hour are one activity with a pause; others are their own.
"""

import msgspec

from bot.files.activity import Activity, FileRead, Sport, UnreadableError, named_sport
from bot.files.instants import number, seconds_of
from bot.files.markup import run_through
from bot.files.track import Point, Track, place

SAME_RUN_S = 30 * 60


class _Gpx:
    """Takes the elements of a GPX file."""

    opening = frozenset({"trkpt", "rtept", "trk", "rte"})
    closing = opening | {"time", "ele", "type", "trkseg"}

    def __init__(self) -> None:
        self.tracks: list[tuple[Sport, Track]] = []
        self._track = Track()
        self._sport: Sport = ""
        self._where: Point | None = None
        self._at: float | None = None
        self._height: float | None = None
        self._inside = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("trkpt", "rtept"):
            self._inside = True
            self._where = place(attributes.get("lat"), attributes.get("lon"))
            self._at = self._height = None
        elif name in ("trk", "rte"):
            self._track, self._sport = Track(), ""

    def ends(self, name: str, text: str) -> None:
        if self._inside:
            self._of_point(name, text)
        elif name == "type":
            self._sport = named_sport(text)
        elif name == "trkseg":
            self._track.gap()
        elif name in ("trk", "rte"):
            self.finish()

    def _of_point(self, name: str, text: str) -> None:
        if name == "time":
            self._at = seconds_of(text)
        elif name == "ele":
            self._height = number(text)
        elif name in ("trkpt", "rtept"):
            self._inside = False
            self._track.add(self._at, self._where)
            if self._height is not None:
                self._track.climb.add(self._height)

    def finish(self) -> None:
        """Keep the track under way, if it has any points."""
        if self._track.points:
            self.tracks.append((self._sport, self._track))
        self._track = Track()


def read_gpx(data: bytes) -> FileRead:
    """The activities of a GPX file. Raises UnreadableError."""
    reader = _Gpx()
    whole = run_through(data, reader)
    reader.finish()
    if not reader.tracks:
        raise UnreadableError("empty" if whole else "damaged")
    found = [track.activity(sport) for sport, track in reader.tracks]
    timed = [one for one in found if one.start is not None and one.elapsed_s]
    if not timed:
        return FileRead("gpx", tuple(found[:1]), "no_times")
    joined = _joined(sorted(timed, key=_begin))
    if not whole:
        joined[-1] = msgspec.structs.replace(joined[-1], partial=True)
    return FileRead("gpx", tuple(joined))


def _begin(activity: Activity) -> float:
    return activity.start.timestamp() if activity.start else 0.0


def _end(activity: Activity) -> float:
    return _begin(activity) + (activity.elapsed_s or 0.0)


def _joined(found: list[Activity]) -> list[Activity]:
    whole = found[:1]
    for one in found[1:]:
        before = whole[-1]
        if one.sport == before.sport and 0 <= _begin(one) - _end(before) <= SAME_RUN_S:
            whole[-1] = _both(before, one)
        elif _begin(one) >= _end(before):
            whole.append(one)
    return whole


def _both(one: Activity, other: Activity) -> Activity:
    def added(first: float | None, second: float | None) -> float | None:
        return None if first is None and second is None else (first or 0.0) + (second or 0.0)

    return Activity(
        sport=one.sport,
        start=one.start,
        distance_m=added(one.distance_m, other.distance_m),
        moving_s=added(one.moving_s, other.moving_s),
        elapsed_s=_end(other) - _begin(one),
        climb_m=added(one.climb_m, other.climb_m),
    )

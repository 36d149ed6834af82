"""Writes files as watches and apps do: GPX, TCX and FIT. Bytes out.

`python -m tests.files.writing` writes the samples in `tests/files/samples/` again.
"""

import struct
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bot.files.fit import EPOCH, checksum
from tests.files.runs import Outing, Point

SAMPLES = Path(__file__).parent / "samples"
TCX_SPORTS = {"running": "Running", "cycling": "Biking"}
FIT_SPORTS = {"running": 1, "cycling": 2, "walking": 11}
_GPX = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Heeldrop tests">'


def stamp(at: datetime) -> str:
    """An instant as GPX and TCX write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def gpx(*outings: Outing, times: bool = True, typed: bool = True) -> bytes:
    """A GPX file with one track for each."""
    tracks = "".join(_track(one, times=times, typed=typed) for one in outings)
    return f"{_GPX}\n{tracks}</gpx>\n".encode()


def _track(outing: Outing, *, times: bool, typed: bool) -> str:
    kind = f"<type>{outing.sport}</type>" if typed else ""
    points = "\n".join(_gpx_point(point, times=times) for point in outing.points())
    return f"<trk><name>Round the lake</name>{kind}<trkseg>\n{points}\n</trkseg></trk>\n"


def _gpx_point(point: Point, *, times: bool) -> str:
    time = f"<time>{stamp(point.at)}</time>" if times else ""
    where = f'lat="{point.latitude:.6f}" lon="{point.longitude:.6f}"'
    return f"<trkpt {where}><ele>{point.height:.1f}</ele>{time}</trkpt>"


def tcx(*outings: Outing) -> bytes:
    """A TCX file with one activity of one lap for each."""
    space = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
    inside = "".join(_activity(one) for one in outings)
    return (
        f'<?xml version="1.0"?>\n<TrainingCenterDatabase xmlns="{space}"><Activities>{inside}'
        "</Activities></TrainingCenterDatabase>"
    ).encode()


def _activity(outing: Outing) -> str:
    points = "".join(
        f"<Trackpoint><Time>{stamp(point.at)}</Time><Position><LatitudeDegrees>{point.latitude:.6f}"
        f"</LatitudeDegrees><LongitudeDegrees>{point.longitude:.6f}</LongitudeDegrees></Position>"
        f"<AltitudeMeters>{point.height:.1f}</AltitudeMeters><DistanceMeters>{point.metres:.1f}"
        "</DistanceMeters></Trackpoint>\n"
        for point in outing.points()
    )
    return (
        f'<Activity Sport="{TCX_SPORTS.get(outing.sport, "Other")}"><Id>{stamp(outing.start)}</Id>'
        f'<Lap StartTime="{stamp(outing.start)}"><TotalTimeSeconds>{outing.moving_s:.1f}'
        f"</TotalTimeSeconds><DistanceMeters>{outing.metres:.1f}</DistanceMeters>"
        f"<Track>{points}</Track></Lap></Activity>"
    )


class Fit:
    """A FIT file in the making. `order` is "<" or ">", as watches have both."""

    def __init__(self, order: str = "<") -> None:
        self._order = order
        self._body = bytearray()
        self._defined: dict[int, str] = {}

    def define(self, local: int, message: int, fields: Iterable[tuple[int, str, int]]) -> None:
        """A definition: (number, struct letter, base type) of each field."""
        fields = list(fields)
        self._defined[local] = "".join(letter for _, letter, _ in fields)
        self._body += struct.pack(
            f"{self._order}BBBHB", 0x40 | local, 0, self._order == ">", message, len(fields)
        )
        for number, letter, base in fields:
            self._body += bytes((number, struct.calcsize(letter), base))

    def add(self, local: int, *values: int) -> None:
        """A message of that local type."""
        shape = f"{self._order}B{self._defined[local]}"
        self._body += struct.pack(shape, local, *values)

    def file(self) -> bytes:
        """The whole file, with its checksums."""
        head = struct.pack("<BBHI4s", 14, 0x20, 2158, len(self._body), b".FIT")
        whole = head + struct.pack("<H", checksum(head)) + self._body
        return whole + struct.pack("<H", checksum(whole))


def fit_time(at: datetime) -> int:
    """An instant as FIT counts it."""
    return int(at.timestamp()) - EPOCH


def fit(*outings: Outing, order: str = "<", sessions: bool = True) -> bytes:
    """A FIT file with records and one session for each."""
    made = Fit(order)
    made.define(0, 0, [(0, "B", 0x00), (1, "H", 0x84), (4, "I", 0x86)])
    made.add(0, 4, 1, fit_time(outings[0].start))
    made.define(1, 20, [(253, "I", 0x86), (0, "i", 0x85), (1, "i", 0x85), (5, "I", 0x86)])
    shape = [(253, "I", 0x86), (2, "I", 0x86), (7, "I", 0x86), (8, "I", 0x86), (9, "I", 0x86)]
    made.define(2, 18, [*shape, (5, "B", 0x00), (22, "H", 0x84)])
    for outing in outings:
        last = outing.start
        for point in outing.points():
            north, east = (
                round(degrees * 2**31 / 180) for degrees in (point.latitude, point.longitude)
            )
            made.add(1, fit_time(point.at), north, east, round(point.metres * 100))
            last = point.at
        if sessions:
            elapsed = round((last - outing.start).total_seconds() * 1000)
            begun, far = fit_time(outing.start), round(outing.metres * 100)
            moving = round(outing.moving_s * 1000)
            sport = FIT_SPORTS.get(outing.sport, 0)
            made.add(2, fit_time(last), begun, elapsed, moving, far, sport, 12)
    return made.file()


def samples() -> dict[str, bytes]:
    """The samples to try `:file` with, by name."""
    return {
        "sunday.gpx": gpx(Outing(every_s=15)),
        "sunday.fit": fit(Outing(every_s=15)),
        "year.csv": table().encode(),
    }


def table() -> str:
    """A table of past activities in the columns of a common export."""
    rows = ["Activity Date,Activity Type,Distance (km),Moving Time,Elapsed Time"]
    for week in range(20):
        day = datetime(2026, 5, 3, 8, tzinfo=UTC).toordinal() + 7 * week
        on = datetime.fromordinal(day).strftime("%Y-%m-%d 08:%M:00")
        kind = "Ride" if week % 5 == 4 else "Run"
        rows.append(f"{on},{kind},{4 + week * 0.2:.2f},{1500 + week * 70},{1560 + week * 70}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    SAMPLES.mkdir(exist_ok=True)
    for sample, data in samples().items():
        (SAMPLES / sample).write_bytes(data)

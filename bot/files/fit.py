"""FIT: the binary file of watches. Sessions say what was done; records are points along the way.

Rule: only the figures of a session are looked at, and the clock and distance of records, for a file
whose session was never written. All else is stepped over: 10 MB take under 1 s, and 18 to 25 s with the
libraries that decode every field.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from bot.files.activity import Activity, FileRead, Sport, UnreadableError
from bot.files.instants import instant

EPOCH = 631_065_600
"""FIT counts its seconds from 31 December 1989."""
SINCE_SWITCHED_ON = 0x10000000
"""Below this an instant is seconds since the watch was switched on: no date."""
FILE_ID, SESSION, RECORD = 0, 18, 20
AN_ACTIVITY = 4
STAMP = 253
PAUSE_S = 30
"""Records are at most some seconds apart; a longer gap is a pause [D]."""
LONGEST_GAP_S = 12 * 3600
CHECKED = 2_000_000
"""Bytes up to which the checksum is worked out; larger files would take seconds."""
_FORMATS = {
    0x00: "B", 0x01: "b", 0x02: "B", 0x0A: "B", 0x0D: "B",
    0x83: "h", 0x84: "H", 0x8B: "H", 0x85: "i", 0x86: "I", 0x8C: "I",
}  # fmt: skip
_NOTHING = {"B": 0xFF, "b": 0x7F, "H": 0xFFFF, "h": 0x7FFF, "I": 0xFFFFFFFF, "i": 0x7FFFFFFF}
_WANTED: Mapping[int, frozenset[int]] = {
    FILE_ID: frozenset({0}),
    SESSION: frozenset({STAMP, 2, 5, 7, 8, 9, 22}),
    RECORD: frozenset({STAMP, 5}),
}
_SPORTS: Mapping[int, Sport] = {
    0: "", 1: "run", 2: "ride", 5: "swim", 10: "", 11: "walk", 17: "walk", 21: "ride",
}  # fmt: skip
_TRANSITION = 3
UINT32 = 4
"""Bytes."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a message of one local type looks like."""

    message: int
    size: int
    fields: tuple[tuple[int, int, struct.Struct, int], ...]
    """Of the wanted fields: number, where it stands, how it is read, what means "nothing"."""
    both: struct.Struct | None = None
    """Of a record: its clock and its distance in one go, where they stand as they mostly do."""

    def values(self, data: bytes, at: int) -> dict[int, int]:
        """The wanted fields of a message that stands here."""
        found = {}
        for number, offset, reader, nothing in self.fields:
            (value,) = reader.unpack_from(data, at + offset)
            if value != nothing:
                found[number] = value
        return found


@dataclass(slots=True)
class _Records:
    """The clock and the distance of the records since the last session."""

    first: int | None = None
    last: int | None = None
    moving: int = 0
    metres: float | None = None

    def add(self, at: int | None, distance: int | None) -> None:
        if at is not None:
            gap = 0 if self.last is None else at - self.last
            if gap > LONGEST_GAP_S:
                return  # a clock that leapt
            if 0 < gap <= PAUSE_S:
                self.moving += gap
            if self.first is None:
                self.first = at
            self.last = at if self.last is None else max(at, self.last)
        if distance is not None:
            self.metres = distance / 100


@dataclass(slots=True)
class _Fit:
    """One pass over the messages."""

    data: bytes
    kind: int | None = None
    sessions: list[dict[int, int]] = field(default_factory=list)
    records: _Records = field(default_factory=_Records)
    _shapes: dict[int, _Shape] = field(default_factory=dict)
    _clock: int = 0

    def messages(self, at: int, end: int) -> bool:
        """Read what stands between; False if it ends in the middle of something."""
        data, shapes = self.data, self._shapes
        try:
            while at < end:
                head = data[at]
                if head & 0x80:
                    shape, stamp = shapes[(head >> 5) & 3], head & 0x1F
                    self._take(shape, at + 1, stamp)
                elif head & 0x40:
                    at = self._define(head, at)
                    continue
                else:
                    shape = shapes[head & 0x0F]
                    if shape.both is not None:
                        self._record(shape, at + 1)
                    elif shape.fields:
                        self._take(shape, at + 1, None)
                at += 1 + shape.size
        except (IndexError, KeyError, struct.error):
            return False
        return at == end

    def _define(self, head: int, at: int) -> int:
        """A definition: the shape of the messages of this local type. Returns where it ends."""
        data = self.data
        order = ">" if data[at + 2] else "<"
        (message,) = struct.unpack_from(order + "H", data, at + 3)
        count, place, size = data[at + 5], at + 6, 0
        wanted = _WANTED.get(message, frozenset())
        fields = []
        for _ in range(count):
            number, length, base = data[place], data[place + 1], data[place + 2]
            letter = _FORMATS.get(base)
            if number in wanted and letter and struct.calcsize(order + letter) == length:
                fields.append((number, size, struct.Struct(order + letter), _NOTHING[letter]))
            size += length
            place += 3
        if head & 0x20:  # fields of the maker's own follow
            for _ in range(data[place]):
                size += data[place + 2]
                place += 3
            place += 1
        both = _both(order, fields) if message == RECORD else None
        self._shapes[head & 0x0F] = _Shape(message, size, tuple(fields), both)
        return place

    def _record(self, shape: _Shape, at: int) -> None:
        """A record in its common shape: most of a file is made of these."""
        if at + shape.size > len(self.data) or shape.both is None:
            raise IndexError
        stamp, distance = shape.both.unpack_from(self.data, at)
        if stamp != _NOTHING["I"]:
            self._clock = stamp
        self.records.add(
            stamp if stamp != _NOTHING["I"] else None,
            distance if distance != _NOTHING["I"] else None,
        )

    def _take(self, shape: _Shape, at: int, stamp: int | None) -> None:
        if at + shape.size > len(self.data):
            raise IndexError
        values = shape.values(self.data, at)
        if STAMP in values:
            self._clock = values[STAMP]
        elif stamp is not None:
            self._clock += (stamp - self._clock) & 0x1F
            values[STAMP] = self._clock
        if shape.message == RECORD:
            self.records.add(values.get(STAMP), values.get(5))
        elif shape.message == SESSION:
            self.sessions.append(values)
            self.records = _Records()
        elif shape.message == FILE_ID:
            self.kind = values.get(0, self.kind)


def _both(order: str, fields: list[tuple[int, int, struct.Struct, int]]) -> struct.Struct | None:
    """How to read a record's clock and distance together; None where they stand otherwise."""
    places = {number: offset for number, offset, reader, _ in fields if reader.size == UINT32}
    if STAMP not in places or 5 not in places or places[STAMP] > places[5]:
        return None
    gap = places[5] - places[STAMP] - UINT32
    return struct.Struct(f"{order}{places[STAMP]}xI{gap}xI")


def read_fit(data: bytes) -> FileRead:
    """The activities of a FIT file, or of several behind one another. Raises UnreadableError."""
    found: list[Activity] = []
    at, whole, kind = 0, True, None
    while at < len(data) and whole:
        head = data[at]
        if data[at + 8 : at + 12] != b".FIT" or head < 12:
            whole = False
            break
        (size,) = struct.unpack_from("<I", data, at + 4)
        end = at + head + size
        fit = _Fit(data)
        whole = fit.messages(at + head, min(end, len(data))) and end <= len(data)
        whole = whole and _sum_holds(data, at, end)
        kind = fit.kind if kind is None else kind
        found += _activities(fit, whole=whole)
        at = end + 2
    if not found:
        if kind not in (None, AN_ACTIVITY):
            raise UnreadableError("not_a_run_file")
        raise UnreadableError("empty" if whole else "damaged")
    timed = [one for one in found if one.start is not None]
    return FileRead("fit", tuple(timed)) if timed else FileRead("fit", tuple(found[:1]), "no_times")


def _activities(fit: _Fit, *, whole: bool) -> list[Activity]:
    found = [_session(one) for one in fit.sessions if one.get(5) != _TRANSITION]
    records = fit.records
    if records.first is not None and records.last is not None and not found:
        found.append(
            Activity(
                start=_date(records.first),
                distance_m=records.metres or None,
                moving_s=float(records.moving) or None,
                elapsed_s=float(records.last - records.first) or None,
                partial=True,
            )
        )
    elif found and not whole:
        found[-1] = msgspec.structs.replace(found[-1], partial=True)
    return [one for one in found if one.distance_m or one.duration_s]


def _session(values: dict[int, int]) -> Activity:
    def share(number: int, of: int) -> float | None:
        return values[number] / of if number in values else None

    climb = values.get(22)
    return Activity(
        sport=_SPORTS.get(values.get(5, 0), "other"),
        start=_date(values.get(2)),
        distance_m=share(9, 100) or None,
        moving_s=share(8, 1000) or None,
        elapsed_s=share(7, 1000) or None,
        climb_m=None if climb is None else float(climb),
    )


def _date(stamp: int | None) -> datetime | None:
    return instant(stamp + EPOCH) if stamp is not None and stamp >= SINCE_SWITCHED_ON else None


def checksum(data: bytes) -> int:
    """The checksum of FIT (CRC-16 with the polynomial 0x8005, reflected)."""
    table = _table()
    found = 0
    for byte in data:
        found = (found >> 8) ^ table[(found ^ byte) & 0xFF]
    return found


def _table() -> list[int]:
    table = []
    for number in range(256):
        value = number
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
        table.append(value)
    return table


def _sum_holds(data: bytes, at: int, end: int) -> bool:
    if end + 2 > len(data):
        return False
    if end - at > CHECKED:
        return True
    (given,) = struct.unpack_from("<H", data, end)
    return given in (0, checksum(data[at:end]))

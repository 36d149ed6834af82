"""A table of past activities (CSV), as the common exports write them.

Rule: columns are found by the words of their heading. What is no run is counted and left out, and a
line that cannot be read is skipped. Only the newest runs are kept.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.files.activity import MOST, Activity, FileRead, UnreadableError, likely, named_sport
from bot.files.cells import Order, figure, moment, order_of, span

MOST_LINES = 20_000
METRES = {"km": 1000.0, "mi": 1609.344, "m": 1.0}
_UNIT_WORDS = {
    "km": ("km", "kilomet"),
    "mi": ("mi)", "(mi", "mile", " mi"),
    "m": ("metre", "meter", "(m)"),
}
NO_RUN_IS_LONGER = 300.0
"""Above this, the middle figure of a column of distances is metres [D]."""
_LONGEST_M, _LONGEST_S = 500_000.0, 4 * 86_400.0
_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
_TOO_FAST = 9.0
"""Metres a second; a clock of two figures was then hours and minutes [D]."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a row; -1 where they do not."""

    day: int
    clock: int
    sport: int
    distance: int
    metres: int
    """A second column of distances, as the largest export has: always in metres."""
    moving: int
    elapsed: int
    minutes: bool
    """The times are figures of minutes."""
    utc: bool
    """The days are UTC, as the export that names every activity by number writes them."""


def read_table(data: bytes) -> FileRead:
    """The runs of a table. Raises UnreadableError."""
    rows = _rows(_text(data))
    head = next(rows, [])
    names = [" ".join(name.casefold().split()) for name in head]
    columns = _columns(names)
    body = [row for _, row in zip(range(MOST_LINES), rows, strict=False) if any(row)]
    if not body:
        raise UnreadableError("empty")
    unit = _unit(names[columns.distance], body, columns)
    order = order_of([_cell(row, columns.day) for row in body])
    return _kept(body, columns, order, unit)


def _kept(body: list[list[str]], columns: Columns, order: Order, unit: str) -> FileRead:
    runs: list[Activity] = []
    others: Counter[str] = Counter()
    skipped = unsure = 0
    for row in body:
        try:
            one = _activity(row, columns, order, METRES[unit or "km"])
        except ValueError:
            unsure += 1
            continue
        sport = likely(one) if one else ""
        if one is None:
            skipped += 1
        elif sport == "run":
            runs.append(one)
        else:
            others[sport] += 1
    if unsure and not runs:
        raise UnreadableError("day_or_month")
    if not runs and not others:
        raise UnreadableError("no_columns" if skipped else "empty")
    runs.sort(key=_when)
    newest = tuple(runs[-MOST:])
    older = len(runs) - len(newest)
    return FileRead("csv", newest, "", dict(others), older, skipped + unsure, unit_known=bool(unit))


def _activity(row: list[str], columns: Columns, order: Order, metres: float) -> Activity | None:
    """One row; None if it cannot be read. Raises ValueError where the day cannot be told."""
    day = _cell(row, columns.day)
    if columns.clock >= 0:
        day = f"{day} {_cell(row, columns.clock)}"
    when = moment(day, order)
    if when is None or not 1990 <= when.year <= 2100:
        return None
    distance = figure(_cell(row, columns.distance))
    if columns.metres >= 0:
        distance = figure(_cell(row, columns.metres))
    far = None if not distance else distance * metres
    each = 60.0 if columns.minutes else 1.0
    moving = _took(_cell(row, columns.moving), each, far)
    elapsed = _took(_cell(row, columns.elapsed), each, far)
    if (
        (far or 0) > _LONGEST_M
        or (moving or elapsed or 0) > _LONGEST_S
        or not (far or moving or elapsed)
    ):
        return None
    sport = named_sport(_cell(row, columns.sport)) if columns.sport >= 0 else ""
    start = when.replace(tzinfo=UTC) if columns.utc else None
    return Activity(
        sport=sport,
        start=start,
        local=None if start else when,
        distance_m=round(far, 1) if far else None,
        moving_s=moving,
        elapsed_s=elapsed,
    )


def _took(cell: str, each_s: float, metres: float | None) -> float | None:
    """A time: "1:02" is an hour and two minutes where a minute would be faster than anyone runs."""
    seconds = span(cell, each_s)
    if seconds and metres and cell.count(":") == 1 and metres / seconds > _TOO_FAST:
        return seconds * 60
    return seconds


def _when(activity: Activity) -> datetime:
    if activity.start is not None:
        return activity.start
    return (activity.local or _LONG_AGO).replace(tzinfo=UTC)


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:4096]:
        raise UnreadableError("unknown")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str) -> Iterator[list[str]]:
    first = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=mark)
    while True:
        try:
            yield [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            continue


def _columns(names: list[str]) -> Columns:
    """Find the columns by their headings. Raises UnreadableError."""
    if len(names) < 2:
        raise UnreadableError("unknown")
    far = [at for at, name in enumerate(names) if _is_distance(name)]
    day = _first(
        names, "activity date", "start date", "date", "start time", "start", "day", "timestamp"
    )
    moving = _first(names, "moving time", "timer time", "time in motion")
    elapsed = _first(names, "elapsed time", "duration", "total time")
    if moving < 0 and elapsed < 0:
        moving = next((at for at, name in enumerate(names) if _is_time(name)), -1)
    if day < 0 or (not far and moving < 0 and elapsed < 0):
        raise UnreadableError("no_columns")
    both = len(far) > 1 and names[far[0]] == names[far[1]]
    at = max(moving, elapsed)
    return Columns(
        day=day,
        clock=next((at for at, name in enumerate(names) if name in ("start time", "hour")), -1)
        if names[day] in ("date", "day")
        else -1,
        sport=_first(names, "activity type", "sport", "type", "activity"),
        distance=far[0] if far else -1,
        metres=far[1] if both else -1,
        moving=moving,
        elapsed=elapsed,
        minutes=at >= 0 and "(min" in names[at],
        utc=names[day] == "activity date" and "activity id" in names,
    )


def _is_distance(name: str) -> bool:
    return name.startswith("distance") or name in ("km", "kilometers", "kilometres", "mi", "miles")


def _is_time(name: str) -> bool:
    return name.startswith(("time", "duration")) and "day" not in name


def _first(names: list[str], *wanted: str) -> int:
    """The column whose heading is, or else begins with, the first of these words."""
    for word in wanted:
        if word in names:
            return names.index(word)
        for at, name in enumerate(names):
            if name.startswith(f"{word} ("):
                return at
    return -1


def _unit(name: str, body: list[list[str]], columns: Columns) -> str:
    """km, mi or m for the column of distances; "" where nothing says it."""
    if columns.metres >= 0:
        return "m"
    if columns.distance < 0:
        return "km"
    for unit, marks in _UNIT_WORDS.items():
        if name == unit or any(mark in name for mark in marks):
            return unit
    cells = [_cell(row, columns.distance).casefold() for row in body[:50]]
    for unit in ("km", "mi"):
        if any(unit in cell for cell in cells):
            return unit
    figures = sorted(found for cell in cells if (found := figure(cell)))
    return "m" if figures and figures[len(figures) // 2] > NO_RUN_IS_LONGER else ""


def _cell(row: list[str], at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""

"""A run as a calendar file (RFC 5545), written by hand: a few lines need no library.

Rule: times are UTC, so that every calendar shows its owner's clock and no zone table is needed.
Lines end in CRLF and are folded at 75 bytes; commas, semicolons and backslashes are escaped.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.club.state import ClubRun

FOLD = 75
_PRODUCT = "-//Heeldrop//Club runs//EN"


def ics(runs: Iterable[ClubRun], now: datetime, club: str) -> str:
    """The file. `now` is when it was made (UTC)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "METHOD:PUBLISH"]
    for run in runs:
        lines += _event(run, now, club)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(run: ClubRun, now: datetime, club: str) -> list[str]:
    options = "; ".join(
        f"{one.letter}) {_option(one.distance_m, one.words)}" for one in run.options
    )
    notes = "\n".join(part for part in (options, run.notes) if part)
    lines = [
        "BEGIN:VEVENT",
        f"UID:club-{run.club}-run-{run.id}@heeldrop",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(run.starts_at)}",
        f"DTEND:{_utc(run.ends_at)}",
        f"SUMMARY:{_escaped(f'{run.title} ({club})')}",
        f"STATUS:{'CANCELLED' if run.state == 'cancelled' else 'CONFIRMED'}",
    ]
    if run.where:
        lines.append(f"LOCATION:{_escaped(run.where)}")
    if notes:
        lines.append(f"DESCRIPTION:{_escaped(notes)}")
    return [*lines, "END:VEVENT"]


def _option(metres: float | None, words: str) -> str:
    far = f"{metres / 1000:.1f}".removesuffix(".0") + " km" if metres else ""
    return " ".join(part for part in (far, words) if part)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes; each but the first begins with a space."""
    piece = ""
    for one in line:
        if len((piece + one).encode()) > FOLD:
            yield piece
            piece = " "
        piece += one
    yield piece

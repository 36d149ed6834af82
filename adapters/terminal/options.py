"""What `heeldrop chat` can be told on its command line."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DATA = Path("data")


@dataclass(frozen=True, slots=True)
class Options:
    """How to chat. `zone` is the clock of the people in it; `start` (UTC) stops the clock."""

    data: Path
    zone: ZoneInfo
    content: Path | None = None
    fresh: bool = False
    start: datetime | None = None
    units: str = ""
    json: bool = False
    plain: bool = False


def read(argv: Sequence[str]) -> Options:
    """The options on a command line. Ends the program (2) with a sentence if they are wrong."""
    parser = _parser()
    told = parser.parse_args(argv)
    try:
        zone = ZoneInfo(told.zone) if told.zone else local_zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        parser.error(f'"{told.zone}" is not a time zone. For example: --zone Europe/Berlin')
    return Options(
        data=told.data,
        zone=zone,
        content=told.content,
        fresh=told.fresh,
        start=_instant(told.at, zone, parser),
        units=told.units,
        json=told.json,
        plain=told.plain,
    )


def local_zone() -> ZoneInfo:
    """This machine's time zone by name, or UTC where it has none."""
    named = os.environ.get("TZ", "").removeprefix(":")
    link = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    for name in (named, link):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def _instant(text: str, zone: ZoneInfo, parser: argparse.ArgumentParser) -> datetime | None:
    if not text:
        return None
    try:
        then = datetime.fromisoformat(text)
    except ValueError:
        parser.error(f'"{text}" is not a moment. For example: --at 2026-05-07T18:40')
    return (then if then.tzinfo else then.replace(tzinfo=zone)).astimezone(UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="heeldrop chat",
        description="Talk to Heeldrop in this terminal. Nothing is sent over a network.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    folder = Path(os.environ.get("HEELDROP_DATA", "") or DATA)
    add("--data", type=Path, metavar="FOLDER", default=folder, help=f"keep data here ({folder})")
    add("--fresh", action="store_true", help="use a temporary folder, removed at the end")
    add("--content", type=Path, metavar="FOLDER", help="use this content folder")
    add("--at", default="", metavar="INSTANT", help="start then; time moves only by skipping")
    add("--zone", default="", help="time zone of the runners, such as Europe/Berlin")
    add("--units", default="", choices=("km", "mi"), help="distances in km or miles")
    add("--plain", action="store_true", help="plain lines, as when piped")
    add("--json", action="store_true", help="JSON lines both ways (--json --help says how)")
    return parser

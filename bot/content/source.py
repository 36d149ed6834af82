"""Reads one TOML file of the content folder and remembers on which line everything stands.

Rule: nothing here knows what the content means. A file that cannot be read, or an item that does not
fit its type, becomes a Problem with file, line, id and fix; the other items are still converted, so
that an author sees all that is wrong at once.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from bot.content.problem import ContentError, Problem

T = TypeVar("T")
_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}")
_AT = re.compile(r" - at `\$\.?(.*)`$")


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed TOML file: its place relative to the content folder, its data and its lines."""

    file: str
    data: dict[str, Any]
    lines: tuple[str, ...] = field(repr=False)

    def line_of_table(self, name: str, index: int = 0) -> int:
        """The line of the index-th `[name]` or `[[name]]` header, counted from 1; 1 if there is none."""
        lines = self.lines_of_table(name)
        return lines[index] if index < len(lines) else 1

    def lines_of_table(self, name: str) -> tuple[int, ...]:
        """The lines of all `[name]` or `[[name]]` headers, counted from 1."""
        headers = ((number, _HEADER.match(line)) for number, line in enumerate(self.lines, 1))
        return tuple(number for number, header in headers if header and header.group(1) == name)

    def line_of_key(self, key: str, after: int = 1) -> int:
        """The line on which `key =` is first set at or after a line; that line itself if nowhere."""
        wanted = re.compile(rf"(^|[{{,\s]){re.escape(key)}\s*=")
        for number in range(after, len(self.lines) + 1):
            if wanted.search(self.lines[number - 1]):
                return number
        return after

    def line_of_text(self, text: str) -> int:
        """The first line that holds the text; 1 if none does."""
        for number, line in enumerate(self.lines, start=1):
            if text in line:
                return number
        return 1


def read_source(folder: Path, file: str) -> Source:
    """Parse one file. Raises ContentError (HD001 missing, HD002 not TOML) naming file and line."""
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(
            Problem(
                file,
                1,
                "HD001",
                "",
                "This file is missing.",
                "Put it back, or restore it from git.",
            )
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        fix = "Check that the file can be read and is saved as UTF-8."
        raise ContentError(
            Problem(file, 1, "HD001", "", f"Cannot be read: {error}.", fix)
        ) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        fix = "Finish or correct this line; compare it with its neighbours."
        raise ContentError(
            Problem(file, line, "HD002", "", f"Not valid TOML: {error}.", fix)
        ) from None
    return Source(file, data, tuple(text.splitlines()))


def items(source: Source, table: str, kind: type[T], problems: list[Problem]) -> tuple[T, ...]:
    """Every `[[table]]` of the file as `kind`; what does not fit is added to `problems` (HD003)."""
    found: list[T] = []
    raws = source.data.get(table, ())
    lines = source.lines_of_table(table)
    for index, raw in enumerate(raws):
        item = one(source, raw, kind, problems, lines[index] if index < len(lines) else 1)
        if item is not None:
            found.append(item)
    return tuple(found)


def one(
    source: Source, raw: Any, kind: type[T], problems: list[Problem], line: int = 1
) -> T | None:
    """One raw table as `kind`, or None with an HD003 problem added."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        at = _AT.search(str(error))
        key = re.sub(r"\[.*?\]", "", at.group(1)).split(".")[-1] if at else ""
        where = source.line_of_key(key, line) if key else line
        name = raw.get("id", "") if isinstance(raw, dict) else ""
        fix = f"{_allowed(kind, key)}Correct this entry; its neighbours show the form."
        problems.append(Problem(source.file, where, "HD003", str(name), f"{error}.", fix))
        return None


def _allowed(kind: type[T], key: str) -> str:
    """The words a field may hold, where they are few: "kind is one of: choice, number. "."""
    words = get_args(get_type_hints(kind).get(key)) if key else ()
    if not words or not all(isinstance(word, str) for word in words):
        return ""
    return f"{key} is one of: {', '.join(words)}. "


def unique(source: Source, table: str, ids: list[str], problems: list[Problem]) -> None:
    """Add an HD004 problem for every id that stands twice in a table of one file."""
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            line = source.line_of_table(table, index)
            message = f"The id {name!r} is used twice in [[{table}]]."
            problems.append(
                Problem(source.file, line, "HD004", name, message, "Give one of them its own id.")
            )
        seen.add(name)

"""Reads one file of figures table by table, so that all that is wrong is said at once.

Problems: HD003 a table is missing, unknown or does not fit; HD040 a figure without its origin.
"""

from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from bot.content.coaching.cited import Figure
from bot.content.problem import ContentError, Problem
from bot.content.source import Source, items, one, read_source

T = TypeVar("T", bound=Figure)
_OWN = set(Figure.__struct_fields__)


def read_figures(
    folder: Path, file: str, kind: type[T], problems: list[Problem]
) -> tuple[Source, T] | None:
    """The whole file as `kind`, or None with what is wrong added to `problems`."""
    try:
        source = read_source(folder, file)
    except ContentError as error:
        problems.extend(error.problems)
        return None
    before = len(problems)
    fields = [field for field in msgspec.structs.fields(kind) if field.name not in _OWN]
    values = {field.name: _table(source, field, problems) for field in fields}
    known = {field.encode_name for field in fields}
    for name in sorted(set(source.data) - known):
        near = ", ".join(sorted(known))
        problems.append(_problem(source, name, f"Nothing reads [{name}].", f"Use one of: {near}."))
    if len(problems) > before:
        return None
    return source, kind(**values)


def _table(source: Source, field: Any, problems: list[Problem]) -> Any:
    """One `[table]`, or every `[[table]]`, with its origin checked."""
    name = field.encode_name
    many = get_origin(field.type) is tuple
    inner = get_args(field.type)[0] if many else field.type
    raw = source.data.get(name)
    if not isinstance(raw, list if many else dict) or not raw:
        wanted = f"[[{name}]]" if many else f"[{name}]"
        problems.append(_problem(source, name, f"{wanted} is missing.", "Put it back."))
        return None
    if many:
        rows = items(source, name, inner, problems)
        lines = [source.line_of_table(name, index) for index in range(len(rows))]
    else:
        row = one(source, raw, inner, problems, source.line_of_table(name))
        rows = () if row is None else (row,)
        lines = [source.line_of_table(name)]
    for figure, line in zip(rows, lines, strict=False):
        if not (figure.sources or figure.recalled or figure.default):
            message = f"[{name}] does not say where its figures come from."
            fix = 'Add sources = ["S1"], or default = true if it is our own choice.'
            problems.append(Problem(source.file, line, "HD040", name, message, fix))
    return rows if many else (rows[0] if rows else None)


def _problem(source: Source, name: str, message: str, fix: str) -> Problem:
    return Problem(source.file, source.line_of_table(name), "HD003", name, message, fix)

"""`heeldrop understand`: JSON lines in, predictions out. Pure; the shell reads and prints."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.understanding.explain import explain
from bot.understanding.labels import to_labels
from bot.understanding.read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.understanding.lexicon import Lexicon


class LineError(ValueError):
    """An input line cannot be used; the message says which and why. The caller's to mend."""


def understand_line(line: str, lexicon: Lexicon, today: date, explained: bool = False) -> str:
    """One line {"id", "text", "lang"?, "at"?} to one line {"id", "labels"}.

    `at` is an ISO date or time and replaces `today`. With `explained`, `explain` is added: what
    each stage found, with quotes. Raises LineError.
    """
    item = _item(line)
    at = _day(item.get("at"), today)
    lang = item.get("lang")
    understood = read(item["text"], lexicon, today=at, lang=lang if isinstance(lang, str) else None)
    answer: dict[str, Any] = {"id": item["id"], "labels": to_labels(understood)}
    if explained:
        answer["explain"] = explain(understood)
    return json.dumps(answer, ensure_ascii=False)


def understand_lines(
    lines: Iterable[str], lexicon: Lexicon, today: date, explained: bool = False
) -> Iterator[str]:
    """Every line in its order; empty lines are passed over. Raises LineError with the line number."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield understand_line(line, lexicon, today, explained)
            except LineError as error:
                raise LineError(f"line {number}: {error}") from error


def _item(line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except ValueError as error:
        raise LineError(f"this is not JSON ({error})") from error
    if not isinstance(item, dict) or "id" not in item or not isinstance(item.get("text"), str):
        raise LineError('a line needs "id" and "text"')
    return item


def _day(at: object, today: date) -> date:
    if not isinstance(at, str):
        return today
    try:
        return datetime.fromisoformat(at).date()
    except ValueError as error:
        raise LineError(f'"at" is not an ISO date or time: {at!r}') from error

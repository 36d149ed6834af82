"""`heeldrop decide`: facts as JSON in, decision as JSON out, without the chat."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from bot.content.load import Content, load_content
from bot.conversation.given import GivenError, facts_given
from bot.conversation.state import Runner
from bot.conversation.view import decision
from bot.runtime.commands.problems import CommandError

HELP = """Reads one JSON object of facts from FILE or standard input, for example
  {"sore": true, "side": "left", "swelling": "one_leg"}
and prints the decision: triage, pathways, the rules that fired with their sources, plan, exercises,
and what would be asked next. With --lines: one object a line in, one decision a line out.
The facts and their values: heeldrop decide --facts"""


def run(argv: Sequence[str]) -> int:
    """Decide; 0 well, 1 for facts that cannot be used."""
    parser = argparse.ArgumentParser(
        prog="heeldrop decide",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", default="-", help="a JSON file, or - for standard input")
    parser.add_argument("--content", type=Path, help="another content folder")
    parser.add_argument("--at", help="the moment to decide for, as 2026-05-07T12:00:00+00:00")
    parser.add_argument("--lines", action="store_true", help="one JSON object a line")
    parser.add_argument("--facts", action="store_true", help="list the facts and their values")
    given = parser.parse_args(list(argv))
    content = load_content(given.content)
    if given.facts:
        sys.stdout.write(_facts(content))
        return 0
    now = _moment(given.at)
    with _opened(given.file) as source:
        if given.lines:
            return _lines(content, source, now)
        sys.stdout.write(json.dumps(_decide(content, _parsed(source.read()), now), indent=2) + "\n")
    return 0


def _lines(content: Content, source: TextIO, now: datetime) -> int:
    failed = 0
    for line in source:
        if line.strip():
            try:
                answer = _decide(content, _parsed(line), now)
            except CommandError as error:
                answer, failed = {"error": str(error)}, 1
            sys.stdout.write(json.dumps(answer) + "\n")
    return failed


def _decide(content: Content, raw: dict[str, Any], now: datetime) -> dict[str, Any]:
    raw = raw.get("facts", raw)
    if not isinstance(raw, dict):
        raise CommandError('"facts" takes one JSON object, such as {"sore": true}.')
    try:
        return decision(content, facts_given(content, raw), Runner(id="decide"), now)
    except GivenError as error:
        raise CommandError(str(error)) from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CommandError(f"This is not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise CommandError('Give one JSON object of facts, such as {"sore": true}.')
    return found


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--at is not a moment: {text!r}.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _opened(file: str) -> TextIO:
    return sys.stdin if file == "-" else Path(file).open(encoding="utf-8")


def _facts(content: Content) -> str:
    lines = []
    for name, fact in content.facts.items():
        if name == fact.id:
            values = ", ".join(fact.values or fact.members)
            lines.append(f"{name:<24} {fact.kind:<8} {fact.unit or values:<40} {fact.label}")
    return "\n".join(lines) + "\n"

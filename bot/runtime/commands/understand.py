"""`heeldrop understand`: messages as JSON lines in, what is read in them as JSON lines out."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.content.load import default_folder
from bot.runtime import memory
from bot.understanding.command import LineError, understand_line
from bot.understanding.lexicon import load_lexicon

HELP = """Reads JSON lines {"id": "1", "text": "ran 5k, calf sore", "lang"?: "en", "at"?: "2026-05-07"}
and prints {"id": "1", "labels": {...}} for each. With --explain each line also shows the stages and
the words every reading came from."""


def run(argv: Sequence[str]) -> int:
    """Read every line; 1 if one of them could not be used."""
    parser = argparse.ArgumentParser(
        prog="heeldrop understand",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", nargs="?", default="-", help="a file of JSON lines, or -, or a sentence in quotes"
    )
    parser.add_argument("--explain", action="store_true", help="show the stages and quotes")
    parser.add_argument("--content", type=Path, help="another content folder")
    given = parser.parse_args(list(argv))
    lexicon = load_lexicon((given.content or default_folder()) / "lexicon")
    memory.settle()
    text = _text(given.file)
    failed = 0
    today = datetime.now(UTC).date()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            sys.stdout.write(understand_line(line, lexicon, today, given.explain) + "\n")
        except LineError as error:
            sys.stderr.write(f"line {number}: {error}\n")
            failed = 1
    return failed


def _text(given: str) -> str:
    """The lines to read; a few words that name no file are read themselves."""
    if given == "-":
        return sys.stdin.read()
    if " " in given.strip() and not Path(given).exists():
        return json.dumps({"id": "1", "text": given})
    return Path(given).read_text(encoding="utf-8")

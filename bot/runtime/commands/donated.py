"""`heeldrop donated`: the misread sentences that runners gave, or tests made of them."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bot.content.condition import Value
from bot.conversation.gifts.gift_tests import labelled
from bot.runtime import settings
from bot.runtime.commands.problems import CommandError
from bot.store.donated import Given
from bot.store.looking import donated_in

TESTS = Path("tests/understanding/donated.jsonl")
HELP = """Lists the misread sentences that runners gave. With --as-tests they become labelled test
cases, one JSON line each. A line that is in the file already stays as it is, so labels that were put
right by hand are kept. Read each new line before you commit it: a name may have got through."""


def run(argv: Sequence[str]) -> int:
    """List them, or write the new ones to the file of tests."""
    parser = argparse.ArgumentParser(prog="heeldrop donated", description=HELP)
    parser.add_argument(
        "--as-tests",
        nargs="?",
        type=Path,
        const=TESTS,
        metavar="FILE",
        help=f"add them to a file of tests (default: {TESTS})",
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="the data folder")
    told = parser.parse_args(list(argv))
    given = donated_in(told.data or settings.read().data)
    if told.as_tests is None:
        _list(given)
    else:
        _as_tests(given, told.as_tests)
    return 0


def _list(given: Sequence[Given]) -> None:
    for one in given:
        gift = one.gift
        sys.stdout.write(f"{one.id}  {gift.month}  {gift.language}\n  {gift.sentence!r}\n")
        sys.stdout.write(f"  read: {_facts(gift.read)}\n  put right: {_facts(gift.corrected)}\n")
    sys.stdout.write(f"Sentences given: {len(given)}.\n")


def _facts(facts: Mapping[str, Value]) -> str:
    return ", ".join(f"{name}={value}" for name, value in facts.items()) or "nothing"


def _as_tests(given: Sequence[Given], file: Path) -> None:
    if not file.parent.is_dir():
        raise CommandError(f"There is no folder {file.parent}: name a file of an existing one.")
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    try:
        known = {msgspec.json.decode(line)["id"] for line in before.splitlines() if line.strip()}
    except (msgspec.DecodeError, KeyError, TypeError):
        raise CommandError(f"{file} is no file of tests: each line is JSON with an id.") from None
    cases = [labelled(one.id, one.gift) for one in given]
    new = [case for case in cases if case["id"] not in known]
    lines = "".join(f"{msgspec.json.encode(case).decode()}\n" for case in new)
    gap = "\n" if before and not before.endswith("\n") else ""
    with file.open("a", encoding="utf-8") as opened:
        opened.write(gap + lines)
    sys.stdout.write(f"{len(new)} new tests in {file}, {len(cases) - len(new)} were there.\n")

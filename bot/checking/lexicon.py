"""The words of runners (content/lexicon): every file can be used, and its own examples hold.

Rule: a phrase shows by its examples what it means; HD050 is a file that cannot be read, HD051 an
example that is not read as it says.
"""

import re
from pathlib import Path

from bot.content.lexicon import LexiconError
from bot.content.problem import ContentError, Problem
from bot.content.source import read_source
from bot.understanding.check import check_examples
from bot.understanding.lexicon import load_lexicon

FOLDER = "lexicon"
_PLACE = re.compile(
    r"^(?P<file>[\w-]+/[\w.-]+\.toml)(?:, entry '(?P<entry>[^']*)')?: (?P<what>.*)$", re.DOTALL
)
_LINE = re.compile(r"at line (\d+)")
_UNUSABLE = "Correct this entry; bot/content/lexicon.py lists the marks a phrase may have."
_UNREAD = "Correct the example or the phrases of the entry."


def check_lexicon(folder: Path) -> list[Problem]:
    """Everything that is wrong with the words under `folder`/lexicon."""
    try:
        lexicon = load_lexicon(folder / FOLDER)
    except LexiconError as error:
        return [_problem(folder, str(error), "HD050", _UNUSABLE)]
    return [_problem(folder, text, "HD051", _UNREAD) for text in check_examples(lexicon)]


def _problem(folder: Path, text: str, code: str, fix: str) -> Problem:
    found = _PLACE.match(text)
    if found is None:
        message = "There is no usable word list for English."
        return Problem(f"{FOLDER}/en", 1, code, "", message, "Put the folder back.")
    file, entry, what = f"{FOLDER}/{found['file']}", found["entry"] or "", found["what"]
    told = _LINE.search(what)
    line = int(told[1]) if told else _line(folder, file, entry, what)
    what = what[:1].upper() + what[1:].rstrip(".")
    return Problem(file, line, code, entry, f"{what}.", fix)


def _line(folder: Path, file: str, entry: str, what: str) -> int:
    """Where the example stands that is quoted, or else the entry."""
    try:
        source = read_source(folder, file)
    except ContentError:
        return 1
    for quoted in re.findall(r"'([^']+)'", what)[::-1]:
        line = source.line_of_text(f'"{quoted}"')
        if line > 1:
            return line
    return source.line_of_text(f'id = "{entry}"')

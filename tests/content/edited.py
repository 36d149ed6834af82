"""A copy of the content folder with one slip in it, for testing that the slip is noticed."""

import shutil
from pathlib import Path

from bot.content.problem import Problem

CONTENT = Path(__file__).resolve().parents[2] / "content"


def edited(folder: Path, file: str, old: str, new: str, times: int = 1) -> Path:
    """Copy the content folder into `folder` with `old` replaced in one file."""
    copy = folder / "content"
    if not copy.exists():
        shutil.copytree(CONTENT, copy)
    path = copy / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} does not hold {old!r} any more: mend this test"
    path.write_text(text.replace(old, new, times), "utf-8")
    return copy


def the(code: str, problems: list[Problem]) -> Problem:
    """The one problem with this code; there must be exactly one."""
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, [str(problem) for problem in problems]
    return found[0]

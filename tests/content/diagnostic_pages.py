"""Reads the pages of docs/diagnostics/: severity, and the failing examples, as they are written."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "diagnostics"
_STEP = re.compile(
    r"^(?P<verb>Append to|Write|Replace in) `(?P<file>[^`]+)`:\n\n```toml\n(?P<text>.*?)\n```"
    r"(?:\n\nwith:\n\n```toml\n(?P<new>.*?)\n```)?",
    re.DOTALL | re.MULTILINE,
)
_DELETE = re.compile(r"^Delete `([^`]+)`\.$", re.MULTILINE)
_REPORTED = re.compile(r"^Reported in `([^`]+)` at (line 1|`(.+)`)\.$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One edit of a content folder."""

    verb: str
    file: str
    text: str = ""
    new: str = ""

    def apply(self, folder: Path) -> None:
        """Make the edit. Raises AssertionError where the text to replace is gone."""
        path = folder / self.file
        if self.verb == "Delete":
            path.unlink()
        elif self.verb == "Replace in":
            old = path.read_text("utf-8")
            assert self.text in old, f"{self.file} holds {self.text!r} no more: mend the page"
            path.write_text(old.replace(self.text, self.new, 1), "utf-8")
        else:
            old = path.read_text("utf-8") if self.verb == "Append to" else ""
            path.write_text(f"{old}\n{self.text}\n", "utf-8")


@dataclass(frozen=True)
class Example:
    """A failing example: what to do to the content, and where it is reported."""

    code: str
    number: int
    severity: str
    walk: bool
    steps: tuple[Step, ...]
    file: str
    at: str
    """Text of the reported line, or "" for line 1."""


def codes() -> list[str]:
    """The codes that have a page."""
    return sorted(path.stem for path in PAGES.glob("HD*.md"))


def examples() -> list[Example]:
    """The examples of all pages, in order."""
    return [example for code in codes() for example in _of(code)]


def _of(code: str) -> list[Example]:
    text = (PAGES / f"{code}.md").read_text("utf-8")
    severity = re.search(r"^Severity: (\w+)$", text, re.MULTILINE)
    assert severity, f"{code}.md does not say how serious it is"
    found = []
    for number, part in enumerate(text.split("\n## Example")[1:], start=1):
        steps = [Step("Delete", name) for name in _DELETE.findall(part)]
        steps += [
            Step(step["verb"], step["file"], step["text"], step["new"] or "")
            for step in _STEP.finditer(part)
        ]
        where = _REPORTED.search(part)
        assert steps, f"{code}.md, example {number}: no edit"
        assert where, f"{code}.md, example {number}: not said where it is reported"
        walk = "\nFound by: the walk" in text
        place = (where[1], where[3] or "")
        found.append(Example(code, number, severity[1], walk, tuple(steps), *place))
    return found

"""What is wrong with the content, said so that whoever wrote it can mend it.

Rule: a problem always names a code, a file, a line, an id and a fix. The catalogue of codes, each with
a failing example that is its test, is docs/diagnostics/.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what would put it right.

    `file` is relative to the content folder; `line` counts from 1; `id` is the item's own id or "".
    Errors stop a release, warnings and notes do not.
    """

    file: str
    line: int
    code: str
    id: str
    message: str
    fix: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """One line for a terminal: file:line: severity code [id] message. Fix."""
        who = f" [{self.id}]" if self.id else ""
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.severity} {self.code}{who} {self.message} Fix: {self.fix}"


class ContentError(Exception):
    """The content cannot be used as it stands. `problems` says why; the content's author can mend it."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems, most useful first."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

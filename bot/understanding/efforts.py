"""Stage 4, resolve: how hard a run felt, told as a number of 0 to 10 ("RPE 7", "effort 4/10").

Rule: a degree beside a word for effort is of the run, never of the pain. [D] Up to 3 is easy, 7 and
more is hard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity

_EASY, _HARD = 3, 7


def of_effort(text: Text, q: Quantity) -> bool:
    """Whether a degree is of effort, by the words beside it."""
    first, last = text.around(q.i, q.j, 4, 3)
    for hit in text.within("effort.word", first, last):
        left, right = min(hit.j, q.j), max(hit.i, q.i)
        if not text.break_between(left, right + 1, ",;()-–—"):
            return True
    return False


def find_effort(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add run.effort and the number itself to the findings."""
    for q in quantities:
        if q.kind == "score" and of_effort(text, q):
            word = "easy" if q.middle <= _EASY else "hard" if q.middle >= _HARD else "moderate"
            findings.add("run.effort", Found(word, q.i, q.j, "likely"))
            findings.add("fact.run_effort", Found(q.middle, q.i, q.j))
            return

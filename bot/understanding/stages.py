"""Stage 4, resolve: the finders in their order, each adding to the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.findings import Findings
from bot.understanding.flags import find_flags
from bot.understanding.runs import find_runs

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity


def find_all(text: Text, quantities: tuple[Quantity, ...]) -> Findings:
    """Everything a message says, with conflicts resolved."""
    findings = Findings()
    findings.flags.extend(find_flags(text))
    find_runs(text, quantities, findings)
    return findings

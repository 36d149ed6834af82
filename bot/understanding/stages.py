"""Stage 4, resolve: the finders in their order, each adding to the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.breaks import find_breaks
from bot.understanding.findings import Findings
from bot.understanding.flags import find_flags
from bot.understanding.lasting import find_days
from bot.understanding.load import find_load
from bot.understanding.person import find_person
from bot.understanding.plans import find_plans
from bot.understanding.rest import find_rest
from bot.understanding.runs import find_runs
from bot.understanding.since import find_since
from bot.understanding.soreness import find_soreness

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.quantities import Quantity


def find_all(text: Text, quantities: tuple[Quantity, ...]) -> Findings:
    """Everything a message says, with conflicts resolved."""
    findings = Findings()
    findings.flags.extend(find_flags(text))
    find_runs(text, quantities, findings)
    find_soreness(text, quantities, findings)
    find_breaks(text, quantities, findings)
    find_load(text, quantities, findings)
    find_since(text, quantities, findings)
    find_days(text, quantities, findings)
    find_rest(text, findings)
    find_plans(text, quantities, findings)
    find_person(text, quantities, findings)
    return findings

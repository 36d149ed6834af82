"""Stage 4, resolve: worse although rested.

Evidence.md 1.2 W7: no better, or straight back on the first run, after a week or more of stated rest;
or worse while not running. A warning sign of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.context import standing
from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings

WORSE_DESPITE_REST = "soreness_returned_without_run"
_WEEK = 7
_LONG_REST = 120


def find_rest(text: Text, findings: Findings) -> None:
    """Add the flag when the text says so."""
    if findings.value("soreness.present") is not True:
        return
    length = findings.fields.get("break.length_days")
    rested = length is not None and _WEEK <= float(length.value) <= _LONG_REST
    for concept in ("returned", "not_better", "came_again"):
        hits = text.of(concept)
        if rested and length is not None:
            later = [h for h in hits if h.i > length.i]
            if later and findings.value("break.reason") in ("injury", None):
                _flag(findings, later[0].i, later[0].j)
                return
    if rested and findings.value("break.reason") == "injury" and _hurts_again(text, findings):
        return
    for hit in text.of("worse_despite_rest"):
        if standing(text, hit.i, hit.j, clause=True) == "now" and not text.sentence(hit.i).question:
            _flag(findings, hit.i, hit.j)
            return
    worse = findings.fields.get("soreness.worsening")
    ran = findings.value("run.distance_km") is not None
    if worse is not None and worse.value is True and not ran and _not_running(text):
        _flag(findings, worse.i, worse.j)


def _hurts_again(text: Text, findings: Findings) -> bool:
    """Pain during the run that followed the rest, with a score or at a point along the way."""
    length, run = findings.fields["break.length_days"], findings.fields.get("run.distance_km")
    level = findings.fields.get("soreness.level_0_10")
    during = findings.value("soreness.onset") == "during"
    if run is None or run.i < length.i or not (during or (level is not None and level.i > run.i)):
        return False
    _flag(findings, run.i, run.j)
    return True


def _not_running(text: Text) -> bool:
    return any(
        text.norm(h.i)
        in ("havent", "hadnt", "no", "not", "rest", "rested", "resting", "without", "stopped")
        for h in text.of("break")
    )


def _flag(findings: Findings, i: int, j: int) -> None:
    findings.flags.append(Flag(WORSE_DESPITE_REST, True, i, j, "now", "likely"))

"""Stage 4, resolve: on what ground the run was, and how hard.

Rule: a word of the run's own sentence, if no other run stands nearer to it; a race or a hard session
told elsewhere counts when it has been and no other run is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.candidates import RUN_ROLES
from bot.understanding.findings import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.candidates import Candidate
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit

_ENDURING = ("race", "hard")
_COMMA = 4
_AHEAD = ("plan", "future", "tomorrow", "habit", "goal_time", "since")


def _on_a_day(text: Text, i: int) -> bool:
    own = text.sentence(i)
    told = text.has("day", own.first, own.last) or text.has("when", own.first, own.last)
    return told and not own.question and not text.has("plan", own.first, i)


def find_manner(
    text: Text,
    sentence: int | None,
    spot: int | None,
    candidates: Sequence[Candidate],
    findings: Findings,
) -> None:
    """Add run.surface and run.effort."""
    hits = text.of("surface")
    own = [h for h in hits if sentence is not None and text.tokens[h.i].sentence == sentence]
    chosen = own or (list(hits) if len({h.value for h in hits}) == 1 else [])
    if chosen:
        _add(findings, "run.surface", chosen[-1])
    hits = text.of("effort")
    own = [h for h in hits if sentence is not None and text.tokens[h.i].sentence == sentence]
    chosen = [h for h in own if spot is None or _nearest(text, h, spot, candidates)]
    if not chosen and sentence is None:
        chosen = [h for h in hits if h.value == "hard" and _on_a_day(text, h.i)]
    if not chosen:
        chosen = [h for h in hits if h.value in _ENDURING and _been(text, h, candidates)]
    if chosen:
        _add(findings, "run.effort", chosen[-1])
    best = [h for h in text.of("best_run") if sentence is None or _beside(text, h, sentence)]
    if best and spot is not None and not text.sentence(best[0].i).question:
        findings.add("run.effort", Found("race", best[0].i, best[0].j, "likely"))


def _beside(text: Text, hit: Hit, sentence: int) -> bool:
    return abs(text.tokens[hit.i].sentence - sentence) <= 1


def _add(findings: Findings, name: str, hit: Hit) -> None:
    findings.add(name, Found(str(hit.value), hit.i, hit.j, "likely"))


def _nearest(text: Text, hit: Hit, spot: int, candidates: Sequence[Candidate]) -> bool:
    """Whether no other run of the sentence stands nearer to the word: "5 easy on Wed, 8 today"."""
    runs = [c.i for c in candidates if c.role in RUN_ROLES and c.i != spot]
    mine = _gap(text, hit, spot)
    return all(
        _gap(text, hit, i) > mine
        for i in runs
        if text.tokens[i].sentence == text.tokens[hit.i].sentence
    )


def _gap(text: Text, hit: Hit, i: int) -> int:
    first, last = min(hit.i, i), max(hit.i, i)
    return last - first + (_COMMA if text.break_between(first + 1, last + 1) else 0)


def _been(text: Text, hit: Hit, candidates: Sequence[Candidate]) -> bool:
    """As in "nightmare of a race", "hill sprints, eight of them": done, and the only run told."""
    own = text.sentence(hit.i)
    if own.question or any(text.has(name, own.first, own.last) for name in _AHEAD):
        return False
    if text.has("neg", max(own.first, hit.i - 3), hit.i):
        return False
    if any(text.norm(t) in ("after", "before") for t in range(max(own.first, hit.i - 4), hit.i)):
        return False
    others = [
        c
        for c in candidates
        if c.role in RUN_ROLES and text.tokens[c.i].sentence < text.tokens[hit.i].sentence
    ]
    return hit.value == "race" or not others

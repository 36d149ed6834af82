"""Stage 4, resolve: the day of the run.

Rule: "that was Saturday" first, then a day in the run's own sentence, then one of a sentence about
running, then "two days later" and a session that is announced as done, which is of today.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.understanding.candidates import apart
from bot.understanding.findings import Found
from bot.understanding.moments import WEEKDAYS, Moment

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.tokens import Sentence

_BEGAN = frozenset(("started", "began", "happened", "since", "fly"))
_WAS = frozenset(("was", "war", "fue", "etait", "cetait", "foi"))
_THIS = frozenset(("that", "this", "das", "eso", "isso", "run", "one"))
_SESSION = ("week_of_plan", "c25k", "race", "race_word", "run.word")
_RUNNING = ("run.word", "speed", "effort", "race", "race_word", "week_of_plan")
_SOON_DAYS = 14
_PLAN_RUN = re.compile(r"w(?:k|eek)?\d{1,2}[rd]\d")


def find_when(
    text: Text,
    moments: tuple[Moment, ...],
    sentence: int | None,
    run: int | None,
    findings: Findings,
) -> None:
    """Add run.when: the day of the run's own words, else of a sentence about running near it."""
    told = [m for m in moments if _that_was(text, m)]
    if told and not any(text.tokens[m.i].sentence == sentence for m in moments if m not in told):
        findings.add("run.when", Found(told[0].label, told[0].i, told[0].j, "likely"))
        return
    own = [m for m in moments if sentence is not None and text.tokens[m.i].sentence == sentence]
    if own:
        best = min(own, key=lambda m: m.days if run is None else apart(text, m, run))
        findings.add("run.when", Found(best.label, best.i, best.j, "likely"))
        return
    before = [
        m
        for m in moments
        if sentence is not None
        and 0 < sentence - text.tokens[m.i].sentence <= 2
        and not text.sentence(m.i).question
    ]
    if before and run is not None and not run_sentence(text, before[-1].i):
        last = before[-1]
        findings.add("run.when", Found(last.label, last.i, last.j, "possible"))
        return
    told = [
        m for m in moments if text.norm(m.j - 1) in ("todays", "yesterdays", "sundays", "saturdays")
    ]
    told += [m for m in moments if m.label.endswith("_ago") and m.i == text.sentence(m.i).first]
    running = [m for m in moments if run_sentence(text, m.i)] or told
    running = [m for m in running if m.label != "past"]
    if sentence is not None:
        running = [m for m in running if text.tokens[m.i].sentence <= sentence + 1]
    if not running and run is not None and len(moments) == 1 and _is_day(text, moments[0]):
        running = list(moments)
    if running:
        best = min(running, key=lambda m: m.days)
        findings.add("run.when", Found(best.label, best.i, best.j, "possible"))
    elif not moments:
        told_after = _later(text) if run is not None else None
        announced = told_after or _announced(text)
        if announced is not None:
            findings.add("run.when", announced)


def _that_was(text: Text, moment: Moment) -> bool:
    """As in "that was Saturday", "that was two days ago": of what has just been told."""
    before = (text.norm(moment.i - 2), text.norm(moment.i - 1))
    on = text.norm(moment.i - 1) in ("on", "about", "am") and text.norm(moment.i - 2) in _WAS
    said = before[0] in _THIS and before[1] in _WAS
    return said or (on and text.norm(moment.i - 3) in _THIS)


def _later(text: Text) -> Found | None:
    """As in "two days later it is a bruise", "the day after": how long ago the run then was."""
    for hit in text.of("day.after"):
        days = int(float(hit.value or 1))
        if hit.value == 0:
            words = [int(float(h.value or 0)) for h in text.within("num", hit.i, hit.j)]
            figures = [int(text.norm(t)) for t in range(hit.i, hit.j) if text.norm(t).isdecimal()]
            days = max(words + figures, default=0)
        if 1 <= days <= _SOON_DAYS:
            label = "yesterday" if days == 1 else f"{days}_days_ago"
            return Found(label, hit.i, hit.j, "possible")
    return None


def _session_done(text: Text) -> Hit | None:
    """The word for done of "W4R1 done!", "first parkrun done"."""
    for hit in text.of("run.done"):
        own = text.sentence(hit.i)
        done = text.norm(hit.i) in ("done", "completed", "finished", "did", "ran", "nailed")
        ahead = (
            own.question or text.has("plan", own.first, hit.i) or text.has("neg", own.first, hit.i)
        )
        session = any(text.has(n, own.first, own.last) for n in _SESSION)
        if done and not ahead and (session or _plan_run(text, own)):
            return hit
    return None


def _plan_run(text: Text, own: Sentence) -> bool:
    """As in W4R1, wk3d2."""
    return any(_PLAN_RUN.fullmatch(text.norm(t)) for t in range(own.first, own.last))


def _announced(text: Text) -> Found | None:
    """As in "W4R1 done!!!", "ran my first 10 miler": told on the day, if nothing names another."""
    hit = _session_done(text)
    if hit is None:
        return None
    own = text.sentence(hit.i)
    plan = any(text.has(n, own.first, own.last) for n in ("week_of_plan", "race"))
    plan = plan or _plan_run(text, own)
    fresh = "!" in text.raw[text.tokens[own.first].start : text.tokens[own.last - 1].end + 2]
    tomorrow = bool(text.of("tomorrow")) and not text.of("habit")
    since = text.of("since") or text.of("ago") or text.of("break")
    if (plan and hit.j - own.first <= 8) or ((fresh or tomorrow) and not since):
        return Found("today", hit.i, hit.j, "possible")
    return None


def _is_day(text: Text, moment: Moment) -> bool:
    """Whether the only time told can be of the run: a day, not of a complaint or in a question."""
    own = text.sentence(moment.i)
    before = {text.norm(t) for t in range(max(own.first, moment.i - 3), moment.i)}
    if own.question or text.has("hurt", own.first, own.last) or before & _BEGAN:
        return False
    return moment.label not in WEEKDAYS or bool(before & _WAS)


def run_sentence(text: Text, i: int) -> bool:
    """Whether the sentence of token i tells of running that was done."""
    own = text.sentence(i)
    if own.question:
        return False
    return any(
        not text.has("neg", max(own.first, hit.i - 3), hit.i)
        and not text.has("plan", max(own.first, hit.i - 3), hit.i)
        for name in _RUNNING
        for hit in text.within(name, own.first, own.last)
    )

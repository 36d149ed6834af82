"""Stage 4, resolve: which run the message is about, and what else was run.

Rule: the latest run done is the run in question. Its parts are added ("2 miles, then another 3");
runs that were planned, usual, a best or somebody's goal are not it. The longest of the other runs
is kept as the longest recent run (evidence.md 3.1, S1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understanding.findings import Found
from bot.understanding.moments import Moment, find_moments
from bot.understanding.roles import role_of

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.quantities import Quantity
    from bot.understanding.reading import Certainty
    from bot.understanding.roles import Role

_RUN_ROLES = frozenset(("done", "plain", "stopped"))
_MAX_RUN_M = 250_000
_MAX_RUN_S = 8 * 3600
_MIN_RUN_S = 301
_FASTEST = 0.12
_SHORTEST_CLOCK = 240
_MILE = 1609.344
_UNKNOWN_DAYS = 7.5
_RAN = frozenset(
    [
        "ran",
        "did",
        "managed",
        "done",
        "completed",
        "jogged",
        "hit",
        "was",
        "of",
        "at",
        "easy",
        "planned",
    ]
)
_EASILY = frozenset(["easy", "slow", "slowly", "steady", "gentle", "hard"])
_THEN = frozenset(
    [
        "today",
        "yesterday",
        "and",
        "but",
        "in",
        "on",
        "this",
        "last",
        "with",
        "before",
        "then",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "without",
        "off",
        "round",
    ]
)
_COUNTED_BY = frozenset(["week", "day", "wk", "w", "minute", "number", "age", "top"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A distance that may be the run: metres, its role, and how many days ago it was."""

    metres: float
    high: float
    i: int
    j: int
    role: Role
    days: float
    own_time: bool


def find_runs(text: Text, quantities: tuple[Quantity, ...], findings: Findings) -> None:
    """Add run.* and load.longest_recent_km to the findings."""
    moments = find_moments(text, quantities)
    candidates = [*_distances(text, quantities, moments), *_races(text, moments)]
    candidates.sort(key=lambda c: c.i)
    chosen = _choose(candidates, any(h.value == "sudden" for h in text.of("onset")))
    sentence = text.tokens[chosen.i].sentence if chosen is not None else None
    if chosen is not None:
        metres, last = _with_parts(text, chosen, candidates)
        findings.add("run.distance_km", Found(metres / 1000, chosen.i, last, "likely"))
    clock = _duration(text, quantities, chosen, moments)
    if clock is not None:
        findings.add("run.duration_min", clock)
        sentence = text.tokens[clock.i].sentence if sentence is None else sentence
    _when(text, moments, sentence, chosen, findings)
    _manner(text, sentence, findings)
    if chosen is not None and chosen.i in {h.i for h in text.of("race_word")}:
        findings.add("run.effort", Found("race", chosen.i, chosen.j, "likely"))
    _longest(text, candidates, chosen, findings)


def _distances(
    text: Text, quantities: tuple[Quantity, ...], moments: tuple[Moment, ...]
) -> list[Candidate]:
    found: list[Candidate] = []
    unit = _unit_of(text, quantities)
    for q in quantities:
        metres = q.middle
        if q.kind == "distance":
            if q.weekly or q.change or not 50 <= metres <= _MAX_RUN_M:
                continue
        elif q.kind == "number" and _bare_run(text, q):
            metres = metres * unit
        else:
            continue
        role = role_of(text, q.i, q.j)
        days, own = _days(text, q.i, moments)
        high = q.high / q.middle * metres if q.middle else metres
        found.append(Candidate(metres, high, q.i, q.j, role, days, own))
    return found


def _unit_of(text: Text, quantities: tuple[Quantity, ...]) -> float:
    """Metres of the unit this runner counts in; miles when an English text does not tell."""
    for q in quantities:
        if q.kind == "distance" and q.low >= 500:
            return _MILE if abs(q.low / _MILE - round(q.low / _MILE, 2)) < 1e-6 else 1000.0
    return _MILE if text.language.name == "en" else 1000.0


def _bare_run(text: Text, q: Quantity) -> bool:
    """As in "Ran 4 today": a number straight after a word for running, with no other noun behind it."""
    if not 0.5 <= q.low <= 45 or text.norm(q.i - 1) in _COUNTED_BY:
        return False
    if text.norm(q.i - 1) in ("at", "the") and not text.has("stopped", q.i - 2, q.i - 1):
        return False
    if text.norm(q.i - 1) == "was" and not text.has("day", q.i - 2, q.i - 1):
        return False
    before, after = text.norm(q.i - 1) in _RAN, text.norm(q.j) in _EASILY
    if before and text.norm(q.j) == "of":
        return True
    ends = (
        q.j >= len(text.tokens)
        or bool(text.tokens[q.j].before)
        or (text.tokens[q.j].sentence != text.tokens[q.i].sentence)
    )
    if before:
        return ends or after or text.norm(q.j) in _THEN
    return after and (text.norm(q.j + 1) in _THEN or text.has("when", q.j, q.j + 3))


def _races(text: Text, moments: tuple[Moment, ...]) -> list[Candidate]:
    """Parkruns, halves and marathons that were run."""
    found = []
    for concept in ("race", "race_word"):
        for hit in text.of(concept):
            own = text.sentence(hit.i)
            ahead = text.has("race_ahead", max(own.first, hit.i - 7), min(own.last, hit.j + 5))
            ahead = ahead or text.has("future", own.first, own.last) or own.question
            past = _days(text, hit.i, moments)
            was_run = _was_run(text, hit.i)
            role: Role = "planned" if ahead and not was_run else "plain"
            before = {text.norm(hit.i - 1), text.norm(hit.i), text.norm(hit.i - 2)}
            if (
                before & {"since", "bar", "after", "before", "then"}
                or text.has("since", max(own.first, hit.i - 4), hit.i)
                or text.norm(hit.i - 3) == "after"
            ):
                role = "habit"
            elif past[0] > 90 or (concept == "race_word" and not (was_run or past[1])):
                continue
            found.append(
                Candidate(float(hit.value or 0), float(hit.value or 0), hit.i, hit.j, role, *past)
            )
    return found


def _was_run(text: Text, i: int) -> bool:
    own = text.sentence(i)
    return text.has("run.done", max(own.first, i - 5), i)


def _days(text: Text, i: int, moments: tuple[Moment, ...]) -> tuple[float, bool]:
    """How long ago token i was: by its own sentence, else by the last time named before it."""
    own = [m for m in moments if text.tokens[m.i].sentence == text.tokens[i].sentence]
    if own:
        nearest = min(own, key=lambda m: _apart(text, m, i))
        return nearest.days, True
    earlier = [m for m in moments if m.i < i]
    return (earlier[-1].days + 0.1, False) if earlier else (_UNKNOWN_DAYS, False)


def _apart(text: Text, moment: Moment, i: int) -> float:
    """Words between a moment and token i; a comma counts 4 more, and what follows 1 more."""
    left, right = min(moment.j, i), max(moment.i, i)
    if 0 < moment.i - i <= 3 and not text.break_between(i, moment.i + 1):
        return 0.5  # 6k today
    gap = float(abs(moment.i - i)) + (0 if moment.i < i else 1)
    return gap + (4 if text.break_between(left, right + 1) else 0)


def _choose(candidates: list[Candidate], sudden: bool) -> Candidate | None:
    """The latest run done; without one, the place where a sudden pain stopped it."""
    done = [c for c in candidates if c.role in _RUN_ROLES]
    if not done and sudden:
        done = [c for c in candidates if c.role == "place"]
    if not done:
        return None
    newest = min(c.days for c in done)
    latest = [c for c in done if c.days <= newest + 0.15]
    return max(latest, key=lambda c: c.i)


def _with_parts(text: Text, chosen: Candidate, candidates: list[Candidate]) -> tuple[float, int]:
    """Add the part before "another 3 miles" or "and the last mile"."""
    added = any(h.j == chosen.i for h in text.within("more_parts", max(0, chosen.i - 4), chosen.i))
    if not added and text.norm(chosen.j) not in ("more", "further"):
        return chosen.metres, chosen.j
    before = [
        c
        for c in candidates
        if c.i < chosen.i
        and c.role in _RUN_ROLES
        and text.tokens[chosen.i].sentence - text.tokens[c.i].sentence <= 1
    ]
    return (chosen.metres + before[-1].metres if before else chosen.metres), chosen.j


def _duration(
    text: Text,
    quantities: tuple[Quantity, ...],
    run: Candidate | None,
    moments: tuple[Moment, ...],
) -> Found | None:
    sentence = text.tokens[run.i].sentence if run is not None else None
    found: list[tuple[float, Quantity]] = []
    for q in quantities:
        seconds = _run_seconds(text, q)
        if "after" in (text.norm(q.i - 1), text.norm(q.i - 2)):
            continue
        if seconds is None or role_of(text, q.i, q.j) not in _RUN_ROLES:
            continue
        at = text.tokens[q.i].sentence
        if sentence is not None and not sentence <= at <= sentence + 1:
            continue
        days, own = _days(text, q.i, moments)
        if run is not None and ((at != sentence and own) or abs(days - run.days) > 1):
            continue
        found.append((seconds, q))
    found = [f for f in found if f[0] >= _SHORTEST_CLOCK or run is not None]
    if not found:
        return None
    seconds, q = min(found, key=lambda f: (_days(text, f[1].i, moments)[0], f[1].i))
    hours = run is not None and q.kind == "clock" and seconds / run.metres < _FASTEST
    if hours and seconds * 60 <= _MAX_RUN_S:
        seconds *= 60  # 3:05 for 20 miles is hours and minutes
    return Found(seconds / 60, q.i, q.j, "likely")


def _run_seconds(text: Text, q: Quantity) -> float | None:
    """Seconds of running that a quantity may be, or None."""
    own = text.sentence(q.i)
    if q.kind == "clock":
        if text.norm(q.i - 1) in ("at", "a", "auf") and text.norm(q.i - 2) in ("km", "k", "miles"):
            return None
        if text.has("race_word", own.first, own.last) and 80 <= q.low <= 480:
            return q.low * 60  # 2:14 for a half is hours and minutes
        return q.low if 90 <= q.low <= _MAX_RUN_S and _of_a_run(text, q.i) else None
    race = text.has("race", max(0, own.first - 4), own.last)
    if q.kind == "number" and q.j - q.i == 1 and race:
        whole, _, rest = text.norm(q.i).partition(".")
        if len(rest) == 2 and rest.isdigit() and int(rest) < 60 and 10 <= int(whole) < 100:
            return int(whole) * 60.0 + int(rest)
    if q.kind != "duration" or not _MIN_RUN_S <= q.low <= _MAX_RUN_S or q.low == 86_400:
        return None
    return q.middle if _of_a_run(text, q.i) else None


def _of_a_run(text: Text, i: int) -> bool:
    own = text.sentence(i)
    here = text.has("run.word", own.first, own.last) or text.has("run.done", own.first, own.last)
    return here or bool(text.of("run.word") or text.of("race"))


def _when(
    text: Text,
    moments: tuple[Moment, ...],
    sentence: int | None,
    run: Candidate | None,
    findings: Findings,
) -> None:
    own = [m for m in moments if sentence is not None and text.tokens[m.i].sentence == sentence]
    if own:
        best = min(own, key=lambda m: m.days if run is None else _apart(text, m, run.i))
        findings.add("run.when", Found(best.label, best.i, best.j, "likely"))
        return
    before = [
        m
        for m in moments
        if sentence is not None
        and 0 < sentence - text.tokens[m.i].sentence <= 2
        and not text.sentence(m.i).question
    ]
    if before and run is not None and not _run_sentence(text, before[-1].i):
        last = before[-1]
        findings.add("run.when", Found(last.label, last.i, last.j, "possible"))
        return
    running = [m for m in moments if _run_sentence(text, m.i)]
    if sentence is not None:
        running = [m for m in running if text.tokens[m.i].sentence <= sentence + 1]
    if running:
        best = min(running, key=lambda m: m.days)
        findings.add("run.when", Found(best.label, best.i, best.j, "possible"))


def _run_sentence(text: Text, i: int) -> bool:
    own = text.sentence(i)
    if own.question:
        return False
    return any(
        not text.has("neg", max(own.first, hit.i - 3), hit.i)
        and not text.has("plan", max(own.first, hit.i - 3), hit.i)
        for hit in text.within("run.word", own.first, own.last)
    )


def _manner(text: Text, sentence: int | None, findings: Findings) -> None:
    """Surface and effort, from the run's own sentence or else from anywhere."""
    for name, concept in (("run.surface", "surface"), ("run.effort", "effort")):
        hits = text.of(concept)
        own = [h for h in hits if sentence is not None and text.tokens[h.i].sentence == sentence]
        chosen = own or (list(hits) if concept == "surface" and len(hits) == 1 else [])
        if chosen:
            findings.add(name, Found(str(chosen[-1].value), chosen[-1].i, chosen[-1].j, "likely"))


def _longest(
    text: Text, candidates: list[Candidate], chosen: Candidate | None, findings: Findings
) -> None:
    others = [c for c in candidates if c is not chosen and c.role in ("done", "habit", "plain")]
    if not others:
        return
    races = {h.i for h in (*text.of("race"), *text.of("race_word"))}
    if chosen is None:
        others = [c for c in others if c.i not in races]  # the race is then the run itself
    if not others:
        return
    best = max(others, key=lambda c: c.high)
    if chosen is None or best.high > chosen.metres * 1.1:
        usual: Certainty = "likely" if best.role == "habit" else "possible"
        findings.add("load.longest_recent_km", Found(best.high / 1000, best.i, best.j, usual))

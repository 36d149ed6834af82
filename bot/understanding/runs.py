"""Stage 4, resolve: which run the message is about, and what else was run.

Rule: the latest run done is the run in question. Its parts are added ("2 miles, then another 3");
runs that were planned, usual, a best or somebody's goal are not it. The longest of the other runs
is kept as the longest recent run (evidence.md 3.1, S1).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.understanding.candidates import RUN_ROLES, find_candidates
from bot.understanding.efforts import find_effort
from bot.understanding.findings import Found
from bot.understanding.manner import find_manner
from bot.understanding.moments import find_moments
from bot.understanding.roles import got_to
from bot.understanding.run_days import find_when, run_sentence
from bot.understanding.run_times import run_time, usual_time

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.candidates import Candidate
    from bot.understanding.findings import Findings
    from bot.understanding.moments import Moment
    from bot.understanding.quantities import Quantity
    from bot.understanding.reading import Certainty
    from bot.understanding.roles import Role

_THAT = frozenset(
    (("did", "it"), ("ran", "it"), ("that", "was"), ("did", "that"), ("done", "it"), ("run", "it"))
)
_ALONG = frozenset(("after", "from", "at", "by", "around", "about", "past", "until", "till"))
_WHOLE = frozenset(("planned", "usual", "normal", "scheduled", "intended", "my", "the"))
_DAYS = ("day", "when")
_LATELY = 14
_MARKS = frozenset(("mile", "km", "at", "past", "into", "by"))
_NOT_USUAL = ("longest", "longest.told", "otherwork", "able")
_ON = frozenset(("finished", "completed"))


def find_runs(text: Text, quantities: tuple[Quantity, ...], findings: Findings) -> None:
    """Add run.* and load.longest_recent_km to the findings."""
    moments = find_moments(text, quantities)
    candidates = _parts_of(text, find_candidates(text, quantities, moments))
    candidates = _places_along(text, candidates)
    chosen = _choose(text, candidates) or _usual(text, candidates, moments)
    sentence = text.tokens[chosen.i].sentence if chosen is not None else None
    usual = usual_time(text, quantities)
    if usual is not None:
        findings.add("run.usual_min", usual)
    if chosen is not None:
        metres, last = _with_parts(text, chosen, candidates)
        findings.add("run.distance_km", Found(metres / 1000, chosen.i, last, "likely"))
    clock = run_time(text, quantities, chosen, moments)
    if clock is not None:
        findings.add("run.duration_min", clock)
        sentence = text.tokens[clock.i].sentence if sentence is None else sentence
    spot = chosen.i if chosen is not None else clock.i if clock is not None else None
    if chosen is None or chosen.role != "habit" or chosen.own_time:
        find_when(text, moments, sentence, spot, findings)
    find_effort(text, quantities, findings)
    reps = next((q for q in quantities if q.kind == "reps" and 100 <= q.low <= 2000), None)
    if reps is not None and not text.near("plan", reps.i, reps.j, 6, 2):
        findings.add("run.effort", Found("hard", reps.i, reps.j, "likely"))
    find_manner(text, sentence, spot, candidates, findings)
    if chosen is not None and chosen.i in {h.i for h in text.of("race_word")}:
        findings.add("run.effort", Found("race", chosen.i, chosen.j, "likely"))
    for other in candidates if chosen is not None else ():
        if other.role == "planned" and text.norm(other.i - 1) in ("of", "than", "statt", "de"):
            findings.add("run.meant_km", Found(other.metres / 1000, other.i, other.j))
    _longest(text, candidates, chosen, findings)


def _dated(text: Text, c: Candidate) -> bool:
    """As in "my usual 5k loop this morning", "longest 12k last Sunday": a usual run that was run."""
    own = text.sentence(c.i)
    beside = any(text.has(name, max(own.first, c.i - 4), min(own.last, c.j + 5)) for name in _DAYS)
    return (beside and not own.question and c.days <= _LATELY) or _that(text, c.i)


def _usual(
    text: Text, candidates: list[Candidate], moments: tuple[Moment, ...]
) -> Candidate | None:
    """The usual run, where no other is told of: "5k every other day", "my normal 4 x 8k"."""
    usual = [c for c in candidates if c.role == "habit" and _each_time(text, c)]
    others = {text.tokens[m.i].sentence for m in moments if run_sentence(text, m.i)}
    usual = [c for c in usual if not others - {text.tokens[c.i].sentence}]
    return usual[-1] if usual else None


def _each_time(text: Text, c: Candidate) -> bool:
    """Without another run, the usual one is the run: "5k every other day", "my normal 4 x 8k"."""
    own = text.sentence(c.i)
    first = max(own.first, c.i - 7)
    if own.question or text.has("used_to", first, c.i) or text.has("plan", first, c.i):
        return False
    races = {h.i for h in (*text.of("race"), *text.of("race_word"))}
    if c.i in races or got_to(text, c.i) or text.norm(c.i - 1) in _MARKS:
        return False
    if any(text.has(name, max(own.first, c.i - 4), c.i) for name in ("hurt", "body")):
        return False
    return not any(text.has(name, first, c.i) for name in _NOT_USUAL)


def _that(text: Text, i: int) -> bool:
    """As in "my usual loop is 7k, did it last night", "my longest is 6, that was on Saturday"."""
    own = text.sentence(i)
    pairs = ((text.norm(t), text.norm(t + 1)) for t in range(i, own.last))
    return any(pair in _THAT for pair in pairs)


def _parts_of(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """As in "at 9 of a planned 15", "2k into an 8k": the part was run, if something ended it there."""
    ready: list[Candidate] = []
    for c in candidates:
        part = ready[-1] if ready else None
        if part is not None and 0 < c.i - part.j <= 4 and _into(text, part.j, c.i):
            ended = _ended(text, part.i) or _meant(text, part.j, c.i)
            ready[-1] = replace(part, role="done" if ended else "place")
            whole: Role = "done" if not ended else c.role if c.role == "habit" else "planned"
            c = replace(c, role=whole)  # noqa: PLW2901
        ready.append(c)
    return ready


def _places_along(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """As in "16k, sharp from 9k on", "8 miles, tight after 5 miles": a place along the longer run."""
    ready = []
    for k, c in enumerate(candidates):
        near = [
            o
            for o in candidates[max(0, k - 2) : k]
            if o.role in RUN_ROLES and o.days <= c.days + 0.2 and text.norm(o.i - 1) not in _ALONG
        ]
        along = c.role in ("done", "plain") and any(
            o.metres > 1.1 * c.metres and text.tokens[c.i].sentence - text.tokens[o.i].sentence <= 1
            for o in near
        )
        hurt = text.has("hurt", max(text.sentence(c.i).first, c.i - 4), c.i)
        if along and text.norm(c.i - 1) in _ALONG and (hurt or not c.own_time):
            c = replace(c, role="place")  # noqa: PLW2901
        ready.append(c)
    return ready


def _into(text: Text, i: int, j: int) -> bool:
    words = [text.norm(t) for t in range(i, j)]
    return words[0] in ("of", "into") and not text.break_between(i, j + 1)


def _meant(text: Text, i: int, j: int) -> bool:
    """As in "5 of my usual 8k", "8 of a planned 12": the whole was not run this time."""
    return any(text.norm(t) in _WHOLE for t in range(i, j))


def _ended(text: Text, i: int) -> bool:
    """Whether the run ended there: a sudden onset, a word for stopping, walking, limping or a pop."""
    if any(h.value == "sudden" for h in text.of("onset")):
        return not any(text.norm(h.i) in _ON and h.i > i for h in text.of("run.done"))
    own = text.sentence(i)
    last = text.sentences[min(text.tokens[i].sentence + 1, len(text.sentences) - 1)].last
    return any(text.has(name, own.first, last) for name in ("stopped", "limp", "pop"))


def _stopped_at(text: Text, i: int) -> bool:
    own = text.sentence(i)
    return any(
        text.norm(h.i) != "stop" and text.norm(h.i) != "within"
        for name in ("stopped", "pop", "limp")
        for h in text.within(name, own.first, own.last)
    )


def _choose(text: Text, candidates: list[Candidate]) -> Candidate | None:
    """The latest run done; without one, the place where a sudden pain stopped it."""
    done = [c for c in candidates if c.role in RUN_ROLES]
    sudden = any(h.value == "sudden" for h in text.of("onset"))
    if not done:
        done = [c for c in candidates if c.role == "place" and (sudden or _stopped_at(text, c.i))]
    if not done:
        done = [c for c in candidates if c.role == "habit" and c.own_time and _dated(text, c)]
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
        and c.role in RUN_ROLES
        and text.tokens[chosen.i].sentence - text.tokens[c.i].sentence <= 1
    ]
    return (chosen.metres + before[-1].metres if before else chosen.metres), chosen.j


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
    usual = [c for c in others if c.role == "habit"]
    if usual:
        findings.add("run.usual_km", Found(max(c.high for c in usual) / 1000, best.i, best.j))
    told = [c for c in others if _longest_told(text, c)]
    if chosen is None or best.high > chosen.metres * 1.1:
        sure: Certainty = "likely" if best.role == "habit" else "possible"
        findings.add("load.longest_recent_km", Found(best.high / 1000, best.i, best.j, sure))
    elif told or _usual_before(text, others, chosen):
        best = max(told or _usual_before(text, others, chosen), key=lambda c: c.high)
        findings.add("load.longest_recent_km", Found(best.high / 1000, best.i, best.j, "likely"))


def _usual_before(text: Text, others: list[Candidate], chosen: Candidate) -> list[Candidate]:
    """The usual run beside a longer one: the longest before it."""
    return [
        c
        for c in others
        if c.role == "habit"
        and not text.sentence(c.i).question
        and c.metres < 0.95 * chosen.metres
        and (text.norm(c.i - 1) not in _ALONG or text.norm(c.i - 1) == "from")
    ]


def _longest_told(text: Text, c: Candidate) -> bool:
    """As in "nothing longer than 10k", "I'd only built to 9": said to be the longest before."""
    first = max(text.sentence(c.i).first, c.i - 6)
    if text.has("future", first, c.j) or text.has("plan", first, c.i):
        return False
    return any(h.j <= c.i for h in text.within("longest.told", first, c.i))

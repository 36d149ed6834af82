"""Stage 4, resolve: the complaint of now in one picture - where, which side, how it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.complaints import Complaint, find_complaints, weak_complaints
from bot.understanding.context import standing
from bot.understanding.efforts import of_effort
from bot.understanding.findings import Found
from bot.understanding.onsets import find_onset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Findings
    from bot.understanding.hits import Hit
    from bot.understanding.quantities import Quantity

_LOWER_LEG = ("calf", "achilles", "shin")
_WHOLE = frozenset(("leg", "legs", "back", "thigh"))
_CLOSE = 3
_ANDS = frozenset(("and", "plus", "und", "y", "et", "e"))
_SMALL = frozenset(("my", "the", "both", "also", "left", "right", "now", "lower", "outer", "inner"))
_MAIN = ("calf", "achilles", "shin", "knee", "foot", "other")


def find_soreness(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """Add soreness.* to the findings."""
    every = find_complaints(text)
    now = [c for c in every if c.stands == "now"]
    if not any(c.site in _LOWER_LEG for c in now) and not _said_well(text, now):
        now = sorted(now + weak_complaints(text), key=lambda c: c.i)
    there = _present(text, now, findings) or _scored(text, quantities)
    if there and _gone(text, now, quantities, findings):
        named = sorted((c.body for c in now if c.body is not None), key=lambda b: b.value != "calf")
        for body in named[:1]:
            findings.add("soreness.site", Found(str(body.value), body.i, body.j, "possible"))
        findings.add("soreness.gone", Found(True, now[-1].i, now[-1].j, "possible"))
        there = False
    over = [c for c in every if c.stands == "past" and c.site is not None]
    if not there and over and text.of("sore.gone"):
        findings.add("soreness.gone", Found(True, over[-1].i, over[-1].j, "possible"))
    if not there:
        _absent(text, findings)
        return
    findings.sore_sentences = {c.sentence for c in now}
    first = now[0] if now else None
    spot = (first.i, first.j) if first else _flag_spot(findings)
    findings.add("soreness.present", Found(True, *spot))
    _sites(text, now, findings)
    _side(text, now, findings)
    _characters(text, findings)
    find_onset(text, quantities, now, findings)
    _course(text, quantities, now, findings)
    _kind(text, findings)
    _level(text, quantities, findings)


def _said_well(text: Text, now: list[Complaint]) -> bool:
    return bool(text.of("no_pain")) and not now


def _present(text: Text, now: list[Complaint], findings: Findings) -> bool:
    if any(
        f.standing == "now" and f.fact in ("pop", "push_off", "swelling", "throbbing")
        for f in findings.flags
    ):
        return True
    if not now:
        return False
    return any(c.strong or c.site is not None for c in now)


def _gone(
    text: Text, now: list[Complaint], quantities: Sequence[Quantity], findings: Findings
) -> bool:
    """As in "a bit sore on Sunday, gone by Monday": the last thing said of it is that it is over."""
    if any(f.standing == "now" for f in findings.flags) or text.of("returned"):
        return False
    hits = [h for h in text.of("sore.gone") if standing(text, h.i, h.j) in ("now", "past")]
    if not hits or not now or _each_time(text, hits[-1].i):
        return False
    last, gone = max(c.i for c in now), hits[-1]
    if gone.j < len(text.tokens) and _within_the_hour(text, gone.j):
        return False  # a cramp that let go is still to be told about
    apart = text.tokens[gone.i].sentence - text.tokens[last].sentence
    later = any(q.kind == "score" and q.i > gone.i and q.low > 0 for q in quantities)
    return last < gone.j and 0 <= apart <= 1 and not text.sentence(gone.i).question and not later


def _within_the_hour(text: Text, first: int) -> bool:
    """As in "after 2 minutes": a unit of time shorter than an hour."""
    units = text.within("unit.time", first, min(first + 3, len(text.tokens)))
    return any(float(unit.value or 0) < 3600 for unit in units)


def _each_time(text: Text, i: int) -> bool:
    """As in "3/10 in the mornings, gone by lunch": gone and back again."""
    own = text.sentence(i)
    words = {text.norm(t) for t in range(own.first, own.last)}
    return bool(words & {"mornings", "every", "each", "always", "usually", "time"})


def _scored(text: Text, quantities: Sequence[Quantity]) -> bool:
    """Whether a degree above 0 is told for a part of the body."""
    body = any(text.of(name) for name in ("body", "hurt"))
    scores = [q for q in quantities if q.kind == "score" and not of_effort(text, q)]
    return body and bool(scores) and scores[-1].low > 0 and not text.of("no_pain")


def _flag_spot(findings: Findings) -> tuple[int, int]:
    flag = next((f for f in findings.flags if f.standing == "now"), None)
    return (flag.i, flag.j) if flag is not None else (0, 1)


def _absent(text: Text, findings: Findings) -> None:
    hits = text.of("no_pain")
    i, j = (hits[0].i, hits[0].j) if hits else (0, 0)
    findings.add("soreness.present", Found(False, i, j, "likely" if hits else "possible"))
    for hit in hits:
        own = text.sentence(hit.i)
        body = next(text.within("body", own.first, own.last), None)
        if body is not None:
            findings.add("soreness.site", Found(str(body.value), body.i, body.j, "possible"))


def _sites(text: Text, now: list[Complaint], findings: Findings) -> None:
    """The main place is the calf when it is among them, else the one named most; rest besides."""
    weights: dict[str, float] = {}
    where: dict[str, Hit] = {}
    for complaint in now:
        if complaint.site is None or complaint.body is None:
            continue
        weights[complaint.site] = weights.get(complaint.site, 0) + (2 if complaint.strong else 1)
        where.setdefault(complaint.site, complaint.body)
    if not weights:
        return
    weights = {
        site: w + (1.5 if site == "calf" else 0) - (0.5 if site == "other" else 0)
        for site, w in weights.items()
    }
    main = max(weights, key=lambda s: (weights[s], -_MAIN.index(s)))
    findings.add("soreness.site", Found(main, where[main].i, where[main].j))
    for complaint in now:
        body = complaint.body
        if body is not None and complaint.site not in (None, main) and _besides(text, complaint):
            site = str(complaint.site)
            findings.other_sites.setdefault(site, Found(site, body.i, body.j, "likely"))
    mains = [h for h in text.of("body") if h.value == main]
    for body in text.of("body"):
        if body.value != main and any(_joined(text, body, other) for other in mains):
            site = str(body.value)
            findings.other_sites.setdefault(site, Found(site, body.i, body.j, "likely"))


def _besides(text: Text, complaint: Complaint) -> bool:
    """Whether a part hurts by words of its own, close by: "shins tight too"; not "leg day"."""
    body = complaint.body
    if body is None or text.norm(body.j - 1) in _WHOLE:
        return False
    gap = complaint.i - body.j if body.j <= complaint.i else body.i - complaint.j
    reach = _CLOSE if complaint.strong else 1
    return gap <= reach and not text.sentence(body.i).question


def _joined(text: Text, body: Hit, main: Hit) -> bool:
    """As in "quads and calves", "calf, now also the ankle": named in one breath."""
    first, second = sorted((body, main), key=lambda h: h.i)
    if text.tokens[first.i].sentence != text.tokens[second.i].sentence:
        return False
    if not 1 <= second.i - first.j <= _CLOSE or text.norm(body.j - 1) in _WHOLE:
        return False
    between = {text.norm(t) for t in range(first.j, second.i)}
    return bool(between & _ANDS) and between <= _ANDS | _SMALL


def _side(text: Text, now: list[Complaint], findings: Findings) -> None:
    sides = [h for h in _sides(text) if _concerns(text, h, now)]
    main = findings.value("soreness.site")
    mains = [c for c in now if c.site == main and c.body is not None]
    plural = next((c.body for c in mains if c.plural), None)
    single = [h for h in sides if h.value in ("left", "right")]
    names = {str(h.value) for h in single}
    both = next((h for h in sides if h.value == "both"), None)
    if len(names) == 1:
        if both is not None and both.i > single[-1].i:
            findings.add("soreness.side", Found("both", both.i, both.j))
            return
        findings.add("soreness.side", Found(names.pop(), single[0].i, single[0].j))
    elif len(names) == 2:
        findings.add("soreness.side", _two_sides(text, single))
    elif both is not None:
        findings.add("soreness.side", Found("both", both.i, both.j))
    elif plural is not None:
        findings.add("soreness.side", Found("both", plural.i, plural.j, "likely"))


def _two_sides(text: Text, single: list[Hit]) -> Found:
    """Left and right are both named: both, unless one is only a little so, or is said to be well."""
    for hit in single[1:]:
        if hit.value != single[0].value:
            own = text.sentence(hit.i)
            near = range(hit.j, min(own.last, hit.j + 5))
            if any(
                text.norm(t) in ("bit", "slightly", "little", "fine", "ok", "okay") for t in near
            ):
                return Found(str(single[0].value), single[0].i, single[0].j)
    return Found("both", single[0].i, single[-1].j, "likely")


def _sides(text: Text) -> list[Hit]:
    """Sides named, without those denied ("not even the left one") or long ago."""
    return [h for h in text.of("side") if standing(text, h.i, h.j) == "now"]


def _concerns(text: Text, side: Hit, now: list[Complaint]) -> bool:
    """Whether a side belongs to a complaint: in its sentence or the one after."""
    at = text.tokens[side.i].sentence
    own = text.sentence(side.i)
    if any(c.sentence == at for c in now):
        return True
    flagged = any(text.has(name, own.first, own.last) for name in ("pop", "swelling", "limp"))
    return flagged or any(0 <= at - c.sentence <= 2 for c in now)


def _characters(text: Text, findings: Findings) -> None:
    for hit in text.of("char"):
        if not any(h.i < hit.j and hit.i < h.j for h in text.of("hurt")):
            continue
        if standing(text, hit.i, hit.j) == "now" and not _of_no_pain(text, hit):
            findings.characters.setdefault(str(hit.value), Found(str(hit.value), hit.i, hit.j))


def _of_no_pain(text: Text, hit: Hit) -> bool:
    return any(h.i <= hit.i < h.j for h in text.of("no_pain"))


def _scores_course(text: Text, quantities: Sequence[Quantity]) -> Found | None:
    """As in "4 on Monday, 2 today": less than it was is better."""
    scores = [q for q in quantities if q.kind == "score" and not of_effort(text, q)]
    if len(scores) < 2 or scores[0].middle == scores[-1].middle:
        return None
    last = scores[-1]
    if not (text.near("score.now", last.i, last.j, 3, 3) or text.norm(last.i - 1) == "to"):
        return None
    return Found(last.middle > scores[0].middle, last.i, last.j, "possible")


def _course(
    text: Text, quantities: Sequence[Quantity], now: list[Complaint], findings: Findings
) -> None:
    told = _scores_course(text, quantities)
    if told is not None:
        findings.add("soreness.worsening", told)
    for hit in text.of("worse"):
        if standing(text, hit.i, hit.j) == "now":
            findings.add("soreness.worsening", Found(True, hit.i, hit.j, "likely"))
            break
    else:
        for hit in text.of("better"):
            if standing(text, hit.i, hit.j) == "now":
                findings.add("soreness.worsening", Found(False, hit.i, hit.j, "likely"))
                break
    for hit in text.of("limp"):
        if standing(text, hit.i, hit.j) in ("now", "past"):
            findings.add("soreness.limping", Found(True, hit.i, hit.j))
            break


def _kind(text: Text, findings: Findings) -> None:
    """Whether it keeps coming back, and whether it is called a strain."""
    for name in ("recurrent", "strain"):
        for hit in text.of(name):
            if standing(text, hit.i, hit.j) == "now" and not text.sentence(hit.i).question:
                findings.add("soreness." + name, Found(True, hit.i, hit.j, "likely"))
                break


def _level(text: Text, quantities: Sequence[Quantity], findings: Findings) -> None:
    """How sore from 0 to 10: as it is now, else as told last."""
    scores = [q for q in quantities if q.kind == "score" and not of_effort(text, q)]
    if scores:
        now = [q for q in scores if text.near("score.now", q.i, q.j, 3, 3)]
        told = text.tokens[scores[-1].i].sentence
        best = next(q for q in now[-1:] or scores if now or text.tokens[q.i].sentence == told)
        findings.add("soreness.level_0_10", Found(best.middle, best.i, best.j))

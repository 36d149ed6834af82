"""Stage 4, resolve: what part a distance or a time plays in the story.

A number is the run only if it was run: not planned, usual, walked, a best, a pace, a place along the
way, or the way home. The nearest cue before the number decides, then what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.understanding.small_words import EASILY, NAMED_AFTER, OPENS_A_QUESTION, WALKED

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit
    from bot.understanding.tokens import Sentence

Role = Literal["done", "planned", "habit", "place", "part", "stopped", "best", "other", "plain"]

_CUES: tuple[tuple[str, Role], ...] = (
    ("only_ever", "best"),
    ("stopped", "stopped"),
    ("run.done", "done"),
    ("plan", "planned"),
    ("habit", "habit"),
    ("otherwork", "other"),
    ("goal_time", "best"),
    ("position", "place"),
)
_REACH = 7
_AT = frozenset(["at", "by", "past", "km", "mile", "k", "ab", "bei", "vers"])
_ITS = frozenset(["the", "a", "my", "that", "this", "yesterdays", "our"])
_RUNS = frozenset(["run", "ran", "runs", "running", "jog", "jogged", "jogging"])
_HOME = frozenset(["home", "back", "the", "another", "about", "nearly", "over"])
_WAYS = frozenset(["up", "down", "gone", "pace", "in", "into"])
_WENT_ON = frozenset(
    ["which", "and", "my", "it", "then", "i", "when", "before", "something", "both"]
)
_MAY = frozenset(["can", "could", "should", "shall", "may", "is", "will", "would"])
_ME = frozenset(["i", "we", "it", "this", "that"])
_GOT = frozenset(
    (
        "made",
        "got",
        "get",
        "turned",
        "bailed",
        "stopped",
        "carried",
        "kept",
        "pulled",
        "managed",
        "died",
    )
)
_FORMER = frozenset(["best", "former", "old", "previous"])
_AS_USUAL = frozenset(("sonst", "normalerweise", "usually", "normally", "normalement"))
_GOT_TO = frozenset(
    (("now", "at"), ("im", "at"), ("currently", "at"), ("now", "on"), ("still", "at"), ("im", "on"))
)
_USUAL = frozenset(["usual", "normal", "regular", "standard"])


def role_of(text: Text, i: int, j: int) -> Role:
    """The part a quantity at tokens i to j plays."""
    after = _after(text, i, j)
    if after is not None and not (after == "place" and _just_done(text, i, j)):
        return after
    if _walked(text, i):
        return "other"
    if _after_it(text, i) or _told_day(text, i, j):
        return "done"
    if _reached(text, i) or _often(text, i, j):
        return "habit"
    along = text.norm(i - 1) in _AT and not (i >= 2 and text.tokens[i - 2].number)
    if along and not text.has("stopped", i - 3, i):
        return "stopped" if got_to(text, i) else "place"
    if text.has("only_ever", max(text.sentence(i).first, i - 4), i):
        return "best"
    return _by_cue(text, i)


def _by_cue(text: Text, i: int) -> Role:
    """The part that the words before tell."""
    before = nearest_cue(text, i)
    if before == "habit" and text.has("run.done", max(text.sentence(i).first, i - 4), i):
        return "done" if text.norm(i - 1) in _USUAL else before
    if before == "habit" and text.norm(i - 1) in _USUAL and text.has("day", max(0, i - 4), i):
        return "done"  # this Sunday the usual 10
    if before in ("plain", "stopped") and _asked(text, i):
        return "planned"
    if before == "plain" and text.has("plan.next", max(0, i - 4), i):
        return "planned"
    return before


def _reached(text: Text, i: int) -> bool:
    """As in "now at 25 min", "normally 5k": where the runner has got to."""
    only = text.has("only_ever", max(0, i - 5), i)
    if not only and any(h.j == i for h in text.within("longest.told", max(0, i - 5), i)):
        return True
    return text.norm(i - 1) in _AS_USUAL or (text.norm(i - 2), text.norm(i - 1)) in _GOT_TO


def _often(text: Text, i: int, j: int) -> bool:
    """As in "5k every other day", "30 min, 3x week", "3 times a week, 5k": a length with a rate beside it."""
    if any(text.has(name, j, j + 2) for name in ("every_other_day", "every_day", "each_morning")):
        return True
    own = text.sentence(i)
    rate = any(
        h.j - h.i > 1 or h.i > j + 1 for h in text.within("per_week", j + 1, min(own.last, j + 5))
    )
    return rate and any(
        text.has(name, j, min(own.last, j + 3)) and not text.has("otherwork", j, j + 4)
        for name in ("times", "num")
    )


def got_to(text: Text, i: int) -> bool:
    """As in "only got to about three", "made it to 6", "turned back at 2", "carried on to 10"."""
    at = i - 1
    while at > i - 3 and text.norm(at) in ("about", "around", "only", "just"):
        at -= 1
    if text.norm(at) not in ("to", "at"):
        return False
    first = max(text.sentence(i).first, at - 3)
    return any(text.norm(t) in _GOT for t in range(first, at))


def asks(text: Text, own: Sentence) -> bool:
    """Whether a sentence is a question, with or without its mark: "can I do 10k on Saturday"."""
    opens = text.norm(own.first) in _MAY and text.norm(own.first + 1) in _ME
    return own.question or opens


def _walked(text: Text, i: int) -> bool:
    """As in "hobbled 2k", "walk home 1.5k"; not "ran/walked 25 mins"."""
    at = i - 2 if text.norm(i - 1) in _HOME else i - 1
    return text.norm(at) in WALKED and text.norm(at - 1) not in _RUNS


def _after_it(text: Text, i: int) -> bool:
    """As in "sore after the 50k", "since my 5k": a run that is over; not "after 3 miles"."""
    return text.norm(i - 1) in _ITS and text.norm(i - 2) in ("after", "since", "following", "from")


def _told_day(text: Text, i: int, j: int) -> bool:
    """As in "4 miles on Tuesday was bad": a day that has been, straight behind, makes it a run done."""
    own = text.sentence(i)
    usual = any(not text.break_between(h.j, i + 1) for h in text.within("habit", max(0, i - 2), i))
    meant = any(text.has(name, max(own.first, i - 8), i) for name in ("plan", "plan.next"))
    t = j + 1 if text.norm(j) in EASILY else j
    j = t
    sore = text.norm(i - 1) in ("after", "since", "from") and text.has("body", own.first, i)
    if (asks(text, own) and not sore) or meant or usual:
        return False
    t = j + 1 if text.norm(j) in ("on", "am", "el") else j
    if (
        t >= own.last
        or text.tokens[t].before
        or text.has("future", max(own.first, i - 3), own.last)
    ):
        return False
    named = text.norm(t).endswith("days") or text.norm(t) in ("sundays", "mondays")
    if any(text.has(name, max(own.first, i - 4), i) for name in ("otherwork", "goal_time")):
        return False
    return not named and (text.has("day", t, t + 1) or text.has("when", t, t + 1))


def _just_done(text: Text, i: int, j: int) -> bool:
    """As in "ran 5k in 30", "90 mins of up and down": what follows tells how, not where."""
    if text.norm(j) == "of" and text.has("unit.time", j - 1, j):
        return True
    first = max(text.sentence(i).first, i - 3)
    done = any(not text.break_between(h.j, i + 1) for h in text.within("run.done", first, i))
    return done and text.norm(j) in ("up", "down", "in", "into")


def nearest_cue(text: Text, i: int) -> Role:
    """The role the nearest cue before token i gives, or "plain" without one."""
    own = text.sentence(i)
    best: tuple[int, Role] = (_REACH + 1, "plain")
    for concept, role in _CUES:
        for hit in text.within(concept, max(own.first, i - _REACH - 3), i):
            if hit.j <= i and not _no_cue(text, concept, hit, i):
                best = min(best, (_gap(text, hit, i), role), key=lambda c: c[0])
    return best[1]


def _no_cue(text: Text, concept: str, hit: Hit, i: int) -> bool:
    """Up and down tell no place; walking between runs ("run 60s, walk 90s") is part of the run."""
    if concept == "position":
        return text.norm(hit.i) in _WAYS or text.break_between(hit.j, i + 1)
    if concept == "otherwork" and text.norm(hit.i).startswith("walk"):
        first = max(text.sentence(i).first, hit.i - 4)
        return any(text.norm(t) in _RUNS for t in (*range(first, hit.i), *range(hit.j, i)))
    return False


def _gap(text: Text, hit: Hit, i: int) -> int:
    """Tokens between a cue and token i; a comma or bracket counts 5 more."""
    return (i - hit.j) + (5 if text.break_between(hit.j, i + 1) else 0)


def _after(text: Text, i: int, j: int) -> Role | None:
    """What follows the number closely: from home, walk back, a week, and so on."""
    own = text.sentence(i)
    for hit in text.within("position", j, min(own.last, j + 1)):
        if not text.break_between(j, hit.i + 1):
            return "other" if text.norm(hit.i) in ("from", "to", "up", "down") else "place"
    if text.norm(j) == "in" and _far_in(text, j, own.last):
        return "place"
    named = _named(text, i, j)
    if named is not None:
        return named
    if text.norm(j) == "each" and text.norm(j + 1) not in ("side", "leg", "foot"):
        return "habit"
    if _other_sport(text, i, j):
        return "other"
    roles: tuple[tuple[str, Role], ...] = (("future", "planned"), ("habit", "habit"))
    for concept, role in roles:
        for hit in text.within(concept, j, min(own.last, j + 2)):
            if not text.break_between(j, hit.i + 1):
                return role
    return None


def _far_in(text: Text, j: int, last: int) -> bool:
    """As in "about a mile in my calf went"; not "a mile in 9 minutes", "5k in the park"."""
    if j + 1 >= last or text.tokens[j + 1].before:
        return True
    word = text.norm(j + 1)
    return word in _WENT_ON


def _named(text: Text, i: int, j: int) -> Role | None:
    """As in "a 10k runner", "I've a 10k race": a distance that names something."""
    if text.norm(j) in NAMED_AFTER and not text.tokens[j].before:
        return "other"
    if text.norm(j) == "time" and text.norm(i - 1) in _FORMER:
        return "other"
    return "planned" if text.norm(j) in ("race", "event") and _entered(text, i) else None


def _entered(text: Text, i: int) -> bool:
    """As in "I've a 10k race on Sunday": had, not run."""
    first = max(text.sentence(i).first, i - 4)
    has = any(
        text.norm(t) in ("ive", "have", "got", "theres", "doing", "for") for t in range(first, i)
    )
    return has and not text.has("run.done", first, i)


def _other_sport(text: Text, i: int, j: int) -> bool:
    """Walked, swum or stretched: "30 min walks", "hobbled 2k back"."""
    own = text.sentence(i)
    for hit in text.within("otherwork", j, min(own.last, j + 3)):
        if not text.break_between(j, hit.i + 1) and not text.has("run.word", j, hit.i):
            return True
    return text.norm(j) == "back" and text.has("otherwork", max(own.first, i - 3), i)


def _asked(text: Text, i: int) -> bool:
    """Whether the number stands in a question about what to do, not about what was done."""
    own = text.sentence(i)
    if not asks(text, own) or text.has("run.done", own.first, i) or text.has("when", own.first, i):
        return False
    after = any(text.norm(t) in ("after", "since", "from") for t in range(max(own.first, i - 3), i))
    if after and (text.has("hurt", own.first, i) or text.has("body", own.first, i)):
        return False  # "why do they ache after 40 min easy on Sunday?"
    ahead = any(
        text.has(name, own.first, i if name in ("question_word", "plan") else own.last)
        for name in ("question_word", "plan", "day", "later_today")
    )
    return ahead or text.norm(own.first) in OPENS_A_QUESTION

"""Stage 3, context: whether a mention is so, when, and of whom.

After the ConText algorithm (Harkema and others 2009): trigger words act on what stands near them,
until a word or a new clause ends their reach. Safety leans one way: where the reach is in doubt,
the mention stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.later import changed_since, gone_later, left_over, none_later

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.hits import Hit
    from bot.understanding.reading import Standing

_REACH = 6
_LIST_REACH = 14
_NONE = frozenset(
    ["none", "nil", "negative", "nichts", "nada", "rien", "keine", "ninguna", "ninguno", "nenhum"]
)
_LIST_WORDS = frozenset(
    [
        "or",
        "and",
        "nor",
        "any",
        "no",
        "not",
        "much",
        "real",
        "obvious",
        "visible",
        "other",
        "signs",
        "sign",
        "of",
        "a",
        "an",
        "the",
        "more",
        "even",
        "und",
        "oder",
        "keine",
        "kein",
        "ni",
        "y",
        "o",
        "sin",
        "ou",
        "et",
        "ni",
        "pas",
        "de",
        "aucun",
        "nem",
        "e",
        "sem",
        "qualquer",
        "neither",
    ]
)
_SYMPTOMS = (
    "hurt.strong",
    "char",
    "swelling",
    "pop",
    "bruise",
    "numb",
    "warm",
    "colour",
    "fever",
    "throbbing",
    "about",
    "flag.word",
)
_NEW_SUBJECT = frozenset(("its", "theres", "im"))
_AFTER_MARKS = frozenset(":-–—=?(")
_COMPANY = frozenset(
    [
        "with",
        "for",
        "to",
        "by",
        "from",
        "of",
        "without",
        "than",
        "like",
        "and",
        "after",
        "mit",
        "con",
        "avec",
        "com",
    ]
)
_YES = frozenset(("yes", "yep", "yeah", "definitely", "though"))
_THEY = frozenset(("he", "she", "hes", "shes"))
_BESIDE_ME = frozenset(
    ["of", "to", "behind", "with", "like", "beside", "near", "before", "than", "past", "told"]
)
_THEIRS = frozenset(
    [
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "hes",
        "shes",
        "had",
        "has",
        "er",
        "sie",
        "ihr",
        "il",
        "elle",
        "el",
        "ella",
        "ele",
        "ela",
    ]
)


def standing(text: Text, i: int, j: int, clause: bool = False) -> Standing:
    """How the mention at tokens i to j stands.

    A mention that is a `clause` of its own ("can't push off") is not denied by a "no" before it.
    """
    if text.norm(j) in _YES and (j + 1 >= len(text.tokens) or text.tokens[j + 1].before):
        return "now"  # no pain, swelling yes
    if not clause and (denied_before(text, i) or _any_denied(text, i)):
        here = text.norm(j) == "then" or left_over(text, j) or changed_since(text, j)
        return "now" if here else "denied"
    if denied_after(text, j) or (not clause and none_later(text, j)):
        return "denied"
    if _other_person(text, i):
        return "other_person"
    if _feared(text, i) or text.norm(j) == "would":
        return "feared"
    if _gone(text, j) or gone_later(text, j):
        return "past"
    if _long_ago(text, i, j) or _time_since(text, i):
        return "past"
    return "now"


def denied_before(text: Text, i: int) -> bool:
    """Whether a denial before the mention reaches it."""
    first = text.sentence(i).first
    for hit in reversed(list(text.within("neg", first, i))):
        if _cannot_without(text, first, hit):
            return False
        if not _false_denial(text, hit) and _reaches(text, min(hit.j, i), i):
            return True
    return False


def _cannot_without(text: Text, first: int, hit: Hit) -> bool:
    """As in "can't walk to the shop without getting out of breath": two denials are none."""
    return text.norm(hit.i) == "without" and text.has("neg.modal", first, hit.i)


def _any_denied(text: Text, i: int) -> bool:
    """As in "couldn't find any swelling", "I've yet to see any": "any" lives on a denial."""
    own = text.sentence(i)
    if text.norm(i - 1) != "any" or own.question:
        return False
    return text.has("neg", own.first, i) or text.has("neg.modal", own.first, i)


def _false_denial(text: Text, hit: Hit) -> bool:
    """As in "Not only", "no idea": a denial word that denies nothing."""
    return any(
        mask.i <= hit.i < mask.j for mask in text.within("neg.false", max(0, hit.i - 3), hit.i + 1)
    )


def _reaches(text: Text, start: int, i: int) -> bool:
    """Whether a denial that ends at token `start` reaches token i."""
    if i - start > _LIST_REACH:
        return False
    if text.has("scope_end", start, i) or text.has("neg.break", start, i):
        return False
    if text.norm(start - 1) == "not" and any(text.norm(t) in _NEW_SUBJECT for t in range(start, i)):
        return False  # it's not my legs, it's my chest
    listed = False
    for k in range(start, i + 1):
        before = text.tokens[k].before
        if (k > start - 1 and any(mark in before for mark in ",(:–—")) or before == "-":
            if not _only_list(text, k, i):
                return False
            listed = True
        if k < i and text.norm(k) in ("and", "und", "y", "et", "e"):
            if not _only_list(text, k, i):
                return False
            listed = True
    return listed or i - start <= _REACH


def _only_list(text: Text, k: int, i: int) -> bool:
    """Whether tokens k to i are a list that goes on, not a clause of its own."""
    return all(text.norm(t) in _LIST_WORDS or _is_symptom(text, t) for t in range(k, i))


def _is_symptom(text: Text, t: int) -> bool:
    """Whether a word names a sign or a kind of pain, so that it may be one of a list of them."""
    return any(text.has(concept, t, t + 1) for concept in _SYMPTOMS)


def denied_after(text: Text, j: int) -> bool:
    """As in "Swelling: none", "pop? no": a denial straight after the mention."""
    if j >= len(text.tokens):
        return False
    token = text.tokens[j]
    if "?" in token.before and text.has("answer.no", j, j + 1):
        return True
    same = token.sentence == text.tokens[j - 1].sentence
    marked = any(mark in token.before for mark in _AFTER_MARKS)
    for hit in text.within("neg.after", j, j + 1):
        if text.norm(j) in ("fine", "ok", "okay", "normal", "good", "great", "clear"):
            return False
        ends = hit.j >= len(text.tokens) or bool(text.tokens[hit.j].before)
        if (marked and ends) or (same and ends and _NONE & {text.norm(j), text.norm(hit.j - 1)}):
            return True
    return False


def _other_person(text: Text, i: int) -> bool:
    """Whether somebody else is named before the mention, and the runner not in between."""
    own = text.sentence(i)
    if _their_own(text, i):
        return True
    for hit in text.within("other_person", own.first, i):
        if text.norm(hit.i - 1) in _COMPANY or _new_clause(text, hit.j, i):
            continue
        if hit.j > i or _runner_named(text, hit.j, i) or _tells(text, hit.j, i):
            continue
        return not text.has("self.body", hit.j, i)
    return False


def _their_own(text: Text, i: int) -> bool:
    """As in "he couldn't": a third person straight before, who does not tell of the runner."""
    first = max(text.sentence(i).first, i - 2)
    for k in range(first, i):
        if text.norm(k) in _THEY and not _tells(text, k, i) and not _runner_named(text, k, i):
            return not text.has("self.body", i, i + 6)
    return False


def _tells(text: Text, j: int, i: int) -> bool:
    """As in "my wife heard the snap": they tell of the runner, unless it is "his calf"."""
    if not text.has("says", j, i + 1):
        return False
    return not any(text.norm(k) in ("his", "her", "their") for k in range(j, i + 6))


def _runner_named(text: Text, j: int, i: int) -> bool:
    """Whether the runner is named between; "not me" does not count."""
    return any(
        text.norm(h.i - 1) not in _BESIDE_ME or text.norm(h.i) != "me"
        for h in text.within("self", j, i + 1)
        if text.norm(h.i - 1) != "not"
    )


def _new_clause(text: Text, j: int, i: int) -> bool:
    """Whether a comma after the other person begins a clause that is not about them."""
    marks = ",;:()-–—"
    if "(" in text.tokens[j].before and any(")" in text.tokens[k].before for k in range(j, i + 1)):
        marks = ",;:"  # my husband (not me) felt a pop
    if not text.break_between(j, i + 1, marks):
        return False
    return not any(text.norm(t) in _THEIRS for t in range(j, i))


def _feared(text: Text, i: int) -> bool:
    own = text.sentence(i)
    general = own.question and not text.has("self", own.first, own.last)
    if general and text.has("feared.general", own.first, i):
        return True  # what does swelling feel like?
    for hit in text.within("feared", max(own.first, i - 9), i):
        end = min(hit.j, i)
        if not text.has("scope_end", end, i) and not _comma(text, end, i):
            return True
    return False


def _comma(text: Text, j: int, i: int) -> bool:
    """Whether a comma parts them, other than the commas of a list of signs."""
    return any("," in text.tokens[k].before and not _only_list(text, k, i) for k in range(j, i + 1))


def _gone(text: Text, j: int) -> bool:
    """As in "The swelling has gone down": it was, and is no more."""
    if j >= len(text.tokens):
        return False
    if text.norm(j) == "gone" and (j + 1 >= len(text.tokens) or text.tokens[j + 1].before):
        return True  # swelling gone, bruise gone
    first, last = text.around(j - 1, j, 0, 6)
    for hit in text.within("gone", max(j, first), last):
        if text.break_between(j, hit.i + 1) or text.has("scope_end", j, hit.i):
            return False
        return not text.has("neg", j - 1, hit.i + 1)
    return False


def _time_since(text: Text, i: int) -> bool:
    """As in "6 weeks since I pulled a calf": what the time is counted from is over."""
    for hit in text.within("since", max(text.sentence(i).first, i - 7), i):
        if text.has("long_unit", hit.i - 1, hit.i) and not text.break_between(hit.j, i + 1):
            return True
    return False


def _long_ago(text: Text, i: int, j: int) -> bool:
    """Whether the nearest word of time in the sentence speaks of long ago."""
    own = text.sentence(i)
    past = _distance(text, "history", own.first, own.last, i, j)
    if past is None:
        return False
    present = [
        found
        for concept in ("still", "when", "again", "day")
        if (found := _distance(text, concept, own.first, own.last, i, j)) is not None
    ]
    return past <= min(present, default=99)


def _distance(text: Text, concept: str, first: int, last: int, i: int, j: int) -> int | None:
    """Tokens between the mention and the nearest hit of a concept, a clause counting 6 more."""
    best: int | None = None
    for hit in text.within(concept, first, last):
        left, right = (hit.j, i) if hit.j <= i else (j, hit.i)
        gap = max(0, right - left)
        if concept == "history" and any(text.norm(k) == "then" for k in range(left, right)):
            continue  # took last winter off, then two operations
        if left <= right and text.break_between(left, min(right + 1, len(text.tokens))):
            gap += 6
        best = gap if best is None or gap < best else best
    return best if best is not None and best <= 14 else None

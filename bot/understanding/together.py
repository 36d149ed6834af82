"""Warning signs told by words near each other, as rows of a table.

A row names a fact, the concept that says it, and what must stand close by: a part of the leg for
"huge", something that was coughed for "blood". Order does not matter, and words may lie between;
a fragment ("Left calf. Huge.") may be its own sentence. The words themselves are in content/lexicon
(frames.toml, together.toml), so that a physio can widen a sign without touching this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.context import standing
from bot.understanding.findings import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.understanding.analysis import Text
    from bot.understanding.findings import Value
    from bot.understanding.hits import Hit
    from bot.understanding.reading import Certainty, Standing


class _Row(NamedTuple):
    fact: str
    sign: str
    others: tuple[str, ...]
    reach: int
    value: Value = True
    across: bool = False
    sure: Certainty = "likely"


_LEG = ("with.leg",)
_ROWS = (
    _Row("chest", "with.chest.feels", ("with.chest",), 6, across=True),
    _Row("chest", "with.stab", ("with.breathing",), 7),
    _Row("breathless", "with.puffing", ("with.light_effort",), 7),
    _Row("breathless", "with.cant_get", ("with.air",), 5),
    _Row("breathless", "with.lack", ("with.air", "with.small_effort"), 10),
    _Row("cough_blood", "with.blood", ("with.cough",), 6),
    _Row("dark_pee", "with.urine_dark", ("with.urine",), 8, across=True),
    _Row("swelling", "with.misfit", ("with.garment",), 5, "one_leg"),
    _Row("swelling", "with.size", _LEG, 6, across=True),
    _Row("swelling", "with.tight", ("with.clothes", "with.one_side"), 6, "one_leg"),
    _Row("swelling", "with.mark", ("with.clothes", "with.deep", "with.one_side"), 6, "one_leg"),
    _Row("swelling", "with.dent", ("with.stays", "with.leg"), 9),
    _Row("warm", "with.heat", _LEG, 5, across=True),
    _Row("warm", "with.heat", ("with.felt_it",), 5),
    _Row("warm", "with.heat", ("with.skin_sign",), 5, across=True),
    _Row("warm", "with.heat", ("with.itself",), 0, sure="possible"),
    _Row("warm", "with.heat_coming", (), 8),
    _Row("colour", "with.red", _LEG, 5, across=True),
    _Row("hard_veins", "with.vein_sign", ("with.vein",), 5),
    _Row("foot_cold_pale", "with.pale", ("with.foot",), 4),
    _Row("foot_cold_pale", "with.icy", ("with.foot", "with.pale"), 5),
    _Row("numb", "with.tingle", ("with.toes",), 4, across=True),
    _Row("numb", "with.lost", ("with.sensing", "with.toes"), 6),
    _Row("saddle", "with.numb", ("with.trunk",), 8),
    _Row("tight_hard", "with.thing", ("with.stone",), 4),
    _Row("pain_extreme", "with.crying", ("with.so_much",), 5),
    _Row("pop", "with.hit", ("with.someone",), 8),
    _Row("pop", "with.sound", ("with.heard",), 3),
    _Row("gap", "with.dip", ("with.tendon",), 5),
    _Row("bone_point", "with.bone_hurts", ("with.bone", "with.press"), 8),
    _Row("rest_pain", "throbbing", ("posture",), 6),
    _Row("night_pain", "throbbing", ("night.when",), 6),
    _Row("rest_pain", "with.there", ("posture",), 4),
    _Row("night_pain", "with.worst", ("night.when",), 4),
    _Row("rest_pain", "with.nag", ("posture",), 4),
    _Row("night_pain", "with.nag", ("night.when",), 4),
    _Row("rest_pain", "with.worst", ("posture",), 4),
    _Row("night_pain", "with.wake", ("with.from_it",), 6),
    _Row("dvt_risk.long_journey", "with.place", ("with.back",), 5),
    _Row("dvt_risk.long_journey", "with.flying", ("with.trip_done",), 7),
    _Row("dvt_risk.bed_or_surgery", "with.operated", ("with.organ",), 3),
)
_MUSCLE = frozenset(("huge", "massive", "enormous", "big", "bulky", "thicker", "bigger", "fat"))
"""Words runners also use of calves that are strong: of both legs, asked about."""
_SHORT_QUESTION = 9
_FRAGMENT = 4
_LEADS_ON = frozenset(
    ("its", "it", "theyre", "they", "looks", "looked", "feels", "felt", "went", "also", "was")
)
_LOOSE = frozenset(
    (
        "when",
        "while",
        "just",
        "after",
        "since",
        "only",
        "still",
        "so",
        "now",
        "till",
        "until",
        "because",
        "cos",
    )
)


def find_together(text: Text) -> list[Flag]:
    """Flags of the table, and of a movement asked and refused ("Tiptoe? Forget it")."""
    return [flag for row in _ROWS for flag in _of_row(text, row)] + _refused(text)


def _of_row(text: Text, row: _Row) -> Iterator[Flag]:
    """What a row finds: standing as its sign stands, unless what it is about belongs elsewhere."""
    signs = text.of(row.sign)
    if not signs or not all(text.of(other) for other in row.others):
        return
    for sign in signs:
        near = [_nearest(text, sign, other, row) for other in row.others]
        found = [hit for hit in near if hit is not None]
        if len(found) < len(near):
            continue
        stands = standing(text, sign.i, sign.j)
        if stands == "now":
            stands = next((s for hit in found if (s := _elsewhere(text, hit)) is not None), stands)
        inside = [h for h in found if text.tokens[h.i].sentence == text.tokens[sign.i].sentence]
        i, j = min(h.i for h in (sign, *inside)), max(h.j for h in (sign, *inside))
        value = _value(text, row, found)
        strong = any(text.norm(hit.j - 1) in ("calves", "legs") for hit in found)
        big = value == "both" and strong and text.norm(sign.j - 1) in _MUSCLE
        yield Flag(row.fact, value, i, j, stands, "possible" if big else row.sure)


def _elsewhere(text: Text, hit: Hit) -> Standing | None:
    """Whether what the sign is about is denied or not the runner's."""
    stands = standing(text, hit.i, hit.j)
    return None if stands in ("now", "past") else stands


def _value(text: Text, row: _Row, found: list[Hit]) -> Value:
    if row.fact != "swelling" or row.value != True:  # noqa: E712 - a value, not a truth
        return row.value
    words = {text.norm(k) for hit in found for k in range(hit.i, hit.j)}
    return "both" if words & {"calves", "ankles", "feet", "legs", "shins"} else "one_leg"


def _nearest(text: Text, sign: Hit, concept: str, row: _Row) -> Hit | None:
    """The closest hit of the concept that belongs to the sign."""
    own = text.sentence(sign.i)
    best: tuple[int, Hit] | None = None
    for hit in text.within(concept, own.first, own.last):
        gap = _gap(text, sign, hit, row.reach)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, hit)
    if best is not None:
        return best[1]
    return _from_next_door(text, sign, concept) if row.across else None


def _gap(text: Text, one: Hit, other: Hit, reach: int) -> int | None:
    """Words between the two hits, or None when they are too far apart or overlap."""
    left, right = min(one.j, other.j), max(one.i, other.i)
    if one.i < other.j and other.i < one.j:
        return None
    if text.break_between(left, right + 1, ",;:("):
        reach -= 3
    if right - left > reach:
        return None
    if text.has("scope_end", left, right) and not _joined(text, left, right):
        return None
    return right - left


def _joined(text: Text, left: int, right: int) -> bool:
    return all(text.norm(h.i) in _LOOSE for h in text.within("scope_end", left, right))


def _from_next_door(text: Text, sign: Hit, concept: str) -> Hit | None:
    """As in "Left calf. Huge.": the sentence before, or after, when one of them is a fragment."""
    place = text.tokens[sign.i].sentence
    own = text.sentences[place]
    for step in (-1, 1):
        if not 0 <= place + step < len(text.sentences):
            continue
        other = text.sentences[place + step]
        short = own.last - own.first <= _FRAGMENT or other.last - other.first <= _FRAGMENT
        leads = step < 0 and text.norm(own.first) in _LEADS_ON and sign.i - own.first <= _FRAGMENT
        if not (short or leads) or other.question:
            continue
        hits = list(text.within(concept, other.first, other.last))
        if hits:
            return hits[-1] if step < 0 else hits[0]
    return None


def _refused(text: Text) -> list[Flag]:
    found = []
    for place, sentence in enumerate(text.sentences[:-1]):
        size = sentence.last - sentence.first
        if size > (_SHORT_QUESTION if sentence.question else _FRAGMENT):
            continue
        after = text.sentences[place + 1]
        answer = next(text.within("with.refusal", after.first, after.first + 1), None)
        asked = next(text.within("with.rise", sentence.first, sentence.last), None)
        asked = asked or next(text.within("move.push", sentence.first, sentence.last), None)
        if answer is not None and asked is not None:
            found.append(Flag("push_off", "not_possible", asked.i, answer.j, "now", "likely"))
    return found

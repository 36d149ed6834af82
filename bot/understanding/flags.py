"""Warning signs (evidence.md 1.6): each mention, how it stands, and what it then says.

Rule: a sign that is not clearly denied, past, feared or someone else's is reported. A denial of the
opposite is a sign: "push off" denied means that it cannot be done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.understanding.ability import can_now, find_ability
from bot.understanding.at_rest import find_at_rest
from bot.understanding.context import standing
from bot.understanding.events import EVENTS, timed, when_it_was
from bot.understanding.findings import Flag
from bot.understanding.measured import find_measured
from bot.understanding.numbers import number_at
from bot.understanding.sides import swollen_side
from bot.understanding.together import find_together
from bot.understanding.unhelped import find_unhelped

if TYPE_CHECKING:
    from bot.understanding.analysis import Text
    from bot.understanding.findings import Value
    from bot.understanding.hits import Hit
    from bot.understanding.reading import Certainty, Standing

PLAIN = [
    "pop",
    "flat_footed",
    "gap",
    "bruise",
    "warm",
    "colour",
    "hard_veins",
    "rest_pain",
    "throbbing",
    "night_pain",
    "chest",
    "breathless",
    "cough_blood",
    "collapse",
    "pain_extreme",
    "tight_hard",
    "numb",
    "weak",
    "foot_drop",
    "foot_cold_pale",
    "dark_pee",
    "fever",
    "skin_break",
    "spreading",
    "very_unwell",
    "saddle",
    "bladder_bowel",
    "both_legs_weak",
    "back_pain",
    "leg_radiating",
    "worse_standing",
    "bone_point",
    "hop_hurts",
    "blow",
    "bleeding_problem",
    "meds.fluoroquinolone",
    "meds.statin",
    "meds.steroid",
    "meds.blood_thinner",
    "dvt_risk.long_journey",
    "dvt_risk.bed_or_surgery",
    "dvt_risk.cast_or_boot",
    "dvt_risk.past_clot",
    "dvt_risk.cancer",
    "dvt_risk.pill_or_hrt",
    "dvt_risk.smoker",
    "dvt_risk.heart_failure",
    "dvt_risk.family_clot",
    "dvt_risk.varicose_veins",
]
"""Signs that are there or not there."""

LIFELONG = frozenset(("dvt_risk.past_clot", "dvt_risk.family_clot", "bleeding_problem"))
"""What counts however long ago, and whoever in the family had it."""

_ON_IT = frozenset(("on", "with", "now", "at", "anymore", "today", "and", "or", "because"))
_ONCE = EVENTS | {"pop"}
_GAPPED = frozenset(
    ("dark_pee", "colour", "warm", "foot_cold_pale", "bruise", "hard_veins", "tight_hard", "chest")
)
"""Signs whose words may lie apart, so that a denial can stand between them."""
_GUESSES = frozenset(("might", "mightve", "may", "mayve", "could", "couldve"))
_EVERYDAY = frozenset(
    ("snap", "snapped", "snapping", "crack", "cracked", "cracking", "rip", "ripped", "ripping")
) | frozenset(("pop", "pops", "popped", "popping"))
"""Words of a torn calf that are said of much else."""
_SKIN = frozenset(("swelling", "bruise", "warm", "colour", "hard_veins", "numb"))
_MAKE = frozenset(("swelling", "hard_veins", "colour"))
_POSSIBLE = frozenset(("tight_hard", "pain_extreme", "bruise", "back_pain"))
"""Words runners also use for plain soreness: asked about, not taken as read."""


def find_flags(text: Text) -> list[Flag]:
    """Every warning sign named, affirmed or not, in the order of the text."""
    found: list[Flag] = []
    for concept in PLAIN:
        found += [_flag(text, hit, concept, hit.value or True) for hit in text.of(concept)]
    found += [_flag(text, h, "swelling", swollen_side(text, h)) for h in text.of("swelling")]
    found = [_long_known(text, flag) for flag in found + find_measured(text)]
    found = [flag for flag in found if not _not_of_the_leg(text, flag)]
    found += _chest_word(text)
    found += find_at_rest(text) + find_ability(text)
    found += [_long_known(text, timed(text, flag)) for flag in find_together(text)]
    found += find_unhelped(text) + _high_temperature(text)
    found += _push_off(text) + _weight_bearing(text) + _birth(text) + _fine_breathing(text)
    return sorted(found, key=lambda flag: (flag.i, flag.j))


def _chest_word(text: Text) -> list[Flag]:
    """The bare word "chest": possible, unless the words around it are about something else."""
    known = ("chest", "not.chest", "fine.breathing", "reason")
    return [
        Flag("chest", True, hit.i, hit.j, standing(text, hit.i, hit.j), "possible")
        for hit in text.of("chest.word")
        if not any(h.i < hit.j and hit.i < h.j for name in known for h in text.of(name))
    ]


def _flag(text: Text, hit: Hit, fact: str, value: Value) -> Flag:
    stands: Standing = standing(text, hit.i, hit.j)
    if fact in LIFELONG and stands in ("past", "other_person"):
        stands = "now"
    if stands == "now" and fact == "rest_pain" and _eased(text, hit):
        stands = "denied"
    if stands == "now" and fact in _GAPPED and _denied_inside(text, hit):
        stands = "denied"
    own = text.sentence(hit.i)
    if fact in _ONCE and stands == "past" and not text.has("history", own.first, own.last):
        stands = "now"  # an event cannot have gone down or settled
    if stands == "now" and fact in EVENTS:
        stands = when_it_was(text, hit.i, hit.j)
    vague = fact in _POSSIBLE and not _seen(text, hit, fact)
    vague = vague or (fact == "pop" and _maybe(text, hit))
    vague = vague or (fact == "pop" and not _of_the_body(text, hit))
    sure: Certainty = "possible" if vague else "sure"
    return Flag(fact, value, hit.i, hit.j, stands, sure)


def _maybe(text: Text, hit: Hit) -> bool:
    """As in "might have ruptured it": a guess, and asked about."""
    return any(text.norm(k) in _GUESSES for k in range(max(0, hit.i - 3), hit.i))


def _of_the_body(text: Text, hit: Hit) -> bool:
    """Whether a bare "snap" or "cracked" is about the body: what was felt, heard, or in the leg."""
    own = text.sentence(hit.i)
    plain = text.norm(hit.i) in _EVERYDAY and text.norm(hit.j) not in ("something", "in")
    if hit.j - hit.i > 1 or own.last - own.first <= 4 or not plain:
        return True
    first, last = max(own.first, hit.i - 5), min(own.last, hit.j + 4)
    if text.has("pop.evidence", first, hit.i) or text.has("body", first, hit.i):
        return True
    return not text.break_between(hit.j, last) and text.has("body", hit.j, last)


def _seen(text: Text, hit: Hit, fact: str) -> bool:
    """A bruise that is named as a thing, or came suddenly, is no figure of speech."""
    if fact != "bruise":
        return False
    sudden = any(h.value == "sudden" for h in text.within("onset", max(0, hit.i - 3), hit.i))
    return sudden or text.norm(hit.j - 1) in ("bruise", "bruises", "bruising")


def _eased(text: Text, hit: Hit) -> bool:
    """As in "fine when I'm sitting": at rest it is well, and nothing in the sentence hurts."""
    own = text.sentence(hit.i)
    near = text.has("eased", max(own.first, hit.i - 4), min(own.last, hit.j + 4))
    pains = text.within("hurt.strong", own.first, own.last)
    return near and not any(standing(text, h.i, h.j) == "now" and not _free(text, h) for h in pains)


def _free(text: Text, pain: Hit) -> bool:
    return text.norm(pain.j) == "free" or text.has("eased", pain.i - 1, pain.i + 1)


def _denied_inside(text: Text, hit: Hit) -> bool:
    """As in "my wee isn't dark": a denial between the words of the sign."""
    return text.has("neg", hit.i + 1, hit.j - 1) and not text.has("neg.false", hit.i, hit.j)


def _push_off(text: Text) -> list[Flag]:
    found = []
    for hit in text.of("push_off"):
        stands = standing(text, hit.i, hit.j, clause=True)
        value: Value = hit.value if isinstance(hit.value, str) else "not_possible"
        if value == "easy":
            if text.has("neg", hit.i - 1, hit.i) and not text.tokens[hit.i].before:
                found.append(Flag("push_off", "not_possible", hit.i, hit.j, "now", "likely"))
            elif stands == "now" and not text.has("only_just", hit.j, hit.j + 3):
                found.append(Flag("push_off", "not_possible", hit.i, hit.j, "denied"))
        elif _only_painful(text, hit):
            found.append(Flag("push_off", "painful", hit.i, hit.j, "past"))
        else:
            able = stands == "now" and can_now(text, hit.j)
            found.append(Flag("push_off", value, hit.i, hit.j, "past" if able else stands))
    return found


def _only_painful(text: Text, hit: Hit) -> bool:
    """As in "can't tiptoe without wincing", "hurts, but I can": possible, with pain."""
    own = text.sentence(hit.i)
    return text.norm(hit.j) == "without" or text.has("but_can", hit.j, min(own.last, hit.j + 6))


def _weight_bearing(text: Text) -> list[Flag]:
    found = []
    for hit in text.of("weight_bear"):
        stands = standing(text, hit.i, hit.j, clause=True)
        if hit.value == "normal":
            if stands == "now":
                found.append(Flag("weight_bear", "cannot_4_steps", hit.i, hit.j, "denied"))
            continue
        if stands == "other_person" and text.norm(hit.j - 1) == "crutches":
            stands = "now"  # somebody else's crutches, but the runner is on them
        vague: Certainty = "likely" if _at_present(text, hit) else "possible"
        sure: Certainty = vague if hit.value == "maybe" else "sure"
        found.append(Flag("weight_bear", "cannot_4_steps", hit.i, hit.j, stands, sure))
    return found


def _at_present(text: Text, hit: Hit) -> bool:
    """As in "can't walk on it": now and meant; not "couldn't walk", not "can't walk down stairs"."""
    if text.norm(hit.i) not in ("cant", "cannot", "can", "unable"):
        return False
    last = hit.j >= text.sentence(hit.i).last
    return last or bool(text.tokens[hit.j].before) or text.norm(hit.j) in _ON_IT


def _not_of_the_leg(text: Text, flag: Flag) -> bool:
    """As in "my hand was swollen": another part of the body is named, and no leg as near."""
    if flag.fact not in _SKIN:
        return False
    own = text.sentence(flag.i)
    first, last = max(own.first, flag.i - 4), min(own.last, flag.j + 4)
    other = next(text.within("not_leg", first, last), None)
    if other is None or text.break_between(min(other.j, flag.j), max(other.i, flag.i) + 1):
        return False
    return not any(
        abs(leg.i - flag.i) <= abs(other.i - flag.i)
        for leg in text.within("body", first, last)
        if not text.break_between(min(leg.j, flag.j), max(leg.i, flag.i) + 1)
    )


def _long_known(text: Text, flag: Flag) -> Flag:
    """As in "always been bigger than the right": how the leg is made, and nothing new."""
    if flag.fact == "swelling" and text.has("same_size", flag.j, text.sentence(flag.i).last):
        return replace(flag, standing="denied")
    if flag.standing != "now" or flag.fact not in _MAKE:
        return flag
    if text.has("lifelong", max(text.sentence(flag.i).first, flag.i - 5), flag.j):
        return replace(flag, standing="past")
    return flag


def _high_temperature(text: Text) -> list[Flag]:
    """As in "temp of 38.7": a body's temperature above normal, in Celsius or Fahrenheit."""
    found = []
    for hit in text.of("with.temperature"):
        number = number_at(text, hit.j) if hit.j < len(text.tokens) else None
        if number is not None and (37.5 <= number.low <= 42 or 99.5 <= number.low <= 107):
            stands = standing(text, hit.i, number.j)
            found.append(Flag("fever", True, hit.i, number.j, stands))
    return found


def _birth(text: Text) -> list[Flag]:
    hits = text.of("pregnant_postnatal")
    found = [_flag(text, hit, "pregnant_postnatal", "pregnant") for hit in hits]
    for hit in text.of("postnatal"):
        weeks = _weeks_near(text, hit)
        if weeks is not None and weeks < 12 and standing(text, hit.i, hit.j) == "now":
            value = "baby_under_6_weeks" if weeks < 6 else "baby_6_to_12_weeks"
            found.append(Flag("pregnant_postnatal", value, hit.i, hit.j, "now"))
    return found


def _weeks_near(text: Text, hit: Hit) -> float | None:
    """Weeks since the birth: the length of time told next to it."""
    first, last = text.around(hit.i, hit.j, 8, 6)
    for i in range(first, last):
        number = number_at(text, i)
        if number is None:
            continue
        for unit in text.within("unit.time", number.j, number.j + 1):
            return number.low * float(unit.value or 0) / (7 * 86_400)
    return None


def _fine_breathing(text: Text) -> list[Flag]:
    """Breathing or sleep said to be fine denies the sign."""
    breathing = [
        Flag("breathless", True, hit.i, hit.j, "denied")
        for hit in text.of("fine.breathing")
        if not any(flag.i < hit.j and hit.i < flag.j for flag in text.of("breathless"))
    ]
    pain = any(text.of(name) for name in ("hurt.strong", "char", "swelling"))
    rested = text.of("fine.night") if pain else ()  # a good night alone denies no pain
    nights = [Flag("night_pain", True, hit.i, hit.j, "denied") for hit in rested]
    return breathing + nights

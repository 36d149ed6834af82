"""The warning signs of evidence.md 1.6: caught when said, and not when denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.understanding.reading import Reading, Understood
    from tests.understanding.conftest import Reader

SAID = [
    ("I felt a pop in my calf", "pop"),
    ("something snapped at mile 4", "pop"),
    ("it was like being kicked in the leg", "pop"),
    ("felt like I'd been shot in the leg", "pop"),
    ("I can't push off with that foot", "push_off"),
    ("cannot stand on tiptoe on the left", "push_off"),
    ("couldn't put any weight on it", "push_off"),
    ("I can't walk on it", "weight_bear"),
    ("my left calf is swollen", "swelling"),
    ("ankle looks puffy", "swelling"),
    ("one calf is bigger than the other", "swelling"),
    ("tight sock mark on the left ankle", "swelling"),
    ("calf is hot to the touch", "warm"),
    ("my calf feels warm", "warm"),
    ("the calf has gone red", "colour"),
    ("skin is purple and shiny", "colour"),
    ("there is a hard vein down the calf", "hard_veins"),
    ("it throbs when I sit", "throbbing"),
    ("the pain wakes me up", "night_pain"),
    ("it hurts even at rest", "rest_pain"),
    ("I get breathless on the stairs", "breathless"),
    ("can't catch my breath", "breathless"),
    ("bit of chest pain since Sunday", "chest"),
    ("I coughed up blood", "cough_blood"),
    ("I fainted after the run", "collapse"),
    ("my toes are numb", "numb"),
    ("pins and needles in the foot", "numb"),
    ("the foot goes dead after a mile", "numb"),
    ("tingling down the calf", "numb"),
    ("I think I have foot drop", "foot_drop"),
    ("my foot keeps slapping the floor", "foot_drop"),
    ("the foot is cold and pale", "foot_cold_pale"),
    ("my toes have gone white", "foot_cold_pale"),
    ("toes are blue", "foot_cold_pale"),
    ("calf is rock hard", "tight_hard"),
    ("I'm in agony", "pain_extreme"),
    ("worst pain of my life", "pain_extreme"),
    ("it is a 9/10", "pain_extreme"),
    ("10/10 pain", "pain_extreme"),
    ("my pee looks like cola", "dark_pee"),
    ("urine was the colour of tea", "dark_pee"),
    ("my wee is dark brown", "dark_pee"),
    ("I have a fever and the calf is sore", "fever"),
    ("feeling shivery since last night", "fever"),
    ("we had a long haul flight on Monday", "dvt_risk.long_journey"),
    ("I flew back from Canada on Friday", "dvt_risk.long_journey"),
    ("after a long drive my calf aches", "dvt_risk.long_journey"),
    ("spent 9 hours on a coach", "dvt_risk.long_journey"),
    ("had an operation three weeks ago", "dvt_risk.bed_or_surgery"),
    ("knee surgery in the last month", "dvt_risk.bed_or_surgery"),
    ("my leg was in a cast until last week", "dvt_risk.cast_or_boot"),
    ("I am 20 weeks pregnant and my calf hurts", "pregnant_postnatal"),
    ("I'm on the pill", "dvt_risk.pill_or_hrt"),
    ("started HRT in spring", "dvt_risk.pill_or_hrt"),
    ("taking cipro for a chest infection", "meds.fluoroquinolone"),
    ("on levofloxacin", "meds.fluoroquinolone"),
    ("doctor gave me moxifloxacin", "meds.fluoroquinolone"),
    ("I take atorvastatin", "meds.statin"),
    ("I'm on statins", "meds.statin"),
    ("on warfarin", "meds.blood_thinner"),
    ("I take apixaban", "meds.blood_thinner"),
]

DENIED = [
    ("no pop", "pop"),
    ("there was no pop or snap", "pop"),
    ("I didn't hear a pop", "pop"),
    ("no swelling", "swelling"),
    ("there isn't any swelling", "swelling"),
    ("no pop, no swelling, no bruising", "swelling"),
    ("no pop, swelling or bruising", "bruise"),
    ("without any swelling or redness", "colour"),
    ("swelling: none", "swelling"),
    ("Swelling? No.", "swelling"),
    ("it isn't swollen", "swelling"),
    ("not swollen and not hot to touch", "warm"),
    ("no numbness", "numb"),
    ("no pins and needles", "numb"),
    ("I'm not short of breath", "breathless"),
    ("no chest pain", "chest"),
    ("no night pain", "night_pain"),
    ("no fever", "fever"),
    ("haven't had any flights", "dvt_risk.long_journey"),
    ("no operations", "dvt_risk.bed_or_surgery"),
    ("I can stand on tiptoe fine", "push_off"),
    ("I'm not on the pill", "dvt_risk.pill_or_hrt"),
    ("not on statins", "meds.statin"),
]

ELSEWHERE = [
    "popped to the shop after my run",
    "I'll pop in for a coffee",
    "the hills are killing me, legs are dead tired",
    "my chest strap fell off",
    "hot day, hot bath after",
    "numb hands from the cold",
    "had a coke after the race",
    "cracking run today",
    "it nearly killed me lol",
    "my wife had a blood clot once, she is fine",
    "a friend of mine tore his achilles, his calf was swollen",
    "ran up the flight of stairs",
    "what if it swells?",
    "tore my calf and it was swollen 5 years ago",
    "called the GP surgery",
]


def now(understood: Understood) -> dict[str, Reading]:
    """The readings that stand now, by fact."""
    return {r.fact: r for r in understood.readings if r.standing == "now"}


@pytest.mark.parametrize(("text", "fact"), SAID)
def test_a_sign_said_is_read(reader: Reader, text: str, fact: str) -> None:
    """Each phrase of the list is read as its fact."""
    assert fact in now(reader(text))


@pytest.mark.parametrize(("text", "fact"), DENIED)
def test_a_sign_denied_is_a_denial(reader: Reader, text: str, fact: str) -> None:
    """A clear denial is kept as one, and never as the sign."""
    understood = reader(text)

    assert fact in {r.fact for r in understood.denied}
    assert fact not in now(understood)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_figures_of_speech_and_other_people_are_no_signs(reader: Reader, text: str) -> None:
    """Nothing is flagged by a turn of phrase, another person, a fear or long ago."""
    signs = {
        "pop",
        "swelling",
        "chest",
        "warm",
        "numb",
        "dark_pee",
        "collapse",
        "push_off",
        "dvt_risk.long_journey",
        "dvt_risk.bed_or_surgery",
        "breathless",
    }

    assert not signs & set(now(reader(text)))


@pytest.mark.parametrize(
    "text",
    [
        "no pain but my calf is swollen",
        "not running because my calf is swollen",
        "I can't run, the calf is swollen",
        "haven't run since it got swollen",
        "no idea why but the calf is swollen",
        "not only sore, it is swollen too",
        "I don't want to moan. Calf is swollen.",
        "no stretching today, calf swollen",
        "not sure if it matters, the calf is swollen",
    ],
)
def test_a_denial_of_something_else_denies_nothing(reader: Reader, text: str) -> None:
    """A "no" reaches only what it denies; in doubt the sign stands."""
    assert "swelling" in now(reader(text))


def test_one_leg_and_both_legs_are_told_apart(reader: Reader) -> None:
    """Swelling of one calf and of both are different signs."""
    assert now(reader("my calf is swollen"))["swelling"].value == "one_leg"
    assert now(reader("both ankles are swollen"))["swelling"].value == "both"
    assert now(reader("calves are swollen"))["swelling"].value == "both"


def test_the_quote_is_the_runners_own_words(reader: Reader) -> None:
    """A reading shows exactly where it came from."""
    text = "Ouch. My LEFT calf is *swollen*!"
    found = now(reader(text))["swelling"]

    assert found.quote == "swollen"
    assert text[found.start : found.end] == "swollen"

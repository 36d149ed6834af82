"""Examples for the rows of evidence.md 1.2, as facts that differ from a sore runner who is clear."""

from collections.abc import Mapping

from bot.content.condition import Value

Facts = Mapping[str, Value]

RISKS = (
    "cancer", "cast_or_boot", "bed_or_surgery", "past_clot", "pregnancy", "long_journey",
    "pill_or_hrt", "injury_or_immobile", "heart_failure", "family_clot", "age_60", "overweight",
    "smoker", "dehydrated", "varicose_veins",
)  # fmt: skip
NO = (
    "chest", "breathless", "cough_blood", "collapse", "pain_extreme", "tight_hard", "numb", "weak",
    "bend_agony", "blow", "foot_cold_pale", "dark_pee", "severe_muscle", "saddle", "bladder_bowel",
    "both_legs_weak", "back_pain", "skin_hot", "fever", "spreading", "skin_break", "very_unwell",
    "warm", "tender", "colour", "hard_veins", "rest_pain", "night_pain", "worse_standing",
    "throbbing", "worse_after_3_days", "pop", "sudden_pain", "flat_footed", "gap", "bruise",
    "limp_over_24h", "foot_drop", "bleeding_problem", "statin_unexplained", "emergency_unsure",
    "today_unsure", "bone_point", "hop_hurts", "bone_night", "same_point_each_run",
    "gone_on_stopping", "walk_distance_pain", "leg_radiating", "cramp", "cramp_long",
    "sore_over_week", "no_better_2_weeks", "soreness_returned_without_run",
    "achilles_over_6_weeks", "effort_symptoms", "meds.fluoroquinolone", "meds.statin",
    "meds.steroid", "meds.blood_thinner", *(f"dvt_risk.{risk}" for risk in RISKS),
)  # fmt: skip
CLEAR: Facts = {
    **dict.fromkeys(NO, False),
    "sore": True, "adult": True, "side": "both", "location": "calf", "trigger_72h": True,
    "swelling": "none", "push_off": "easy", "weight_bear": "normal", "pain_walk": 2,
    "pregnant_postnatal": "none", "break_days": 3,
}  # fmt: skip
LEFT: Facts = {"side": "left"}
ACHILLES: Facts = {"location": "achilles_mid"}
HEEL: Facts = {"location": "achilles_heel"}


def yes(*names: str, **more: Value) -> dict[str, Value]:
    """These facts true, and these with a value."""
    return {**dict.fromkeys(names, True), **more}


HOLDS: tuple[tuple[str, str, Facts], ...] = (
    ("E1", "emergency", yes("chest")),
    ("E1", "emergency", yes("breathless")),
    ("E1", "emergency", yes("cough_blood")),
    ("E1", "emergency", yes("collapse")),
    ("E1", "emergency", yes("chest", sore=False)),
    ("E2", "emergency", yes("pain_extreme", "tight_hard")),
    ("E2", "emergency", yes("pain_extreme", "numb")),
    ("E2", "emergency", yes("pain_extreme", "weak")),
    ("E2", "emergency", yes("pain_extreme", "bend_agony")),
    ("E2", "emergency", yes("pain_extreme", "tight_hard", "blow")),
    ("E3", "emergency", yes("foot_cold_pale")),
    ("E3", "emergency", yes("foot_cold_pale", "numb", sore=False)),
    ("E4", "emergency", yes("dark_pee", "severe_muscle")),
    ("E4", "emergency", yes("dark_pee", "pain_extreme")),
    ("E4", "emergency", yes("dark_pee", "weak")),
    ("E4", "emergency", yes("dark_pee", "both_legs_weak")),
    ("E5", "emergency", yes("saddle")),
    ("E5", "emergency", yes("bladder_bowel")),
    ("E5", "emergency", yes("both_legs_weak")),
    ("E5", "emergency", yes("saddle", "back_pain", sore=False)),
    ("E6", "emergency", yes("skin_hot", "very_unwell")),
    ("D1", "same_day", yes(swelling="one_leg")),
    ("D1", "same_day", yes("warm", "tender", **LEFT)),
    ("D1", "same_day", yes("warm", "tender", side="one")),
    ("D1", "same_day", yes("colour", side="right")),
    ("D1", "same_day", yes("hard_veins")),
    *(
        ("D2", "same_day", yes(f"dvt_risk.{risk}", **LEFT))
        for risk in ("cancer", "cast_or_boot", "bed_or_surgery", "past_clot", "pregnancy")
    ),
    *(
        ("D3", "same_day", yes(f"dvt_risk.{risk}", trigger_72h=False, **LEFT))
        for risk in (
            "long_journey",
            "pill_or_hrt",
            "injury_or_immobile",
            "heart_failure",
            "family_clot",
        )
    ),
    *(
        ("D3", "same_day", yes("dvt_risk.long_journey", sign, side="right"))
        for sign in ("rest_pain", "worse_standing", "worse_after_3_days")
    ),
    ("D3", "same_day", yes("dvt_risk.smoker", "dvt_risk.overweight", "rest_pain", **LEFT)),
    (
        "D3",
        "same_day",
        yes("dvt_risk.age_60", "dvt_risk.varicose_veins", trigger_72h=False, **LEFT),
    ),
    ("D3", "same_day", yes("throbbing", "rest_pain", trigger_72h=False, **LEFT)),
    ("D3", "same_day", yes("throbbing", "worse_standing", trigger_72h=False, side="one")),
    ("D4", "same_day", yes("pop", push_off="not_possible")),
    ("D4", "same_day", yes("pop", "flat_footed")),
    ("D4", "same_day", yes("pop", "gap")),
    ("D4", "same_day", yes("pop", push_off="not_possible", pain_walk=0)),
    ("D5", "same_day", yes(weight_bear="cannot_4_steps")),
    ("D5", "same_day", yes(weight_bear="cannot_4_steps", location="shin_bone")),
    ("D6", "same_day", yes("skin_hot", "fever")),
    ("D6", "same_day", yes("skin_hot", "spreading")),
    ("D7", "same_day", yes("meds.fluoroquinolone", **ACHILLES)),
    ("D7", "same_day", yes("meds.fluoroquinolone", **HEEL)),
    ("D7", "this_week", yes("meds.fluoroquinolone")),
    ("D8", "same_day", yes("meds.statin", "statin_unexplained")),
    ("D9", "same_day", yes("dark_pee")),
    ("D9", "same_day", yes("foot_drop")),
    ("D9", "same_day", yes("weak")),
    ("D9", "same_day", yes("meds.blood_thinner", "bruise")),
    ("D9", "same_day", yes("bleeding_problem", "bruise")),
    ("EU", "same_day", yes("emergency_unsure")),
    ("EU", "same_day", yes("today_unsure")),
    ("W1", "this_week", yes("bone_point", location="shin_bone")),
    ("W1", "this_week", yes("hop_hurts", location="shin_bone")),
    ("W1", "this_week", yes("bone_night", location="shin_bone")),
    ("W2", "this_week", yes("sudden_pain", "limp_over_24h")),
    ("W2", "this_week", yes("sudden_pain", "bruise")),
    ("W2", "this_week", yes("sudden_pain", push_off="painful")),
    ("W2", "this_week", yes("pop", "bruise")),
    ("W3", "this_week", yes("same_point_each_run", "gone_on_stopping")),
    ("W3", "this_week", yes("same_point_each_run", "gone_on_stopping", location="shin_bone")),
    ("W4", "this_week", yes("walk_distance_pain")),
    ("W5", "this_week", yes("leg_radiating")),
    ("W5", "this_week", yes("leg_radiating", "numb")),
    ("W6", "this_week", yes("achilles_over_6_weeks", **ACHILLES)),
    ("W6", "this_week", yes("achilles_over_6_weeks", **HEEL)),
    ("W6", "this_week", yes(pain_walk=6, **ACHILLES)),
    ("W6", "this_week", yes(pain_walk=8, **HEEL)),
    ("W7", "this_week", yes("no_better_2_weeks")),
    ("W7", "this_week", yes("sore_over_week")),
    ("W7", "this_week", yes("soreness_returned_without_run")),
    ("W8", "this_week", yes("cramp", "cramp_long")),
    ("W9", "this_week", yes(pregnant_postnatal="pregnant")),
    ("W9", "this_week", yes(pregnant_postnatal="baby_under_6_weeks")),
    ("W9", "this_week", yes(pregnant_postnatal="baby_6_to_12_weeks")),
    ("W9", "this_week", yes(pregnant_postnatal="pregnant", sore=False)),
    ("W10", "this_week", yes(swelling="both")),
    ("SC", "this_week", yes(adult=False)),
    ("SC", "this_week", yes("effort_symptoms")),
)

HOLDS_NOT: tuple[tuple[str, Facts], ...] = (
    ("E1", yes("rest_pain", "night_pain")),
    ("E2", yes("pain_extreme")),
    ("E2", yes("tight_hard", "numb")),
    ("E3", yes("foot_cold_pale", sore=False)),
    ("E3", yes("numb")),
    ("E4", yes("dark_pee")),
    ("E4", yes("severe_muscle", "weak")),
    ("E5", yes("back_pain")),
    ("E5", yes("leg_radiating", "weak")),
    ("E6", yes("skin_hot", "fever")),
    ("E6", yes("very_unwell")),
    ("D1", yes(swelling="both")),
    ("D1", yes("tender", **LEFT)),
    ("D1", yes("warm", "colour", side="both")),
    ("D2", yes("dvt_risk.cancer")),
    ("D2", yes("dvt_risk.long_journey", **LEFT)),
    ("D2", yes(**LEFT)),
    ("D3", yes("dvt_risk.long_journey", **LEFT)),
    ("D3", yes("dvt_risk.long_journey", "rest_pain")),
    ("D3", yes("dvt_risk.smoker", trigger_72h=False, **LEFT)),
    ("D3", yes("dvt_risk.smoker", "dvt_risk.overweight", **LEFT)),
    ("D3", yes("throbbing", **LEFT)),
    ("D3", yes(trigger_72h=False, **LEFT)),
    ("D4", yes("pop")),
    ("D4", yes("pop", push_off="painful")),
    ("D4", yes("sudden_pain", push_off="painful")),
    ("D5", yes(weight_bear="limp")),
    ("D6", yes("fever")),
    ("D6", yes("skin_hot")),
    ("D7", yes(**ACHILLES)),
    ("D7", yes("meds.steroid", **ACHILLES)),
    ("D8", yes("meds.statin")),
    ("D8", yes("statin_unexplained")),
    ("D9", yes("meds.blood_thinner")),
    ("D9", yes("bruise")),
    ("EU", yes()),
    ("W1", yes(location="shin_bone")),
    ("W2", yes("sudden_pain")),
    ("W2", yes("bruise")),
    ("W2", yes("pop", push_off="not_possible")),
    ("W3", yes("same_point_each_run")),
    ("W3", yes("gone_on_stopping")),
    ("W4", yes(pain_walk=8)),
    ("W5", yes("back_pain")),
    ("W6", yes("achilles_over_6_weeks")),
    ("W6", yes(pain_walk=5, **ACHILLES)),
    ("W6", yes(pain_walk=9)),
    ("W7", yes(days_since=3)),
    ("W8", yes("cramp")),
    ("W9", yes()),
    ("W10", yes(swelling="one_leg")),
    ("SC", yes()),
)

UP: tuple[tuple[str, Facts], ...] = (
    ("emergency", yes("skin_hot", "very_unwell", sore=False)),
    ("same_day", yes("sudden_pain", push_off="not_possible")),
    ("this_week", yes("no_better_2_weeks", **ACHILLES)),
    ("this_week", yes("numb")),
    ("emergency", yes("dark_pee", swelling="both")),
    ("same_day", yes("warm", "fever")),
    ("same_day", yes("colour", "spreading")),
)
"""What must come out at least, whichever row says so; combinations that are easily forgotten."""

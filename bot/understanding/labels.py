"""Findings in the label structure of the shared messages, for `heeldrop understand`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.understanding.pathways import find_pathways
from bot.understanding.rest import WORSE_DESPITE_REST

if TYPE_CHECKING:
    from bot.understanding.findings import Findings, Flag
    from bot.understanding.reading import Understood

FLAG_NAMES = {
    "pop": "pop",
    "push_off": "cannot_push_off",
    "numb": "numbness",
    "saddle": "numbness",
    "weight_bear": "cannot_push_off",
    "night_pain": "rest_or_night_pain",
    "rest_pain": "rest_or_night_pain",
    "chest": "chest_or_breath",
    "breathless": "chest_or_breath",
    "cough_blood": "chest_or_breath",
    "dark_pee": "dark_urine",
    "flat_footed": "cannot_push_off",
    "dvt_risk.long_journey": "recent_flight_or_surgery",
    "dvt_risk.bed_or_surgery": "recent_flight_or_surgery",
    WORSE_DESPITE_REST: "worsening_despite_rest",
}
"""Facts by the names of the labels; other facts have no label."""

_UNLABELLED = frozenset(("road", "bed"))
"""A journey by road or days in bed: risks of the fact table, not among the labels."""

_PLACES = (
    "run.distance_km",
    "run.duration_min",
    "run.when",
    "run.surface",
    "run.effort",
    "technique_change.kind",
    "technique_change.since_days",
    "load.runs_per_week_now",
    "load.runs_per_week_before",
    "load.weekly_km_now",
    "load.weekly_km_before",
    "load.longest_recent_km",
    "load.jump",
    "load.hills",
    "load.speed",
    "load.new_shoes",
    "soreness.present",
    "soreness.site",
    "soreness.side",
    "soreness.onset",
    "soreness.level_0_10",
    "soreness.days",
    "soreness.worsening",
    "soreness.limping",
    "strength_or_flexibility",
)


def flag_label(flag: Flag) -> str | None:
    """The label of a warning sign, or None if it has none."""
    if flag.fact == "swelling":
        return "swelling" if flag.value == "both" else "one_sided_swelling"
    if isinstance(flag.value, str) and flag.value in _UNLABELLED:
        return None
    return FLAG_NAMES.get(flag.fact)


def red_flags(findings: Findings) -> set[str]:
    """Labels of the signs that are there by the words of the text."""
    return {
        name
        for f in findings.flags
        if f.standing == "now" and f.certainty != "possible" and (name := flag_label(f))
    }


def denied_flags(findings: Findings) -> set[str]:
    """Labels of the signs the text denies."""
    found = {
        name
        for f in findings.flags
        if f.standing == "denied" and f.fact != "weight_bear" and (name := flag_label(f))
    }
    if "one_sided_swelling" in found:
        found = found - {"one_sided_swelling"} | {"swelling"}
    present = red_flags(findings)
    if "one_sided_swelling" in present:
        found.discard("swelling")
    return found - present


def to_labels(understood: Understood) -> dict[str, Any]:
    """The labels of one message; a field the text does not tell is absent."""
    if understood.analysis is None:
        return {}
    findings = understood.analysis.findings
    flags = red_flags(findings)
    labels: dict[str, Any] = {}
    for place in _PLACES:
        value = findings.value(place)
        if value is not None:
            _put(labels, place, round(value, 2) if isinstance(value, float) else value)
    _break(labels, findings)
    if findings.characters and findings.value("soreness.present") is True:
        _put(labels, "soreness.character", sorted(findings.characters))
    if findings.other_sites:
        _put(labels, "soreness.other_sites", sorted(findings.other_sites))
    labels["red_flags"] = sorted(flags)
    labels["denied"] = sorted(denied_flags(findings))
    labels["pathways"] = list(find_pathways(findings, flags))
    return labels


def _break(labels: dict[str, Any], findings: Findings) -> None:
    if findings.value("break.stated") is None:
        return
    found: dict[str, Any] = {}
    length = findings.fields.get("break.length_days")
    if length is not None:
        found = {"length_days": length.value, "lower": length.low, "upper": length.high}
    reason = findings.value("break.reason")
    if reason is not None:
        found["reason"] = reason
    labels["break"] = found


def _put(labels: dict[str, Any], place: str, value: Any) -> None:
    *parents, last = place.split(".")
    inner = labels
    for parent in parents:
        inner = inner.setdefault(parent, {})
    inner[last] = value

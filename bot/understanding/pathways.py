"""Which ways of helping fit, from this text alone (the coarse table behind `heeldrop understand`).

The conversation decides by its own tables, over more answers. Here: emergency and see_clinician by
evidence.md 1.2 in short; then the causes of evidence.md 2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.findings import Findings

LONG_BREAK_DAYS = 21
_LASTING_DAYS = 28
_LASTING_AND_WORSE_DAYS = 14
_MILD = 3
_STRONG = 6
_WEEK = 7
_CLOT_RISKS = frozenset(
    (
        "dvt_risk.long_journey",
        "dvt_risk.bed_or_surgery",
        "dvt_risk.cast_or_boot",
    )
)


def find_pathways(findings: Findings, red_flags: set[str]) -> tuple[str, ...]:
    """The pathways of a text, given its red flags by label name."""
    sore = findings.value("soreness.present") is True
    found: list[str] = []
    if _emergency(findings, red_flags):
        found.append("emergency")
    if _see(findings, red_flags, sore):
        found.append("see_clinician")
    if _long_break(findings):
        found.append("long_break")
    if findings.value("technique_change.kind") not in (None, "none"):
        found.append("technique_change")
    if _overload(findings, sore, red_flags):
        found.append("overload")
    if sore and findings.value("strength_or_flexibility") is True:
        found.append("strength_flexibility")
    if sore and _normal(findings, red_flags, found):
        found.append("normal_soreness")
    if not found:
        over = findings.value("soreness.gone") is True
        found.append("normal_soreness" if sore or over else "off_topic")
    return tuple(found)


def _emergency(findings: Findings, flags: set[str]) -> bool:
    if flags & {"chest_or_breath", "dark_urine", "one_sided_swelling"}:
        return True
    if "numbness" in flags and flags & {"worsening_despite_rest", "cannot_push_off", "swelling"}:
        return True
    if _clot_risk(findings) and _one_side(findings):
        return findings.value("soreness.onset") != "sudden" or "recent_flight_or_surgery" in flags
    throbbing = "throbbing" in findings.characters
    return "rest_or_night_pain" in flags and throbbing and _one_side(findings)


def _clot_risk(findings: Findings) -> bool:
    """A journey, operation or cast lately (evidence.md 1.4)."""
    return any(f.standing == "now" and f.fact in _CLOT_RISKS for f in findings.flags)


def _one_side(findings: Findings) -> bool:
    return findings.value("soreness.side") in ("left", "right")


def _see(findings: Findings, flags: set[str], sore: bool) -> bool:
    serious = flags - {"recent_flight_or_surgery", "dark_urine"}
    cramp_only = serious == {"rest_or_night_pain"} and "cramp" in findings.characters
    if serious and not (cramp_only and not _lasting(findings)):
        return True
    if sore and (
        "recent_flight_or_surgery" in flags or (_clot_risk(findings) and _one_side(findings))
    ):
        return True
    if any(f.fact == "pregnant_postnatal" and f.standing == "now" for f in findings.flags):
        return True
    if not sore:
        return False
    if findings.value("soreness.strain") is True:
        return True
    return findings.value("soreness.onset") == "sudden" or _lasting(findings) or _limps(findings)


def _limps(findings: Findings) -> bool:
    """A limp on one side that did not begin as the soreness of the day after."""
    limping = findings.value("soreness.limping") is True
    return limping and _one_side(findings) and findings.value("soreness.onset") != "next_day"


def _lasting(findings: Findings) -> bool:
    days = findings.number("soreness.days")
    if findings.value("soreness.recurrent") is True and _more_than_usual(findings):
        return True
    worse = findings.value("soreness.worsening") is True
    if worse and _one_side(findings):
        return True
    return days is not None and (
        days >= _LASTING_DAYS or (worse and days >= _LASTING_AND_WORSE_DAYS)
    )


def _more_than_usual(findings: Findings) -> bool:
    """Not the same tightness of both calves along every run, which passes."""
    both = findings.value("soreness.side") == "both"
    return not (both and findings.value("soreness.onset") == "during")


def _long_break(findings: Findings) -> bool:
    if findings.value("break.stated") is None:
        return False
    days = findings.number("break.length_days")
    return days is None or days >= LONG_BREAK_DAYS


def _mid_break(findings: Findings) -> bool:
    days = findings.number("break.length_days")
    return days is not None and days <= _LASTING_DAYS + 7


def _changed(findings: Findings) -> bool:
    return any(findings.value("load." + name) is True for name in ("jump", "hills", "speed"))


def _overload(findings: Findings, sore: bool, flags: set[str]) -> bool:
    if findings.value("load.jump") is True:
        return sore or not _long_break(findings) or _mid_break(findings)
    if not sore or findings.value("strength_or_flexibility") is True:
        return False
    onset = findings.value("soreness.onset")
    if "worsening_despite_rest" in flags and findings.value("run.distance_km") is not None:
        return True
    if flags - {"rest_or_night_pain", "worsening_despite_rest", "pop"}:
        return False
    if onset == "sudden":
        return _asked_much(findings)
    if _changed(findings):
        return onset == "during" or findings.value("load.speed") is True
    if _long_break(findings) or _lasting(findings) or "rest_or_night_pain" in flags:
        return False
    if findings.value("technique_change.kind") not in (None, "none"):
        return False
    return onset == "during" and findings.value("break.stated") is None


def _asked_much(findings: Findings) -> bool:
    """Pain that came suddenly in fast running, or on a run in new shoes."""
    if findings.value("load.speed") is True:
        return True
    ran = any(name.startswith("run.") for name in findings.fields)
    return ran and findings.value("load.new_shoes") is True


def _normal(findings: Findings, flags: set[str], found: list[str]) -> bool:
    if "see_clinician" in found or "emergency" in found:
        return False
    if flags - {"rest_or_night_pain", "recent_flight_or_surgery"}:
        return False
    level, days = findings.number("soreness.level_0_10"), findings.number("soreness.days")
    if (days is not None and days > _WEEK) or (level is not None and level >= _STRONG):
        return False
    usual = findings.value("soreness.onset") == "next_day" or not _one_side(findings)
    return usual or (level is not None and level <= _MILD)

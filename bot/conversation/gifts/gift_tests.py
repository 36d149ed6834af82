"""From a given sentence to a labelled test, in the form of our own labelled messages.

Rule: a label is made only where a fact has one meaning among the labels. A day has none (it rests on
when the sentence was written), nor has what followed from a question. An owner may add labels by hand.
"""

from collections.abc import Mapping
from typing import Any

from bot.content.condition import Value
from bot.conversation.turn import Donate
from bot.understanding.labels import FLAG_NAMES

_NUMBERS = {
    "run_distance_m": ("run.distance_km", 1000.0),
    "run_duration_s": ("run.duration_min", 60.0),
    "break_days": ("break.length_days", 1.0),
    "days_since": ("soreness.days", 1.0),
    "pain_now": ("soreness.level_0_10", 1.0),
    "longest_30d_m": ("load.longest_recent_km", 1000.0),
    "runs_last_week": ("load.runs_per_week_now", 1.0),
    "runs_per_week_before": ("load.runs_per_week_before", 1.0),
    "week_m": ("load.weekly_km_now", 1000.0),
    "week_before_m": ("load.weekly_km_before", 1000.0),
    "technique_since_days": ("technique_change.since_days", 1.0),
}
_CHOICES: Mapping[tuple[str, Value], tuple[str, Value]] = {
    ("sore", True): ("soreness.present", True),
    ("sore", False): ("soreness.present", False),
    **{("location", part): ("soreness.site", "calf") for part in ("muscle_high", "muscle_low")},
    ("location", "calf"): ("soreness.site", "calf"),
    **{("location", f"achilles_{part}"): ("soreness.site", "achilles") for part in ("mid", "heel")},
    ("location", "shin_bone"): ("soreness.site", "shin"),
    **{("side", side): ("soreness.side", side) for side in ("both", "left", "right")},
    ("onset", "sudden_during_run"): ("soreness.onset", "sudden"),
    ("onset", "gradual_during_run"): ("soreness.onset", "during"),
    ("break_reason", "life"): ("break.reason", "life"),
    ("break_reason", "pregnancy"): ("break.reason", "pregnancy"),
    ("break_reason", "other_injury"): ("break.reason", "injury"),
    ("break_reason", "calf_or_achilles"): ("break.reason", "injury"),
    ("trend", "worse"): ("soreness.worsening", True),
    ("trend", "better"): ("soreness.worsening", False),
    ("weight_bear", "limp"): ("soreness.limping", True),
    ("new.forefoot", True): ("technique_change.kind", "forefoot"),
    ("new.barefoot", True): ("technique_change.kind", "barefoot"),
    ("new.cadence", True): ("technique_change.kind", "cadence"),
    ("new.hills", True): ("load.hills", True),
    ("new.speed", True): ("load.speed", True),
    ("inactive", True): ("strength_or_flexibility", True),
}
_CALM = (False, "none", "easy", "normal")
_NO_SIGN = (("weight_bear", "limp"), ("weight_bear", "normal"))


def labelled(name: str, gift: Donate) -> dict[str, Any]:
    """The line of a test: id, lang, text, labels, and a note of what was misread."""
    facts = {**gift.read, **gift.corrected}
    return {
        "id": f"given-{name}",
        "lang": gift.language,
        "text": gift.sentence,
        "labels": labels_of(facts),
        "note": f"given {gift.month}; put right: {', '.join(sorted(gift.corrected))}",
    }


def labels_of(facts: Mapping[str, Value]) -> dict[str, Any]:
    """The labels of facts, as far as they have any."""
    labels: dict[str, Any] = {}
    for name, value in facts.items():
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if name in _NUMBERS and number:
            place, scale = _NUMBERS[name]
            _put(labels, place, round(float(value) / scale, 2))
        elif (name, value) in _CHOICES:
            _put(labels, *_CHOICES[name, value])
    labels["red_flags"] = sorted(_signs(facts, calm=False))
    labels["denied"] = sorted(_signs(facts, calm=True))
    return labels


def _signs(facts: Mapping[str, Value], *, calm: bool) -> set[str]:
    found = set()
    for name, value in facts.items():
        if (value in _CALM) is not calm or (name, value) in _NO_SIGN:
            continue
        if name == "swelling":
            found.add("one_sided_swelling" if value == "one_leg" else "swelling")
        elif name in FLAG_NAMES:
            found.add(FLAG_NAMES[name])
    return found


def _put(labels: dict[str, Any], place: str, value: Value) -> None:
    *parents, last = place.split(".")
    inner = labels
    for parent in parents:
        inner = inner.setdefault(parent, {})
    inner[last] = value

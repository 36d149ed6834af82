"""Findings to readings: facts of the vocabulary, with quotes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.understanding.moments import find_moments
from bot.understanding.reading import Reading

if TYPE_CHECKING:
    from datetime import date

    from bot.understanding.analysis import Analysis, Text
    from bot.understanding.findings import Flag, Found
    from bot.understanding.reading import OpenQuestion, Value
    from bot.understanding.replies import Reply

_AS_IT_IS = "fact."
_SHORT = 12
_LONGEST_TOLD = 250
_CHARACTER_FACTS = {"cramp": "cramp", "tender": "tender", "throbbing": "throbbing"}
_NUMBERS = {
    "run.distance_km": ("run_distance_m", 1000.0),
    "run.duration_min": ("run_duration_s", 60.0),
    "break.length_days": ("break_days", 1.0),
    "soreness.days": ("days_since", 1.0),
    "load.longest_recent_km": ("longest_30d_m", 1000.0),
    "soreness.level_0_10": ("pain_now", 1.0),
    "load.runs_per_week_now": ("runs_last_week", 1.0),
    "load.weekly_km_now": ("week_m", 1000.0),
    "load.runs_per_week_before": ("runs_per_week_before", 1.0),
    "load.weekly_km_before": ("week_before_m", 1000.0),
    "technique_change.since_days": ("technique_since_days", 1.0),
    "plan.distance_m": ("planned_distance_m", 1.0),
    "plan.duration_s": ("planned_duration_s", 1.0),
}
_SITES = {
    "calf": "calf",
    "achilles": "achilles_mid",
    "shin": "shin_bone",
    "knee": "other",
    "foot": "other",
    "other": "other",
}
_ONSETS = {
    "sudden": "sudden_during_run",
    "during": "gradual_during_run",
    "after": "hours_later",
    "next_day": "hours_later",
}
_REASONS = {
    "injury": "other_injury",
    "illness": "illness_or_operation",
    "pregnancy": "pregnancy",
    "surgery": "illness_or_operation",
    "life": "life",
    "school": "life",
    "off_season": "life",
}
_NEW = {
    "forefoot": "new.forefoot",
    "minimalist": "new.shoes",
    "barefoot": "new.barefoot",
    "cadence": "new.cadence",
}


def readings_of(
    analysis: Analysis, question: OpenQuestion | None, reply: Reply
) -> tuple[Reading, ...]:
    """All readings: the answer to the open question first, then warning signs, then the rest."""
    text = analysis.text
    found: list[Reading] = _answers(analysis, question, reply)
    found += [_flag_reading(text, f) for f in analysis.findings.flags if f.standing != "denied"]
    fields = analysis.findings.fields
    found += [
        _reading(text, name.removeprefix(_AS_IT_IS), field.value, field)
        for name, field in fields.items()
        if name.startswith(_AS_IT_IS)
    ]
    aside = _answered_otherwise(text, question, found)
    for name, field in fields.items():
        if not (aside and name.startswith(("run.", "load.longest"))):
            found += _field_readings(text, name, field)
    found += [
        _reading(text, _CHARACTER_FACTS[name], True, field)
        for name, field in analysis.findings.characters.items()
        if name in _CHARACTER_FACTS
    ]
    return tuple(_first_of_each(found))


def _answered_otherwise(text: Text, question: OpenQuestion | None, found: list[Reading]) -> bool:
    """Whether a short reply answers a question about a length that is not the run's."""
    if question is None or question.kind not in ("distance", "duration") or not found:
        return False
    asked = set(question.facts) & {"run_distance_m", "run_duration_s"}
    return not asked and found[0].fact in question.facts and len(text.tokens) <= _SHORT


def denied_readings(analysis: Analysis) -> tuple[Reading, ...]:
    """Warning signs the runner says are not there, unless the same sign is affirmed elsewhere."""
    text = analysis.text
    there = {f.fact for f in analysis.findings.flags if f.standing == "now"}
    found = [
        Reading(flag.fact, False, flag.certainty, *text.quote(flag.i, flag.j), "denied")
        for flag in analysis.findings.flags
        if flag.standing == "denied" and flag.fact not in there
    ]
    return tuple(_first_of_each(found))


def _first_of_each(found: list[Reading]) -> list[Reading]:
    seen: set[tuple[str, bool]] = set()
    kept = []
    for reading in found:
        key = (reading.fact, reading.standing == "now")
        if key not in seen:
            seen.add(key)
            kept.append(reading)
    return kept


def _flag_reading(text: Text, flag: Flag) -> Reading:
    value: Value = True if flag.fact == "dvt_risk.long_journey" else flag.value
    return Reading(flag.fact, value, flag.certainty, *text.quote(flag.i, flag.j), flag.standing)


def _reading(text: Text, fact: str, value: Value, field: Found) -> Reading:
    return Reading(fact, value, field.certainty, *text.quote(field.i, field.j))


def _field_readings(text: Text, name: str, field: Found) -> list[Reading]:
    value = field.value
    if name in _NUMBERS and isinstance(value, (int, float)):
        fact, scale = _NUMBERS[name]
        if fact == "week_before_m" and text.norm(field.i - 1) and _once(text, field):
            fact = "usual_week_m"
        return [_reading(text, fact, round(float(value) * scale, 1), field)]
    if name == "run.when":
        day = date_of(str(value), text.today)
        return [_reading(text, "run_date", day, field)] if day else []
    if name == "plan.date":
        return [_reading(text, "planned_date", str(value), field)]
    if name == "soreness.present" and value is False and field.j == field.i:
        return []  # nothing was said of it
    if name == "soreness.present":
        return [_reading(text, "sore", bool(value), field)]
    for source, fact, table in (
        ("soreness.site", "location", _SITES),
        ("soreness.onset", "onset", _ONSETS),
        ("break.reason", "break_reason", _REASONS),
    ):
        if name == source and str(value) in table:
            return [_reading(text, fact, table[str(value)], field)]
    return _more_readings(text, name, field)


def _once(text: Text, field: Found) -> bool:
    """As in "used to run 22 km a week": a habit of earlier, not the week before this one."""
    near = text.within("used_to", max(text.sentence(field.i).first, field.i - 8), field.i)
    return any(text.norm(hit.i) == "used" for hit in near)


def _more_readings(text: Text, name: str, field: Found) -> list[Reading]:
    value = field.value
    if name == "soreness.side":
        return [_reading(text, "side", value, field)]
    if name == "soreness.worsening":
        return [_reading(text, "trend", "worse" if value else "better", field)]
    if name == "soreness.limping" and value is True:
        return [_reading(text, "weight_bear", "limp", field)]
    if name == "technique_change.kind" and str(value) in _NEW:
        return [_reading(text, _NEW[str(value)], True, field)]
    if name in ("load.hills", "load.speed") and value is True:
        return [_reading(text, "new." + name.removeprefix("load."), True, field)]
    if name == "load.new_shoes" and value is True:
        return [_reading(text, "new.shoes", True, field)]
    if name == "strength_or_flexibility" and value is True:
        return [_reading(text, "inactive", True, field)]
    if name == "pain.walk":
        return [_reading(text, "pain_walk", value, field)]
    return []


def date_of(label: str, today: date) -> str | None:
    """The ISO date of a label such as yesterday, sun or 3_days_ago; None for a vague one."""
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if label in weekdays:
        ago = (today.weekday() - weekdays.index(label)) % 7 or 7
    elif label in ("today", "yesterday"):
        ago = 0 if label == "today" else 1
    elif label.endswith("_days_ago"):
        ago = int(label.split("_", 1)[0])
    else:
        return None
    return (today - timedelta(days=ago)).isoformat()


def _time_told(analysis: Analysis, fact: str) -> Reading | None:
    """As in "3 weeks", "since Tuesday": days for a fact in days, seconds for a run, or a date."""
    text = analysis.text
    for q in analysis.quantities:
        if q.kind == "duration" and not fact.endswith("_date"):
            scale = 1.0 if fact.endswith("_s") else 86_400.0
            return Reading(fact, round(q.middle / scale, 1), "sure", *text.quote(q.i, q.j))
        if q.kind == "clock" and fact.endswith("_s"):
            return Reading(fact, q.low, "sure", *text.quote(q.i, q.j))
    for moment in find_moments(text, analysis.quantities):
        quote = text.quote(moment.i, moment.j)
        if fact.endswith("_date"):
            day = (text.today - timedelta(days=round(moment.days))).isoformat()
            return Reading(fact, day, "sure", *quote)
        if not fact.endswith("_s"):
            return Reading(fact, moment.days, "sure", *quote)
    return None


def _bare_answer(text: Text, question: OpenQuestion, reply: Reply) -> Reading | None:
    """A bare "7" to a question of distance in the runner's units; of a run's time, in minutes."""
    number, fact = reply.number, question.facts[0]
    if number is None or number.kind != "number" or len(text.tokens) > _SHORT:
        return None
    quote = text.quote(number.i, number.j)
    if question.kind == "distance" and question.unit_m and 0 < number.middle <= _LONGEST_TOLD:
        return Reading(fact, round(number.middle * question.unit_m, 1), "sure", *quote)
    if question.kind == "duration" and fact == "run_duration_s" and number.middle >= 1:
        return Reading(fact, round(number.middle * 60, 1), "sure", *quote)
    return None


def _answers(analysis: Analysis, question: OpenQuestion | None, reply: Reply) -> list[Reading]:
    """The reply as readings of the open question's facts."""
    text = analysis.text
    if question is None or not question.facts or not text.tokens:
        return []
    fact = question.facts[0]
    if reply.number is not None and (question.kind == "number" or fact.startswith("pain")):
        value = reply.number.middle
        if question.kind == "number" or 0 <= value <= 10:
            quote = text.quote(reply.number.i, reply.number.j)
            return [Reading(fact, value, "sure", *quote)]
    if question.kind == "distance":
        far = [q for q in analysis.quantities if q.kind == "distance"]
        if far and len(text.tokens) <= _SHORT:
            q = far[-1]
            return [Reading(fact, round(q.middle, 1), "sure", *text.quote(q.i, q.j))]
    told = _bare_answer(text, question, reply)
    if told is None and question.kind in ("duration", "date"):
        told = _time_told(analysis, fact)
    if told is not None:
        return [told]
    return _yes_or_no(text, question, fact)


def _yes_or_no(text: Text, question: OpenQuestion, fact: str) -> list[Reading]:
    if question.kind != "yes_no" or question.options:
        return []
    whole = text.quote(0, len(text.tokens))
    for concept, value in (("say.yes", True), ("say.no", False)):
        if any(h.i == 0 for h in text.of(concept)):
            return [Reading(fact, value, "sure", *whole)]
    return []

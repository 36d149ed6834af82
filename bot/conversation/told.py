"""What was told in words: the readings that may be used, and how they wait to be read back.

Rule: only what is sure or likely, and stands now, counts. What is told again changes nothing. A sign
that was denied is the calm value of its fact.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.content.condition import Value
from bot.content.facts import fits
from bot.conversation.follow_through.score_words import calf_score
from bot.conversation.gifts import misreading
from bot.conversation.log import Run
from bot.conversation.runs import logging_runs
from bot.conversation.state import Pending
from bot.conversation.talk import Talk
from bot.understanding.reading import Reading, Understood

ABOUT_SORENESS = frozenset(
    {"sore", "side", "onset", "pain_now", "pain_walk", "pain_run", "days_since", "trend"}
)

_SIDE = re.compile(r"\b(left|right|both) (?:calf|calves)\b", re.IGNORECASE)
LEFT_ALONE = timedelta(hours=12)
"""After this a read-back that nobody answered is let go of when something new is told."""


def volunteered(talk: Talk, understood: Understood) -> dict[str, Value]:
    """The new facts a message tells; nothing that is known already with the same value."""
    found: dict[str, Value] = {}
    for reading in (*understood.denied, *understood.readings):
        current = reading.standing == "now" and reading.certainty != "possible"
        value = _value(talk, reading)
        if (current or reading in understood.denied) and fitting(talk, reading.fact, value):
            found[reading.fact] = value
    found |= _scored_all_the_same(found, understood)
    known = talk.standing
    return {
        name: value
        for name, value in found.items()
        if name not in known.known.origin or known.facts[name] != value
    }


def _scored_all_the_same(found: Mapping[str, Value], understood: Understood) -> Mapping[str, Value]:
    """The score in "felt great, left calf 4/10": a figure for the calf outweighs how the run felt."""
    text = understood.analysis.text.raw if understood.analysis else ""
    score = calf_score(text)
    if found.get("sore") is not False or not score:
        return {}
    side = _SIDE.search(text)
    sided: dict[str, Value] = {"side": side[1].casefold()} if side else {}
    return {"sore": True, "location": "calf", "pain_now": float(score), **sided}


def elsewhere(understood: Understood) -> bool:
    """Whether it hurts in a part of the body this coach knows nothing about.

    A leg is not elsewhere: the calf is in it, and its warning signs are asked about first.
    """
    reading = understood.of("location")
    if reading is None or reading.value != "other":
        return False
    said = (
        {token.norm for token in understood.analysis.text.tokens} if understood.analysis else set()
    )
    return reading.quote.casefold() not in ("leg", "legs") or "upper" in said


def _value(talk: Talk, reading: Reading) -> Value:
    """What was read; a sign that was denied is the calm value of a choice ("no swelling": none)."""
    fact = talk.content.facts.get(reading.fact)
    if fact is not None and fact.kind == "choice" and reading.value is False:
        return fact.values[0]
    return reading.value


def fitting(talk: Talk, name: str, value: Value) -> bool:
    """Whether the fact exists and may have this value."""
    fact = talk.content.facts.get(name)
    if fact is None or value == "other":
        return False
    if fact.kind == "set":
        return isinstance(value, bool)
    return fits(fact, value)


def pend(
    talk: Talk, facts: Mapping[str, Value], understood: Understood, run: Run | None = None
) -> None:
    """Keep facts until the runner has read them back. `run`: the logged run they correct."""
    old = _still_waiting(talk)
    words = {reading.fact: reading.quote for reading in understood.readings}
    merged = {**(old.facts if old else {}), **facts}
    run = run or _corrects(talk, merged, understood)
    corrects = run.id if run else old.corrects if old and "run_date" not in facts else ""
    if run is not None:
        merged["run_date"] = run.on.isoformat()
    elif "run_date" not in merged and merged.keys() & {"run_distance_m", "run_duration_s"}:
        merged["run_date"] = _day_named(talk, understood) or talk.voice.today.isoformat()
    _units_as_told(talk, understood)
    quotes = {**(old.words if old else {}), **words}
    sentence, language = misreading.sentence_of(understood), understood.language
    if old is not None:
        sentence, language = misreading.sentence_after(talk, old, facts, sentence), old.language
    file = old.file if old is not None and "run_date" not in facts else None
    pending = Pending(merged, quotes, talk.now, corrects, sentence, language, file)
    talk.update(pending=pending, misses=0)


def _still_waiting(talk: Talk) -> Pending | None:
    """What waits to be read back; a run left unanswered for half a day is not added to."""
    old = talk.conversation.pending
    if old is None or old.waits or old.at is None or talk.now - old.at < LEFT_ALONE:
        return old
    return None


def _day_named(talk: Talk, understood: Understood) -> Value | None:
    """The day that was named with a run, though an earlier run was of the same day."""
    reading = understood.of("run_date")
    named = reading is not None and reading.standing == "now" and reading.certainty != "possible"
    return reading.value if reading and named and fitting(talk, "run_date", reading.value) else None


def _corrects(talk: Talk, facts: Mapping[str, Value], understood: Understood) -> Run | None:
    """The run that was told before and is now corrected, if these words correct one."""
    again = understood.correction or _begins_with_no(understood)
    if not again or not facts.keys() & {"run_distance_m", "run_duration_s"}:
        return None
    named = _day_named(talk, understood)
    if named is None and "run_date" in facts:
        return None
    return logging_runs.meant(talk, str(named or ""))


def _begins_with_no(understood: Understood) -> bool:
    words = understood.analysis.text.tokens if understood.analysis else ()
    return bool(words) and words[0].norm in ("no", "nope", "sorry", "actually")


def _units_as_told(talk: Talk, understood: Understood) -> None:
    """Whoever tells miles hears miles, until they choose otherwise."""
    reading = understood.of("run_distance_m")
    if reading is not None and not talk.runner.settings.get("units"):
        miles = any(word.startswith("mi") for word in reading.quote.casefold().split()[-1:])
        talk.settings(units="mi" if miles else "km")

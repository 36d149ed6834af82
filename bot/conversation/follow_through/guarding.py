"""A run that is still to come: compared with the longest of the last 30 days, and with recovery.

Rule (evidence.md 3.1, S1; product.md 5 and 4.4): up to 1.10 of the longest go; above, say so with
numbers and offer one smaller run, never block. Without a run in 30 days: minutes, no percentage. The
runner's own recovery is said only where it rests on 6 runs or more.
"""

import re

from bot.coaching.guard import Guard, Measure, session_guard
from bot.coaching.recovery import Soreness as Report
from bot.coaching.recovery import memory_for, recovery_memory
from bot.coaching.runs import longest_run_30d
from bot.conversation.follow_through import coached
from bot.conversation.next_session import next_words, session_today
from bot.conversation.runs.training_log import coached_runs
from bot.conversation.speaking import METRES_PER_MILE, duration
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood

_FUTURE = re.compile(
    r"\b(tomorrow|tonight|next (?:week|weekend|mon|tue|wed|thu|fri|sat|sun)\w*|going to|gonna|"
    r"plan(?:ning)?(?: to| on)?|want to|would like to|can i|could i|should i|may i|will|"
    r"this (?:weekend|evening|afternoon)|(?:on|for) (?:mon|tue|wed|thu|fri|sat|sun)\w*)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(ran|did|done|jogged|went|was|yesterday|last)\b", re.IGNORECASE)
_DISTANCE = re.compile(
    r"(?<![\d.])(\d{1,3}(?:[.,]\d{1,2})?)\s*(km|kms|k|kilomet(?:er|re)s?|mi|miles?)\b",
    re.IGNORECASE,
)
LONGEST_WORDS = 12


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Answer the planned length of a runner with a plan; False if these words name none."""
    if not coached.agreed(talk.runner) or talk.standing.locked or talk.conversation.pending:
        return False
    metres = planned_metres(text, understood)
    if metres is not None:
        guarded(talk, metres)
        return True
    minutes = understood.of("planned_duration_s")
    if minutes is None or not float(minutes.value) > 0:
        return False
    guarded(talk, float(minutes.value), "s")
    return True


def planned_metres(text: str, understood: Understood) -> float | None:
    """The distance of a run that is to come, in metres: "6 miles tomorrow"."""
    for reading in understood.readings:
        if reading.fact == "planned_distance_m" and isinstance(reading.value, (int, float)):
            return float(reading.value)
    found = _DISTANCE.search(text)
    if found is None or _PAST.search(text) or not _FUTURE.search(text):
        return None
    if len(text.split()) > LONGEST_WORDS:
        return None
    number = float(found[1].replace(",", "."))
    metres = number * (METRES_PER_MILE if found[2].casefold().startswith("mi") else 1000)
    return metres if metres > 0 else None


def guarded(talk: Talk, planned: float, measure: Measure = "m") -> None:
    """Say how a planned run, in metres or in seconds ("s"), compares, and what fits instead."""
    load = talk.content.coaching.load
    known = longest_run_30d(coached_runs(talk.runner.log), talk.voice.today, load)
    longest = known.distance_m if measure == "m" else known.duration_s
    found = session_guard(planned, longest, load, measure)
    recovery = recovery_words(talk, planned) if measure == "m" else ""
    parts = [_compared(talk, found, longest), recovery]
    text = "\n\n".join(part for part in parts if part)
    buttons = talk.buttons(["my_plan", "why_guard"])
    talk.say_text(text, *buttons, kind=f"guard:{found.action}")


def _compared(talk: Talk, found: Guard, longest: float | None) -> str:
    voice = talk.voice
    if longest is None or found.spike is None:
        return voice.say("guard_minutes", what=session_today(talk), next=next_words(talk))
    said = voice.distance if found.measure == "m" else duration
    values = {
        "planned": said(found.planned),
        "longest": said(longest),
        "times": f"{found.spike:.1f}",
        "cap": said(found.cap or longest),
    }
    return voice.say("guard_go" if found.action == "go" else "guard_cap", **values)


def why(talk: Talk, _: str) -> None:
    """What the guard rests on."""
    talk.say_words("why_guard")


def recovery_words(talk: Talk, metres: float) -> str:
    """The runner's own recovery after such a distance; "" under 6 runs."""
    figures = talk.content.coaching.nudges.recovery
    reports = [
        Report(talk.voice.day_of(entry.at), round(entry.score))
        for entry in coached.soreness(talk.runner.log)
        if entry.when != "during"
    ]
    bands = recovery_memory(coached_runs(talk.runner.log), reports, figures)
    band = memory_for(metres, bands)
    if band is None:
        return ""
    voice = talk.voice
    days = f"{band.days:g}"
    name = "recovery_one" if days == "1" else "recovery"
    return voice.say(
        name, low=voice.distance(band.from_m), high=voice.distance(band.to_m), days=days,
        runs=band.runs,
    )  # fmt: skip

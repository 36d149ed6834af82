"""A run put right in words: "the run on 9 May was 3.5 miles not 3", "3 miles not 5".

Rule: the day named finds the run, or else the figure that was wrong. The run keeps its day and stays
one run; it is read back before it is changed. A day without a run in the log is said to have none.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coaching.clock import WEEKDAYS
from bot.conversation import going_on, told
from bot.conversation.log import Run
from bot.conversation.runs.training_log import runs
from bot.conversation.speaking import METRES_PER_MILE, full_day
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY = (
    rf"(?:the )?{_NTH}(?: of)? {_MONTH}|{_MONTH} (?:the )?{_NTH}|the {_NTH}|"
    rf"(?:last |this )?{_WEEKDAY}|yesterday|today"
)
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_UNIT = r"km|kms|k|kilomet(?:re|er)s?|miles?|mi|minutes?|mins?"
_FORM = re.compile(
    r"(?:(?:no|nope|sorry|actually|oops|wait|correction)[, :]+)*"
    rf"(?:(?:the|my) run (?:on |of |from )?(?P<on>{_DAY}) |(?:the |my )?(?P<of>{_DAY})(?:'?s)? run |"
    rf"(?P<alone>{_DAY}) |(?:the |my )(?:last )?(?:run|distance) |it |that )?"
    r"(?:(?:was|is|should be|should have been|ran|i ran) )?(?:only )?"
    rf"(?P<right>{_NUMBER}) ?(?P<unit>{_UNIT})?"
    rf"(?P<not>,? ?(?:and )?(?:not|instead of|rather than) (?P<wrong>{_NUMBER}) ?(?P<wrong_unit>{_UNIT})?)?"
)
LATELY = timedelta(days=30)
NEAR = 0.03
"""Figures this near, as a share, are the same one: 8.0 km is 5 miles to whoever tells it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a sentence puts right: the fact, its value, the value that was wrong, and the day named."""

    fact: str
    value: float
    wrong: float | None
    day: date | None


def correction(text: str, today: date, units: str) -> Correction | None:
    """The correction these words are, in metres or seconds; None for anything else.

    `units`: "km" or "mi", for a figure without a unit.
    """
    plain = " ".join(text.casefold().replace("’", "'").split()).strip(" .!")
    found = _FORM.fullmatch(plain)
    if found is None:
        return None
    named = found["on"] or found["of"]
    if not found["not"] and not named:
        return None
    unit = found["unit"] or found["wrong_unit"] or units
    fact = "run_duration_s" if unit.startswith("min") else "run_distance_m"
    times = 60.0 if unit.startswith("min") else METRES_PER_MILE if unit[0] == "m" else 1000.0
    wrong = _figure(found["wrong"], times) if found["wrong"] else None
    day = _day(named or found["alone"] or "", today)
    if named and day is None:
        return None
    return Correction(fact, _figure(found["right"], times), wrong, day)


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take a correction of a run; False if these words are none, or mean a run nobody told of."""
    found = correction(text, talk.voice.today, talk.voice.units)
    if found is None:
        return False
    facts = {found.fact: found.value}
    pending = talk.conversation.pending
    if pending is not None and found.fact in pending.facts and found.day is None:
        told.pend(talk, facts, understood)
        going_on.go_on(talk)
        return True
    run = _meant(talk, found)
    if run is not None:
        told.pend(talk, facts, understood, run)
        going_on.go_on(talk)
        return True
    if found.day is None or any(one.on == found.day for one in runs(talk.runner.log)):
        return False
    talk.say_words(
        "no_run_that_day", talk.button("log", "log"), day=full_day(found.day, talk.voice.today)
    )
    return True


def _meant(talk: Talk, found: Correction) -> Run | None:
    """The run of the day named, or the last one that had the wrong figure."""
    logged = [run for run in runs(talk.runner.log) if talk.voice.today - run.on <= LATELY]
    if found.day is not None:
        logged = [run for run in runs(talk.runner.log) if run.on == found.day]
        if len(logged) == 1:
            return logged[0]
    wrong = found.wrong
    if wrong is None:
        return None
    fits = [run for run in logged if abs((_size(run, found.fact) or 0) - wrong) <= NEAR * wrong]
    return max(fits, key=lambda run: (run.on, run.at), default=None)


def _size(run: Run, fact: str) -> float | None:
    return run.distance_m if fact == "run_distance_m" else run.duration_s


def _figure(words: str, times: float) -> float:
    return round(float(words.replace(",", ".")) * times, 1)


def _day(words: str, today: date) -> date | None:
    """The last such day, today included; None if there is none."""
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    month = next((n for n, m in enumerate(_MONTHS, 1) if re.search(rf"\b{m}", words)), None)
    number = re.search(r"\d{1,2}", words)
    for back in range(366):
        day = today - timedelta(days=back)
        if number and day.day == int(number[0]) and month in (None, day.month):
            return day
        if not number and re.search(rf"\b{WEEKDAYS[day.weekday()]}", words):
            return day
    return None

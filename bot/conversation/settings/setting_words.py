"""Settings in a runner's own words, at any time: "write at 19:00", "quiet from 20:00 to 8".

Rule: only a sentence that is nothing but a setting is one, and each is read back with its value. A
bare hour is the one most people mean: from 1 to 7 a message in the evening, and quiet hours that
begin at night.
"""

import re
from datetime import time

from bot.coaching.clock import WEEKDAYS
from bot.conversation.settings.clock_words import time_of

_T = r"(?P<{0}>\d{{1,2}}(?:[:.h]\d{{2}})?(?: ?[ap]\.?m\.?)?)"
_AT = _T.format("at")
_POLITE = r"(?:(?:please|can you|could you|ok|hey|i want you to|just)[, ]+)*"
_END = (
    r"(?: (?:please|instead|from now on|now|then|in the evenings?|in the afternoons?|every day))*"
)
_TOLD = r"(?:exercises?|nudges?|(?:exercise|nudge|rest day) (?:time|reminders?|messages?))"
_CHANGE = r"(?:(?:set|change|move|put|make) )?(?:my |the )?"
_QUIET = r"(?:be )?quiet(?: hours?| time)?(?: are| is|:| to)?"
_SILENT = r"(?:no messages|nothing|do(?:n't| not) (?:write|message|disturb|text)(?: me)?)"
_SPAN = rf"{_T.format('start')} ?(?:to|until|till|til|and|-|–) ?{_T.format('end')}"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DAYS = rf"(?P<days>{_WEEKDAY}(?:(?:,? and |, ?| & | ?\+ ?|/| ){_WEEKDAY})*)"
_FORMS: tuple[tuple[str, str], ...] = (
    ("nudge_time", rf"(?:write|nudge|message|remind|text|ping)(?: to)?(?: me)?(?: my {_TOLD})? at {_AT}"),
    ("nudge_time", rf"{_CHANGE}{_TOLD}(?: at| to| is|:)? {_AT}"),
    ("morning_time", rf"{_CHANGE}morning (?:time|check|question|message)s?(?: at| to| is|:)? {_AT}"),
    ("morning_time", rf"(?:(?:write|ask|message)(?: me)? )?in the mornings?,? at {_AT}"),
    ("morning_time", rf"mornings at {_AT}"),
    ("quiet", rf"{_CHANGE}{_QUIET}(?: from| between)? {_SPAN}"),
    ("quiet", rf"{_SILENT}(?: from| between)? {_SPAN}"),
    ("quiet_from", rf"(?:no messages|do(?:n't| not) (?:write|message|text)(?: me)?) after {_AT}"),
    ("quiet_to", rf"(?:no messages|do(?:n't| not) (?:write|message|text)(?: me)?) before {_AT}"),
    ("days", rf"{_CHANGE}run(?:ning)? days(?: are| to|:)? {_DAYS}(?: only)?"),
    ("days", rf"i can(?: only)? run(?: only)?(?: on)? {_DAYS}(?: only)?"),
    ("days_habit", rf"i(?: only|'ll| will| want to)? run(?: only)?(?: on)? {_DAYS}(?: only)?"),
    ("units", r"(?:(?:use|in|switch to|change to|show) )?(?P<unit>km|kilomet(?:re|er)s|miles?|mi)"),
    ("pre_run_yes", r"remind me before (?:my |the |each |every |a )?runs?"),
    ("pre_run_no", r"(?:no|stop the|don't send) reminders? before (?:my |the |a )?runs?"),
    ("country", r"(?:my )?country(?: is|:)? (?P<place>[\w .'-]{2,30})"),
    ("zone", r"(?:my )?(?:time ?zone|clock)(?: is|:)? (?P<place>[\w .'/-]{2,30})"),
)  # fmt: skip
_READ = tuple((name, re.compile(rf"{_POLITE}{form}{_END}")) for name, form in _FORMS)
_BARE = re.compile(r"0?\d{1,2}")
_UNITS_ALONE = re.compile(r"(?:km|kilomet(?:re|er)s|miles?|mi)")
NAMED = {"quiet_from": "quiet", "quiet_to": "quiet", "days_habit": "days",
         "pre_run_yes": "pre_run", "pre_run_no": "pre_run"}  # fmt: skip
EVENING_BEFORE = 8
NOON = 12


def told(text: str, quiet: tuple[time, time], *, coached: bool) -> tuple[str, str] | None:
    """A setting and its value as its button states it ("quiet", "20:00-08:00"); None for no setting.

    `quiet`: the hours now, from and to. Without a plan (`coached` False) "I run Tuesdays" tells of a
    habit and is no setting.
    """
    plain = " ".join(text.casefold().replace("’", "'").split()).strip(" .!?")
    if _UNITS_ALONE.fullmatch(plain):
        return None
    for name, form in _READ:
        found = form.fullmatch(plain)
        if found is None or (name == "days_habit" and not coached):
            continue
        value = _value(name, found.groupdict(), quiet)
        if value:
            return NAMED.get(name, name), value
    return None


def _value(name: str, said: dict[str, str | None], quiet: tuple[time, time]) -> str:
    """What the words say, in the form of the setting; "" if that is no time of day."""
    if name.startswith("days"):
        return ",".join(day for day in WEEKDAYS if re.search(rf"\b{day}", said["days"] or ""))
    if name == "units":
        return "mi" if (said["unit"] or "").startswith("mi") else "km"
    if name.startswith("pre_run"):
        return name.removeprefix("pre_run_")
    if name in ("country", "zone"):
        return said["place"] or ""
    if name == "quiet":
        return _span_of(_hour(said["start"], NOON), _hour(said["end"], 0))
    if name == "quiet_from":
        return _span_of(_hour(said["at"], NOON), quiet[1])
    if name == "quiet_to":
        return _span_of(quiet[0], _hour(said["at"], 0))
    at = _hour(said["at"], EVENING_BEFORE if name == "nudge_time" else 0)
    return f"{at:%H:%M}" if at else ""


def _span_of(start: time | None, end: time | None) -> str:
    return f"{start:%H:%M}-{end:%H:%M}" if start and end is not None and start != end else ""


def _hour(words: str | None, evening_before: int) -> time | None:
    """The time; a bare hour below `evening_before` is one in the afternoon or evening."""
    at = time_of(words or "")
    if at is not None and _BARE.fullmatch(words or "") and 0 < at.hour < evening_before:
        return at.replace(hour=at.hour + NOON)
    return at

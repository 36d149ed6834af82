"""The short text that watch and phone apps share: "Morning Run, 5.02 km, 27:31, 5:29/km".

Rule: only a text that is nothing else counts: a distance with its unit, a time, and beside them only
what such texts are made of (a title with a run in it, a pace, climb, pulse, energy, a link). One word
more and it is the runner's own words, which are read elsewhere.
"""

import re

from bot.files.activity import Activity
from bot.files.cells import figure, span

LONGEST = 300
_SLOWEST, _FASTEST = 0.8, 7.0
"""Metres a second that can be a run [D]."""
_METRES = {"km": 1000.0, "mi": 1609.344}
_PACE = re.compile(
    r"(?:@|at)?\s*\d{1,2}[:'’′]\d{2}[\"”″']{0,2}\s*(?:min)?\s*(?:/|per)\s*(km|mi)\w*\b|"
    r"\d{1,2}[.,]\d+\s*(?:km/h|kph|mph)\b"
)
_FAR = re.compile(r"(?<![\d.,:])(\d{1,3}(?:[.,]\d{1,3})?)\s*(km|mi|kilomet\w+|miles?)\b\.?(?!\s*/)")
_TIME = re.compile(
    r"(?<![\d.,:])(\d{1,2}:\d{2}:\d{2}|\d{1,3}:\d{2})(?![\d:]|\s*[ap]\.?m\b)|"
    r"(?<![\d.,:])((?:\d{1,2}\s*h(?:rs?|ours?)?)?\s*\d{1,3}\s*m(?:in(?:utes?|s)?)?\s*\d{1,2}\s*s(?:ec(?:onds?|s)?)?)(?!\w)"
)
_LINK = re.compile(r"https?://\S+")
_ALSO = re.compile(
    r"\d+\s*(?:k?cal(?:ories)?|bpm|spm|watts?|w|m|ft|feet|steps)\b|[+↑]\s*\d+\s*(?:m|ft)\b"
)
_RUN = re.compile(r"\b(?:run|runs|running|ran|jog|jogging|treadmill)\b")
_TITLES = """
    morning lunch afternoon evening night easy long recovery tempo interval trail road outdoor indoor
    treadmill park parkrun track social club solo my a an the new just i completed finished did check
    out this on with from via in at of and for strava garmin connect nike club app apple watch fitness
    polar flow suunto coros runkeeper adidas mapmyrun komoot runna zepp samsung health activity workout
    distance time duration moving elapsed pace avg average elev elevation gain ascent hr heart rate
    calories energy total run runs running ran jog jogging min km mi
"""
_WORDS = frozenset(_TITLES.split())


def shared_run(text: str) -> tuple[Activity, str] | None:
    """The run of such a text, and the unit it was told in ("km" or "mi"); None for any other text."""
    if len(text) > LONGEST:
        return None
    rest = _LINK.sub(" ", text.casefold())
    pace = _PACE.search(rest)
    rest = _PACE.sub(" ", rest)
    far, times = _FAR.findall(rest), _TIME.findall(_FAR.sub(" ", rest))
    if len(far) != 1 or not 1 <= len(times) <= 2 or not (pace or _RUN.search(rest)):
        return None
    rest = _ALSO.sub(" ", _TIME.sub(" ", _FAR.sub(" ", rest)))
    if not set(re.findall(r"[^\W\d_]+", rest)) <= _WORDS or re.search(r"\d", rest):
        return None
    unit = "km" if far[0][1].startswith("k") else "mi"
    distance, seconds = figure(far[0][0]), span(times[0][0] or times[0][1])
    if not distance or not seconds:
        return None
    metres = round(distance * _METRES[unit], 1)
    if not _SLOWEST < metres / seconds < _FASTEST:
        return None  # "7:30" was a time of day
    return Activity("run", distance_m=metres, moving_s=seconds), unit

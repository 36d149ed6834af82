"""The options and the place in what is left of a line about a run.

Rule: semicolons, commas and letters with a bracket part a line. A part with a distance, with repeats
("6x400m") or of run words alone is an option; what comes before the first one is the place.
"""

import re

from bot.club.state import Option
from bot.content.club import RunLimits
from bot.conversation.speaking import METRES_PER_MILE

_PARTS = re.compile(r"\s*(?:[;|\n]|,(?!\d)|(?:^|\s)[A-Ea-e]\)\s)\s*")
_DISTANCE = re.compile(
    r"(?<![\d.,x×])(\d{1,3}(?:[.,]\d{1,2})?)\s*(k|km|kms|kilomet(?:er|re)s?|mi|miles?)\b"
    r"|(?<![\d.,x×])(?<![x×]\s)(\d{3,5})\s*(m|met(?:er|re)s)\b",
    re.IGNORECASE,
)
_REPEATS = re.compile(
    r"(?<!\d)\d{1,2}\s*[x×]\s*\d{1,4}\s*(?:m|k|km|mi|miles?|min|mins|minutes|s|sec)?\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(?<!\d)\d{1,3}\s*(?:min|mins|minutes)\b", re.IGNORECASE)
_KINDS = re.compile(
    r"^(?:\W*\b(?:easy|steady|tempo|intervals?|hills?|fartlek|parkrun|long run|social|trail|relaxed|"
    r"walk|jog|run|walk[- /]?run|run[- /]?walk|walk[- ]jog|couch to 5k|speed|session|strides|drills|"
    r"beginners?|gentle|slow|fast|pace)\b\W*)+$",
    re.IGNORECASE,
)
_WALK_RUN = re.compile(
    r"\b(?:walk[- /]?(?:and[- ])?(?:run|jog)|(?:run|jog)[- /]?walk|couch to)\b", re.IGNORECASE
)
_FROM = re.compile(
    r"\s*\b(?:from|meet(?:ing)?(?: at)?|start(?:ing)?(?: at| from)?|at|@)\s+(\S.*)$", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:at|from|meet(?:ing)?(?: at)?|@|in|-|–|:|\.)\s+", re.IGNORECASE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def find_options(text: str, limits: RunLimits) -> tuple[tuple[Option, ...], str]:
    """The options of a line, lettered in their order, and its place ("" if it names none)."""
    found: list[tuple[str, float | None]] = []
    places: list[str] = []
    for part in filter(None, (_tidy(one) for one in _PARTS.split(text))):
        before, option = _parted(part)
        if option:
            words, place = _placed(option)
            found.append(_sized(words, limits))
            before = " ".join(one for one in (before, place) if one)
        if before:
            places.append(before)
    options = tuple(
        Option(_LETTERS[number], words[: limits.option], metres, bool(_WALK_RUN.search(words)))
        for number, (words, metres) in enumerate(found[: len(_LETTERS)])
    )
    return options, _tidy(_LEAD.sub("", ", ".join(places)))


def _parted(part: str) -> tuple[str, str]:
    """What stands before the option in a part, and the option; all of it before if there is none."""
    if _KINDS.match(part):
        return "", part
    starts = [
        found.start()
        for pattern in (_DISTANCE, _REPEATS, _MINUTES)
        if (found := pattern.search(part)) is not None
    ]
    if not starts:
        return part, ""
    before = part[: min(starts)]
    if _KINDS.match(before.strip() or "-"):
        return "", part
    return _tidy(before), part[min(starts) :].strip()


def _placed(option: str) -> tuple[str, str]:
    """The option without a place that follows it: "10k easy from Town Hall"."""
    found = _FROM.search(option)
    if found is None or _DISTANCE.search(found[1]) or found[1][:1].isdigit():
        return option, ""
    return option[: found.start()].strip(), _tidy(found[1])


def _sized(words: str, limits: RunLimits) -> tuple[str, float | None]:
    """The words of an option without its distance, and the distance in metres."""
    found = _DISTANCE.search(words)
    if found is None:
        return _tidy(words), None
    number = float((found[1] or found[3]).replace(",", "."))
    unit = (found[2] or found[4]).casefold()
    metres = number * (METRES_PER_MILE if unit.startswith("mi") else 1000 if found[2] else 1)
    if not 0 < metres <= limits.furthest_m:
        return _tidy(words), None
    return _tidy(f"{words[: found.start()]} {words[found.end() :]}"), round(metres, 1)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;|-–:")

"""Words in the place of a figure: "easy" when the effort was asked, "not sore" when the soreness was.

Rule: they count only while such a question is open, and only where they leave no doubt. They stand
for the top of the band whose button says the same; "a bit sore" is not guessed at.
"""

import re

_HARD = re.compile(r"\b(?:hard|tough|brutal|exhausting|heavy|killer)\b")
_NOT_HARD = re.compile(r"\b(?:not|n't)(?: that| too| so| very| really)? (?:hard|tough|heavy)\b")
_MIDDLE = re.compile(r"\b(?:ok|okay|moderate|medium|steady|average|fine|alright|all right)\b")
_EASY = re.compile(r"\b(?:easy|light|gentle|comfortable|relaxed|a breeze)\b")
_NOT_EASY = re.compile(r"\b(?:not|n't)(?: that| too| so| very| really| exactly)? easy\b")
_CALM = re.compile(
    r"^(?:no|none|nope|nothing|zero|nil|not sore|not at all|no pain|no soreness|pain free)"
    r"(?: at all| today| this morning| thanks)*$"
)
_GOOD = re.compile(
    r"^(?:(?:they(?:'re| are| feel| felt)|it(?:'s| is| was| felt)|all|feeling|very|pretty|really) )*"
    r"(?:fine|good|great|perfect|ok|okay|normal)(?: today| this morning| thanks)*$"
)
_CALF = re.compile(
    r"\b(?:calf|calves|soreness|sore)\b(?: (?:was|were|is|are|at|about|only|just|a))*[ :]"
    r"(\d{1,2}) ?(?:/|out of) ?10\b",
    re.IGNORECASE,
)
LONGEST_WORDS = 8
HIGHEST = 10
EFFORT = {"hard": 8, "middle": 6, "easy": 3}
SORENESS = {"none": 0, "good": 2}


def effort_meant(text: str) -> int | None:
    """The effort that words alone stand for, 0 to 10; None if they are unclear."""
    plain = _plain(text)
    if len(plain.split()) > LONGEST_WORDS or any(letter.isdigit() for letter in plain):
        return None
    if _NOT_HARD.search(plain) or _NOT_EASY.search(plain):
        return EFFORT["middle"]
    found = {
        name
        for name, form in (("hard", _HARD), ("easy", _EASY), ("middle", _MIDDLE))
        if form.search(plain)
    }
    return EFFORT[found.pop()] if len(found) == 1 else None


def soreness_meant(text: str) -> int | None:
    """The soreness that words alone stand for, 0 to 10; None if they are unclear."""
    plain = _plain(text)
    if _CALM.match(plain):
        return SORENESS["none"]
    return SORENESS["good"] if _GOOD.match(plain) else None


def calf_score(text: str) -> int | None:
    """The figure given to the calves by name: "felt great, calf 1/10"; None if there is none."""
    found = _CALF.search(text)
    return int(found[1]) if found and int(found[1]) <= HIGHEST else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").strip(" .!").split())

"""Warning signs in runners' own words, by batch: found when there, and not reported when they are not.

The batches were labelled before any reader saw them (own/README.md has what each scored then). They
are here so that a sign once read stays read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.understanding.labels import FLAG_NAMES, red_flags
from tests.understanding.conftest import ROOT

if TYPE_CHECKING:
    from bot.understanding.reading import Understood
    from tests.understanding.conftest import Reader

FILE = ROOT / "tests" / "understanding" / "own" / "signs.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
LABELS = {*FLAG_NAMES.values(), "one_sided_swelling", "swelling"}
MOST_MISSED = 0.03
MOST_FALSE = 0.03


def there(understood: Understood, sign: str, *, surely: bool) -> bool:
    """Whether a sign is read as there now. A sign without a label may also be a question to ask."""
    assert understood.analysis is not None
    found = {r.fact: r for r in understood.readings if r.standing == "now"}
    if sign in LABELS:
        flags = red_flags(understood.analysis.findings)
        either = sign == "swelling" and "one_sided_swelling" in flags
        return sign in flags or either or (sign == "chest_or_breath" and "collapse" in found)
    return sign in found and not (surely and found[sign].certainty == "possible")


@pytest.mark.parametrize("batch", sorted({line["batch"] for line in LINES}))
def test_signs_are_found_and_denials_are_not_signs(reader: Reader, batch: str) -> None:
    """At least 97 of 100 signs are found, and at most 3 of 100 that are not there are reported."""
    missed, invented, signs, others = [], [], 0, 0
    for line in LINES:
        if line["batch"] != batch:
            continue
        understood = reader(line["text"])
        for sign in line.get("now", ()):
            signs += 1
            if not there(understood, sign, surely=False):
                missed.append((sign, line["text"]))
        for sign in line.get("not", ()):
            others += 1
            if there(understood, sign, surely=True):
                invented.append((sign, line["text"]))

    assert len(missed) <= signs * MOST_MISSED + 1, missed
    assert len(invented) <= others * MOST_FALSE, invented


CHANGED = [
    ("no swelling apart from round the left ankle", "swelling", True),
    ("no swelling at first but now there is, right calf", "swelling", True),
    ("it was swollen on Monday but that's all gone now", "swelling", False),
    ("It was swollen over the weekend. It isn't now.", "swelling", False),
    ("swelling has only gone down a bit", "swelling", True),
    ("I measured 39 cm on the good leg and 42 on the other", "swelling", True),
    ("I measured both calves, 38 cm and 38 cm", "swelling", False),
    ("couldn't find any swelling", "swelling", False),
    ("my hand was swollen, calf tight", "swelling", False),
    ("could do 20 raises, now I can't do one", "push_off", True),
    ("couldn't do one raise, now I can do 20", "push_off", False),
    ("can't walk to the shop without getting out of breath", "breathless", True),
    ("does not feel swollen", "swelling", False),
    ("the leg can not push off", "push_off", True),
    ("the foot's cold and white", "foot_cold_pale", True),
    ("temp of 38.7 and a sore shin", "fever", True),
    ("temp of 21 and sunny", "fever", False),
]


@pytest.mark.parametrize(("text", "fact", "now"), CHANGED)
def test_what_is_said_later_changes_what_was_said(
    reader: Reader, text: str, fact: str, now: bool
) -> None:
    """Exceptions, reversals, measures and second thoughts decide how a sign stands."""
    found = {r.fact for r in reader(text).readings if r.standing == "now"}

    assert (fact in found) is now

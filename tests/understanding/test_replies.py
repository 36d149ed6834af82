"""Answers to the open question, words to the program, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.understanding.read import read
from bot.understanding.reading import OpenQuestion
from tests.understanding.conftest import TODAY, Reader

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon

SIDE = OpenQuestion(
    ("side",),
    "choice",
    (("both", "Both", ("both sides",)), ("left", "Left", ()), ("right", "Right", ())),
)
PAIN = OpenQuestion(
    ("pain_walk",),
    "choice",
    (("p0", "0-2", ()), ("p3", "3-5", ()), ("p6", "6-8", ()), ("p9", "9-10", ())),
)
SCREEN = OpenQuestion(
    ("pop",),
    "choice",
    (("none", "None of these", ()), ("some", "One or more", ()), ("not_sure", "Not sure", ())),
)

CLEARED_BY_NO = OpenQuestion(
    ("pop",),
    "choice",
    (("none", "None of these", ("no", "nothing")), ("not_sure", "Not sure", ())),
)


@pytest.mark.parametrize(
    ("question", "text", "option"),
    [
        (SIDE, "both, but the left is worse", "both"),
        (SIDE, "Left", "left"),
        (SIDE, "the right one", "right"),
        (SIDE, "second one", "left"),
        (SIDE, "rihgt", "right"),
        (SIDE, "bothh", "both"),
        (PAIN, "7", "p6"),
        (PAIN, "7/10ish", "p6"),
        (PAIN, "about four", "p3"),
        (PAIN, "maybe a 2", "p0"),
        (SCREEN, "none", "none"),
        (SCREEN, "none of them", "none"),
        (SCREEN, "nope", "none"),
        (SCREEN, "not sure tbh", "not_sure"),
        (SCREEN, "no idea", "not_sure"),
        (CLEARED_BY_NO, "no", "none"),
        (CLEARED_BY_NO, "nope im ok", "none"),
        (CLEARED_BY_NO, "yeah none of those", "none"),
        (CLEARED_BY_NO, "no idea", "not_sure"),
        (CLEARED_BY_NO, "no i dont know", "not_sure"),
        (CLEARED_BY_NO, "not really sure", "not_sure"),
        (CLEARED_BY_NO, "keine ahnung", "not_sure"),
        (CLEARED_BY_NO, "no wait yes", None),
        (CLEARED_BY_NO, "none except the first one", None),
        (SIDE, "bananas", None),
    ],
)
def test_an_answer_in_words(
    lexicon: Lexicon, question: OpenQuestion, text: str, option: str | None
) -> None:
    """The option meant is chosen; without one, none is."""
    assert read(text, lexicon, today=TODAY, open_fact=question).option == option


def test_a_number_answers_a_number(lexicon: Lexicon) -> None:
    """A bare number is the value of the fact asked about."""
    question = OpenQuestion(("pain_now",), "number")
    found = read("about a six", lexicon, today=TODAY, open_fact=question).of("pain_now")

    assert found is not None
    assert (found.value, found.quote) == (6.0, "six")


def test_a_duration_answers_how_long(lexicon: Lexicon) -> None:
    """Days since it began can be said as a day or a length."""
    question = OpenQuestion(("days_since",), "duration")
    for text, days in (("since tuesday", 1.0), ("3 weeks", 21.0), ("yesterday", 1.0)):
        found = read(text, lexicon, today=TODAY, open_fact=question).of("days_since")

        assert found is not None, text
        assert found.value == days


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("back", "back"),
        ("go back please", "back"),
        ("menu", "menu"),
        ("help", "help"),
        ("why?", "why"),
        ("STOP", "stop"),
        ("start again", "start_again"),
        ("delete my data", "delete"),
        ("change the distance", "change:run_distance_m"),
        ("yes", "yes"),
        ("nope", "no"),
        ("none of these", "none_of_these"),
        ("not sure", "not_sure"),
        ("export my data", "export"),
        ("show my plan", "plan"),
        ("I had to stop after 2 miles", None),
        ("my back hurts", None),
        ("why does my calf hurt when I run", None),
    ],
)
def test_commands(reader: Reader, text: str, command: str | None) -> None:
    """A message that is only a command is one; a story that holds the word is not."""
    assert reader(text).command == command


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("can i run thursday??", "can_i_run"),
        ("Is this normal?", "is_this_normal"),
        ("do I repeat the week or go on to week 5?", "repeat_or_go_on"),
        ("which stretches should I do?", "which_stretches"),
        ("is it the shoes?", "is_it_the_shoes"),
        ("should I see a physio?", "see_someone"),
        ("how long does it take?", "how_long"),
        ("any advice?", "other"),
    ],
)
def test_what_is_asked(reader: Reader, text: str, kind: str) -> None:
    """The question at the end is told apart, so that the answer can begin with it."""
    assert [ask.kind for ask in reader("My calf is sore. " + text).asks][-1] == kind


def test_a_correction_in_words(reader: Reader) -> None:
    """As in "no wait": it corrects, and the number that is taken back does not count."""
    understood = reader("no wait, 3 miles not 5")
    found = understood.of("run_distance_m")

    assert understood.correction
    assert found is not None
    assert found.value == pytest.approx(4828, abs=1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", "greeting"),
        ("thanks!", "thanks"),
        ("tell me a joke", "off_topic"),
        ("my calf is sore", None),
    ],
)
def test_small_talk(reader: Reader, text: str, kind: str | None) -> None:
    """Small talk is told from a complaint."""
    assert reader(text).chit_chat == kind

"""Typing, case, punctuation, emoji and order: none of them loses a warning sign."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.lexicon import Lexicon, load_lexicon
from bot.understanding.read import read
from tests.understanding.conftest import ROOT

if TYPE_CHECKING:
    from bot.understanding.reading import Understood

WORDS = load_lexicon(ROOT / "content" / "lexicon")
TODAY = date(2026, 11, 25)
SIGNS = {
    "swelling": "my left calf is swollen",
    "pop": "my calf popped",
    "numb": "there is tingling in my foot",
    "breathless": "i am breathless on the stairs",
    "throbbing": "it is throbbing when i sit",
    "dark_pee": "my urine is dark brown",
    "push_off": "i cannot push off on that foot",
    "chest": "i have chest pain",
    "night_pain": "the pain keeps me awake",
    "dvt_risk.bed_or_surgery": "i had an operation two weeks ago",
    "warm": "the skin over my calf feels like a radiator",
    "foot_cold_pale": "my foot's suddenly freezing and white",
    "fever": "i have a temp of 38.7",
    "gap": "there's a dip where the tendon should be",
}
PARTS = (
    ("swelling", "left calf. huge compared to the right"),
    ("swelling", "measured 39 cm on the good leg and 42 on the other"),
    ("push_off", "going up on my toes on that side is not happening"),
    ("push_off", "tip toes. nope"),
    ("night_pain", "woken at 2am by the calf"),
    ("night_pain", "cramp. every single night"),
    ("numb", "the toes. tingling all the time"),
    ("dark_pee", "my urine. tea"),
    ("breathless", "had to stop for breath on the stairs"),
)
"""Signs told by their parts."""
DENIALS = {
    "swelling": "there is no swelling",
    "pop": "there was no popping sound",
    "numb": "there is no numbness or tingling",
    "chest": "i have no chest pain",
    "warm": "the calf does not feel warm",
    "colour": "the skin of my calf is not purple",
}
FILLERS = (
    "ran 5k yesterday",
    "the weather was lovely",
    "calf is a bit sore",
    "my dog came along",
    "new shoes last week",
    "can i run on thursday",
)
EMOJI = "😀🏃😭🔥💪🦵"
LONG_WORDS = (
    ("swelling", "swollen", "my left calf is {}"),
    ("swelling", "swelling", "there is {} in my calf"),
    ("numb", "tingling", "there is {} in my foot"),
    ("breathless", "breathless", "i am {} on the stairs"),
    ("throbbing", "throbbing", "it is {} when i sit"),
    ("dvt_risk.bed_or_surgery", "operation", "i had an {} two weeks ago"),
    ("swelling", "enormous", "one calf is {}"),
    ("push_off", "impossible", "going on tiptoe on that leg is {}"),
    ("pop", "popped", "my calf {} on mile two"),
    ("pop", "snapped", "something {} in my calf"),
    ("dark_pee", "urine", "my {} is dark brown"),
)


def signs_now(understood: Understood) -> set[str]:
    """Facts that stand now."""
    return {r.fact for r in understood.readings if r.standing == "now"}


def mistyped(word: str, chance: random.Random) -> str:
    """One keystroke wrong, not in the first letter: swapped, doubled, dropped or another."""
    at = chance.randrange(1, len(word) - 1)
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == 1:
        return word[:at] + word[at] + word[at:]
    if how == 2:
        return word[:at] + word[at + 1 :]
    return word[:at] + chance.choice("qwxz") + word[at + 1 :]


@given(
    fact=st.sampled_from(sorted(SIGNS)), others=st.permutations(FILLERS), place=st.integers(0, 6)
)
@settings(max_examples=60, deadline=None)
def test_the_order_of_sentences_does_not_matter(fact: str, others: list[str], place: int) -> None:
    """A sign is read wherever it stands among other sentences."""
    sentences = [*others[:place], SIGNS[fact], *others[place:]]

    assert fact in signs_now(read(". ".join(sentences), WORDS, today=TODAY))


@given(
    fact=st.sampled_from(sorted(SIGNS)),
    case=st.sampled_from([str.upper, str.title, str.lower]),
    end=st.sampled_from(["", ".", "!!!", "...", " lol", "\n"]),
    emoji=st.text(EMOJI, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_case_punctuation_and_emoji_do_not_matter(
    fact: str, case: type[str], end: str, emoji: str
) -> None:
    """Shouting, smileys and missing full stops lose nothing."""
    text = f"{emoji} {case(SIGNS[fact])}{end}{emoji} ran 5k"

    assert fact in signs_now(read(text, WORDS, today=TODAY))


@given(part=st.sampled_from(PARTS), others=st.permutations(FILLERS), place=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_parts_of_a_sign_are_joined_among_other_sentences(
    part: tuple[str, str], others: list[str], place: int
) -> None:
    """A sign in fragments is read wherever the fragments stand together, in any case."""
    fact, told = part
    text = ". ".join([*others[:place], told, *others[place:]])

    assert fact in signs_now(read(text, WORDS, today=TODAY))
    assert fact in signs_now(read(text.upper(), WORDS, today=TODAY))


@given(pair=st.sampled_from(LONG_WORDS), seed=st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_a_typing_error_loses_no_sign(pair: tuple[str, str, str], seed: int) -> None:
    """One wrong keystroke in a long word is seen through, unless it makes another word."""
    fact, word, sentence = pair
    typo = mistyped(word, random.Random(seed))
    text = sentence.format(typo)

    assert typo in WORDS.language("en").known or fact in signs_now(read(text, WORDS, today=TODAY))


@given(fact=st.sampled_from(sorted(DENIALS)), seed=st.integers(0, 10_000), at=st.integers(0, 9))
@settings(max_examples=150, deadline=None)
def test_a_typing_error_never_turns_a_denial_into_a_sign(fact: str, seed: int, at: int) -> None:
    """Mistyping a word of a denial leaves at most nothing; it never says the opposite."""
    chance = random.Random(seed)
    words = DENIALS[fact].split()
    at %= len(words)
    if len(words[at]) >= 5:
        words[at] = mistyped(words[at], chance)

    assert fact not in signs_now(read(" ".join(words), WORDS, today=TODAY))


@given(text=st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Whatever is sent, reading gives an answer, and its quotes are in the text."""
    understood = read(text, WORDS, today=TODAY)

    for reading in understood.readings + understood.denied:
        assert text[reading.start : reading.end] == reading.quote


@pytest.mark.parametrize(
    "text",
    [
        "no " * 33_000,
        "calf " * 20_000,
        "1 " * 50_000,
        "ran 5k, " * 12_000,
        "a" * 100_000,
        "(((" * 33_000,
        "3-4-" * 25_000,
        "left right both calf sore. " * 3_700,
    ],
)
def test_a_very_long_message_gets_an_answer(lexicon: Lexicon, text: str) -> None:
    """A hundred thousand characters are read to the end without hanging."""
    assert read(text, lexicon, today=TODAY).language == "en"

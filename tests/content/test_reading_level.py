from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.emergency import load_emergency
from bot.content.evidence import load_evidence
from bot.content.exercises import load_exercises
from bot.content.programmes import load_programmes
from bot.content.reading_level import long_sentences, never_said, prose, sentences, words
from bot.content.technique import load_technique
from tests.content.edited import CONTENT

if TYPE_CHECKING:
    import msgspec


def every_text() -> list[str]:
    """Every text a person may read of the exercises, evidence, programmes, technique and help."""
    evidence = load_evidence(CONTENT, [])
    pieces: list[msgspec.Struct | None] = [
        *load_exercises(CONTENT, []).values(),
        *evidence.claims.values(),
        *evidence.bands,
        *evidence.article,
        *load_emergency(CONTENT, []).countries.values(),
        load_programmes(CONTENT, []),
    ]
    technique = load_technique(CONTENT, [])
    assert technique is not None
    pieces += [technique.form_check, technique.cadence, *technique.may]
    return [text for piece in pieces for _, text in prose(piece)]


def test_sentences_end_at_marks_and_lines() -> None:
    """A sentence ends at a full stop, question mark, exclamation mark or line break."""
    assert sentences("Stop. Why? Go!\nNow rest") == ("Stop.", "Why?", "Go!", "Now rest")
    assert sentences("Hold for 2.5 seconds.") == ("Hold for 2.5 seconds.",)


def test_scores_and_short_forms_are_one_word() -> None:
    """A score out of 10, a number with a comma and a short form count as one word each."""
    assert words("It's 2/10 in 5,205 runners.") == ("It's", "2/10", "in", "5,205", "runners.")


def test_twenty_words_are_the_most() -> None:
    """20 words are fine, 21 are not."""
    assert long_sentences(" ".join(["word"] * 20) + ".") == ()
    assert len(long_sentences(" ".join(["word"] * 21) + ".")) == 1


@given(st.text())
def test_no_word_is_lost_between_sentences(text: str) -> None:
    """Splitting into sentences loses no letter or digit, whatever the text."""
    kept = "".join(sentences(text))

    assert [each for each in kept if each.isalnum()] == [each for each in text if each.isalnum()]


@pytest.mark.parametrize(
    "text",
    [
        "You have a DVT.",
        "You’ve got a clot.",
        "Stretching prevents injury.",
        "It's just DOMS.",
        "DVT risk 17%",
        "a 17% risk",
        "It's nothing.",
        "Stretch or you'll get injured.",
        "The 10% rule keeps you safe.",
    ],
)
def test_what_is_never_said_is_found(text: str) -> None:
    """Diagnoses, promises, risks in percent and belittling are found, however they are typed."""
    assert never_said(text)


def test_what_may_be_said_is_left_alone() -> None:
    """The sentences of the "say" column pass."""
    fine = "This can be a sign of a blood clot. Get checked today. Linked to more injuries."

    assert never_said(fine) == ()


def test_nothing_we_say_is_on_the_list() -> None:
    """None of this content says what is never said, nor what may not be said of technique."""
    technique = load_technique(CONTENT, [])
    assert technique is not None
    texts = every_text()

    assert len(texts) > 500
    assert [text for text in texts if never_said(text) or technique.forbidden(text)] == []


def test_all_content_reads_easily() -> None:
    """No sentence of this content is above 20 words, and the average is 10 or fewer."""
    counts = [len(words(sentence)) for text in every_text() for sentence in sentences(text)]

    assert max(counts) <= 20
    assert sum(counts) / len(counts) <= 10

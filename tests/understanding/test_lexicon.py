"""The word files: what may be in them, and that their own examples hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.content.lexicon import LexiconError
from bot.understanding.check import check_examples
from bot.understanding.lexicon import Lexicon, load_lexicon

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str, name: str = "en/words.toml") -> Path:
    """A word folder with one file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_every_example_of_the_lexicon_holds(lexicon: Lexicon) -> None:
    """Examples are read as their concept and counter-examples are not."""
    assert check_examples(lexicon) == []


def test_all_five_languages_are_there(lexicon: Lexicon) -> None:
    """English, German, Spanish, French and Portuguese."""
    assert set(lexicon.languages) == {"en", "de", "es", "fr", "pt"}


def test_an_unknown_language_is_read_as_english(lexicon: Lexicon) -> None:
    """A language without words falls back to the default."""
    assert lexicon.language("fi").name == "en"
    assert lexicon.language("de-AT").name == "de"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[entry]]\nid = "pop"\nphrases = ["a pop"]\ncolour = "red"', "colour"),
        ('[[entry]]\nid = "pop"\nphrases = []', "entry 'pop'"),
        ('[[entry]]\nid = "pop"\nphrases = ["a ??? pop"]', "entry 'pop'"),
        ('[[entry]]\nid = "pop"\nphrases = ["... pop"]', "words at both ends"),
        ('[[entry]]\nid = "pop"\nphrases = ["snap | pop heard"]', "cannot read '|'"),
        ('[[entry]]\nid = "pop"\nphrases = ["snap| pop heard"]', "cannot read 'snap|'"),
        ('[[entry]]\nid = "pop"\nphrases = ["snap |pop heard"]', "cannot read '|pop'"),
        ("this is not TOML", "en/words.toml"),
    ],
)
def test_a_mistake_names_its_file_and_entry(tmp_path: Path, text: str, says: str) -> None:
    """An author learns which file and entry to look at."""
    with pytest.raises(LexiconError) as error:
        load_lexicon(write(tmp_path, text))

    assert "en/words.toml" in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize("phrase", ["yr old|yrs old", "numb|tingly|went numb"])
def test_bars_that_join_other_words_than_meant_are_told(tmp_path: Path, phrase: str) -> None:
    """A bar joins two words; who wanted two phrases is told which word comes twice."""
    text = f'[[entry]]\nid = "pop"\nphrases = ["{phrase}"]'

    problems = check_examples(load_lexicon(write(tmp_path, text)))

    assert len(problems) == 1
    assert "en/words.toml, entry 'pop'" in problems[0]
    assert "twice in a row" in problems[0]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """Without words there is nothing to read with."""
    with pytest.raises(LexiconError, match="no such folder"):
        load_lexicon(tmp_path / "nowhere")


def test_a_wrong_example_is_reported(tmp_path: Path) -> None:
    """The check names the example that fails."""
    entry = '[[entry]]\nid = "pop"\nphrases = ["a pop"]\nexamples = ["a bang"]\ncounter = ["a pop"]'
    problems = check_examples(load_lexicon(write(tmp_path, entry)))

    assert len(problems) == 2
    assert "'a bang'" in problems[0]
    assert "en/words.toml" in problems[0]


def test_phrases_with_marks_are_found(tmp_path: Path) -> None:
    """Alternatives, missing words, endings, gaps, lists and numbers."""
    lines = [
        "[words]",
        'part = "calf shin"',
        "[[entry]]",
        'id = "x"',
        'phrases = ["heard|felt [a] pop", "swell* <part>", "cannot ... toes", "stage #"]',
        'examples = ["heard a pop", "felt pop", "swelling calf", "swells shin",',
        '  "cannot get on my toes", "stage 4"]',
        'counter = ["saw a pop", "swelling arm", "toes", "stage one"]',
    ]
    assert check_examples(load_lexicon(write(tmp_path, "\n".join(lines)))) == []

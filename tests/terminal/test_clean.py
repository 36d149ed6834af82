import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.clean import clean, has_controls


def test_control_characters_go_and_words_stay() -> None:
    """Escape sequences lose their power; line breaks, tabs and other scripts stay."""
    assert clean("a\x1b[31mred\x07\x00\r\nnew\tline مرحبا 👟") == "a[31mred\nnew\tline مرحبا 👟"


@given(st.text())
def test_nothing_controls_the_terminal_after_cleaning(text: str) -> None:
    """No control character other than line break and tab is left, and cleaning twice is once."""
    cleaned = clean(text)

    assert {c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n", "\t"}
    assert clean(cleaned) == cleaned
    assert not has_controls(cleaned)


@given(st.text())
def test_only_control_characters_are_reported(text: str) -> None:
    """A text is reported exactly when cleaning it takes something away."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")

    assert has_controls(text) == (clean(plain) != plain)

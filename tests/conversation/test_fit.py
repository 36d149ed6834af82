"""Fitting messages to platforms."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.fit import DISCORD, TELEGRAM, Limits, fit
from bot.conversation.message import Button, Message, Strong, Words, message

PLATFORMS = st.sampled_from([TELEGRAM, DISCORD, Limits(50, 20, 8, 64, 6, 2)])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=9000)
BUTTONS = st.lists(
    st.builds(Button, st.text(min_size=1, max_size=120), st.just("=q:a")), max_size=30
)


@given(text=TEXTS, buttons=BUTTONS, limits=PLATFORMS)
def test_every_piece_fits(text: str, buttons: list[Button], limits: Limits) -> None:
    """No piece, label, row or number of buttons is ever over a limit."""
    pieces = fit(Message((Words(text),), tuple(buttons)), limits)

    assert all(len(piece.text) <= limits.text for piece in pieces)
    rows = pieces[-1].rows
    assert all(len(row) <= limits.per_row for row in rows)
    assert sum(map(len, rows)) <= limits.buttons
    assert all(len(button.label) <= limits.button_label for row in rows for button in row)


@given(words=st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=900))
def test_no_word_is_lost(words: list[str]) -> None:
    """A long text comes out in pieces with every word in its order."""
    pieces = fit(
        Message((Strong(words[0] + " "), Words(" ".join(words)))), Limits(60, 60, 8, 64, 6, 2)
    )

    assert " ".join(piece.text for piece in pieces).split() == [words[0], *words]


def test_buttons_stand_under_the_last_piece() -> None:
    """Only the last piece carries the buttons."""
    pieces = fit(message("word " * 2000, Button("Go on", "!go_on")), DISCORD)

    assert len(pieces) > 1
    assert [bool(piece.rows) for piece in pieces] == [False] * (len(pieces) - 1) + [True]

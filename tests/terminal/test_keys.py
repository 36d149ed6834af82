import pytest

from adapters.terminal.keys import keys, pressed
from bot.conversation.message import Button
from tests.terminal.toy import FIX, RIGHT, said

SCORES = [Button(label, f"=pain:{label}") for label in ("0 to 2", "3 to 5", "6 to 8", "9 to 10")]


def test_buttons_are_numbered_through_a_turn() -> None:
    """Two messages of one turn never share a number."""
    board = keys([said("one", RIGHT, FIX), said("none"), said("two", Button("Why?", "!why"))])

    assert [key.key for key in board] == ["1", "2", "3"]


def test_a_number_that_is_an_answer_is_never_a_button() -> None:
    """Where labels hold digits, buttons are lettered: "2" means 2 out of 10."""
    board = keys([said("How sore?", *SCORES)])

    assert [key.key for key in board] == ["a", "b", "c", "d"]
    assert pressed("2", board) is None
    assert pressed("b", board) == SCORES[1]


def test_a_question_for_a_number_letters_its_buttons() -> None:
    """Where a number is expected, a typed number goes to the bot."""
    board = keys([said("How far?", Button("Not sure", "=far:not_sure"), expects="number")])

    assert pressed("1", board) is None


@pytest.mark.parametrize("typed", ["1", " 1 ", "1.", "[1]", "1)", "right", "RIGHT", " Right"])
def test_a_button_is_pressed_by_key_or_label(typed: str) -> None:
    """Every plain way to name a button works."""
    assert pressed(typed, keys([said("?", RIGHT, FIX)])) == RIGHT


@pytest.mark.parametrize("typed", ["", "3", "0", "rig", "right?!", "[]", "one"])
def test_other_words_press_nothing(typed: str) -> None:
    """What names no button is words."""
    assert pressed(typed, keys([said("?", RIGHT, FIX)])) is None


def test_many_buttons_are_numbered_even_with_digits() -> None:
    """Letters run out at 26; then numbers it is."""
    buttons = [Button(f"Day {n}", f"=day:{n}") for n in range(30)]

    assert keys([said("Which?", *buttons)])[29].key == "30"


def test_a_label_wins_over_a_key() -> None:
    """A button labelled "b" is what "b" presses."""
    board = keys([said("How far?", Button("b", "!b"), Button("c", "!c"), expects="number")])

    assert pressed("b", board) == Button("b", "!b")

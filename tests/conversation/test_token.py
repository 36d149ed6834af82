"""Button tokens."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import token

IDS = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=20)


@given(question=IDS, option=IDS)
def test_an_answer_reads_back_as_itself(question: str, option: str) -> None:
    """A statement survives the way through a platform."""
    assert token.read(token.answer(question, option)) == token.Answered(question, option)


@given(name=IDS, argument=st.one_of(st.just(""), IDS))
def test_a_deed_reads_back_as_itself(name: str, argument: str) -> None:
    """So does a deed, with or without an argument."""
    assert token.read(token.action(name, argument)) == token.Action(name, argument)


@given(text=st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever a platform hands in, reading it never raises."""
    assert token.read(text) is None or text[0] in "=!"


def test_a_token_over_the_limit_is_refused() -> None:
    """Over 64 bytes it cannot be one of ours."""
    assert token.read("=" + "a" * 40 + ":" + "b" * 40) is None

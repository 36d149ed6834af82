"""One runner in two chats, and coming back: what the core says and asks for."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bot.checking.talk import Stage
from bot.content.load import Content, load_content
from bot.conversation.event import Event, Person, Place, Presence, Said
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step
from bot.conversation.turn import CODE_HERE, JoinWith, LinkCode, Turn

NOON = datetime(2026, 5, 7, 12, tzinfo=UTC)
STORY = "ran 6 miles yesterday first time since spring, calves are killing me"


@pytest.fixture(scope="module")
def content() -> Content:
    """The content in use."""
    return load_content()


def turns(content: Content, *texts: str, private: bool = True) -> Turn:
    """The last turn of a chat in which these were typed."""
    state = Conversation(), Runner(id="r1")
    where = Place("p", "chat", private=private)
    for number, text in enumerate(texts):
        event = Event(str(number), Person("p", "ann"), where, Said(text), NOON)
        turn = step(content, *state, event, NOON)
        state = turn.conversation, turn.runner
    return turn


def typed_code(turn: Turn) -> str:
    """The code that the turn asks to join with, or "" if none."""
    return next((effect.code for effect in turn.effects if isinstance(effect, JoinWith)), "")


@pytest.mark.parametrize("text", ["/link", "link", "/LINK", "link my chats", "/link telegram"])
def test_link_asks_for_a_code_and_leaves_room_for_it(content: Content, text: str) -> None:
    """The message has a place for the code, which the runtime makes."""
    turn = turns(content, text)

    assert LinkCode() in turn.effects
    assert CODE_HERE in turn.messages[0].text


@pytest.mark.parametrize("text", ["/link 123456", "link 123456", "/link 123 456", "/link 123-456."])
def test_link_with_a_code_joins(content: Content, text: str) -> None:
    """A code after the word is typed in the other chat."""
    assert typed_code(turns(content, text)) == "123456"


def test_a_bare_code_counts_after_link_only(content: Content) -> None:
    """Six figures by themselves are a code once /link was typed, and a number before."""
    assert typed_code(turns(content, "/link", "123456")) == "123456"
    assert typed_code(turns(content, "/start", "123456")) == ""


def test_every_outcome_has_words_of_its_own(content: Content) -> None:
    """Joined, the same already, wrong, and too many wrong ones are said differently."""
    (effect,) = [e for e in turns(content, "/link 123456").effects if isinstance(e, JoinWith)]

    assert sorted(effect.replies) == ["joined", "same", "too_many", "wrong"]
    assert len({said.text for said in effect.replies.values()}) == 4


@pytest.mark.parametrize("text", ["/link", "/link 123456"])
def test_nobody_else_sees_a_code(content: Content, text: str) -> None:
    """In a group nothing is linked: the private chat is named instead."""
    turn = turns(content, text, private=False)

    assert not any(isinstance(effect, LinkCode | JoinWith) for effect in turn.effects)
    assert "private" in turn.messages[0].text


def test_half_a_code_is_explained(content: Content) -> None:
    """Too few figures: what a code looks like."""
    assert "6 digits" in turns(content, "/link 1234").messages[0].text


def test_link_hides_no_warning_sign(content: Content) -> None:
    """The word link in front takes nothing away from what is said after it."""
    turn = turns(content, "/link I have chest pain and cannot breathe")

    assert turn.messages[0].kind.startswith("card:")


# Coming back


def stage(content: Content, *texts: str) -> Stage:
    """A chat in which these were typed."""
    made = Stage(content, NOON, Runner(id="r1", zone="UTC"))
    for text in texts:
        made.happen(Said(text))
    return made


@pytest.mark.parametrize("text", ["/start", "/start run_42", "/start AbC-9_"])
def test_start_is_understood_at_any_moment(content: Content, text: str) -> None:
    """With words nobody knows behind it, too: first a welcome, later what is open."""
    first = stage(content, text)
    assert [said.kind for said in first.said] == ["welcome"]

    later = stage(content, "/start", STORY, text)
    assert [said.kind for said in later.said] == ["read_back"]


def test_a_chat_that_returns_is_asked_one_question(content: Content) -> None:
    """After a block: what was told is kept and read out, with one question."""
    chat = stage(content, "/start", "my left calf has been sore for 3 days", "right")
    chat.happen(Presence("blocked"))
    chat.now += timedelta(days=3)
    chat.happen(Presence("returned"))

    assert len(chat.said) == 1
    assert chat.said[0].text.count("?") == 1
    assert chat.said[0].buttons


def test_lifting_a_block_with_start_asks_once(content: Content) -> None:
    """Telegram sends /start along: it is not answered a second time, and a later one is."""
    chat = stage(content, "/start", "my left calf has been sore for 3 days", "right")
    chat.happen(Presence("returned"))
    chat.happen(Said("/start"))
    assert chat.said == []

    chat.now += timedelta(hours=1)
    chat.happen(Said("/start"))
    assert len(chat.said) == 1


def test_a_runner_with_a_plan_is_asked_how_sore_the_calves_are(content: Content) -> None:
    """One question brings the plan back."""
    chat = stage(content, "/start")
    chat.runner = msgspec.structs.replace(chat.runner, settings={"plan_agreed": "2026-04-01"})
    chat.happen(Presence("returned"))

    assert [said.kind for said in chat.said] == ["prompt:ask_back"]

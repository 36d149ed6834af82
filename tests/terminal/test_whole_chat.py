import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.chat import Chat, ChatError
from tests.terminal.program import AT, TOY
from tests.terminal.toy_core import toy

Open = Callable[..., Chat]


@pytest.fixture(params=["here", "process"])
def open_chat(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens a chat on one data folder, in this process or in another."""

    def opened(*options: str) -> Chat:
        if request.param == "here":
            return Chat.here(tmp_path / "data", *options, load=toy)
        return Chat.process(tmp_path / "data", *options, program=TOY)

    return opened


def test_a_conversation_goes_from_words_to_advice(open_chat: Open) -> None:
    """Words, taps and the state go through the whole application."""
    with open_chat(*AT) as chat:
        chat.say("calves sore")
        assert chat.labels == ["Left", "Right", "Both"]
        chat.tap("Left")
        chat.tap(1)

        assert chat.last[0].kind == "advice"
        assert chat.state["facts"] == {"side": "left", "pain": "low"}
        assert chat.state["triage"] == "S"


def test_what_is_planned_comes_when_the_clock_moves(open_chat: Open) -> None:
    """Skipping sends the check-in at its own moment."""
    with open_chat(*AT) as chat:
        chat.tap("=side:left")
        chat.tap("=pain:low")
        chat.skip("1d")

        assert [(heard.text, heard.at) for heard in chat.last] == [
            ("Due: soreness", "2026-05-08T07:40:00Z")
        ]
        assert chat.skip("1d") == []


def test_a_restart_changes_nothing(open_chat: Open) -> None:
    """Closed and opened again at every step, a conversation is the same, and so is its time."""
    with open_chat(*AT) as chat:
        chat.say("calves sore")
        chat.restart()
        chat.tap("Left")
        chat.restart()
        chat.skip("2d")
        chat.restart()
        chat.tap("=pain:low")

        assert chat.state["facts"] == {"side": "left", "pain": "low"}
        assert chat.last[0].at == "2026-05-09T17:40:00Z"


def test_leaving_and_coming_back_goes_on(open_chat: Open) -> None:
    """A second chat on the folder knows the first, its time included, and greets on request."""
    with open_chat(*AT) as chat:
        chat.tap("=side:left")
        chat.skip("2h")
    with open_chat(*AT) as chat:
        chat.resume()

        assert [heard.text for heard in chat.last] == ["Welcome back.", "How sore?"]
        assert chat.last[0].at == "2026-05-07T19:40:00Z"
        chat.tap("0 to 2")
        assert chat.state["facts"] == {"side": "left", "pain": "low"}


def test_people_and_places_are_kept_apart(open_chat: Open) -> None:
    """Someone else, or a group, is another conversation."""
    with open_chat(*AT) as chat:
        chat.tap("=side:left")
        chat.as_("member-2", "#runs")
        chat.say("hello")
        there = chat.last[0]
        assert (there.to, chat.state["facts"]) == ("member-2", {})
        chat.as_("you", "private")

        assert chat.look()["facts"] == {"side": "left"}


def test_zone_and_units_are_what_the_command_line_says(open_chat: Open) -> None:
    """A new runner starts with the terminal's zone and units."""
    with open_chat(*AT, "--units", "mi") as chat:
        state = chat.look()

        assert (state["zone"], state["units"]) == ("Europe/London", "mi")


def test_a_refused_line_is_an_error_with_its_code(open_chat: Open) -> None:
    """The chat goes on after it."""
    with open_chat(*AT) as chat:
        with pytest.raises(ChatError) as refused:
            chat.tap("Nope")
        chat.say("hello")

        assert refused.value.code == "no_such_button"
        assert chat.labels


@pytest.mark.parametrize("text", ["x" * 100_000, "\x00\x1b[2J", "\u202eevil", "👟👟", ""])
def test_in_this_process_anything_may_be_said(tmp_path: Path, text: str) -> None:
    """The harness lets tests say what no line could carry; the application stands it."""
    with Chat.here(tmp_path, *AT, load=toy) as chat:
        chat.say(text)
        chat.say("hello")

        assert chat.labels == ["Left", "Right", "Both"]


def test_a_killed_chat_has_lost_nothing(tmp_path: Path) -> None:
    """What was answered before the power went is there afterwards, at the same time of day."""
    chat = Chat.process(tmp_path, *AT, program=TOY)
    chat.tap("=side:left")
    chat.skip("2h")
    chat.kill()

    with Chat.process(tmp_path, *AT, program=TOY) as again:
        assert again.look()["facts"] == {"side": "left"}
        assert again.say("x")[0].at == "2026-05-07T19:40:00Z"


def test_a_second_chat_on_a_folder_is_refused(tmp_path: Path) -> None:
    """One data folder, one program: the second says so, and the first goes on."""
    with Chat.process(tmp_path, *AT, program=TOY) as first:
        first.say("hello")
        second = Chat.process(tmp_path, *AT, program=TOY)
        with pytest.raises(ChatError, match="using"):
            second.say("hello")
        second.close()

        assert first.say("still here")


def test_the_clock_file_says_the_time_only(tmp_path: Path) -> None:
    """What is kept beside the database holds nothing that was said."""
    with Chat.here(tmp_path, *AT, load=toy) as chat:
        chat.say("secret words")
        chat.skip("1h")

    data = json.loads((tmp_path / "chat-clock.json").read_text())
    assert data == {"version": 1, "stands_at": "2026-05-07T18:40:00+00:00"}


def test_deleting_takes_the_typed_lines_along(tmp_path: Path) -> None:
    """When someone's data is deleted, the line history of this terminal goes with it."""
    (tmp_path / "chat-history").write_text("+calves sore\n")
    with Chat.here(tmp_path, *AT, load=toy) as chat:
        chat.say("hello")
        assert (tmp_path / "chat-history").exists()
        chat.say("/delete")

    assert not (tmp_path / "chat-history").exists()

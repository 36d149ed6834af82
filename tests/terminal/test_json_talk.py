import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.terminal.json_help import JSON_HELP
from adapters.terminal.json_talk import JsonTalk
from adapters.terminal.scene import Scene
from adapters.terminal.wire import line
from bot.store.errors import DiskFullError
from tests.terminal.toy import ToyStage

ROOT = Path(__file__).parents[2]


class Client:
    """Sends lines to a talk on a stand-in stage and collects what comes back."""

    def __init__(self) -> None:
        self.stage = ToyStage()
        self.out: list[dict[str, Any]] = []
        self.talk = JsonTalk(Scene(self.stage, ZoneInfo("UTC")), self.out.append)

    async def send(self, data: Any) -> list[dict[str, Any]]:
        """What one line is answered with."""
        self.out.clear()
        await self.talk.answer(data if isinstance(data, bytes) else json.dumps(data).encode())
        return [json.loads(line(answer)) for answer in self.out]


@pytest.fixture
def client() -> Client:
    """A client of the JSON chat."""
    return Client()


async def test_a_turn_is_messages_and_one_done_line(client: Client) -> None:
    """Messages have all documented fields, and the done line carries the id and the state."""
    answer = await client.send({"say": "hello", "id": 3})

    assert answer == [
        {
            "message": {
                "text": "You said: hello",
                "buttons": [
                    {"label": "Right", "token": "!right"},
                    {"label": "Fix", "token": "!fix"},
                ],
                "audience": "private_chat",
                "kind": "",
                "urgent": False,
                "at": "2026-05-07T17:40:00Z",
                "to": "you",
                "in": "private",
            }
        },
        {
            "done": True,
            "id": 3,
            "state": {"facts": {"things_said": 1}, "triage": "", "pathways": []},
        },
    ]


async def test_a_scene_is_set_and_kept(client: Client) -> None:
    """Being someone somewhere holds until it is changed."""
    await client.send({"as": "ann", "in": "#runs"})
    answer = await client.send({"say": "hello"})

    assert (answer[0]["message"]["to"], answer[0]["message"]["in"]) == ("ann", "#runs")


async def test_skip_restart_resume_and_state_are_followed(client: Client) -> None:
    """The other verbs do what they say, each with one done line."""
    await client.send({"say": "hello"})
    skipped = await client.send({"skip": "12h"})
    restarted = await client.send({"restart": True})
    resumed = await client.send({"resume": True})
    state = await client.send({"state": True})

    assert [next(iter(one)) for one in skipped] == ["message", "done"]
    assert skipped[0]["message"]["at"] == "2026-05-08T05:40:00Z"
    assert client.stage.restarts == 1
    assert [next(iter(one)) for one in restarted] == ["done"]
    assert resumed[0]["message"]["text"] == "You were here before."
    assert state[0]["state"]["facts"] == {"things_said": 2}


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"tap": "Nope"}, "no_such_button"),
        ({"skip": "soon"}, "not_a_moment"),
        ({"file": "missing.gpx"}, "no_such_file"),
        ({"as": "../../x"}, "bad_value"),
        ({"in": "runs"}, "bad_value"),
        ({"shout": "x"}, "unknown_verb"),
        (b"not json", "not_json"),
        (b'{"say": "' + b"x" * 100_000 + b'"}', "line_too_long"),
    ],
)
async def test_an_error_is_one_line_before_done(client: Client, request_: Any, code: str) -> None:
    """A line that cannot be followed changes nothing, and the turn still ends."""
    error, done = await client.send(request_)

    assert error["error"]["code"] == code
    assert done["done"] is True
    assert client.stage.happened == []


@pytest.mark.parametrize(
    ("failure", "code"), [(RuntimeError("x"), "failed"), (DiskFullError("No room."), "data_file")]
)
async def test_a_failure_inside_is_an_error_line(
    client: Client, failure: Exception, code: str
) -> None:
    """Even a bug or a full disk is one line with a code; the chat goes on afterwards."""
    client.stage.fails = failure
    error, done = await client.send({"say": "hello", "id": 1})
    client.stage.fails = None
    again = await client.send({"say": "hello"})

    assert (error["error"]["code"], error["id"], done["id"]) == (code, 1, 1)
    assert again[0]["message"]["text"] == "You said: hello"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=100))
async def test_any_line_ends_in_exactly_one_done(client: Client, raw: bytes) -> None:
    """Whatever comes in, a client can tell when the turn is over."""
    answer = await client.send(raw)

    assert ["done" in one for one in answer] == [False] * (len(answer) - 1) + [True]


def test_the_document_holds_the_help_word_for_word() -> None:
    """docs/json-chat.md says what --json --help says."""
    assert JSON_HELP in (ROOT / "docs" / "json-chat.md").read_text(encoding="utf-8")

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.wire import LONGEST_LINE, Refused, Request, read


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ('{"say": "hi"}', Request("say", "hi")),
        ('{"say": ""}', Request("say", "")),
        ('{"say": "two\\nlines", "id": 7}', Request("say", "two\nlines", id=7)),
        ('{"tap": "!right"}', Request("tap", "!right")),
        ('{"tap": 2}', Request("tap", 2)),
        ('{"skip": "18h"}', Request("skip", "18h")),
        ('{"as": "ann", "in": "#runs"}', Request("as", "ann", "#runs")),
        ('{"in": "#runs"}', Request("in", "#runs")),
        ('{"file": "run.gpx"}', Request("file", "run.gpx")),
        ('{"restart": true}', Request("restart", "")),
        ('{"state": true, "id": "x"}', Request("state", "", id="x")),
    ],
)
def test_every_verb_is_read(line: str, request_: Request) -> None:
    """The documented lines are read as they are documented."""
    assert read(line.encode()) == request_


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "not_json"),
        (b"hello", "not_json"),
        (b'{"say": "x"', "not_json"),
        (b'{"say": NaN}', "not_json"),
        (b"[" * 60_000, "not_json"),
        (b'{"say": "\x00"}', "not_json"),
        (b'{"say": "\x1b"}', "not_json"),
        (b'{"say": ' + b"9" * 5000 + b"}", "not_json"),
        (b"\xff\xfe", "not_utf8"),
        (b"[]", "not_an_object"),
        (b'"say"', "not_an_object"),
        (b"{}", "one_verb"),
        (b'{"id": 1}', "one_verb"),
        (b'{"say": "x", "tap": "y"}', "one_verb"),
        (b'{"say": "x", "in": "#runs"}', "one_verb"),
        (b'{"shout": "x"}', "unknown_verb"),
        (b'{"say": 1}', "bad_value"),
        (b'{"say": null}', "bad_value"),
        (b'{"tap": true}', "bad_value"),
        (b'{"tap": ""}', "bad_value"),
        (b'{"restart": false}', "bad_value"),
        (b'{"say": "x", "id": {}}', "bad_id"),
        (b'{"say": "\\u0000"}', "control_characters"),
        (b'{"say": "\\u001b[2J"}', "control_characters"),
        (b'{"say": "\\ud800"}', "control_characters"),
        (b'{"say": "' + b"x" * 100_000 + b'"}', "line_too_long"),
    ],
)
def test_what_cannot_be_followed_has_a_code(line: bytes, code: str) -> None:
    """Each kind of bad line has its own code, and a sentence."""
    with pytest.raises(Refused) as refused:
        read(line)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_refused_line_keeps_its_id() -> None:
    """A client can match an error to what it sent."""
    with pytest.raises(Refused) as refused:
        read(b'{"shout": "x", "id": 12}')

    assert refused.value.id == 12


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    """No bytes whatever are an unexpected error."""
    try:
        request = read(line)
    except Refused:
        return

    assert request.verb


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
_NAMES = st.sampled_from(["say", "tap", "skip", "as", "in", "restart", "id", "x"])


@given(st.dictionaries(_NAMES, _JSON, max_size=3))
def test_any_object_is_read_or_refused(data: dict[str, Any]) -> None:
    """No JSON object whatever is an unexpected error."""
    line = json.dumps(data).encode()
    assert len(line) <= LONGEST_LINE
    try:
        request = read(line)
    except Refused:
        return

    assert request.verb in data

"""The JSON lines of `heeldrop chat --json`: what may come in, and the shape of what goes out.

Rule: a line that cannot be followed is answered with a code and a sentence, and changes nothing.
The codes are part of the protocol (docs/json-chat.md) and keep their names.
"""

import json
from dataclasses import dataclass
from typing import Any

from adapters.terminal.clean import has_controls

LONGEST_LINE = 65_536
"""Bytes of one input line. The largest message of any platform fits many times."""

VERBS = ("say", "tap", "skip", "as", "in", "file", "restart", "resume", "state")
_BARE = ("restart", "resume", "state")


class Refused(Exception):  # noqa: N818 - it is said to the client, not raised at it
    """A line that cannot be followed: its code, a sentence, and the client's id if any."""

    def __init__(self, code: str, message: str, id_: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.id = id_


@dataclass(frozen=True, slots=True)
class Request:
    """One input line: its verb, the argument, and for `as` and `in` the other half."""

    verb: str
    argument: str | int
    place: str = ""
    id: Any = None


def read(line: bytes) -> Request:
    """The request on one line. Raises Refused."""
    if len(line) > LONGEST_LINE:
        raise Refused("line_too_long", f"A line holds at most {LONGEST_LINE} bytes.")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise Refused("not_utf8", "A line is UTF-8 text.") from None
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("not_json", "A line is one JSON object.") from None
    if not isinstance(data, dict):
        raise Refused("not_an_object", 'A line is one JSON object, such as {"say": "hello"}.')
    return _request(data)


def _request(data: dict[str, Any]) -> Request:
    id_ = data.pop("id", None)
    if isinstance(id_, (dict, list)) or len(str(id_)) > 200:
        raise Refused("bad_id", "An id is a short text or a number.")
    unknown = [name for name in data if name not in VERBS]
    if unknown:
        name = repr(unknown[0][:40])
        raise Refused("unknown_verb", f"There is no verb {name}. Verbs: {', '.join(VERBS)}.", id_)
    place = _text("in", data["in"], id_) if "as" in data and "in" in data else ""
    if place:
        del data["in"]
    if len(data) != 1:
        raise Refused("one_verb", "A line has exactly one verb (as and in may go together).", id_)
    ((verb, value),) = data.items()
    return Request(verb, _argument(verb, value, id_), place, id_)


def _argument(verb: str, value: Any, id_: Any) -> str | int:
    if verb in _BARE:
        if value is True:
            return ""
        raise Refused("bad_value", f'Write {{"{verb}": true}}.', id_)
    if verb == "tap" and isinstance(value, int) and not isinstance(value, bool):
        return value
    return _text(verb, value, id_)


def _text(verb: str, value: Any, id_: Any) -> str:
    if not isinstance(value, str):
        raise Refused("bad_value", f"The value of {verb!r} is text.", id_)
    if has_controls(value):
        raise Refused("control_characters", "Text holds no control characters.", id_)
    if not value and verb != "say":
        raise Refused("bad_value", f"The value of {verb!r} is empty.", id_)
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def line(data: dict[str, Any]) -> str:
    """One output line. Characters outside ASCII stay as they are; dates are ISO text."""
    return json.dumps(data, ensure_ascii=False, default=str)

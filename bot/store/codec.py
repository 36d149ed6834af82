"""Values to JSON and back, with a version, and instants to whole milliseconds.

Rule: no pickles. What an older version wrote is lifted to today's shape when it is read: add a
function to LIFTS when the shape of a conversation or a runner changes, and raise its version.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from bot.conversation.log import Entry
from bot.conversation.state import Conversation, Runner

Lift = Callable[[dict[str, Any]], dict[str, Any]]
LIFTS: dict[type, dict[int, Lift]] = {Conversation: {}, Runner: {}}
"""For each kind, how to lift version n to n + 1."""

State = TypeVar("State", Conversation, Runner)

_encoder = msgspec.json.Encoder()
_conversations = msgspec.json.Decoder(Conversation)
_runners = msgspec.json.Decoder(Runner)
_entries: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


class _Versioned(msgspec.Struct):
    version: int = 1


_versions = msgspec.json.Decoder(_Versioned)


def to_ms(instant: datetime) -> int:
    """An aware instant as whole milliseconds since 1970, UTC."""
    return (instant - _EPOCH) // _MS


def from_ms(ms: int) -> datetime:
    """The instant in UTC."""
    return _EPOCH + ms * _MS


def encode(value: Any) -> bytes:
    """Any value of ours as JSON."""
    return _encoder.encode(value)


def decode_conversation(raw: bytes) -> Conversation:
    """A stored conversation in today's shape."""
    return _decode(raw, Conversation, _conversations)


def decode_runner(raw: bytes) -> Runner:
    """A stored runner in today's shape, without the log, which is kept in rows."""
    return _decode(raw, Runner, _runners)


def decode_entry(raw: bytes) -> Entry:
    """One entry of a log."""
    return _entries.decode(raw)


def _decode(raw: bytes, kind: type[State], decoder: msgspec.json.Decoder[State]) -> State:
    version = _versions.decode(raw).version
    lifts = LIFTS[kind]
    if version not in lifts:
        return decoder.decode(raw)
    value = msgspec.json.decode(raw)
    while version in lifts:
        value = lifts[version](value)
        version += 1
    return msgspec.convert(value | {"version": version}, kind)

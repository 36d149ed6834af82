"""Button tokens: a statement in at most 64 bytes that means the same for ever.

Grammar:   =question:option        the answer to a question ("=walking_pain:low")
           !action                 a deed ("!back", "!why")
           !action:argument        ("!change:run_distance_m", "!done:heel-raise@2026-05-07")

Rule: a token never says where in a conversation it was shown, only what it states.
"""

from dataclasses import dataclass

LONGEST = 64
"""Telegram's limit on callback data, in bytes."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The statement: my answer to this question is this option."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Action:
    """The statement: do this."""

    name: str
    argument: str = ""


def answer(question: str, option: str) -> str:
    """The token of an answer."""
    return f"={question}:{option}"


def action(name: str, argument: str = "") -> str:
    """The token of a deed."""
    return f"!{name}:{argument}" if argument else f"!{name}"


def read(token: str) -> Answered | Action | None:
    """What a token states, or None if it is not one of ours."""
    if len(token.encode()) > LONGEST:
        return None
    head, _, tail = token[1:].partition(":")
    if token.startswith("=") and head and tail:
        return Answered(head, tail)
    if token.startswith("!") and head:
        return Action(head, tail)
    return None

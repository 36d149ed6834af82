"""Facts as a person or program writes them in JSON, turned into facts of the content.

Rule: forgiving in form ("one leg", "not-possible", "yes"), strict in meaning: an unknown fact or a
value it cannot have is named, with the nearest that exists. Sets may be lists of members: the members
that are not listed are then "no".
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from bot.content.condition import DONT_KNOW, Value
from bot.content.facts import Fact, fits
from bot.content.load import Content

_YES_NO: Mapping[str, bool] = {
    "yes": True,
    "true": True,
    "y": True,
    "no": False,
    "false": False,
    "n": False,
}
_NOT_SURE = frozenset({"not_sure", "unsure", "maybe"})


class GivenError(ValueError):
    """A fact that was given cannot be used. The text says which and what would do."""


def facts_given(content: Content, raw: Mapping[str, Any]) -> dict[str, Value]:
    """The facts of a JSON object. Raises GivenError."""
    found: dict[str, Value] = {}
    for name, value in raw.items():
        if value is None:
            continue
        fact = content.facts.get(name)
        if fact is None:
            close = difflib.get_close_matches(name, list(content.facts), n=1)
            raise GivenError(
                f"Unknown fact {name!r}." + (f" Did you mean {close[0]!r}?" if close else "")
            )
        if fact.kind == "set" and name == fact.id:
            found.update(_members(fact, value))
        else:
            found[name] = _value(fact, name, value)
    return found


def _members(fact: Fact, value: Any) -> dict[str, Value]:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Mapping):
        named = {_plain(key): bool(held) for key, held in value.items()}
    elif isinstance(value, Iterable):
        named = {_plain(member): True for member in value}
        for member in fact.members:
            named.setdefault(member, False)
    else:
        raise GivenError(f"{fact.id} takes a list of: {', '.join(fact.members)}.")
    named.pop("none", None)
    unknown = [member for member in named if member not in fact.members]
    if unknown:
        raise GivenError(f"{fact.id} has no {unknown[0]!r}; it has: {', '.join(fact.members)}.")
    return {f"{fact.id}.{member}": held for member, held in named.items()}


def _value(fact: Fact, name: str, value: Any) -> Value:
    if isinstance(value, str):
        value = _worded(fact, value)
    if fact.kind in ("yes_no", "set") and isinstance(value, bool):
        return value
    if value == DONT_KNOW or (
        fact.kind != "set" and not isinstance(value, (list, dict)) and fits(fact, value)
    ):
        held: Value = value
        return held
    allowed = f" It may be: {', '.join(fact.values)}." if fact.values else f" It is a {fact.kind}."
    raise GivenError(f"{name} cannot be {value!r}.{allowed}")


def _worded(fact: Fact, text: str) -> Any:
    plain = _plain(text)
    if fact.kind in ("yes_no", "set"):
        if plain in _YES_NO:
            return _YES_NO[plain]
        return fact.not_sure if plain in _NOT_SURE and fact.not_sure is not None else text
    if plain in _NOT_SURE and fact.not_sure is not None:
        return fact.not_sure
    if fact.kind == "choice":
        return plain
    if fact.kind == "number":
        try:
            return float(text)
        except ValueError:
            return plain if plain == DONT_KNOW else text
    return text


def _plain(text: Any) -> str:
    return str(text).strip().lower().replace("-", "_").replace(" ", "_")

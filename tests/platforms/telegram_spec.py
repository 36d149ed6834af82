"""The Bot API's own description, as a judge of calls and a maker of smallest answers.

Values arrive in two ways. A form field is text, and anything that is not text in the description
travels as JSON inside it. A JSON body has real types. Everything nested is JSON in both ways.
"""

import json
import re
from functools import lru_cache
from typing import Any

from tests.platforms import specs

_MISSING = object()
_NUMBER = re.compile(r"-?\d+")
_CONSTANT = re.compile(r"(?:must be|always) '?([a-z_0-9]+)'?$")
_DISCRIMINATORS = ("type", "status", "source")


class UnreadableError(ValueError):
    """A value that does not fit any of the types the description allows."""


class TelegramSpec:
    """Methods and types of one version of the Bot API."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.version: str = raw["version"]
        self._methods: dict[str, dict[str, Any]] = raw["methods"]
        self._types: dict[str, dict[str, Any]] = raw["types"]
        self._names = {name.lower(): name for name in self._methods}

    def method(self, name: str) -> str | None:
        """The method's own spelling (Telegram ignores case), or None if there is none."""
        return self._names.get(name.lower())

    def parameters(self, method: str) -> dict[str, dict[str, Any]]:
        """The parameters of a method by name."""
        return {field["name"]: field for field in self._methods[method].get("fields") or []}

    def fields(self, type_name: str) -> dict[str, dict[str, Any]]:
        """The fields of an object type by name."""
        return {field["name"]: field for field in self._types[type_name].get("fields") or []}

    def read(self, types: list[str], value: Any, *, form: bool) -> Any:
        """Turn a parameter as sent into a Python value, or raise `UnreadableError`."""
        if form and isinstance(value, str):
            value = _from_form(types, value)
        problems = self.problems(types, value)
        if problems:
            raise UnreadableError("; ".join(problems))
        return value

    def problems(self, types: list[str] | str, value: Any, where: str = "") -> list[str]:
        """What is wrong with a JSON value, in words; an empty list if nothing is."""
        if isinstance(types, str):
            types = [types]
        best: list[str] | None = None
        for name in types:
            found = self._against(name, value, where)
            if not found:
                return []
            if best is None or len(found) < len(best):
                best = found
        return best or [f"{where or 'value'} has no type"]

    def _against(self, name: str, value: Any, where: str) -> list[str]:
        simple = _simple(name, value)
        if simple is not None:
            return [] if simple else [f"{where or 'value'} should be {name}, got {value!r:.60}"]
        if name.startswith("Array of "):
            return self._array(name.removeprefix("Array of "), value, where)
        kind = self._types[name]
        if kind.get("subtypes"):
            return self._subtypes(kind["subtypes"], value, where)
        if not isinstance(value, dict):
            return [f"{where or 'value'} should be {name}, got {value!r:.60}"]
        return self._object(name, value, where)

    def _array(self, inner: str, value: Any, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where or 'value'} should be a list of {inner}, got {value!r:.60}"]
        found = []
        for index, each in enumerate(value):
            found += self.problems(inner, each, f"{where}[{index}]")
        return found

    def _subtypes(self, names: list[str], value: Any, where: str) -> list[str]:
        if isinstance(value, dict):
            names = [each for each in names if self._says_it_is(each, value)] or names
        return self.problems(names, value, where)

    def _says_it_is(self, name: str, value: dict[str, Any]) -> bool:
        if name not in self._types:
            return False
        fields = self.fields(name)
        for key in _DISCRIMINATORS:
            wanted = _constant(fields.get(key))
            if wanted is not None and value.get(key) != wanted:
                return False
        return True

    def _object(self, name: str, value: dict[str, Any], where: str) -> list[str]:
        fields = self.fields(name)
        prefix = f"{where}." if where else ""
        found = [
            f"{prefix}{key} is missing from {name}"
            for key, field in fields.items()
            if field["required"] and key not in value
        ]
        for key, inner in value.items():
            field = fields.get(key)
            if field is None:
                found.append(f"{prefix}{key} is not a field of {name}")
                continue
            found += self.problems(field["types"], inner, f"{prefix}{key}")
            wanted = _constant(field)
            if wanted is not None and inner != wanted:
                found.append(f"{prefix}{key} should be {wanted!r}, got {inner!r:.60}")
        return found

    def smallest_result(self, method: str) -> Any:
        """The smallest value that fits what the method returns."""
        returns: list[str] = self._methods[method]["returns"]
        return True if "Boolean" in returns else self.smallest(returns[0])

    def smallest(self, name: str) -> Any:
        """The smallest value of a type, with only the fields it must have."""
        plain: dict[str, Any] = {"Integer": 0, "Float": 0.0, "Boolean": True, "String": "text"}
        if name in plain:
            return plain[name]
        if name.startswith("Array of "):
            return []
        kind = self._types[name]
        if kind.get("subtypes"):
            return self.smallest(kind["subtypes"][0])
        made: dict[str, Any] = {}
        for key, field in self.fields(name).items():
            if field["required"]:
                made[key] = _constant(field) or self.smallest(field["types"][0])
        return made


def _from_form(types: list[str], text: str) -> Any:
    """Read a form field as the first of its possible types that fits."""
    for name in types:
        value = _form_value(name, text)
        if value is not _MISSING:
            return value
    raise UnreadableError(f"{text!r:.60} is none of {', '.join(types)}")


def _form_value(name: str, text: str) -> Any:
    if name == "String":
        return text
    if name == "Integer":
        return int(text) if _NUMBER.fullmatch(text) else _MISSING
    if name == "Boolean":
        return {"true": True, "false": False}.get(text.lower(), _MISSING)
    if name == "InputFile":
        return _MISSING
    try:
        value = json.loads(text)
    except ValueError:
        return _MISSING
    wanted: type | tuple[type, ...] = (int, float) if name == "Float" else (dict, list)
    return value if isinstance(value, wanted) else _MISSING


def _simple(name: str, value: Any) -> bool | None:
    """Whether a value is of a plain type, or None if the type is not a plain one."""
    if name == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "Float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if name == "Boolean":
        return isinstance(value, bool)
    if name == "String":
        return isinstance(value, str)
    if name == "InputFile":
        return False
    return None


def _constant(field: dict[str, Any] | None) -> str | None:
    """The one value a field may have, where its description names it."""
    if field is None or field["name"] not in _DISCRIMINATORS:
        return None
    match = _CONSTANT.search(field["description"])
    return match.group(1) if match else None


@lru_cache(maxsize=1)
def _parsed() -> TelegramSpec:
    return TelegramSpec(specs.load(specs.TELEGRAM))


def telegram_spec() -> TelegramSpec:
    """The description, read once; skips the running test if it is not there."""
    return _parsed()

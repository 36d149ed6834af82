"""Checking a JSON value against a schema of Discord's description.

Only what that description uses, and quick: servers check every call of every test and benchmark.
Where several schemas may fit, `type` says which one counts, so there is one clear complaint.
"""

import re
from collections.abc import Iterator
from typing import Any

_PYTHON: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
Schema = dict[str, Any]


class Schemas:
    """The named schemas of one description."""

    def __init__(self, named: dict[str, Schema]) -> None:
        self._named = named
        self._patterns: dict[str, re.Pattern[str]] = {}

    def problem(self, schema: Schema, value: Any, where: str = "") -> str | None:
        """The first thing that is wrong with a value, in words, or None."""
        return next(self._problems(schema, value, where), None)

    def _problems(self, schema: Schema, value: Any, where: str) -> Iterator[str]:
        if "$ref" in schema:
            yield from self._problems(self._follow(schema), value, where)
            return
        for each in schema.get("allOf", []):
            yield from self._problems(each, value, where)
        for key in ("oneOf", "anyOf"):
            if key in schema:
                yield from self._one_of(schema[key], value, where)
        yield from self._plain(schema, value, where or "the body")
        if isinstance(value, dict):
            yield from self._object(schema, value, where)
        elif isinstance(value, list):
            for index, each in enumerate(value):
                yield from self._problems(schema.get("items", {}), each, f"{where}[{index}]")

    def _follow(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self._named[schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    def _one_of(self, branches: list[Schema], value: Any, where: str) -> Iterator[str]:
        if all("const" in each for each in branches):
            if value not in [each["const"] for each in branches]:
                yield f"{where or 'the body'} is {value!r:.60}, which is not a known value"
            return
        fitting = [each for each in branches if self._may_be(self._follow(each), value)]
        if not fitting:
            kind = value.get("type") if isinstance(value, dict) else value
            yield f"{where or 'the body'} is none of the kinds allowed here: {kind!r:.60}"
            return
        found = [self.problem(each, value, where) for each in fitting]
        if all(found):
            yield str(found[0])

    def _may_be(self, schema: Schema, value: Any) -> bool:
        """Whether a value is of this kind at all: by its JSON type, and by its field `type`."""
        if "type" in schema and not _is(schema["type"], value):
            return False
        kinds = schema.get("properties", {}).get("type", {}).get("enum")
        return kinds is None or not isinstance(value, dict) or value.get("type") in kinds

    def _object(self, schema: Schema, value: dict[str, Any], where: str) -> Iterator[str]:
        prefix = f"{where}." if where else ""
        known = schema.get("properties", {})
        for key in schema.get("required", []):
            if key not in value:
                yield f"{prefix}{key} is missing"
        for key, inner in value.items():
            if key in known:
                yield from self._problems(known[key], inner, f"{prefix}{key}")
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from self._problems(schema["additionalProperties"], inner, f"{prefix}{key}")
            elif "properties" in schema:
                yield f"{prefix}{key} is not a known field"

    def _plain(self, schema: Schema, value: Any, where: str) -> Iterator[str]:
        if "type" in schema and not _is(schema["type"], value):
            yield f"{where} should be {schema['type']}, got {value!r:.60}"
        if "enum" in schema and value not in schema["enum"]:
            yield f"{where} should be one of {schema['enum']}, got {value!r:.60}"
        if "const" in schema and value != schema["const"]:
            yield f"{where} should be {schema['const']!r}, got {value!r:.60}"
        if isinstance(value, str | list | dict):
            yield from _sizes(schema, value, where)
        elif _out_of_bounds(schema, value):
            yield f"{where} is {value}, out of bounds"
        if isinstance(value, str) and "pattern" in schema:
            pattern = self._patterns.setdefault(schema["pattern"], re.compile(schema["pattern"]))
            if not pattern.search(value):
                yield f"{where} is {value!r:.60}, which does not fit {schema['pattern']}"


def _is(kind: str | list[str], value: Any) -> bool:
    kinds = [kind] if isinstance(kind, str) else kind
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, _PYTHON[each]) for each in kinds)


def _sizes(schema: Schema, value: str | list[Any] | dict[str, Any], where: str) -> Iterator[str]:
    sort = {str: "Length", list: "Items", dict: "Properties"}[type(value)]
    least, most = schema.get(f"min{sort}", 0), schema.get(f"max{sort}", len(value))
    if not least <= len(value) <= most:
        yield f"{where} has size {len(value)}, and may have {least} to {most}"
    if isinstance(value, list) and schema.get("uniqueItems") and _repeats(value):
        yield f"{where} has an item twice"


def _repeats(value: list[Any]) -> bool:
    return any(each in value[:index] for index, each in enumerate(value))


def _out_of_bounds(schema: Schema, value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return not schema.get("minimum", value) <= value <= schema.get("maximum", value)

"""Discord's own description of its HTTP API, as a judge of calls and a maker of smallest answers.

Discord calls the description a preview, so where its documentation says otherwise we follow that:
`content` has 2000 characters for bots, ids may be numbers, a command may say `nsfw`, an edit `tts`.
The description lets unknown fields pass; here they are refused, so that a misspelt one is found.
"""

import copy
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.platforms import specs
from tests.platforms.discord_schema import Schemas

_CONTENT_LIMIT = 2000
_NSFW = ("ApplicationCommandCreateRequest", "ApplicationCommandUpdateRequest")
_MESSAGE_FIELDS = {"content", "components", "attachments", "allowed_mentions"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One route: the description's name for it, its path parts, query parameters and body."""

    name: str
    method: str
    template: str
    parts: dict[str, str]
    query: frozenset[str]
    body: dict[str, Any] | None


class DiscordSpec:
    """Routes and schemas of one version of the API."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw
        self._routes = sorted(
            (_Route(path, known) for path, known in raw["paths"].items()),
            key=lambda route: route.template.count("{"),
        )
        self._schemas = Schemas(_documented(raw["components"]["schemas"]))

    def operation(self, method: str, path: str) -> Operation | None:
        """The route that a method and path mean, or None if there is none."""
        for route in self._routes:
            match = route.pattern.fullmatch(path)
            if match and method.lower() in route.known:
                return route.operation(method.lower(), match.groupdict())
        return None

    def problem(self, operation: Operation, body: Any) -> str | None:
        """What is wrong with a body, in words, or None if nothing is."""
        return None if operation.body is None else self._schemas.problem(operation.body, body)

    def schema_problem(self, name: str, value: Any) -> str | None:
        """The same for a value and one schema of the description."""
        return self._schemas.problem({"$ref": name}, value)

    def smallest_answer(self, operation: Operation) -> Any:
        """The smallest value that fits what a route answers; None for an empty answer."""
        responses = self._raw["paths"][operation.template][operation.method]["responses"]
        for status in ("200", "201"):
            content = responses.get(status, {}).get("content", {})
            if "application/json" in content:
                return self._smallest(content["application/json"]["schema"])
        return None

    def _smallest(self, schema: dict[str, Any]) -> Any:
        if "$ref" in schema:
            return self._smallest(self._raw["components"]["schemas"][schema["$ref"].split("/")[-1]])
        for key in ("oneOf", "anyOf", "allOf"):
            if key in schema and "properties" not in schema and "enum" not in schema:
                return self._smallest(schema[key][0])
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type", "object")
        if isinstance(kind, list):
            return None if "null" in kind else self._smallest(schema | {"type": kind[0]})
        if kind == "object":
            known = schema.get("properties", {})
            return {key: self._smallest(known[key]) for key in schema.get("required", [])}
        plain = {"string": "0", "integer": 0, "number": 0.0, "boolean": False, "array": []}
        return plain.get(kind)


class _Route:
    def __init__(self, template: str, known: dict[str, Any]) -> None:
        self.template = template
        self.known = known
        self.pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))

    def operation(self, method: str, parts: dict[str, str]) -> Operation:
        known = self.known[method]
        listed = self.known.get("parameters", []) + known.get("parameters", [])
        query = frozenset(each["name"] for each in listed if each["in"] == "query")
        content = known.get("requestBody", {}).get("content", {})
        body = content.get("application/json", {}).get("schema")
        return Operation(known["operationId"], method, self.template, parts, query, body)


def _documented(named: dict[str, Any]) -> dict[str, Any]:
    """The schemas with what Discord's documentation says differently."""
    made = copy.deepcopy(named)
    made["SnowflakeType"]["type"] = ["string", "integer"]
    for name in ("MessageCreateRequest", "MessageEditRequestPartial"):
        made[name]["properties"]["content"]["maxLength"] = _CONTENT_LIMIT
    for name in _NSFW:
        made[name]["properties"]["nsfw"] = {"type": "boolean"}
    for schema in made.values():
        known = schema.get("properties", {})
        if known.keys() >= _MESSAGE_FIELDS:
            known.setdefault("tts", {"type": "boolean"})  # the library says it in edits too
    return made


@lru_cache(maxsize=1)
def _parsed() -> DiscordSpec:
    return DiscordSpec(specs.load(specs.DISCORD))


def discord_spec() -> DiscordSpec:
    """The description, read once; skips the running test if it is not there."""
    return _parsed()

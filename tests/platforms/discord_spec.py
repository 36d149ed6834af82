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

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.platforms import specs

_STRICT = "urn:strict"
_CONTENT_LIMIT = 2000
_NSFW = ("ApplicationCommandCreateRequest", "ApplicationCommandUpdateRequest")


@dataclass(frozen=True, slots=True)
class Operation:
    """One route: the description's name for it, its path parts and query parameters."""

    name: str
    method: str
    template: str
    parts: dict[str, str]
    query: frozenset[str]
    body: str | None


class DiscordSpec:
    """Routes and schemas of one version of the API."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw
        self._routes = sorted(
            (_Route(path, known) for path, known in raw["paths"].items()),
            key=lambda route: route.template.count("{"),
        )
        strict = _strict(raw)
        self._strict = strict
        resource = DRAFT202012.create_resource(strict)
        self._registry: Registry[Any] = Registry().with_resource(_STRICT, resource)

    def operation(self, method: str, path: str) -> Operation | None:
        """The route that a method and path mean, or None if there is none."""
        for route in self._routes:
            match = route.pattern.fullmatch(path)
            if match and method.lower() in route.known:
                return route.operation(method.lower(), match.groupdict())
        return None

    def problem(self, operation: Operation, body: Any) -> str | None:
        """What is wrong with a body, in words, or None if nothing is."""
        if operation.body is None:
            return None
        return self._problem(self._branch(operation, body) or operation.body, body)

    def _branch(self, operation: Operation, body: Any) -> str | None:
        """Of several kinds of body, the one that this body's `type` says it is."""
        known = self._strict["paths"][operation.template][operation.method]["requestBody"]
        schema = known["content"]["application/json"]["schema"]
        for each in schema.get("anyOf", []):
            name = each.get("$ref", "").split("/")[-1]
            kind = self._strict["components"]["schemas"].get(name, {}).get("properties", {})
            if isinstance(body, dict) and body.get("type") in kind.get("type", {}).get("enum", []):
                return str(each["$ref"])
        return None

    def schema_problem(self, name: str, value: Any) -> str | None:
        """The same for a value and one schema of the description."""
        return self._problem(f"#/components/schemas/{name}", value)

    def _problem(self, pointer: str, value: Any) -> str | None:
        validator = Draft202012Validator({"$ref": _STRICT + pointer}, registry=self._registry)
        error = best_match(validator.iter_errors(value))
        if error is None:
            return None
        where = ".".join(str(each) for each in error.absolute_path) or "the body"
        return f"{where}: {error.message[:300]}"

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
        self.pattern = re.compile(re.sub(r"\\?\{(\w+)\\?\}", r"(?P<\1>[^/]+)", template))

    def operation(self, method: str, parts: dict[str, str]) -> Operation:
        known = self.known[method]
        listed = self.known.get("parameters", []) + known.get("parameters", [])
        query = frozenset(each["name"] for each in listed if each["in"] == "query")
        content = known.get("requestBody", {}).get("content", {})
        body = None
        if "application/json" in content:
            path = self.template.replace("~", "~0").replace("/", "~1")
            body = f"#/paths/{path}/{method}/requestBody/content/application~1json/schema"
            body = body.replace("{", "%7B").replace("}", "%7D")
        return Operation(known["operationId"], method, self.template, parts, query, body)


def _strict(raw: dict[str, Any]) -> dict[str, Any]:
    """The description with Discord's documentation applied and unknown fields refused."""
    made: dict[str, Any] = copy.deepcopy(raw)
    schemas = made["components"]["schemas"]
    schemas["SnowflakeType"]["type"] = ["string", "integer"]
    for name in ("MessageCreateRequest", "MessageEditRequestPartial"):
        schemas[name]["properties"]["content"]["maxLength"] = _CONTENT_LIMIT
    for name in _NSFW:
        schemas[name]["properties"]["nsfw"] = {"type": "boolean"}
    for schema in schemas.values():
        known = schema.get("properties", {})
        if {"content", "components", "attachments", "allowed_mentions"} <= known.keys():
            known.setdefault("tts", {"type": "boolean"})  # the library says it in edits too
    for schema in schemas.values():
        _close(schema)
    for path in made["paths"].values():
        _close(path)
    return made


def _close(node: Any) -> None:
    if isinstance(node, list):
        for each in node:
            _close(each)
    if not isinstance(node, dict):
        return
    if "oneOf" in node:  # several may fit; the description means at least one
        node["anyOf"] = [*node.get("anyOf", []), *node.pop("oneOf")]
    if isinstance(node.get("properties"), dict) and "additionalProperties" not in node:
        node["additionalProperties"] = False
    for key, each in list(node.items()):
        if key != "allOf" or "enum" not in node:
            _close(each)


@lru_cache(maxsize=1)
def _parsed() -> DiscordSpec:
    return DiscordSpec(specs.load(specs.DISCORD))


def discord_spec() -> DiscordSpec:
    """The description, read once; skips the running test if it is not there."""
    return _parsed()

"""Telegram's HTML: what people see, the entities behind it, and where it is wrong.

Rules from the Bot API's formatting section. Telegram refuses unknown, unclosed and crossed tags.
It lets a bare `&` or `>` pass, but its documentation asks to escape them, so they are reported.
Offsets and lengths of entities count UTF-16 units; the limit on text counts code points.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_TOKEN = re.compile(r"<[^<>]*>|&[^\s&;<>]*;|[^<&>]+|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[a-z-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_ALONE = {"code", "pre"}


@dataclass(slots=True)
class Parsed:
    """Text as a person reads it, its entities, and what was wrong.

    `error` is what Telegram refuses; `careless` is what it lets pass but asks us not to send.
    """

    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None
    careless: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


def utf16(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le")) // 2


def parse(source: str, mode: str | None) -> Parsed:
    """Read a text in one of Telegram's parse modes (HTML or none; the others are reported)."""
    if not mode:
        return _trimmed(Parsed(text=source))
    if mode.lower() != "html":
        return Parsed(text=source, careless=[f"parse_mode {mode} is not one this server can check"])
    return _trimmed(_Reader(source).read())


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._open: list[_Open] = []
        self._out = Parsed()

    def read(self) -> Parsed:
        for token in _TOKEN.finditer(self._source):
            problem = self._take(token.group())
            if problem:
                offset = len(self._source[: token.start()].encode())
                self._out.error = f"{problem} at byte offset {offset}"
                return self._out
        if self._open:
            self._out.error = (
                f'can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            )
        return self._out

    def _take(self, token: str) -> str | None:
        if token.startswith("<"):
            match = _TAG.fullmatch(token)
            if not match:
                return f'unsupported start tag "{token[1:20]}"'
            closing, name, attributes = match.group(1), match.group(2).lower(), match.group(3)
            return self._close(name) if closing else self._begin(name, attributes)
        if token.startswith("&"):
            self._entity(token)
        else:
            if token == ">":
                self._out.careless.append('an unescaped ">"')
            self._out.text += token
        return None

    def _entity(self, token: str) -> None:
        if _ENTITY.fullmatch(token):
            self._out.text += unescape(token)
            return
        self._out.careless.append(f"an unescaped or unknown {token!r}")
        self._out.text += token

    def _begin(self, name: str, raw: str) -> str | None:
        if name not in _TAGS:
            return f'unsupported start tag "{name}"'
        attributes = {m[1]: unescape(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(raw)}
        problem = self._unfit(name, attributes)
        if problem:
            return problem
        self._open.append(_Open(name, utf16(self._out.text), attributes))
        return None

    def _unfit(self, name: str, attributes: dict[str, str]) -> str | None:
        inside = {each.tag for each in self._open}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            return 'tag "span" must have class "tg-spoiler"'
        if name == "tg-time":
            if not attributes.get("unix", "").lstrip("-").isdigit():
                return 'tag "tg-time" must have a whole number in "unix"'
            if not _TIME_FORMAT.fullmatch(attributes.get("format", "")):
                return 'invalid "format" of tag "tg-time"'
        if name == "blockquote" and "blockquote" in inside:
            return "blockquote entities can't be nested"
        if inside & _ALONE and not (name == "code" and "pre" in inside):
            self._out.careless.append(f"<{name}> inside <code> or <pre> has no effect")
        if name == "a" and not attributes.get("href"):
            self._out.careless.append("<a> without href has no effect")
        return None

    def _close(self, name: str) -> str | None:
        if not self._open:
            return f'unexpected end tag "{name}"'
        last = self._open.pop()
        if last.tag != name:
            return f'unmatched end tag, expected "</{last.tag}>", found "</{name}>"'
        length = utf16(self._out.text) - last.start
        if length:
            self._out.entities.append(_entity(last, length))
        return None


def _entity(tag: _Open, length: int) -> dict[str, Any]:
    made: dict[str, Any] = {"type": _TAGS[tag.tag], "offset": tag.start, "length": length}
    if tag.tag == "a":
        made["url"] = tag.attributes.get("href", "")
    if tag.tag == "blockquote" and "expandable" in tag.attributes:
        made["type"] = "expandable_blockquote"
    if tag.tag == "tg-emoji":
        made["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
    if tag.tag == "tg-time":
        made["unix_time"] = int(tag.attributes["unix"])
        made["date_time_format"] = tag.attributes.get("format", "")
    return made


def _trimmed(parsed: Parsed) -> Parsed:
    """Cut the white space around a text, as the server does, and move the entities with it."""
    lead = utf16(parsed.text) - utf16(parsed.text.lstrip())
    parsed.text = parsed.text.strip()
    end = utf16(parsed.text)
    kept = []
    for each in sorted(parsed.entities, key=lambda one: (one["offset"], -one["length"])):
        start = max(0, each["offset"] - lead)
        length = min(each["offset"] - lead + each["length"], end) - start
        if length > 0:
            kept.append(each | {"offset": start, "length": length})
    parsed.entities = kept
    return parsed

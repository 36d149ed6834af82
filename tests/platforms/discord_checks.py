"""Limits of Discord that its description does not state: components, embeds, who is notified.

Each check raises `RefusalError` with what Discord would say and the kind of rule that was broken.
"""

import re
from typing import Any

from tests.platforms.discord_world import COMPONENTS_V2, RefusalError, walk

INVALID = "Invalid Form Body"
EMBED_TOTAL = 6000
ROWS = 5
COMPONENTS = 40
DISPLAY_TOTAL = 4000
FILE_LIMIT = 10 * 1024 * 1024
REQUEST_LIMIT = 25 * 1024 * 1024
LINK, PREMIUM = 5, 6
SELECTS = {3, 5, 6, 7, 8}
_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_PING = re.compile(r"<@!?(\d+)>|<@&(\d+)>|@(everyone|here)")


def bad(problem: str, kind: str) -> RefusalError:
    """The answer to a body that is wrong."""
    return RefusalError(400, 50035, f"{INVALID}: {problem}", kind)


def check_message(body: dict[str, Any], *, files: int, edit: bool = False) -> None:
    """Check the limits of a message that is sent, or of the changed parts of one."""
    components = body.get("components") or []
    new_look = bool((body.get("flags") or 0) & COMPONENTS_V2)
    if new_look and any(body.get(key) for key in ("content", "embeds", "poll", "sticker_ids")):
        raise bad("content and embeds cannot go with components v2", "bad_components")
    parts = ("content", "embeds", "components", "poll", "sticker_ids", "attachments")
    if not edit and not files and not any(body.get(key) for key in parts):
        raise RefusalError(400, 50006, "Cannot send an empty message", "empty_message")
    _check_embeds(body.get("embeds") or [])
    _check_layout(components, new_look=new_look, edit=edit)
    _check_parts(components)


def _check_embeds(embeds: list[dict[str, Any]]) -> None:
    total = 0
    for each in embeds:
        total += len(each.get("title") or "") + len(each.get("description") or "")
        total += len((each.get("footer") or {}).get("text") or "")
        total += len((each.get("author") or {}).get("name") or "")
        total += sum(len(one["name"]) + len(one["value"]) for one in each.get("fields") or [])
    if total > EMBED_TOTAL:
        raise bad(f"embeds have {total} characters, more than {EMBED_TOTAL}", "too_long")


def _check_layout(components: list[dict[str, Any]], *, new_look: bool, edit: bool) -> None:
    every = walk(components)
    if len(every) > COMPONENTS:
        raise bad(f"{len(every)} components, more than {COMPONENTS}", "bad_components")
    shown = sum(len(each["content"]) for each in every if each["type"] == 10)
    if shown > DISPLAY_TOTAL:
        raise bad(f"text components have {shown} characters", "too_long")
    if not new_look and not edit and any(each["type"] != 1 for each in components):
        raise bad("these components need the components v2 flag", "bad_components")
    if not new_look and len(components) > ROWS:
        raise bad(f"{len(components)} rows, more than {ROWS}", "bad_components")
    for each in every:
        inner = each.get("components", [])
        if each["type"] == 1 and len(inner) > 1 and any(one["type"] in SELECTS for one in inner):
            raise bad("a select must have its row to itself", "bad_components")


def _check_parts(components: list[dict[str, Any]]) -> None:
    ids: list[str] = [each["custom_id"] for each in walk(components) if each.get("custom_id")]
    if len(ids) != len(set(ids)):
        raise bad("custom_id is not unique in the message", "bad_components")
    for each in walk(components):
        if each["type"] == 2:
            _check_button(each)
        if each["type"] == 3:
            values = [option["value"] for option in each["options"]]
            if len(values) != len(set(values)):
                raise bad("an option value comes twice in a select", "bad_components")


def _check_button(button: dict[str, Any]) -> None:
    link = button["style"] == LINK
    if link != bool(button.get("url")) or (link and button.get("custom_id")):
        raise bad("a link button has a url and no custom_id, others have none", "bad_components")
    if button["style"] < LINK and not button.get("custom_id"):
        raise bad("a button must have a custom_id", "bad_components")
    if button["style"] != PREMIUM and not (button.get("label") or button.get("emoji")):
        raise bad("a button must have a label or an emoji", "bad_components")


def check_modal(modal: dict[str, Any]) -> None:
    """Check a form: 1 to 5 parts, each with an id of its own."""
    if not 1 <= len(modal["components"]) <= ROWS:
        raise bad("a modal has 1 to 5 components", "bad_components")
    ids = [each["custom_id"] for each in walk(modal["components"]) if each.get("custom_id")]
    if len(ids) != len(set(ids)):
        raise bad("custom_id is not unique in the modal", "bad_components")


def check_commands(commands: list[dict[str, Any]]) -> None:
    """Check the names, counts and sizes of slash commands."""
    names = [(each.get("type") or 1, each["name"]) for each in commands]
    if len(names) != len(set(names)):
        raise bad("a command name comes twice", "bad_command")
    for each in commands:
        if (each.get("type") or 1) == 1:
            _check_names(each)
            if not each.get("description"):
                raise bad(f"command {each['name']} has no description", "bad_command")
        if _size(each) > 8000:
            raise bad(f"command {each['name']} has more than 8000 characters", "bad_command")


def _check_names(command: dict[str, Any]) -> None:
    if not _COMMAND_NAME.fullmatch(command["name"]) or command["name"] != command["name"].lower():
        raise bad(f"command name {command['name']!r} is not allowed", "bad_command")
    needed = [bool(each.get("required")) for each in command.get("options") or []]
    if needed != sorted(needed, reverse=True):
        raise bad("required options come before the others", "bad_command")
    for each in command.get("options") or []:
        _check_names(each)


def _size(command: dict[str, Any]) -> int:
    own = len(command["name"]) + len(command.get("description") or "")
    own += sum(len(each["name"]) + len(str(each["value"])) for each in command.get("choices") or [])
    return own + sum(_size(each) for each in command.get("options") or [])


def pings(content: str, allowed: dict[str, Any] | None) -> list[int | str]:
    """Who a text notifies: user ids, "role" ids as "&id", or "everyone"."""
    found: list[int | str] = []
    for match in _PING.finditer(content):
        user, role, everyone = match.groups()
        if user and _allows(allowed, "users", user):
            found.append(int(user))
        elif role and _allows(allowed, "roles", role):
            found.append(f"&{role}")
        elif everyone and _allows(allowed, "everyone", None):
            found.append("everyone")
    return found


def _allows(allowed: dict[str, Any] | None, sort: str, number: str | None) -> bool:
    if allowed is None:
        return True
    if sort in (allowed.get("parse") or []):
        return True
    return number is not None and number in {str(each) for each in allowed.get(sort) or []}

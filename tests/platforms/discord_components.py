"""Components and embeds as Discord keeps them: numbered, without empty fields, defaults filled in."""

from typing import Any

from tests.platforms.discord_world import walk

_SELECTS = {3, 5, 6, 7, 8}
_DEFAULTS: dict[int, dict[str, Any]] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in _SELECTS},
    11: {"description": None, "spoiler": False},
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}


def kept(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The components of a sent message as they come back in events."""
    made = [_kept(each) for each in components]
    for number, each in enumerate(walk(made), start=1):
        each["id"] = each.get("id") or number
    return made


def _kept(part: dict[str, Any]) -> dict[str, Any]:
    made = {key: value for key, value in part.items() if value is not None and key != "required"}
    made = _DEFAULTS.get(part["type"], {}) | made
    for key in ("components", "items"):
        if key in made:
            made[key] = [_kept(each) if "type" in each else _item(each) for each in made[key]]
    for key in ("component", "accessory"):
        if key in made:
            made[key] = _kept(made[key])
    return _item(made)


def _item(part: dict[str, Any]) -> dict[str, Any]:
    for key in ("media", "file"):
        if key in part:
            url = part[key]["url"]
            part = part | {key: {"id": "1", "url": url, "proxy_url": url}}
    return part


def kept_embeds(embeds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The embeds of a sent message as they come back in events."""
    return [{"type": "rich"} | each for each in embeds]


def attachments_named(body: dict[str, Any]) -> set[str]:
    """The names of the files that components and embeds of a message point at."""
    parts = [*walk(body.get("components") or []), *(body.get("embeds") or [])]
    parts += [item for part in parts for item in part.get("items") or []]
    links = [part.get(key) for part in parts for key in ("media", "file", "image", "thumbnail")]
    urls = [link["url"] for link in links if isinstance(link, dict) and "url" in link]
    return {each.removeprefix("attachment://") for each in urls if each.startswith("attachment:")}

"""Slash commands as a person's Discord offers them: which there are here, and what they send."""

from typing import Any

from tests.platforms.discord_state import State
from tests.platforms.discord_world import Channel, User
from tests.platforms.discord_writing import keep_file

SUB, SUB_GROUP, STRING, INTEGER, BOOLEAN, USER = 1, 2, 3, 4, 5, 6
ROLE, NUMBER, ATTACHMENT = 8, 10, 11
IN_GUILD, IN_BOT_DM, ELSEWHERE = 0, 1, 2
_TYPES: dict[int, type | tuple[type, ...]] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    NUMBER: (int, float),
}
Given = dict[str, Any]
Found = dict[str, dict[str, Any]]
"""What the options name, as objects, by kind and id."""


def context_of(state: State, channel: Channel) -> int:
    """Where an interaction happens: a guild, the bot's own DM, or another private channel."""
    if channel.guild is not None:
        return IN_GUILD
    return IN_BOT_DM if state.bot in channel.people else ELSEWHERE


def find(state: State, words: str, user: User, channel: Channel) -> dict[str, Any]:
    """The command a person means by its first word, if it is offered to them here."""
    name = words.split(maxsplit=1)[0]
    guild_id = channel.guild.id if channel.guild else None
    offered = [*state.commands.get(guild_id, []), *state.commands.get(None, [])]
    for command in offered:
        if command["name"] == name and command["type"] == 1:
            _check_offered(state, command, user, channel)
            return command
    raise AssertionError(f"no command {name!r}; there are {[each['name'] for each in offered]}")


def _check_offered(state: State, command: dict[str, Any], user: User, channel: Channel) -> None:
    contexts = command.get("contexts")
    here = context_of(state, channel)
    if contexts is not None and here not in contexts:
        raise AssertionError(f"/{command['name']} is not offered in context {here}")
    installs = command.get("integration_types") or [0]
    by_guild = 0 in installs and (here == IN_BOT_DM or bool(channel.guild and _inside(channel)))
    if not by_guild and not (1 in installs and user.installed):
        raise AssertionError(f"/{command['name']} is not installed for {user.name} here")
    needed = int(command.get("default_member_permissions") or 0)
    guild = channel.guild
    if guild and command["name"] not in guild.opened and needed & ~guild.allows(user):
        raise AssertionError(f"/{command['name']} is not shown to {user.name} here")


def _inside(channel: Channel) -> bool:
    return channel.guild is not None and channel.guild.bot_inside


def data_for(
    state: State, command: dict[str, Any], words: str, given: Given, *, focused: str | None = None
) -> dict[str, Any]:
    """The `data` of the interaction: the command, its subcommand, and its options."""
    data: dict[str, Any] = {"id": command["id"], "name": command["name"], "type": 1}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    known: list[dict[str, Any]] = command.get("options") or []
    place = data
    for word in words.split()[1:]:
        sub = next((each for each in known if each["name"] == word), None)
        if sub is None or sub["type"] not in {SUB, SUB_GROUP}:
            raise AssertionError(f"/{command['name']} has no subcommand {word!r}")
        inner: dict[str, Any] = {"name": word, "type": sub["type"]}
        place["options"] = [inner]
        place, known = inner, sub.get("options") or []
    if any(each["type"] in {SUB, SUB_GROUP} for each in known):
        raise AssertionError(f"/{words} needs a subcommand: {[each['name'] for each in known]}")
    found: Found = {}
    place["options"] = _options(state, known, given, found, focused)
    if found:
        data["resolved"] = found
    return data


def _options(
    state: State,
    known: list[dict[str, Any]],
    given: Given,
    found: Found,
    focused: str | None,
) -> list[dict[str, Any]]:
    by_name = {each["name"]: each for each in known}
    for name in given:
        if name not in by_name:
            raise AssertionError(f"no option {name!r}; there are {list(by_name)}")
    missing = [n for n, each in by_name.items() if each.get("required") and n not in given]
    if missing and focused is None:
        raise AssertionError(f"needed and not given: {missing}")
    return [
        _option(state, by_name[name], value, found) | ({"focused": True} if name == focused else {})
        for name, value in given.items()
    ]


def _option(state: State, known: dict[str, Any], value: Any, found: Found) -> dict[str, Any]:
    if known["type"] == ATTACHMENT:
        name, content = value
        made = keep_file(state, name, "application/octet-stream", content)
        found.setdefault("attachments", {})[made["id"]] = made
        value = made["id"]
    elif known["type"] == USER:
        found.setdefault("users", {})[str(value.id)] = state.users[value.id].as_json()
        value = str(value.id)
    elif known["type"] == ROLE:
        found.setdefault("roles", {})[str(value.id)] = value.as_json()
        value = str(value.id)
    wanted = _TYPES.get(known["type"])
    if wanted is not None and not isinstance(value, wanted):
        raise AssertionError(f"option {known['name']!r} takes {wanted}, not {value!r}")
    choices = known.get("choices")
    if choices:
        value = next((c["value"] for c in choices if value in {c["name"], c["value"]}), None)
        if value is None:
            raise AssertionError(f"option {known['name']!r} takes one of {choices}")
    return {"name": known["name"], "type": known["type"], "value": value}

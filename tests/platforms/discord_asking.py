"""Routes that ask or set something: who the bot is, its commands, its direct-message channels."""

from collections.abc import Callable
from typing import Any

from tests.platforms import discord_answering as answering
from tests.platforms import discord_clubs as clubs
from tests.platforms import discord_writing as writing
from tests.platforms.discord_checks import check_commands
from tests.platforms.discord_spec import Operation, discord_spec
from tests.platforms.discord_state import State
from tests.platforms.discord_world import RefusalError
from tests.platforms.discord_writing import Parts, Upload

Handler = Callable[[State, Parts, Any, list[Upload]], Any]


def answer(state: State, operation: Operation, body: Any, files: list[Upload]) -> Any:
    """What a route answers, by name; routes nobody wrote out give their smallest answer."""
    handler = _HANDLERS.get(operation.name)
    if handler is not None:
        return handler(state, operation.parts, body, files)
    if "channel_id" in operation.parts:
        state.channel(operation.parts["channel_id"])
    return discord_spec().smallest_answer(operation)


def _me(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    return state.bot.as_json() | {"mfa_enabled": False, "locale": "en-US", "verified": True}


def _application(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    return {
        "id": str(state.application_id),
        "name": state.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": state.bot.as_json(),
        "team": None,
        "interactions_endpoint_url": None,
    }


def _gateway(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    url = state.url().replace("http", "ws") + "/gateway"
    return {"url": url, "shards": 1, "session_start_limit": limits}


def _user(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    found = state.users.get(int(parts["user_id"]))
    if found is None:
        raise RefusalError(404, 10013, "Unknown User", "unknown_user")
    return found.as_json()


def _member(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    guild = state.guilds.get(int(parts["guild_id"]))
    if guild is None or not guild.bot_inside:
        raise RefusalError(403, 50001, "Missing Access")
    found = guild.members.get(int(parts["user_id"]))
    if found is None:
        raise RefusalError(404, 10007, "Unknown Member")
    return guild.member_json(found)


def _direct(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    found = state.users.get(int(body.get("recipient_id") or 0))
    if found is None:
        raise RefusalError(400, 50033, "Invalid Recipient(s)", "unknown_user")
    if not found.known:
        state.break_rule("cold_dm", "create_dm", f"{found.name} never used the bot")
    return state.direct(found).as_json()


def _channel(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    return state.channel(parts["channel_id"]).as_json()


def _place(parts: Parts) -> int | None:
    return int(parts["guild_id"]) if "guild_id" in parts else None


def _set_commands(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    check_commands(body or [])
    made = [_command(state, parts, each) for each in body or []]
    state.commands[_place(parts)] = made
    state.bell.ring()
    return made


def _add_command(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    check_commands([body])
    made = _command(state, parts, body)
    others = [e for e in state.commands.get(_place(parts), []) if e["name"] != body["name"]]
    state.commands[_place(parts)] = [*others, made]
    state.bell.ring()
    return made


def _command(state: State, parts: Parts, body: dict[str, Any]) -> dict[str, Any]:
    number = str(state.new_id())
    made: dict[str, Any] = {
        "id": number,
        "version": number,
        "application_id": str(state.application_id),
    }
    made |= {"type": 1, "description": "", "default_member_permissions": None} | body
    allowed = made["default_member_permissions"]
    made["default_member_permissions"] = None if allowed is None else str(allowed)
    return made | ({"guild_id": parts["guild_id"]} if "guild_id" in parts else {})


def _list_commands(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    return state.commands.get(_place(parts), [])


def _leave(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    guild = state.guilds.get(int(parts["guild_id"]))
    if guild is None or not guild.bot_inside:
        raise RefusalError(404, 10004, "Unknown Guild")
    guild.bot_inside = False
    guild.members.pop(state.bot.id, None)
    state.gateway.emit("GUILD_DELETE", {"id": str(guild.id)})


_HANDLERS: dict[str, Handler] = {
    "get_my_user": _me,
    "get_my_application": _application,
    "get_my_oauth2_application": _application,
    "get_gateway": _gateway,
    "get_bot_gateway": _gateway,
    "get_user": _user,
    "get_guild_member": _member,
    "create_dm": _direct,
    "get_channel": _channel,
    "update_channel": writing.change_channel,
    "leave_guild": _leave,
    "create_thread_from_message": clubs.start_thread,
    "list_guild_scheduled_events": clubs.list_events,
    "create_guild_scheduled_event": clubs.make_event,
    "get_guild_scheduled_event": clubs.get_event,
    "update_guild_scheduled_event": clubs.change_event,
    "delete_guild_scheduled_event": clubs.delete_event,
    "bulk_set_application_commands": _set_commands,
    "bulk_set_guild_application_commands": _set_commands,
    "create_application_command": _add_command,
    "create_guild_application_command": _add_command,
    "list_application_commands": _list_commands,
    "list_guild_application_commands": _list_commands,
    "create_message": writing.create_message,
    "get_message": writing.get_message,
    "list_messages": writing.list_messages,
    "update_message": writing.edit_message,
    "delete_message": writing.delete_message,
    "trigger_typing_indicator": writing.type_in,
    "create_interaction_response": answering.respond,
    "execute_webhook": answering.follow_up,
    "get_original_webhook_message": answering.get_original,
    "get_webhook_message": answering.get_original,
    "update_original_webhook_message": answering.edit_original,
    "update_webhook_message": answering.edit_original,
    "delete_original_webhook_message": answering.delete_original,
    "delete_webhook_message": answering.delete_original,
}

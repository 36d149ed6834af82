"""Routes that a club needs besides messages: threads below a post, and the guild's own calendar."""

from datetime import datetime
from typing import Any

from tests.platforms.discord_state import State
from tests.platforms.discord_world import (
    CREATE_EVENTS,
    CREATE_PUBLIC_THREADS,
    MANAGE_EVENTS,
    THREAD,
    Channel,
    Guild,
    RefusalError,
    ScheduledEvent,
)
from tests.platforms.discord_writing import Parts, Upload

EXTERNAL, GUILD_ONLY, SCHEDULED, CANCELLED = 3, 2, 1, 4


def start_thread(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer create_thread_from_message: a thread has the number of its message, and comes once."""
    channel = state.channel(parts["channel_id"])
    message = channel.find(int(parts["message_id"]))
    if channel.guild is None or channel.type == THREAD:
        raise RefusalError(400, 50024, "Cannot execute action on this channel type", "bad_thread")
    if message is None:
        raise RefusalError(404, 10008, "Unknown Message", "unknown_message")
    if not channel.permissions & CREATE_PUBLIC_THREADS:
        raise RefusalError(403, 50013, "Missing Permissions")
    if message.id in state.channels:
        raise RefusalError(400, 160004, "A thread has already been created for this message")
    made = Channel(message.id, THREAD, body["name"], channel.guild, channel)
    channel.guild.channels.append(made)
    state.channels[made.id] = made
    state.gateway.emit("THREAD_CREATE", made.as_json())
    state.bell.ring()
    return made.as_json()


def list_events(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer list_guild_scheduled_events."""
    return [each.as_json(state.bot) for each in _guild(state, parts).events.values()]


def get_event(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer get_guild_scheduled_event."""
    return _event(state, parts).as_json(state.bot)


def make_event(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer create_guild_scheduled_event, for those at some place outside of Discord."""
    guild = _allowed(state, parts)
    _check(state, body)
    made = ScheduledEvent(
        state.new_id(),
        guild,
        body["name"],
        body["scheduled_start_time"],
        body["scheduled_end_time"],
        body["entity_metadata"]["location"],
        body.get("description") or "",
    )
    guild.events[made.id] = made
    state.bell.ring()
    return made.as_json(state.bot)


def change_event(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer update_guild_scheduled_event."""
    _allowed(state, parts)
    event = _event(state, parts)
    if event.status != SCHEDULED:
        raise RefusalError(400, 180000, "Cannot update a finished event")
    if "scheduled_start_time" in body:
        _check(state, event.as_json(state.bot) | body)
    event.name = body.get("name", event.name)
    event.description = body.get("description", event.description) or ""
    event.starts_at = body.get("scheduled_start_time", event.starts_at)
    event.ends_at = body.get("scheduled_end_time", event.ends_at)
    event.location = (body.get("entity_metadata") or {}).get("location", event.location)
    event.status = body.get("status", event.status)
    state.bell.ring()
    return event.as_json(state.bot)


def delete_event(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer delete_guild_scheduled_event."""
    guild = _allowed(state, parts)
    del guild.events[_event(state, parts).id]
    state.bell.ring()


def _guild(state: State, parts: Parts) -> Guild:
    guild = state.guilds.get(int(parts["guild_id"]))
    if guild is None or not guild.bot_inside:
        raise RefusalError(403, 50001, "Missing Access")
    return guild


def _allowed(state: State, parts: Parts) -> Guild:
    guild = _guild(state, parts)
    if not guild.permissions & (CREATE_EVENTS | MANAGE_EVENTS):
        raise RefusalError(403, 50013, "Missing Permissions")
    return guild


def _event(state: State, parts: Parts) -> ScheduledEvent:
    event = _guild(state, parts).events.get(int(parts["guild_scheduled_event_id"]))
    if event is None:
        raise RefusalError(404, 10070, "Unknown Guild Scheduled Event")
    return event


def _check(state: State, body: dict[str, Any]) -> None:
    """What the documentation asks of an event that takes place outside of Discord."""
    where = (body.get("entity_metadata") or {}).get("location")
    if body.get("privacy_level") != GUILD_ONLY or not where or not body.get("scheduled_end_time"):
        raise RefusalError(400, 50035, "Invalid Form Body: where and until when?", "bad_event")
    starts = datetime.fromisoformat(body["scheduled_start_time"])
    ends = datetime.fromisoformat(body["scheduled_end_time"])
    if starts.timestamp() <= state.now() or ends <= starts:
        raise RefusalError(400, 50035, "Invalid Form Body: schedule it for the future", "bad_event")

"""Routes that write to channels: send, edit, delete, type, attach."""

from dataclasses import dataclass
from typing import Any

from tests.platforms.discord_checks import FILE_LIMIT, REQUEST_LIMIT, check_message
from tests.platforms.discord_components import attachments_named
from tests.platforms.discord_state import NONCE_WINDOW, State
from tests.platforms.discord_world import (
    SEND_MESSAGES_IN_THREADS,
    THREAD,
    Channel,
    Message,
    RefusalError,
)

Parts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a call; `part` is its number in `files[n]`."""

    part: str
    name: str
    mime: str
    data: bytes


def create_message(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer create_message, once for each nonce."""
    channel = state.channel_to_write(parts["channel_id"], body, len(files))
    check_message(body, files=len(files))
    state.check_house("create_message", body, nonce=True)
    nonce = body.get("nonce")
    if nonce and body.get("enforce_nonce") and nonce in state.nonces:
        at, first = state.nonces[nonce]
        if state.now() - at <= NONCE_WINDOW:
            state.deduped += 1
            if first.deleted:
                raise RefusalError(404, 10008, "Unknown Message")
            return first.as_json()
    message = state.post(channel, state.bot, body, reply_to=_reply(channel, body))
    attach(state, message, body, files)
    if nonce:
        state.nonces[nonce] = (state.now(), message)
    return message.as_json()


def _reply(channel: Channel, body: dict[str, Any]) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    found = channel.find(int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        raise RefusalError(400, 50035, "Invalid Form Body: Unknown message", "unknown_message")
    return found


def attach(state: State, message: Message, body: dict[str, Any], files: list[Upload]) -> None:
    """Keep the files of a call on its message, with the descriptions the body gives them."""
    if sum(len(each.data) for each in files) > REQUEST_LIMIT or any(
        len(each.data) > FILE_LIMIT for each in files
    ):
        raise RefusalError(413, 40005, "Request entity too large", "bad_file")
    said = {str(each["id"]): each for each in body.get("attachments") or []}
    for each in files:
        about = said.get(each.part, {})
        name = about.get("filename") or each.name
        message.attachments.append(
            keep_file(state, name, each.mime, each.data, about.get("description"))
        )
    missing = attachments_named(body) - {each["filename"] for each in message.attachments}
    if missing:
        state.break_rule("bad_file", "a message", f"it shows {sorted(missing)}, not attached")


def keep_file(
    state: State, name: str, mime: str, data: bytes, description: str | None = None
) -> dict[str, Any]:
    """Keep a file where the bot and people can fetch it; gives the attachment object."""
    number = state.new_id()
    state.files[number] = data
    url = f"{state.url()}/files/{number}/{name}"
    made = {"id": str(number), "filename": name, "size": len(data), "content_type": mime}
    made |= {"url": url, "proxy_url": url}
    return made | ({"description": description} if description else {})


def edited(
    state: State, call: str, message: Message, body: dict[str, Any], files: list[Upload]
) -> None:
    """Check and make a change to a message of the bot."""
    check_message(body, files=len(files), edit=True)
    state.check_house(call, body, nonce=False)
    if body.get("attachments") is not None:
        kept = {str(each["id"]) for each in body["attachments"]}
        message.attachments = [each for each in message.attachments if each["id"] in kept]
    attach(state, message, body, files)
    state.change(message, body)


def _own(state: State, parts: Parts) -> Message:
    message = state.channel(parts["channel_id"]).find(int(parts["message_id"]))
    if message is None:
        raise RefusalError(404, 10008, "Unknown Message", "unknown_message")
    return message


def get_message(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer get_message."""
    return _own(state, parts).as_json()


def list_messages(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer list_messages, newest first."""
    found = state.channel(parts["channel_id"]).messages
    open_to_all = [each for each in found if not each.deleted and not each.ephemeral_for]
    return [each.as_json() for each in reversed(open_to_all[-50:])]


def edit_message(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer update_message: only the bot's own can be changed."""
    message = _own(state, parts)
    if message.author is not state.bot:
        raise RefusalError(
            403, 50005, "Cannot edit a message authored by another user", "wrong_edit"
        )
    if message.channel.archived:
        raise RefusalError(400, 50083, "Thread is archived")
    edited(state, "update_message", message, body, files)
    return message.as_json()


def delete_message(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer delete_message."""
    message = _own(state, parts)
    if message.author is not state.bot:
        raise RefusalError(403, 50013, "Missing Permissions", "wrong_edit")
    message.deleted = True
    gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
    guild = message.channel.guild
    state.gateway.emit("MESSAGE_DELETE", gone | ({"guild_id": str(guild.id)} if guild else {}))
    state.bell.ring()


def change_channel(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer update_channel: of a thread the bot may change the name, and open it again."""
    channel = state.channel(parts["channel_id"])
    if channel.type != THREAD or not channel.permissions & SEND_MESSAGES_IN_THREADS:
        raise RefusalError(403, 50013, "Missing Permissions")
    channel.archived = body.get("archived", channel.archived)
    channel.name = body.get("name") or channel.name
    state.gateway.emit("THREAD_UPDATE", channel.as_json())
    state.bell.ring()
    return channel.as_json()


def type_in(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer trigger_typing_indicator."""
    state.typing.append(state.channel_to_write(parts["channel_id"], {}, 0))
    state.bell.ring()

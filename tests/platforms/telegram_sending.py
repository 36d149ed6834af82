"""Methods that write: send, edit, delete, and the pictures and files that go with them."""

from typing import Any

from tests.platforms.telegram_checks import (
    check_markup,
    check_upload,
    picture_size,
    read_text,
)
from tests.platforms.telegram_spec import telegram_spec
from tests.platforms.telegram_state import State
from tests.platforms.telegram_world import Chat, Message, RefusalError, StoredFile

MEDIA = {
    "sendPhoto": "photo",
    "sendAnimation": "animation",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendVoice": "voice",
}
Files = dict[str, tuple[str, str, bytes]]  # part name -> file name, kind of content, content
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def send_text(state: State, method: str, params: dict[str, Any], files: Files) -> Any:
    """Answer sendMessage."""
    state.check_allowed(state.chat_to_write(params["chat_id"]), "messages")
    more = _common(state, method, params)
    return _posted(state, params, more | _words(state, method, params, "text"))


def send_media(state: State, method: str, params: dict[str, Any], files: Files) -> Any:
    """Answer sendPhoto and its like: an upload, or a file Telegram already has."""
    kind = MEDIA[method]
    state.check_allowed(state.chat_to_write(params["chat_id"]), f"{kind}s")
    more = _common(state, method, params) | _words(state, method, params, "caption")
    more |= _media(state, kind, params.get(kind), files, kind)
    return _posted(state, params, more)


def send_other(state: State, method: str, params: dict[str, Any], files: Files) -> Any:
    """Answer any other method that sends one message."""
    more = _common(state, method, params)
    kind = method.removeprefix("send").lower()
    extra: dict[str, Any] = {}
    if kind == "location":
        extra = {"location": {key: params[key] for key in ("latitude", "longitude")}}
    elif kind == "poll":
        extra = {"poll": _poll(params)}
    elif kind in telegram_spec().fields("Message"):
        extra = {
            kind: telegram_spec().smallest(telegram_spec().fields("Message")[kind]["types"][0])
        }
    return _posted(state, params, more | {"extra": extra})


def send_album(state: State, method: str, params: dict[str, Any], files: Files) -> Any:
    """Answer sendMediaGroup: each picture is a message of its own."""
    more = _common(state, method, params)
    sent = []
    for item in params["media"]:
        words = _words(state, method, item, "caption")
        media = _media(state, item["type"], item["media"], files, item["media"])
        sent.append(_posted(state, params, more | words | media))
    return sent


def _posted(state: State, params: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    chat = state.chat_to_write(params["chat_id"])
    return state.post(chat, state.bot, **more).as_json()


def _common(state: State, method: str, params: dict[str, Any]) -> dict[str, Any]:
    """What every send shares: place, keyboard, reply, silence, audience."""
    chat = state.chat_to_write(params["chat_id"])
    markup = params.get("reply_markup")
    check_markup(markup, private=chat.owner is not None)
    thread = params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise RefusalError("message thread not found", kind="unknown_topic")
    made: dict[str, Any] = {"thread_id": thread, "markup": markup}
    made["silent"] = params.get("disable_notification", False)
    made["reply_to"] = _replied(chat, params.get("reply_parameters"))
    wanted = params.get("ephemeral_message_parameters")
    if wanted is not None:
        if chat.owner is not None:
            raise RefusalError("ephemeral messages are for groups", kind="not_allowed")
        made["ephemeral_for"] = state.check_ephemeral(chat, wanted)
    return made


def _replied(chat: Chat, reply: dict[str, Any] | None) -> Message | None:
    if not reply or "message_id" not in reply:
        return None
    found = chat.find(reply["message_id"])
    if found is None and not reply.get("allow_sending_without_reply"):
        raise RefusalError("message to be replied not found", kind="unknown_message")
    return found


def _words(state: State, method: str, params: dict[str, Any], key: str) -> dict[str, Any]:
    parsed, careless = read_text(params, key)
    for problem in careless:
        state.break_rule("careless_markup", method, problem)
    return {"text": parsed.text, "entities": parsed.entities, "source": params.get(key) or ""}


def _media(state: State, kind: str, value: Any, files: Files, part: str) -> dict[str, Any]:
    """Find the file that is meant: a part of this call, or one that is kept already."""
    if isinstance(value, str) and value.startswith("attach://"):
        part, value = value.removeprefix("attach://"), None
        if part not in files:
            raise RefusalError(f'file part "{part}" is missing', kind="bad_file")
    if value is None:
        name, mime, data = files[part]
        check_upload(kind, data)
        stored = state.keep_file(name, mime, data, by_bot=True)
    elif value in state.files:
        stored = state.files[value]
    else:
        raise RefusalError("wrong file identifier/HTTP URL specified", kind="bad_file")
    made = {"media": kind, "file_id": stored.file_id, "extra": {kind: media_json(kind, stored)}}
    if kind == "animation":  # Telegram sets both, for older bots
        made["extra"] = {**made["extra"], "document": media_json("document", stored)}  # type: ignore[dict-item]
    return made


def media_json(kind: str, stored: StoredFile) -> Any:
    """The object a message carries for a file of one kind."""
    base = stored.as_json()
    width, height = picture_size(stored.data)
    if kind == "photo":
        return [base | {"width": width, "height": height}]
    known = telegram_spec().fields(kind.capitalize())
    more = {"file_name": stored.name, "mime_type": stored.mime, "width": width, "height": height}
    more["duration"] = 1
    return base | {key: value for key, value in more.items() if key in known}


def _poll(params: dict[str, Any]) -> dict[str, Any]:
    poll: dict[str, Any] = telegram_spec().smallest("Poll")
    options = [
        telegram_spec().smallest("PollOption") | {"text": each["text"]}
        for each in params["options"]
    ]
    return poll | {"question": params["question"], "options": options, "type": "regular"}


def edit(state: State, method: str, params: dict[str, Any], files: Files) -> Any:
    """Answer editMessageText, -Caption, -Media and -ReplyMarkup."""
    message = _own_message(state, params)
    check_markup(params.get("reply_markup"), private=message.chat.owner is not None)
    _change(state, method.removeprefix("editMessage"), method, params, files, message)
    return message.as_json()


def edit_ephemeral(state: State, method: str, params: dict[str, Any], files: Files) -> Any:
    """Answer the same for a message that only one member sees."""
    message = _ephemeral(state, params)
    check_markup(params.get("reply_markup"), private=False)
    _change(state, method.removeprefix("editEphemeralMessage"), method, params, files, message)
    return True


def _change(
    state: State, part: str, method: str, params: dict[str, Any], files: Files, message: Message
) -> None:
    made: dict[str, Any] = {}
    if part == "Text":
        if message.media:
            raise RefusalError("there is no text in the message to edit", kind="wrong_edit")
        made = _words(state, method, params, "text")
    elif part == "Caption":
        if not message.media:
            raise RefusalError("there is no caption in the message to edit", kind="wrong_edit")
        made = _words(state, method, params, "caption")
    elif part == "Media":
        item = params["media"]
        made = _words(state, method, item, "caption")
        made |= _media(state, item["type"], item["media"], files, item["media"])
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    seen = ("text", "entities", "file_id")
    same = all(getattr(message, key) == made[key] for key in seen if key in made)
    if same and rows == message.keyboard:
        raise RefusalError(_UNCHANGED, kind="not_modified")
    for key, value in made.items():
        setattr(message, key, value)
    message.set_markup(params.get("reply_markup"))
    message.edited = int(state.now())
    state.bell.ring()


def _own_message(state: State, params: dict[str, Any]) -> Message:
    if "chat_id" not in params or "message_id" not in params:
        raise RefusalError("message identifier is not specified", kind="missing_parameter")
    chat = state.chat_to_write(params["chat_id"])
    message = chat.find(params["message_id"])
    if message is None:
        raise RefusalError("message to edit not found", kind="unknown_message")
    if message.sender is not state.bot:
        raise RefusalError("message can't be edited", kind="wrong_edit")
    return message


def _ephemeral(state: State, params: dict[str, Any]) -> Message:
    for each in state.chat_to_write(params["chat_id"]).messages:
        receiver = each.ephemeral_for
        if receiver is None or receiver.id != params["receiver_user_id"] or each.deleted:
            continue
        if each.ephemeral_id == params["ephemeral_message_id"]:
            return each
    raise RefusalError("message to edit not found", kind="unknown_message")


def delete_ephemeral(state: State, params: dict[str, Any]) -> bool:
    """Answer deleteEphemeralMessage."""
    _ephemeral(state, params).deleted = True
    state.bell.ring()
    return True


def delete(state: State, params: dict[str, Any]) -> bool:
    """Answer deleteMessage."""
    chat = state.chat(params["chat_id"])
    message = chat.find(params["message_id"])
    if message is None:
        raise RefusalError("message to delete not found", kind="unknown_message")
    own = message.sender is state.bot
    if not own and chat.owner is None and not state.is_admin(chat, state.bot):
        raise RefusalError("message can't be deleted", kind="not_allowed")
    message.deleted = True
    state.bell.ring()
    return True

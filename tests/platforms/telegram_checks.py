"""Limits of the Bot API that its types do not state: lengths, buttons, commands, pictures.

Each check raises `RefusalError` with what Telegram would say and the kind of rule that was broken.
"""

import re
from typing import Any

from tests.platforms.telegram_markup import Parsed, parse, utf16
from tests.platforms.telegram_world import RefusalError

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
CALLBACK_BYTES = 64
KEYBOARD_BUTTONS = 100
ROW_BUTTONS = 8
POPUP_LIMIT = 200
MEGABYTE = 1_000_000
SIZE_LIMITS = {"photo": 10 * MEGABYTE}
UPLOAD_LIMIT = 50 * MEGABYTE
DOWNLOAD_LIMIT = 20 * MEGABYTE
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
_LENGTHS = {  # method -> parameter -> most characters
    "setMyName": {"name": 64},
    "setMyDescription": {"description": 512},
    "setMyShortDescription": {"short_description": 120},
    "answerCallbackQuery": {"text": POPUP_LIMIT},
    "setWebhook": {"secret_token": 256},
    "createForumTopic": {"name": 128},
    "sendPoll": {"question": 300, "explanation": 200},
    "setChatMemberTag": {"tag": 16},
}
_COUNTS = {
    "setMyCommands": ("commands", 0, 100),
    "sendMediaGroup": ("media", 2, 10),
    "deleteMessages": ("message_ids", 1, 100),
    "sendPoll": ("options", 1, 12),
}
_RANGES = {("getUpdates", "limit"): (1, 100), ("getUpdates", "timeout"): (0, 50)}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_URL = re.compile(r"(https?|tg)://\S+|mailto:\S+|[\w-]+(\.[\w-]+)+(/\S*)?")
_ACTION_FIELDS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game",
    "disabled",
}  # fmt: skip
_STYLES = {"primary", "success", "danger"}


def check_call(method: str, params: dict[str, Any]) -> None:
    """Check the limits that hold for one method's plain parameters."""
    for name, most in _LENGTHS.get(method, {}).items():
        if len(params.get(name) or "") > most:
            raise RefusalError(f"{name} is too long", kind="too_long")
    if method in _COUNTS:
        name, least, most = _COUNTS[method]
        if not least <= len(params[name]) <= most:
            raise RefusalError(f"{name} must have {least} to {most} items", kind="bad_parameter")
    for (where, name), (low, high) in _RANGES.items():
        if where == method and not low <= params.get(name, low) <= high:
            raise RefusalError(f"{name} must be {low} to {high}", kind="bad_parameter")
    if method == "sendChatAction" and params["action"] not in ACTIONS:
        raise RefusalError("wrong parameter action in request", kind="bad_parameter")
    if method == "setMyCommands":
        _check_commands(params["commands"])


def _check_commands(commands: list[dict[str, Any]]) -> None:
    for each in commands:
        if not _COMMAND.fullmatch(each["command"]):
            raise RefusalError("BOT_COMMAND_INVALID", kind="bad_parameter")
        if not 1 <= len(each["description"]) <= 256:
            raise RefusalError("BOT_COMMAND_DESCRIPTION_INVALID", kind="bad_parameter")


def read_text(params: dict[str, Any], key: str) -> tuple[Parsed, list[str]]:
    """Parse the text or caption of a call; also gives the words for careless markup."""
    source = params.get(key) or ""
    mode = params.get("parse_mode")
    listed = params.get("entities" if key == "text" else "caption_entities")
    parsed = parse(source, mode)
    if parsed.error:
        raise RefusalError(f"can't parse entities: {parsed.error}", kind="bad_markup")
    if listed:
        parsed.entities = listed
    if key == "text" and not parsed.text:
        raise RefusalError("message text is empty", kind="empty_text")
    limit = TEXT_LIMIT if key == "text" else CAPTION_LIMIT
    if len(parsed.text) > limit:
        words = "message is too long" if key == "text" else "message caption is too long"
        raise RefusalError(words, kind="too_long")
    careless = list(parsed.careless)
    if len(parsed.entities) > ENTITY_LIMIT:
        careless.append(f"{len(parsed.entities)} entities, of which {ENTITY_LIMIT} are kept")
    if any(each["offset"] + each["length"] > utf16(parsed.text) for each in parsed.entities):
        careless.append("an entity that ends after the text")
    return parsed, careless


def check_markup(markup: dict[str, Any] | None, *, private: bool) -> None:
    """Check a keyboard of either sort; a missing one is fine."""
    if not markup:
        return
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= 64:
        raise RefusalError("input field placeholder has the wrong length", kind="bad_keyboard")
    rows = markup.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > KEYBOARD_BUTTONS:
        raise RefusalError("reply markup is too long", kind="bad_keyboard")
    for row in rows:
        if not 1 <= len(row) <= ROW_BUTTONS:
            raise RefusalError(f"a row must have 1 to {ROW_BUTTONS} buttons", kind="bad_keyboard")
        for button in row:
            _check_button(button, private=private)
    for row in markup.get("keyboard", []):
        for key in row:
            _check_key(key, private=private)


def _check_button(button: dict[str, Any], *, private: bool) -> None:
    if not button["text"].strip():
        raise RefusalError("inline keyboard button text must be non-empty", kind="bad_keyboard")
    if len(_ACTION_FIELDS & button.keys()) != 1:
        raise RefusalError("Text buttons are unallowed in the inline keyboard", kind="bad_keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= CALLBACK_BYTES:
        raise RefusalError("BUTTON_DATA_INVALID", kind="bad_keyboard")
    if "url" in button and not _URL.fullmatch(button["url"]):
        raise RefusalError("BUTTON_URL_INVALID", kind="bad_keyboard")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise RefusalError("BUTTON_COPY_TEXT_INVALID", kind="bad_keyboard")
    if button.get("style", "primary") not in _STYLES:
        raise RefusalError("unknown button style", kind="bad_keyboard")
    if "web_app" in button and not private:
        raise RefusalError("BUTTON_TYPE_INVALID", kind="bad_keyboard")


def _check_key(key: dict[str, Any], *, private: bool) -> None:
    if not key["text"].strip():
        raise RefusalError("keyboard button text must be non-empty", kind="bad_keyboard")
    if key.get("request_location") and not private:
        raise RefusalError("location can be requested in private chats only", kind="bad_keyboard")


def check_upload(kind: str, data: bytes) -> None:
    """Check the size of a file, and the shape of a PNG picture."""
    if not data:
        raise RefusalError("file must be non-empty", kind="bad_file")
    if len(data) > SIZE_LIMITS.get(kind, UPLOAD_LIMIT):
        raise RefusalError("Request Entity Too Large", 413, kind="bad_file")
    if kind == "photo" and data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = picture_size(data)
        ratio = max(width, height) / max(1, min(width, height))
        if width + height > 10_000 or ratio > 20 or not min(width, height):
            raise RefusalError("PHOTO_INVALID_DIMENSIONS", kind="bad_file")


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG; of anything else, 320 by 240."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return 320, 240

"""Methods that ask or set something: who is there, the bot's own texts, answers to presses."""

from collections.abc import Callable
from typing import Any

from tests.platforms import telegram_sending as sending
from tests.platforms.telegram_checks import DOWNLOAD_LIMIT
from tests.platforms.telegram_sending import Files
from tests.platforms.telegram_spec import telegram_spec
from tests.platforms.telegram_state import State
from tests.platforms.telegram_world import Account, Chat, RefusalError

Params = dict[str, Any]
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_TEXTS = {
    "Name": "name",
    "Description": "description",
    "ShortDescription": "short_description",
}


def answer(state: State, method: str, params: Params, files: Files) -> Any:
    """What a method answers, by name; methods nobody wrote out give their smallest result."""
    if method in _WRITING:
        return _WRITING[method](state, method, params, files)
    if method in _PLAIN:
        return _PLAIN[method](state, params)
    if method.removeprefix("setMy").removeprefix("getMy") in _TEXTS:
        return _text(state, method, params)
    result = telegram_spec().smallest_result(method)
    if method.startswith("send") and isinstance(result, dict) and "message_id" in result:
        return sending.send_other(state, method, params, files)
    if "chat_id" in params:
        state.chat_to_write(params["chat_id"])
    return result


def _get_me(state: State, params: Params) -> Any:
    return state.bot.as_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
        "supports_inline_queries": False,
    }


def _answer_callback(state: State, params: Params) -> Any:
    callback = state.callbacks.get(params["callback_query_id"])
    if callback is None:
        raise RefusalError(_TOO_OLD, kind="unknown_callback")
    if callback.expired:
        raise RefusalError(_TOO_OLD)
    if callback.answered:
        raise RefusalError(_TOO_OLD, kind="callback_answered_twice")
    callback.answered = True
    callback.text = params.get("text") or None
    callback.alert = params.get("show_alert", False)
    state.bell.ring()
    return True


def _get_file(state: State, params: Params) -> Any:
    stored = state.files.get(params["file_id"])
    if stored is None:
        raise RefusalError("invalid file_id", kind="bad_file")
    if stored.size > DOWNLOAD_LIMIT:
        raise RefusalError("file is too big", kind="bad_file")
    return stored.as_json(path=True)


def _still_here(state: State, params: Params) -> Chat:
    """The chat that is asked about, if the bot is in it and it has not moved."""
    chat = state.chat(params["chat_id"])
    _check_inside(state, chat)
    if chat.moved_to is not None:
        raise RefusalError(
            "group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": chat.moved_to},
        )
    return chat


def _get_chat(state: State, params: Params) -> Any:
    chat = _still_here(state, params)
    made: dict[str, Any] = telegram_spec().smallest("ChatFullInfo") | chat.as_chat()
    if chat.owner is None:
        named = telegram_spec().fields("ChatPermissions")
        made["permissions"] = {name: name not in chat.denied for name in named}
    return made


def _check_inside(state: State, chat: Chat) -> None:
    if chat.owner is None and not chat.moved_to:
        status = chat.members.get(state.bot.id, "left")
        if status in {"left", "kicked"}:
            words = "was kicked from" if status == "kicked" else "is not a member of"
            raise RefusalError(f"bot {words} the {chat.type} chat", 403)


def member_json(account: Account, status: str) -> dict[str, Any]:
    """The ChatMember object of one member."""
    sort = {
        "creator": "Owner", "administrator": "Administrator", "member": "Member",
        "restricted": "Restricted", "left": "Left", "kicked": "Banned",
    }[status]  # fmt: skip
    made: dict[str, Any] = telegram_spec().smallest(f"ChatMember{sort}")
    return made | {"status": status, "user": account.as_user()}


def _member_of(state: State, chat: Chat, account: Account) -> dict[str, Any]:
    status = chat.members.get(account.id, "left")
    made = member_json(account, status)
    if status == "restricted":
        made |= dict.fromkeys(chat.denied & made.keys(), False)
    return made


def _get_member(state: State, params: Params) -> Any:
    chat = _still_here(state, params)
    account = state.accounts.get(params["user_id"])
    if account is None:
        raise RefusalError("member not found", kind="unknown_user")
    return _member_of(state, chat, account)


def _get_admins(state: State, params: Params) -> Any:
    chat = state.chat(params["chat_id"])
    _check_inside(state, chat)
    if chat.owner is not None:
        raise RefusalError("there are no administrators in the private chat", kind="not_allowed")
    return [
        member_json(state.accounts[each], status)
        for each, status in chat.members.items()
        if status in {"creator", "administrator"} and each != state.bot.id
    ]


def _leave(state: State, params: Params) -> Any:
    chat = state.chat(params["chat_id"])
    _check_inside(state, chat)
    if chat.owner is not None:
        raise RefusalError(
            "chat member status can't be changed in private chats", kind="not_allowed"
        )
    old = chat.members[state.bot.id]
    chat.members[state.bot.id] = "left"
    tell_of_bot(state, chat, state.bot, (old, "left"))
    return True


def tell_of_bot(state: State, chat: Chat, who: Account, change: tuple[str, str]) -> None:
    """Somebody (perhaps the bot) has changed what the bot is in a chat: from this to that."""
    body = {
        "chat": chat.as_chat(),
        "from": who.as_user(),
        "date": int(state.now()),
        "old_chat_member": member_json(state.bot, change[0]),
        "new_chat_member": member_json(state.bot, change[1]),
    }
    state.updates.add("my_chat_member", body)


def _count(state: State, params: Params) -> Any:
    chat = state.chat(params["chat_id"])
    return sum(status not in {"left", "kicked"} for status in chat.members.values())


def _scope(params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    return ":".join(str(each) for each in scope.values()), params.get("language_code") or ""


def _set_commands(state: State, params: Params) -> Any:
    state.commands[_scope(params)] = params["commands"]
    return True


def _delete_commands(state: State, params: Params) -> Any:
    state.commands.pop(_scope(params), None)
    return True


def _get_commands(state: State, params: Params) -> Any:
    return state.commands.get(_scope(params), [])


def _text(state: State, method: str, params: Params) -> Any:
    key = _TEXTS[method[len("setMy") :]]
    place = (key, params.get("language_code") or "")
    if method.startswith("get"):
        return {key: state.texts.get(place, "")}
    state.texts[place] = params.get(key) or ""
    return True


def _set_menu(state: State, params: Params) -> Any:
    state.menus[params.get("chat_id", 0)] = params.get("menu_button") or {"type": "default"}
    return True


def _get_menu(state: State, params: Params) -> Any:
    return state.menus.get(params.get("chat_id", 0), {"type": "commands"})


def _action(state: State, params: Params) -> Any:
    chat = state.chat_to_write(params["chat_id"])
    thread = params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise RefusalError("message thread not found", kind="unknown_topic")
    state.actions.append((chat, params["action"], thread))
    state.bell.ring()
    return True


def _react(state: State, params: Params) -> Any:
    message = state.chat_to_write(params["chat_id"]).find(params["message_id"])
    if message is None:
        raise RefusalError("message to react not found", kind="unknown_message")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise RefusalError("REACTIONS_TOO_MANY", kind="bad_parameter")
    message.reactions = reactions
    state.bell.ring()
    return True


def _set_webhook(state: State, params: Params) -> Any:
    if params.get("drop_pending_updates"):
        state.updates.drop()
    state.updates.set_webhook(params)
    return True


def _webhook_info(state: State, params: Params) -> Any:
    return {
        "url": state.updates.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }


def _delete_many(state: State, params: Params) -> Any:
    chat = state.chat(params["chat_id"])
    for message_id in params["message_ids"]:
        if chat.find(message_id):
            sending.delete(state, {"chat_id": chat.id, "message_id": message_id})
    return True


_EDITS = ("Text", "Caption", "Media", "ReplyMarkup")
_WRITING: dict[str, Callable[[State, str, Params, Files], Any]] = {
    "sendMessage": sending.send_text,
    "sendMediaGroup": sending.send_album,
    **dict.fromkeys(sending.MEDIA, sending.send_media),
    **{f"editMessage{part}": sending.edit for part in _EDITS},
    **{f"editEphemeralMessage{part}": sending.edit_ephemeral for part in _EDITS},
}
_PLAIN: dict[str, Callable[[State, Params], Any]] = {
    "getMe": _get_me,
    "answerCallbackQuery": _answer_callback,
    "getFile": _get_file,
    "getChat": _get_chat,
    "getChatMember": _get_member,
    "getChatAdministrators": _get_admins,
    "getChatMemberCount": _count,
    "leaveChat": _leave,
    "setMyCommands": _set_commands,
    "deleteMyCommands": _delete_commands,
    "getMyCommands": _get_commands,
    "setChatMenuButton": _set_menu,
    "getChatMenuButton": _get_menu,
    "sendChatAction": _action,
    "setMessageReaction": _react,
    "setWebhook": _set_webhook,
    "deleteWebhook": lambda state, params: _set_webhook(state, {**params, "url": ""}),
    "getWebhookInfo": _webhook_info,
    "deleteMessage": sending.delete,
    "deleteMessages": _delete_many,
    "deleteEphemeralMessage": sending.delete_ephemeral,
}

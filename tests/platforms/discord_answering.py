"""Answers to interactions: the first one within 3 seconds, later ones within 15 minutes."""

from typing import Any

from tests.platforms.discord_checks import check_message, check_modal
from tests.platforms.discord_state import State
from tests.platforms.discord_world import (
    EPHEMERAL,
    LOADING,
    Interaction,
    Message,
    RefusalError,
)
from tests.platforms.discord_writing import Upload, attach, edited

FIRST_ANSWER = 3.0  # seconds
TOKEN_LIFE = 900.0
USER_INSTALL_FOLLOWUPS = 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
SUBMIT = 5  # the type of an interaction that brings a filled-in form
Parts = dict[str, str]


def respond(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer create_interaction_response."""
    interaction = _to_answer(state, parts)
    kind, data = body["type"], body.get("data") or {}
    if kind == MODAL:
        if interaction.type == SUBMIT:
            raise RefusalError(400, 50035, "Invalid Form Body: no modal here", "bad_response")
        check_modal(data)
        interaction.modal = data
    elif kind == CHOICES:
        interaction.choices = data.get("choices") or []
    elif kind in {DEFER_UPDATE, UPDATE}:
        _update(state, interaction, kind, data, files)
    elif kind in {MESSAGE, DEFER}:
        _answer(state, interaction, kind, data, files)
    interaction.response = kind
    state.bell.ring()
    return _response(interaction, kind)


def _to_answer(state: State, parts: Parts) -> Interaction:
    interaction = state.interactions.get(int(parts["interaction_id"]))
    if interaction is None or interaction.token != parts["interaction_token"]:
        raise RefusalError(404, 10062, "Unknown interaction", "unknown_interaction")
    if interaction.response is not None:
        raise RefusalError(
            400, 40060, "Interaction has already been acknowledged.", "answered_twice"
        )
    if interaction.expired:
        raise RefusalError(404, 10062, "Unknown interaction")
    if state.now() - interaction.at > FIRST_ANSWER:
        raise RefusalError(404, 10062, "Unknown interaction", "too_late")
    return interaction


def _update(
    state: State, interaction: Interaction, kind: int, data: dict[str, Any], files: list[Upload]
) -> None:
    if interaction.message is None:
        raise RefusalError(400, 50035, "Invalid Form Body: no message to update", "bad_response")
    interaction.original = interaction.message
    interaction.private = interaction.message.ephemeral_for is not None
    if kind == UPDATE:
        edited(state, "create_interaction_response", interaction.message, data, files)


def _answer(
    state: State, interaction: Interaction, kind: int, data: dict[str, Any], files: list[Upload]
) -> None:
    flags = data.get("flags") or 0
    interaction.private = bool(flags & EPHEMERAL)
    if kind == DEFER:
        data = {"flags": (flags & EPHEMERAL) | LOADING}
    else:
        check_message(data, files=len(files))
        state.check_house("create_interaction_response", data, nonce=False)
    interaction.original = _post(state, interaction, data, files)


def _post(
    state: State, interaction: Interaction, data: dict[str, Any], files: list[Upload]
) -> Message:
    private = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
    message = state.post(
        interaction.channel,
        state.bot,
        data,
        ephemeral_for=private,
        interaction_id=interaction.id,
    )
    attach(state, message, data, files)
    return message


def _response(interaction: Interaction, kind: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"id": str(interaction.id), "type": interaction.type}
    made: dict[str, Any] = {"interaction": inner}
    if interaction.original is not None:
        inner["response_message_id"] = str(interaction.original.id)
        inner["response_message_loading"] = interaction.original.loading
        inner["response_message_ephemeral"] = interaction.private
        if kind in {MESSAGE, UPDATE}:
            made["resource"] = {"type": kind, "message": interaction.original.as_json()}
    return made


# ------------------------------------------------------------------ with the token
def _by_token(state: State, parts: Parts) -> Interaction:
    interaction = state.by_token.get(parts["webhook_token"])
    if interaction is None or int(parts["webhook_id"]) != state.application_id:
        raise RefusalError(404, 10015, "Unknown Webhook", "unknown_interaction")
    if interaction.token_expired:
        raise RefusalError(401, 50027, "Invalid Webhook Token")
    if state.now() - interaction.at > TOKEN_LIFE:
        raise RefusalError(401, 50027, "Invalid Webhook Token", "too_late")
    return interaction


def _original(interaction: Interaction) -> Message:
    if interaction.original is None or interaction.original.deleted:
        raise RefusalError(404, 10008, "Unknown Message", "unknown_message")
    return interaction.original


def _mine(state: State, parts: Parts) -> Message:
    """The message a route means: `@original`, or one of the follow-ups."""
    interaction = _by_token(state, parts)
    if parts.get("message_id", "@original") == "@original":
        return _original(interaction)
    for each in [*interaction.followups, interaction.original]:
        if each is not None and each.id == int(parts["message_id"]) and not each.deleted:
            return each
    raise RefusalError(404, 10008, "Unknown Message", "unknown_message")


def get_original(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer get_original_webhook_message and its like."""
    return _mine(state, parts).as_json()


def edit_original(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer update_original_webhook_message and its like."""
    message = _mine(state, parts)
    edited(state, "update_original_webhook_message", message, body, files)
    message.flags &= ~LOADING
    return message.as_json()


def delete_original(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer delete_original_webhook_message and its like."""
    _mine(state, parts).deleted = True
    state.bell.ring()


def follow_up(state: State, parts: Parts, body: Any, files: list[Upload]) -> Any:
    """Answer execute_webhook: after a defer the first one fills the waiting message instead."""
    interaction = _by_token(state, parts)
    if interaction.response is None:
        raise RefusalError(404, 10015, "Unknown Webhook", "bad_response")
    check_message(body, files=len(files))
    state.check_house("execute_webhook", body, nonce=False)
    original = interaction.original
    if original is not None and original.loading:
        if (body.get("flags") or 0) & EPHEMERAL and not interaction.private:
            state.break_rule(
                "privacy_lost",
                "execute_webhook",
                "the defer was public, so this private follow-up is seen by everyone",
            )
        edited(state, "execute_webhook", original, body, files)
        original.flags &= ~LOADING
        return original.as_json()
    guild = interaction.channel.guild
    outside = guild is not None and not guild.bot_inside
    if outside and len(interaction.followups) >= USER_INSTALL_FOLLOWUPS:
        raise RefusalError(400, 40094, "Too many follow-ups for this interaction", "bad_response")
    message = _post(state, interaction, body, files)
    interaction.followups.append(message)
    return message.as_json()

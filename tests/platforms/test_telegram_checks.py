"""The local Telegram server: each of its checks bites."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    NetworkError,
)

from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_bots import PNG, calling, keyboard, raw
from tests.platforms.telegram_server import TelegramServer

pytestmark = needs_telegram_spec


ROW = [{"text": "x", "callback_data": "x"}]
KEYBOARD = "bad_keyboard"


def buttons(*rows: Any) -> dict[str, Any]:
    """A message with these rows of buttons."""
    return {"text": "x", "reply_markup": {"inline_keyboard": list(rows)}}


@pytest.mark.parametrize(
    ("kind", "method", "body"),
    [
        ("unknown_parameter", "sendMessage", {"text": "x", "receiver_user_id": 5}),
        ("missing_parameter", "sendMessage", {}),
        ("bad_parameter", "sendMessage", {"text": 5}),
        ("bad_parameter", "sendMessage", {"text": "x", "disable_notification": "perhaps"}),
        ("bad_parameter", "sendMessage", {"text": "x", "reply_markup": {"inline": []}}),
        ("bad_parameter", "sendMessage", {"text": "x", "link_preview_options": {"off": True}}),
        ("bad_parameter", "sendChatAction", {"action": "thinking"}),
        ("empty_text", "sendMessage", {"text": "  "}),
        ("too_long", "sendMessage", {"text": "x" * 4097}),
        ("bad_markup", "sendMessage", {"text": "<b>x", "parse_mode": "HTML"}),
        ("bad_markup", "sendMessage", {"text": "<h1>x</h1>", "parse_mode": "HTML"}),
        ("bad_markup", "sendMessage", {"text": "<b><i>x</b></i>", "parse_mode": "HTML"}),
        ("bad_markup", "sendMessage", {"text": "1 < 2", "parse_mode": "HTML"}),
        ("bad_markup", "sendMessage", {"text": "<tg-time>x</tg-time>", "parse_mode": "HTML"}),
        ("careless_markup", "sendMessage", {"text": "A & B", "parse_mode": "HTML"}),
        ("careless_markup", "sendMessage", {"text": "2 > 1", "parse_mode": "HTML"}),
        ("careless_markup", "sendMessage", {"text": "*x*", "parse_mode": "MarkdownV2"}),
        ("careless_markup", "sendMessage", {"text": "<b>x</b>" * 101, "parse_mode": "HTML"}),
        (KEYBOARD, "sendMessage", buttons([{"text": "x", "callback_data": "é" * 33}])),
        (KEYBOARD, "sendMessage", buttons([{"text": "x"}])),
        (KEYBOARD, "sendMessage", buttons([{"text": "x", "callback_data": "x", "url": "a.b"}])),
        (KEYBOARD, "sendMessage", buttons([{"text": " ", "callback_data": "x"}])),
        (KEYBOARD, "sendMessage", buttons([{"text": "x", "url": "not a link"}])),
        (KEYBOARD, "sendMessage", buttons([{"text": "x", "copy_text": {"text": "x" * 257}}])),
        (KEYBOARD, "sendMessage", buttons([{"text": "x", "callback_data": "x", "style": "red"}])),
        (KEYBOARD, "sendMessage", buttons(ROW * 9)),
        (KEYBOARD, "sendMessage", buttons(*[ROW * 8] * 13)),
        ("unknown_message", "editMessageText", {"message_id": 99, "text": "x"}),
        ("missing_parameter", "editMessageText", {"text": "x"}),
        ("unknown_message", "deleteMessage", {"message_id": 99}),
        ("unknown_message", "sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}),
        ("unknown_topic", "sendMessage", {"text": "x", "message_thread_id": 3}),
        ("bad_file", "sendPhoto", {"photo": "no-such-id"}),
        ("bad_parameter", "getUpdates", {"timeout": 51}),
        ("unknown_callback", "answerCallbackQuery", {"callback_query_id": "5"}),
        ("too_long", "answerCallbackQuery", {"callback_query_id": "5", "text": "x" * 201}),
        ("bad_parameter", "setMyCommands", {"commands": [{"command": "A", "description": "x"}]}),
        ("bad_parameter", "setMyCommands", {"commands": [{"command": "a", "description": ""}]}),
        ("too_long", "setMyShortDescription", {"short_description": "x" * 121}),
    ],
)
async def test_a_broken_rule_is_caught(kind: str, method: str, body: dict[str, Any]) -> None:
    """Each kind of wrong call is recorded, both as JSON and as a form."""
    async with TelegramServer() as server:
        runner = server.person("Ada", started=True)
        if method.startswith(("send", "edit", "delete")):
            body = {"chat_id": runner.id, **body}
        pairs = [(k, v if isinstance(v, str) else json.dumps(v)) for k, v in body.items()]
        await raw(server, method, body)
        await raw(server, method, pairs)

        wrong_text = body.get("text") == 5  # as a form field, 5 is a text like any other
        assert len(server.violations.expect(kind)) == (1 if wrong_text else 2)


async def test_an_unknown_method_is_caught() -> None:
    """A method that does not exist gets 404 and is a broken rule."""
    async with TelegramServer() as server:
        answer = await raw(server, "sendGreeting", {})

        assert answer["error_code"] == 404
        server.violations.expect("unknown_method")


async def test_an_unchanged_edit_is_caught() -> None:
    """The same text and buttons again: "message is not modified"."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        sent = await bot.send_message(runner.id, "x", reply_markup=keyboard("Yes"))
        with pytest.raises(BadRequest, match="not modified"):
            await sent.edit_text("x", reply_markup=keyboard("Yes"))
        with pytest.raises(BadRequest, match="not modified"):
            await sent.edit_reply_markup(keyboard("Yes"))
        await sent.edit_reply_markup(None)

        assert len(server.violations.expect("not_modified")) == 2


async def test_a_press_may_be_answered_only_once() -> None:
    """The second answer to a press fails; an expired press is nobody's fault."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        await bot.send_message(runner.id, "x", reply_markup=keyboard("Yes"))
        press = runner.taps("Yes")
        await bot.answer_callback_query(press.id)
        with pytest.raises(BadRequest, match="too old"):
            await bot.answer_callback_query(press.id)
        server.violations.expect("callback_answered_twice")
        late = runner.taps("Yes")
        late.expired = True
        with pytest.raises(BadRequest, match="too old"):
            await bot.answer_callback_query(late.id)


async def test_pictures_have_limits() -> None:
    """Too wide and too heavy pictures and long captions are refused."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        wide = PNG[:16] + (9990).to_bytes(4, "big") + (11).to_bytes(4, "big") + PNG[24:]
        with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
            await bot.send_photo(runner.id, wide)
        with pytest.raises(NetworkError, match="Too Large"):
            await bot.send_photo(runner.id, PNG + bytes(10_000_000))
        assert len(server.violations.expect("bad_file")) == 2
        with pytest.raises(BadRequest, match="caption is too long"):
            await bot.send_photo(runner.id, PNG, caption="x" * 1025)
        server.violations.expect("too_long")


async def test_a_large_file_cannot_be_fetched() -> None:
    """A document over 20 MB is not for bots to fetch, and asking is a broken rule."""
    async with TelegramServer() as server, calling(server) as bot:
        message = server.person("Ada").sends_document("big.fit", b"x", size=20_000_001)
        assert message.file_id is not None
        with pytest.raises(BadRequest, match=r"(?i)file is too big"):
            await bot.get_file(message.file_id)
        server.violations.expect("bad_file")


async def test_ephemeral_needs_a_fresh_press() -> None:
    """15 seconds after the press a bot that is no admin may no longer write to one member."""
    clock = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    async with TelegramServer(now=lambda: clock[0]) as server, calling(server) as bot:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        await bot.send_message(club.id, "Open?", reply_markup=keyboard("Mine"))
        press = ada.taps("Mine", chat=club)
        target = {"receiver_user_id": ada.id, "callback_query_id": press.id}
        clock[0] += timedelta(seconds=16)
        with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
            await bot.send_message(
                club.id, "Only you", api_kwargs={"ephemeral_message_parameters": target}
            )
        server.violations.expect("not_allowed")


async def test_leaving_the_server_with_a_violation_fails_the_test() -> None:
    """Nobody has to remember to look: the server's own end raises."""
    with pytest.raises(AssertionError, match="unknown_method in sendGreeting"):
        async with TelegramServer() as server:
            await raw(server, "sendGreeting", {})


async def test_a_tolerated_kind_is_set_aside() -> None:
    """A test may say beforehand that an edit can come twice."""
    async with TelegramServer() as server, calling(server) as bot:
        server.violations.tolerate("not_modified")
        runner = server.person("Ada", started=True)
        sent = await bot.send_message(runner.id, "x")
        with pytest.raises(BadRequest, match="not modified"):
            await sent.edit_text("x")

        assert [each.kind for each in server.violations.let_go] == ["not_modified"]

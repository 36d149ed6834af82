"""The same ten-question dialog as python-telegram-bot's own ConversationHandler has it, in memory.

Each handler puts the next question with two buttons, as ours do; the network is a canned answer.
"""

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import (
    Application,
    BaseUpdateProcessor,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, RequestData

QUESTIONS = 10
_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"b","username":"b"}}'
_ANY = ("yes", "no")
_SENT = (
    b'{"ok":true,"result":{"message_id":7,"date":1772442000,"chat":{"id":5,"type":"private"},'
    b'"from":{"id":1,"is_bot":true,"first_name":"b"},"text":"q1? (you said answer 0)",'
    b'"reply_markup":{"inline_keyboard":[[{"text":"yes","callback_data":"=q1:yes"},'
    b'{"text":"no","callback_data":"=q1:no"}]]}}}'
)


class NoNetwork(BaseRequest):
    """A request that never leaves."""

    @property
    def read_timeout(self) -> float | None:
        """None."""
        return None

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """One call."""
        return await self.answer(url, request_data.parameters if request_data else {})

    async def answer(self, url: str, values: Mapping[str, object]) -> tuple[int, bytes]:
        """Who the bot is, or a message that was sent."""
        return 200, _SENT if url.endswith("sendMessage") else _ME


class InOrder(BaseUpdateProcessor):
    """One update at a time per chat, as its documents advise for conversations."""

    def __init__(self) -> None:
        super().__init__(64)
        self._locks: dict[int, asyncio.Lock] = {}

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def do_process_update(self, update: object, coroutine: object) -> None:
        """Wait for the chat's turn."""
        assert isinstance(update, Update)
        assert update.effective_chat is not None
        lock = self._locks.setdefault(update.effective_chat.id, asyncio.Lock())
        async with lock:
            await coroutine  # type: ignore[misc]


def _application(*, replies: bool) -> Application:  # type: ignore[type-arg]
    async def question(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert context.user_data is not None
        assert update.message is not None
        answers = context.user_data.setdefault("answers", [])
        answers.append(update.message.text)
        if replies:
            asked = f"q{len(answers)}"
            buttons = [InlineKeyboardButton(one, callback_data=f"={asked}:{one}") for one in _ANY]
            await update.message.reply_text(
                f"{asked}? (you said {update.message.text})",
                reply_markup=InlineKeyboardMarkup([buttons]),
            )
        if len(answers) == QUESTIONS:
            answers.clear()
            return ConversationHandler.END
        return len(answers)

    text = filters.TEXT & ~filters.COMMAND
    handler = ConversationHandler(
        entry_points=[MessageHandler(text, question)],
        states={number: [MessageHandler(text, question)] for number in range(1, QUESTIONS)},
        fallbacks=[],
    )
    application = (
        Application.builder()
        .token("1:a")
        .request(NoNetwork())
        .get_updates_request(NoNetwork())
        .concurrent_updates(InOrder())
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handler(handler)
    return application


def _update(number: int, chat: int) -> Update:
    message = Message(
        number,
        datetime.now(UTC),
        Chat(chat, "private"),
        from_user=User(chat, "Ann", is_bot=False),
        text=f"answer {number}",
    )
    return Update(number, message)


async def _measure(chats: int, each: int, *, replies: bool) -> float:
    application = _application(replies=replies)
    await application.initialize()
    lines = [[_update(chat * each + one, chat + 1) for one in range(each)] for chat in range(chats)]
    for line in lines:
        for update in line:
            assert update.message is not None
            update.message.set_bot(application.bot)

    async def chat(line: list[Update]) -> None:
        for update in line:
            await application.update_processor.process_update(
                update, application.process_update(update)
            )

    began = time.perf_counter()
    await asyncio.gather(*(chat(line) for line in lines))
    took = time.perf_counter() - began
    await application.shutdown()
    return chats * each / took


def turns_per_second(chats: int, each: int, *, replies: bool) -> float:
    """How many updates it handles in a second, with or without putting the next question."""
    return asyncio.run(_measure(chats, each, replies=replies))

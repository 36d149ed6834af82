"""Small real bots for the tests of the Telegram server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from tests.platforms.telegram_server import TelegramServer

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x40\x00\x00\x00\x20\x08\x06\x00\x00\x00"
    b"\x00\x00\x00\x00"
)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    """One row of buttons whose data is their label in lower case."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]]
    )


async def raw(server: TelegramServer, method: str, body: Any) -> dict[str, Any]:
    """Call a method without the library; a dict goes as JSON, a list of pairs as a form."""
    async with aiohttp.ClientSession() as session:
        how = {"json": body} if isinstance(body, dict) else {"data": aiohttp.FormData(body)}
        url = f"{server.base_url}{server.token}/{method}"
        async with session.post(url, **how) as answer:
            found: dict[str, Any] = await answer.json()
            return found


AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@asynccontextmanager
async def calling(server: TelegramServer) -> AsyncIterator[Bot]:
    """The library's bot, connected but not listening."""
    bot = Bot(
        server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=HTTPXRequest(connection_pool_size=8),
        get_updates_request=HTTPXRequest(connection_pool_size=2),
    )
    async with bot:
        yield bot


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is not None and message.text:
        await message.reply_text(f"You said {message.text}", do_quote=False)


async def _press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer(f"Got {query.data}")


@asynccontextmanager
async def echoing(server: TelegramServer) -> AsyncIterator[AnyApplication]:
    """A whole application that polls, repeats what it hears and answers presses."""
    builder = ApplicationBuilder().token(server.token)
    builder = builder.base_url(server.base_url).base_file_url(server.base_file_url)
    application: AnyApplication = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.add_handler(CallbackQueryHandler(_press))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=1, allowed_updates=Update.ALL_TYPES)
        yield application
        await application.updater.stop()
        await application.stop()

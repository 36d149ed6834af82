"""The library's Bot, and finding out who we are, however long the network takes.

Rule: a network that is down is waited for; a token that is refused ends it with one clear sentence.
The token is in every address the library calls, so no text of the library's is logged as it is.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

# The library warns of durations as numbers unless it is told that we read them as durations.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.choices import Choices, read_choices
from adapters.telegram.failures import wait_of
from bot.runtime.plugins import RefusedError, UnreachableError
from bot.runtime.settings import Settings

LOG = logging.getLogger("heeldrop.telegram")
_READ_S = 25.0  # rather a slow answer than a doubt whether a message arrived
_LONGEST_WAIT_S = 60.0

# These two write every address they call, and with it the token.
for _chatty in ("httpx", "httpcore"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)
# And this one writes whole updates, what people said included, when it cannot read one.
logging.getLogger("telegram.Bot").setLevel(logging.CRITICAL + 1)


class TokenRefusedError(RefusedError):
    """Telegram does not know the token. The text says what the owner can do."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the token in TELEGRAM_TOKEN. Copy it again from @BotFather."
        )


def make_bot(choices: Choices) -> Bot:
    """The library's bot, not connected yet."""
    return Bot(
        choices.token,
        base_url=f"{choices.api}/bot",
        base_file_url=f"{choices.api}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=64, read_timeout=_READ_S, write_timeout=_READ_S, pool_timeout=10.0
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=10.0),
    )


@asynccontextmanager
async def connected(bot: Bot, first_wait_s: float = 1.0) -> AsyncIterator[Bot]:
    """The bot with its name known. Raises TokenRefusedError."""
    try:
        await _meet(bot, first_wait_s)
        yield bot
    finally:
        await bot.shutdown()


async def reach(settings: Settings) -> str:
    """Our name there, asked once. Raises TokenRefusedError, SettingsError or UnreachableError."""
    bot = make_bot(read_choices(settings))
    try:
        await bot.initialize()
    except InvalidToken:
        raise TokenRefusedError from None
    except TelegramError as error:
        raise UnreachableError(_kind(error)) from None
    finally:
        await bot.shutdown()
    return f"@{bot.username}"


async def _meet(bot: Bot, wait_s: float) -> None:
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            pause = max(wait_s, wait_of(error))
            LOG.warning("Telegram cannot be reached (%s); again in %.0f s", _kind(error), pause)
            await asyncio.sleep(pause)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        else:
            LOG.info("connected to Telegram as @%s", bot.username)
            return


def _kind(error: BaseException) -> str:
    return type(error.__cause__ or error).__name__

"""What an error of the library means for one message: later, gone, moved, a bug, or unsure.

Rule: only what surely did not arrive is called so; everything else is Unsure. The library's BadRequest
is a NetworkError by inheritance and has nothing to do with the network, so it is asked for first.
"""

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.runtime.adapter import Bug, Gone, Later, Moved, Receipt, Unsure

_OUT_OF_REACH = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_restricted",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def receipt_of(error: TelegramError, *, group: bool = False, repeatable: bool = False) -> Receipt:
    """The receipt for a call that ended with this error.

    `group`: a wait concerns this chat alone (a group has its own limit). `repeatable`: doing it twice
    is the same as once (an edit), so a doubt is no reason to stop.
    """
    if isinstance(error, RetryAfter):
        return Later(wait_of(error), everyone=not group)
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return Gone(_plain(error))
    if isinstance(error, BadRequest):
        return _refused(error)
    if isinstance(error, InvalidToken):
        return Later(60.0, everyone=True)
    if isinstance(error, EndPointNotFound):
        return Bug(_plain(error))
    if repeatable or isinstance(error, Conflict) or never_left(error):
        return Later()
    return Unsure(type(error.__cause__ or error).__name__)


def _refused(error: BadRequest) -> Receipt:
    words = error.message.lower()
    if any(one in words for one in _OUT_OF_REACH):
        return Gone(_plain(error))
    return Bug(_plain(error))


def never_left(error: TelegramError) -> bool:
    """Whether the request surely did not reach Telegram."""
    return isinstance(error, NetworkError) and isinstance(error.__cause__, _NEVER_LEFT)


def wait_of(error: TelegramError) -> float:
    """The wait Telegram names, in seconds; 0 if it names none."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def says(error: TelegramError, *phrases: str) -> bool:
    """Whether the platform's own words hold one of these; the library changes their capitals."""
    return any(phrase in error.message.lower() for phrase in phrases)


def unreachable(error: TelegramError) -> bool:
    """Whether the person or group cannot be written to at all."""
    return isinstance(receipt_of(error), Gone)


def _plain(error: TelegramError) -> str:
    return error.message.removeprefix("Forbidden: ")[:200]

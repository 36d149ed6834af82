"""What an error of the library means for one message: later, gone, a bug, or unsure.

Rule: only what surely did not arrive is called so; everything else is Unsure, and goes out again with
the same nonce. After a refusal (403) nothing more is tried there: 10,000 of them get a bot locked out.
"""

import aiohttp
import discord

from bot.runtime.adapter import Bug, Gone, Later, Receipt, Unsure

CLOSED = {50007: "direct messages are closed", 50278: "no server in common"}
_GONE = {
    **CLOSED,
    10003: "the channel is gone",
    10004: "the server is gone",
    10013: "the account is gone",
    50001: "no access to the channel",
    50013: "missing permissions",
    50083: "the thread is archived",
    160005: "the thread is locked",
}
_TOO_MANY_OPENED = 40003
_SPENT = {10008, 10015, 10062, 40060, 40094, 50027}
ACKNOWLEDGED = 40060
UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008


def receipt_of(error: Exception) -> Receipt:
    """The receipt for a call that ended with this error."""
    if isinstance(error, discord.RateLimited):
        return Later(error.retry_after)
    if isinstance(error, discord.HTTPException):
        return _answered(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later()
    return Unsure(type(error).__name__)


def _answered(error: discord.HTTPException) -> Receipt:
    if error.code in _GONE:
        return Gone(_GONE[error.code])
    if error.code == _TOO_MANY_OPENED:
        return Later(60.0)
    if error.status == 429:  # without the usual headers: Discord's front door has shut us out
        return Later(60.0, everyone=True)
    if error.status == 401:
        return Later(60.0, everyone=True)
    if error.status >= 500:
        return Unsure(f"{error.status}")
    return Bug(f"Discord refused it: {error.status}, code {error.code}")


def spent(error: Exception) -> bool:
    """Whether an interaction cannot be answered any more: too late, or too often."""
    return isinstance(error, discord.HTTPException) and error.code in _SPENT

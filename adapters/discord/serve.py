"""Serving Discord: connect, stay connected, stop cleanly.

Rule: a network that is down is waited for; a token that is refused ends it with one clear sentence.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord
import yarl

from adapters.discord.choices import Choices, read_choices
from adapters.discord.client import HeeldropClient
from adapters.discord.receive import PLATFORM
from bot.content.load import default_folder
from bot.runtime.host import Host
from bot.runtime.plugins import RefusedError, UnreachableError
from bot.runtime.rates import from_settings
from bot.runtime.settings import Settings

LOG = logging.getLogger("heeldrop.discord")
# Told to log everything, the library writes what people said, and the tokens of their interactions.
logging.getLogger("discord").setLevel(logging.INFO)
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks aloud here
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
_BAD_TOKEN = 4004


class TokenRefusedError(RefusedError):
    """Discord does not know the token. The text says what the owner can do."""

    def __init__(self) -> None:
        super().__init__(
            "Discord refuses the token in DISCORD_TOKEN. Copy it again from the page Bot of your "
            "application, at discord.com/developers."
        )


async def serve(host: Host, settings: Settings) -> None:
    """Receive and deliver until cancelled. Raises SettingsError or TokenRefusedError."""
    choices = read_choices(settings)
    folder = settings.content or default_folder()
    with pointed_at(choices):
        client = HeeldropClient(host, choices, folder)
        try:
            await log_in(client, choices.token)
            host.attach(PLATFORM, client.adapter, from_settings(PLATFORM, settings))
            await client.connect()
        except discord.ConnectionClosed as error:
            if error.code == _BAD_TOKEN:
                raise TokenRefusedError from None
            raise
        finally:
            await client.close()


async def log_in(client: HeeldropClient, token: str, wait_s: float = _FIRST_WAIT_S) -> None:
    """Find out who we are, however long the network takes. Raises TokenRefusedError."""
    while True:
        try:
            await client.login(token)
        except discord.LoginFailure:
            raise TokenRefusedError from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            LOG.warning(
                "Discord cannot be reached (%s); again in %.0f s", type(error).__name__, wait_s
            )
            await client.http.close()
            client.http.connector = discord.utils.MISSING
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        else:
            return


async def reach(settings: Settings) -> str:
    """Our name there, asked once. Raises TokenRefusedError, SettingsError or UnreachableError."""
    choices = read_choices(settings)
    with pointed_at(choices):
        client = discord.Client(intents=discord.Intents.none())
        try:
            await client.login(choices.token)
        except discord.LoginFailure:
            raise TokenRefusedError from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise UnreachableError(type(error).__name__) from None
        finally:
            await client.close()
        return str(client.user)


@contextmanager
def pointed_at(choices: Choices) -> Iterator[None]:
    """Let the library talk to the server that the settings name; it has no option for this."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    if choices.api:
        route.BASE = choices.api
    if choices.gateway:
        socket.DEFAULT_GATEWAY = yarl.URL(choices.gateway)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before

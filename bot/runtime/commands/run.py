"""`heeldrop run`: start the platforms that have a token, and keep the promise."""

import argparse
import asyncio
import logging
from collections.abc import Sequence

from bot.runtime.commands.problems import CommandError
from bot.runtime.host import Host
from bot.runtime.logs import start_logging
from bot.runtime.options import from_settings
from bot.runtime.plugins import PlatformAdapter, find, installed
from bot.runtime.service import running, until_told
from bot.runtime.settings import Settings, read

LOG = logging.getLogger("heeldrop.run")


def run(argv: Sequence[str]) -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(
        prog="heeldrop run", description="Start the platforms that have a token in .env."
    )
    parser.parse_args(argv)
    settings = read()
    start_logging(settings.log_level, settings.log_format)
    platforms = _wanted(settings)
    if not platforms:
        raise CommandError(
            "No platform has a token. Put TELEGRAM_TOKEN or DISCORD_TOKEN into .env, "
            "or talk here: heeldrop chat."
        )
    asyncio.run(_serve(settings, platforms))
    return 0


def _wanted(settings: Settings) -> dict[str, PlatformAdapter]:
    found = {name: find(name) for name in installed() if name != "terminal"}
    return {name: each for name, each in found.items() if each.wants(settings)}


async def _serve(settings: Settings, platforms: dict[str, PlatformAdapter]) -> None:
    from bot.content.load import load_content  # noqa: PLC0415 - only this command needs it

    content = load_content(settings.content)
    host = await Host.open(content, settings.data, options=from_settings(settings))
    try:
        LOG.info("serving: %s", ", ".join(platforms))
        async with running(host):
            await until_told(*(each.serve(host, settings) for each in platforms.values()))
        LOG.info("stopped")
    finally:
        await host.close()

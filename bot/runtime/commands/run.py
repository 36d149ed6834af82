"""`heeldrop run`: start the platforms that have a token, and keep the promise."""

import argparse
import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.runtime import memory
from bot.runtime.commands.problems import CommandError
from bot.runtime.host import Host
from bot.runtime.logs import start_logging
from bot.runtime.metrics import metrics
from bot.runtime.options import from_settings
from bot.runtime.plugins import PlatformAdapter, RefusedError, find, installed
from bot.runtime.service import running, until_told
from bot.runtime.settings import Settings, SettingsError, read
from bot.store.rows import Trouble

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
    asyncio.run(serve(settings, platforms))
    return 0


def _wanted(settings: Settings) -> dict[str, PlatformAdapter]:
    found = {name: find(name) for name in installed() if name != "terminal"}
    return {name: each for name, each in found.items() if each.wants(settings)}


async def serve(settings: Settings, platforms: dict[str, PlatformAdapter]) -> None:
    """Serve these platforms until told to stop. Raises what all of them ended with."""
    from bot.content.load import load_content  # noqa: PLC0415 - only this command needs it

    content = replace(load_content(settings.content), backups_kept=settings.backups_kept)
    host = await Host.open(content, settings.data, options=from_settings(settings))
    memory.settle()
    try:
        LOG.info("serving: %s", ", ".join(platforms))
        async with running(host), metrics(host, settings.metrics_port):
            await until_told(
                *(_serve_one(name, each, host, settings) for name, each in platforms.items())
            )
        LOG.info("stopped")
    finally:
        await host.close()


async def _serve_one(name: str, adapter: PlatformAdapter, host: Host, settings: Settings) -> None:
    """One platform. If it is refused, the owner hears of it now and from doctor later."""
    try:
        await adapter.serve(host, settings)
    except (RefusedError, SettingsError) as error:
        LOG.error("%s is left out: %s", name, error)  # noqa: TRY400 - the sentence is all of it
        await host.store.note(Trouble("platform_refused", f"{name}: {error}"), host.clock.now())
        raise

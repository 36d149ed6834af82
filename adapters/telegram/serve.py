"""Heeldrop on Telegram from start to stop: everything is put together here.

Rule: attach first, so that what waits in the outbox can go out; then receive until cancelled; then
finish what is under way.
"""

import asyncio
import contextlib
import logging
from pathlib import Path

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram.choices import Choices, read_choices
from adapters.telegram.commands import set_up
from adapters.telegram.connecting import connected, make_bot
from adapters.telegram.deliver import IsNight, TelegramAdapter
from adapters.telegram.fetch import Fetching
from adapters.telegram.intake import Desk, Intake
from adapters.telegram.pictures import Pictures
from adapters.telegram.presses import Presses
from adapters.telegram.private import Held, PrivateAnswers
from adapters.telegram.receive import PLATFORM, Me
from adapters.telegram.sending import Sender
from adapters.telegram.typing_sign import TypingSign
from adapters.telegram.unsigned import Unsigned
from bot.coaching.clock import in_quiet_hours
from bot.content.load import default_folder
from bot.conversation.event import Person
from bot.conversation.state import Runner
from bot.runtime.habits import habits_of
from bot.runtime.host import Host
from bot.runtime.rates import from_settings
from bot.runtime.settings import Settings

LOG = logging.getLogger("heeldrop.telegram")


async def serve(host: Host, settings: Settings) -> None:
    """Receive and deliver until cancelled. Raises SettingsError or TokenRefusedError."""
    choices = read_choices(settings)
    async with connected(make_bot(choices)) as bot:
        desk = desk_of(host, bot, choices, settings.content or default_folder())
        host.attach(PLATFORM, desk.adapter, from_settings(PLATFORM, settings))
        setting_up = asyncio.create_task(set_up(bot))
        try:
            await receive_until_cancelled(desk, choices)
        finally:
            setting_up.cancel()


def desk_of(host: Host, bot: Bot, choices: Choices, content: Path) -> Desk:
    """Everything that one bot needs."""
    folder = host.store.folder
    presses, typing, held = Presses(bot), TypingSign(bot), Held()
    sender = Sender(bot, Pictures(content, folder / f"telegram-pictures-{bot.id}.json"))
    private = PrivateAnswers(bot, sender, presses, held, ephemeral=choices.ephemeral)
    adapter = TelegramAdapter(bot, sender, private, typing, night_of(host))
    me = Me(bot.id, bot.username, folder / "incoming")
    return Desk(host, bot, me, adapter, presses, private, held, typing, Unsigned())


async def receive_until_cancelled(desk: Desk, choices: Choices, *, poll_s: int = 50) -> None:
    """Fetch updates, or listen for them, and finish what is under way at the end."""
    intake = Intake(desk)
    _empty(desk.me.files)
    try:
        if choices.webhook is not None:
            # A web server's worth of modules, which most owners never need.
            from adapters.telegram.webhook import Listener  # noqa: PLC0415

            await Listener(desk.bot, intake, choices.webhook).run()
        else:
            await _no_webhook(desk.bot)
            await Fetching(desk.bot, intake, poll_s=poll_s).run()
    finally:
        await intake.finish()
        await desk.presses.finish()
        desk.typing.stop()


def night_of(host: Host) -> IsNight:
    """Whether it is night for someone, in their own zone and by their own quiet hours."""

    async def is_night(person: Person) -> bool:
        runner = await host.runner(person) if person.id else None
        habits = habits_of(runner or Runner(), host.options.default_zone)
        return in_quiet_hours(host.clock.now(), habits.zone, habits.quiet_from, habits.quiet_to)

    return is_night


async def _no_webhook(bot: Bot) -> None:
    """Telegram does not let us fetch while it calls someone. What waits there stays there."""
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        LOG.warning("an old webhook could not be taken off: %s", type(error).__name__)


def _empty(folder: Path) -> None:
    """Files of turns that an earlier process did not finish; nobody looks for them any more."""
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            left.unlink(missing_ok=True)

"""What Telegram shows about the bot before anyone writes: commands, descriptions, the menu button.

Rule: it is set when it differs, since Telegram counts these calls harshly; nothing waits for it, and
a failure is only noted.
"""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.club.commands import COMMANDS as CLUB_COMMANDS
from bot.club.commands import OTHER_NAMES

LOG = logging.getLogger("heeldrop.telegram")

PRIVATE = {
    "start": "Begin, or begin again",
    "menu": "What I can do",
    "plan": "Your running plan",
    "exercises": "Your exercises",
    "log": "What you did lately",
    "chart": "Your last 8 weeks as a picture",
    "report": "A page for a physio, as a file",
    "why": "Why I ask or advise this",
    "back": "One step back",
    "settings": "Your settings",
    "pause": "No messages from me for a while",
    "stop": "Stop my messages",
    "club": "Your running club",
    "share": "What your club may count",
    "link": "Join this chat and one on Discord",
    "privacy": "What I keep",
    "export": "All I keep about you, as a file",
    "delete": "Delete all I keep about you",
    "help": "Help",
}
GROUP = {
    "next": "The next run",
    "runs": "All runs that are planned",
    "run": "Post a run",
    "help": "What I do here",
}
ADMINS = {
    **GROUP,
    "setup": "Set up the club, or change it",
    "organiser": "Name somebody who may post runs",
    "quiet": "No messages by myself for a week",
    "code": "A code to join a second group",
    "leave": "Take me out of this group",
}
KNOWN = frozenset({*PRIVATE, *GROUP, *ADMINS, *CLUB_COMMANDS, *OTHER_NAMES})
"""The commands that are ours even if our name is not in them."""

SHORT = "A coach program for runners with sore calves. Not a person, not a doctor."
DESCRIPTION = (
    "I help runners with sore calves: what to do today, and how to come back to running.\n\n"
    "I am a program, not a person and not a doctor. Your answers stay on this bot's own server. "
    "You can delete them at any time with /delete.\n\nPress Start."
)


async def set_up(bot: Bot) -> None:
    """Let Telegram show what is written above."""
    try:
        await _set_commands(bot)
        await _set_texts(bot)
        if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
            await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        LOG.warning("commands and descriptions were not set: %s", type(error).__name__)


async def _set_commands(bot: Bot) -> None:
    for scope, wanted in (
        (BotCommandScopeAllPrivateChats(), PRIVATE),
        (BotCommandScopeAllGroupChats(), GROUP),
        (BotCommandScopeAllChatAdministrators(), ADMINS),
    ):
        commands = tuple(BotCommand(name, words) for name, words in wanted.items())
        if await bot.get_my_commands(scope=scope) != commands:
            await bot.set_my_commands(commands, scope=scope)


async def _set_texts(bot: Bot) -> None:
    if (await bot.get_my_short_description()).short_description != SHORT:
        await bot.set_my_short_description(SHORT)
    if (await bot.get_my_description()).description != DESCRIPTION:
        await bot.set_my_description(DESCRIPTION)

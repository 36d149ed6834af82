"""The slash commands, and their words in other languages.

Rule: a command is one word of the conversation with a description; what it does is the core's matter.
Names and descriptions go to Discord in every language the owner turned on and a file here has.
"""

import logging
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from adapters.discord.club_commands import club_commands
from adapters.discord.forms import said_to, words_form
from adapters.discord.receive import TALKS

LOG = logging.getLogger("heeldrop.discord")
LINK = "link"
COMMANDS = {
    "start": "Begin, or go on",
    "coach": "Tell me about your running and your calves, in private",
    "menu": "What I can do",
    "plan": "Your running plan",
    "log": "Tell me about a run or how sore you are",
    "chart": "Your last 8 weeks as a picture",
    "report": "A page for a physio, as a file",
    "exercises": "Your exercises",
    "settings": "Your settings",
    "privacy": "What I keep",
    "help": "How to talk to me",
    "stop": "Stop my messages",
    "pause": "No messages from me for a while",
    "export": "All I keep about you, as a file",
    "delete": "Delete all I keep about you",
    LINK: "Join this chat and one on Telegram",
    "why": "Why I ask or advise this",
    "back": "One step back",
}
_WORDS = locale_str("words")
_WORDS_HINT = "In your own words. Nobody else reads them here."
_CODE = locale_str("code")
_CODE_HINT = "6 digits from the other chat. Leave it out to get a code."
_FOLDER = Path(__file__).parent / "locales"


class Translations(app_commands.Translator):
    """Texts by language, from the files de.toml, fr.toml ... in a folder."""

    def __init__(self, languages: tuple[str, ...], folder: Path = _FOLDER) -> None:
        self._texts = {
            language: tomllib.loads(file.read_text(encoding="utf-8"))
            for language in languages
            if (file := folder / f"{language}.toml").is_file()
        }

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The text in that language, or None if there is none: Discord then shows the English one."""
        found = self._texts.get(locale.value[:2], {}).get(string.message)
        return found if isinstance(found, str) else None

    def say(self, locale: discord.Locale) -> Callable[[str], str]:
        """What says a text in that language, or in English where there is none."""
        texts = self._texts.get(locale.value[:2], {})
        return lambda text: str(texts.get(text, text))


class Tree(app_commands.CommandTree[Any]):
    """All commands, for servers that have the bot and for people who installed it for themselves."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for name, description in COMMANDS.items():
            self.add_command(_command(name, description))
        for command in club_commands():
            self.add_command(command)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """A command of an older version is still answered; anything else is noted by its kind."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await interaction.client.arrive(interaction)
            return
        LOG.error("a command failed: %s", type(error.__cause__ or error).__name__)

    async def send(self) -> None:
        """Let Discord know the commands. A failure is noted: those it knows already still work."""
        try:
            made = await self.sync()
        except (discord.DiscordException, app_commands.AppCommandError, OSError) as error:
            LOG.warning("the commands were not set: %s", type(error).__name__)
        else:
            LOG.info("%d commands set", len(made))


def _command(name: str, description: str) -> app_commands.Command[Any, Any, None]:
    if name == LINK:
        return _linking(description)
    return _talking(name, description) if name in TALKS else _word(name)


def _word(name: str) -> app_commands.Command[Any, Any, None]:
    async def call(interaction: discord.Interaction[Any]) -> None:
        await interaction.client.arrive(interaction)

    return app_commands.Command(name=name, description=COMMANDS[name], callback=call)


def _talking(name: str, description: str) -> app_commands.Command[Any, Any, None]:
    @app_commands.rename(said=_WORDS)
    @app_commands.describe(said=_WORDS_HINT)
    async def call(
        interaction: discord.Interaction[Any],
        said: app_commands.Range[str, 1, 2000] | None = None,
    ) -> None:
        if name == "log" and said is None:
            await interaction.response.send_modal(words_form(said_to(interaction)))
        else:
            await interaction.client.arrive(interaction)

    return app_commands.Command(name=name, description=description, callback=call)


def _linking(description: str) -> app_commands.Command[Any, Any, None]:
    @app_commands.rename(code=_CODE)
    @app_commands.describe(code=_CODE_HINT)
    async def call(
        interaction: discord.Interaction[Any],
        code: app_commands.Range[str, 6, 7] | None = None,
    ) -> None:
        await interaction.client.arrive(interaction)

    return app_commands.Command(name=LINK, description=description, callback=call)

"""A small real bot for the tests of the Discord server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import discord
import yarl
from discord import app_commands, ui

from tests.platforms.discord_server import DiscordServer

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


@contextmanager
def pointed_at(server: DiscordServer) -> Iterator[None]:
    """Let discord.py talk to this server, and undo it afterwards."""
    base = discord.http.Route.BASE
    gateway = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    discord.http.Route.BASE = server.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        discord.http.Route.BASE = base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


class Keep(ui.DynamicItem[ui.Button[Any]], template=r"keep:(?P<what>\w+)"):
    """A button that says its whole meaning in its id, and so outlives a restart."""

    def __init__(self, what: str) -> None:
        super().__init__(ui.Button(label=what.title(), custom_id=f"keep:{what}"))
        self.what = what

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: Any, /
    ) -> "Keep":
        """Make the button again from its id."""
        return cls(match["what"])

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Change the message in place."""
        await interaction.response.edit_message(content=f"Kept {self.what}", view=None)


class Form(ui.Modal, title="How was it?"):
    """A form with one text."""

    words: ui.TextInput["Form"] = ui.TextInput(label="In your words")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say back what was written, to that person alone."""
        await interaction.response.send_message(f"You wrote {self.words.value}", ephemeral=True)


def buttons(*what: str) -> ui.View:
    """A row of buttons that last."""
    view = ui.View(timeout=None)
    for each in what:
        view.add_item(Keep(each))
    return view


class Bot(discord.Client):
    """Answers commands, presses, forms and messages, each in the simplest way."""

    def __init__(self) -> None:
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0,
        )
        self.tree = app_commands.CommandTree(self)
        self.removed: list[str] = []
        self.tree.add_command(app_commands.Command(name="run", description="Log", callback=_run))
        self.tree.add_command(app_commands.Command(name="form", description="Ask", callback=_form))
        club = app_commands.Group(name="club", description="The club")
        club.add_command(app_commands.Command(name="open", description="Open", callback=_open))
        self.tree.add_command(club)
        self.tree.add_command(_anywhere)

    async def setup_hook(self) -> None:
        """Send the commands to Discord before connecting."""
        self.add_dynamic_items(Keep)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Not wait before a second IDENTIFY."""

    async def on_message(self, message: discord.Message) -> None:
        """Say back what is written to the bot."""
        if message.author.bot or not message.content:
            return
        words = message.content.replace(self.user.mention if self.user else "", "").strip()
        await message.channel.send(f"You said {words}", nonce=str(message.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Remember which guilds threw the bot out."""
        self.removed.append(guild.name)


async def _run(interaction: discord.Interaction, distance: str) -> None:
    await interaction.response.send_message(f"Noted {distance}", view=buttons("yes", "no"))


async def _form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Form())


async def _open(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(content="Only you see this")


@app_commands.command(name="coach", description="Anywhere")
@app_commands.user_install()
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def _anywhere(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Here too")


@asynccontextmanager
async def running(server: DiscordServer, bot: Bot | None = None) -> AsyncIterator[Bot]:
    """The bot, connected; closed at the end."""
    bot = bot or Bot()
    times = server.gateway.identified + 1
    with pointed_at(server):
        async with bot:
            task = asyncio.create_task(bot.start(server.token))
            waiting = asyncio.create_task(server.ready(times))
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                waiting.cancel()
                task.result()
            await waiting
            await bot.wait_until_ready()
            try:
                yield bot
            finally:
                await bot.close()
                await asyncio.wait({task})
                await server.until(lambda: not server.gateway.connected, "the bot's goodbye")
                if not task.cancelled() and task.exception():
                    raise cast("BaseException", task.exception())

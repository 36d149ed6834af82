"""The slash commands of a running club.

Rule: Discord shows the commands of admins to those who manage the server. That is a courtesy: who may
do what is decided by the core, with the rank that is asked of Discord each time.
"""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str

from adapters.discord.forms import run_form, said_to

Command = app_commands.Command[Any, Any, None]
Asked = discord.Interaction[Any]
CLUB_COMMANDS = {
    "run": "Post a club run",
    "next": "The next club run",
    "runs": "The club runs to come",
    "club": "What there is in your club",
    "share": "What the club may count or show of you",
    "setup": "Set up the running club, in the channel for its runs",
    "organiser": "Name somebody who may post runs, or take it back",
    "quiet": "Nothing from me by myself for some days",
    "code": "A code, so that another place can join this club",
    "leave": "In a server: I leave it. In our direct messages: you leave the club.",
}
FOR_ADMINS = frozenset({"setup", "organiser", "quiet", "code", "leave"})
_LINE = locale_str("line")
_LINE_HINT = "The run in one line, like: Thu 7pm Town Hall 10k easy. Leave it out for a form."
_DAYS = locale_str("days")
_DAYS_HINT = "For how long, like 7d. Or: off"
_CODE = locale_str("code")
_CODE_HINT = "6 digits from the club's other place. Leave it out to set up a club here."
_WHO = locale_str("who")
_WHO_HINT = "A person"
_ROLE = locale_str("role")
_ROLE_HINT = "Everyone with this role"


def club_commands() -> list[Command]:
    """All of them. They belong to servers, and to our direct messages with people of those."""
    special = {"run": _run, "quiet": _quiet, "setup": _setup, "organiser": _organiser}
    made = []
    for name, description in CLUB_COMMANDS.items():
        callback: Any = special.get(name, _arrive)
        command: Command = app_commands.Command(
            name=name,
            description=description,
            callback=callback,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        if name in FOR_ADMINS:
            command.default_permissions = discord.Permissions(manage_guild=True)
        made.append(command)
    return made


async def _arrive(interaction: Asked) -> None:
    await interaction.client.arrive(interaction)


@app_commands.rename(line=_LINE)
@app_commands.describe(line=_LINE_HINT)
async def _run(interaction: Asked, line: Range[str, 1, 500] | None = None) -> None:
    if line is None:
        await interaction.response.send_modal(run_form(said_to(interaction)))
    else:
        await interaction.client.arrive(interaction)


@app_commands.rename(days=_DAYS)
@app_commands.describe(days=_DAYS_HINT)
async def _quiet(interaction: Asked, days: Range[str, 1, 20] | None = None) -> None:
    await interaction.client.arrive(interaction)


@app_commands.rename(code=_CODE)
@app_commands.describe(code=_CODE_HINT)
async def _setup(interaction: Asked, code: Range[str, 6, 7] | None = None) -> None:
    await interaction.client.arrive(interaction)


@app_commands.rename(who=_WHO, role=_ROLE)
@app_commands.describe(who=_WHO_HINT, role=_ROLE_HINT)
async def _organiser(
    interaction: Asked, who: discord.User | None = None, role: discord.Role | None = None
) -> None:
    await interaction.client.arrive(interaction)

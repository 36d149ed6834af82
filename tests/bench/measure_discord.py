"""Discord: from a button press coming in to its durable answer going out, beside a bare bot.

Both do the same for the person: the buttons go, and an answer that only they see comes. The bare
bot stores nothing; Heeldrop has the turn on the disk, and the reply marked, before it sends. Presses
come one at a time, far enough apart that no speed limit plays a part.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot.runtime.rates import DISCORD
from tests.bench.row import Row
from tests.discord_chat.world import heeldrop
from tests.platforms.discord_bots import Bot, running
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_spec import discord_spec
from tests.platforms.specs import DISCORD as SPEC

ROUNDS, PRESSES, WARM_UP = 4, 50, 10
PEOPLE = 25
"""Spread over so many that no chat's own limit (5 in 5 s) holds a press up."""
_GAP_S = 0.1
Press = Callable[[int], Awaitable[None]]


def measure() -> Iterable[Row]:
    """The rows of the table."""
    if not SPEC.is_file():
        yield Row("Discord", "not measured: its description is not here")
        return
    bare, ours = asyncio.run(_both())
    yield Row("Discord, a bare discord.py bot: press to answer", _spread(bare))
    yield Row("Discord, Heeldrop, stored first: press to answer", _spread(ours))
    times = statistics.median(ours) / statistics.median(bare)
    yield Row("Discord, Heeldrop's median beside the bare bot's", f"{times:.2f} times", "at most 2")


def _spread(seconds: list[float]) -> str:
    slow = statistics.quantiles(seconds, n=20)[-1]
    return f"median {statistics.median(seconds) * 1e3:.1f} ms, p95 {slow * 1e3:.1f} ms"


async def _both() -> tuple[list[float], list[float]]:
    """The two by turns. The library knows one address only, so they cannot run together."""
    discord_spec()
    bare: list[float] = []
    ours: list[float] = []
    for _round in range(ROUNDS):
        bare += await _bare()
        ours += await _heeldrop()
    return bare, ours


class _Answer(ui.DynamicItem[ui.Button[Any]], template=r"answer:(?P<number>\d+)"):
    """Takes its own buttons off, and answers privately with the next."""

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label="Yes", custom_id=f"answer:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: Any, /
    ) -> "_Answer":
        """The button again, from its id."""
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Edit the message, then answer."""
        said = interaction.message.content if interaction.message else ""
        await interaction.response.edit_message(content=f"{said} Yes", view=None)
        view = ui.View(timeout=None).add_item(_Answer(self.number + 1))
        view.stop()
        await interaction.followup.send(f"Answer {self.number}", view=view, ephemeral=True)


class _Bot(Bot):
    async def setup_hook(self) -> None:
        """The button and the commands."""
        self.add_dynamic_items(_Answer)
        await self.tree.sync()


async def _bare() -> list[float]:
    async with DiscordServer() as server:
        guild = server.guild("Club")
        channel = guild.channels[0]
        people = [server.member(f"Runner {n}", guild) for n in range(PEOPLE)]
        async with running(server, _Bot()) as bot:
            begin = ui.View(timeout=None).add_item(_Answer(0))
            begin.stop()
            place: Any = bot.get_channel(channel.id)
            for person in people:
                await place.send("Begin", view=begin, nonce=f"begin-{person.id}")
                person.presses("answer:0", channel=channel)
                await person.hears("Answer 0", channel)

            async def press(number: int) -> None:
                person = people[number % PEOPLE]
                turn = 1 + number // PEOPLE
                person.presses(f"answer:{turn}", channel=channel)
                await person.hears(f"Answer {turn}", channel)

            return await _timed(press)


async def _heeldrop() -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        async with DiscordServer() as server:
            guild = server.guild("Club")
            channel = guild.channels[0]
            people = [server.member(f"Runner {n}", guild) for n in range(PEOPLE)]
            async with heeldrop(server, Path(folder), rates=DISCORD):
                for person in people:
                    person.slash("start", channel=channel)
                    await person.hears("You said /start, 1", channel)

                async def press(number: int) -> None:
                    person = people[number % PEOPLE]
                    person.presses("Yes", channel=channel)
                    turn = 2 + number // PEOPLE
                    await person.hears(f"You chose =walking:yes, {turn}", channel)

                return await _timed(press)


async def _timed(press: Press) -> list[float]:
    took = []
    for number in range(WARM_UP + PRESSES):
        began = time.perf_counter()
        await press(number)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(_GAP_S)
    return took[WARM_UP:]

"""Every script of the club holds on Discord too: the same words, to the same people, and to no others."""

from pathlib import Path
from typing import Any

import pytest

from adapters.discord.club_commands import CLUB_COMMANDS
from bot.checking.club_talk import read_club_script
from bot.checking.talk import DEFAULT_AT, moment
from bot.club.commands import COMMANDS
from bot.content.load import default_folder
from bot.runtime.clock import MovableClock
from tests.discord_chat.club import content, scene
from tests.discord_chat.club_script import Played, places_of
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec
from tests.telegram.club_script import Zones

FOLDER = default_folder() / "scripts" / "club"
NAMES = sorted(path.stem for path in FOLDER.glob("*.talk"))


@needs_discord_spec
@pytest.mark.parametrize("name", NAMES)
async def test_a_script_of_the_club_holds_on_discord(tmp_path: Path, name: str) -> None:
    """Line by line, through the real library."""
    script = read_club_script(FOLDER / f"{name}.talk")
    told = script.settings()
    clock, zones = MovableClock(moment(told.get("at", DEFAULT_AT))[0]), Zones()
    async with DiscordServer(now=clock.now) as server:
        guilds = {
            where: server.guild(where[1:], "runs", bot=inside)
            for where, inside in places_of(script.lines).items()
        }
        for guild in guilds.values():
            guild.opened.update(CLUB_COMMANDS)  # who may is not decided by who sees a command
        core = zones.core, zones.club(content())
        async with scene(server, tmp_path, clock, inside=False, core=core) as club:
            played = Played(club, zones, guilds)
            for line in script.lines:
                if line.verb in {"title", "at"}:
                    continue
                if line.verb == "missing":
                    club.adapter.abilities = _lacking(line.text)  # type: ignore[method-assign]
                elif line.verb.startswith("zone "):
                    who = played.person(line.verb.removeprefix("zone "))
                    zones.of[str(who.id)] = line.text
                elif not await played.act(line):
                    said = "\n".join(played.shown())
                    assert played.holds(line), f"{line.number}: {line.verb}: {line.text}\n{said}"


def test_the_menu_offers_the_clubs_commands() -> None:
    """Each of them is one of the club's own."""
    assert CLUB_COMMANDS.keys() == COMMANDS.keys() - {"help", "start"}


def _lacking(words: str) -> Any:
    async def abilities(_place: object) -> tuple[str, ...]:
        return tuple(words.split())

    return abilities

"""The program itself, `heeldrop run`, on a Discord of our own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec
ROOT = Path(__file__).resolve().parents[2]
_MAIN = "import sys; from bot.runtime.commands import main; sys.exit(main())"


async def _start(server: DiscordServer, folder: Path, token: str = "") -> Process:
    env = {name: value for name, value in os.environ.items() if not name.startswith("TELEGRAM_")}
    env |= {
        "DISCORD_TOKEN": token or server.token,
        "DISCORD_API_URL": server.api_url,
        "DISCORD_GATEWAY_URL": server.gateway_url,
        "HEELDROP_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    # Started in the data folder, so that no .env of the owner's is read.
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", _MAIN, "run", cwd=folder, env=env, stderr=PIPE, stdout=PIPE
    )


async def test_it_serves_and_stops_when_told(tmp_path: Path) -> None:
    """With a token it connects, answers and, on SIGTERM, ends well."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        program = await _start(server, tmp_path)
        await server.until(lambda: server.state.commands.get(None), "the commands", 30)
        await server.ready(timeout=30)
        ada.slash("start", channel=guild.channels[0])
        await ada.hears("I help with sore calves", guild.channels[0], timeout=30)
        program.send_signal(signal.SIGTERM)
        _out, log = await asyncio.wait_for(program.communicate(), 30)

    assert program.returncode == 0, log.decode()
    assert server.token not in log.decode()
    assert "Traceback" not in log.decode()


async def test_a_wrong_token_is_one_sentence(tmp_path: Path) -> None:
    """A token that Discord does not know ends in a sentence that says where to get one."""
    async with DiscordServer() as server:
        program = await _start(server, tmp_path, "wrong")
        _out, log = await asyncio.wait_for(program.communicate(), 30)

    assert program.returncode != 0
    assert "Discord refuses the token in DISCORD_TOKEN" in log.decode()
    assert "Traceback" not in log.decode()

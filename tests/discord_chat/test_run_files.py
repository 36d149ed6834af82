"""A run file on the local Discord, with the real core: dropped, read in the worker, read back, kept."""

from datetime import timedelta
from pathlib import Path

from bot.content.load import load_content
from bot.conversation.event import Person
from bot.conversation.log import Run
from bot.conversation.step import step
from bot.runtime.clock import MovableClock
from tests.discord_chat.world import heeldrop
from tests.files.runs import START, Outing
from tests.files.writing import fit, table
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec
NOW = START + timedelta(hours=4)


async def test_a_run_file_and_a_table_are_read_back(tmp_path: Path) -> None:
    """FIT and CSV by Discord: both are read back, a photo is answered, nothing stays on the disk."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(
            server, tmp_path, step=step, content=load_content(), clock=MovableClock(NOW)
        ) as host:
            ada.says("", files={"me.gpx": b"\xff\xd8\xff\xe0 a photo"})
            await ada.hears("That is a picture.")
            ada.says("", files={"sunday.fit": fit(Outing(every_s=10))})
            await ada.hears("I read: 6 km · 38 min · today")
            ada.presses("Right")
            await ada.hears("What brings you here?")
            ada.says("", files={"year.csv": table().encode()})
            await ada.hears("I read 16 runs")
            ada.presses("Right")
            await ada.hears("Done. 16 runs are in your log.")
            runner = await host.runner(Person("discord", str(ada.user.id)))

        assert runner is not None
        assert len(runner.log.of(Run)) == 17
        assert list((tmp_path / "incoming").iterdir()) == []

"""A run file on the local Telegram, with the real core: dropped, read in the worker, read back, kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.content.load import load_content
from bot.conversation.event import Person as Someone
from bot.conversation.log import Run
from bot.conversation.step import step
from bot.runtime.clock import MovableClock
from tests.files.runs import START, Outing
from tests.files.writing import gpx
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.world import heeldrop

pytestmark = needs_telegram_spec
NOW = START + timedelta(hours=4)


async def test_a_run_file_is_read_back_and_a_hostile_one_is_answered(tmp_path: Path) -> None:
    """GPX by Telegram: "I read ..."; entities and 40 MB: a sentence; nothing stays on the disk."""
    async with (
        TelegramServer() as server,
        heeldrop(
            server, tmp_path, step=step, content=load_content(), clock=MovableClock(NOW)
        ) as program,
    ):
        ada = server.person("Ada")
        ada.sends_document("evil.gpx", b'<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>')
        await ada.hears("parts that a run file never needs")
        ada.sends_document("long.fit", b"", size=40_000_000)
        await ada.hears("I read files of up to 20 MB")
        ada.sends_document("sunday.gpx", gpx(Outing(every_s=10)))
        await ada.hears("I read: 6 km · 38 min · today")
        ada.taps("Right")
        await ada.hears("What brings you here?")

        runner = await program.host.runner(Someone("telegram", str(ada.id)))
        assert runner is not None
        (run,) = [entry for entry in runner.log.entries if isinstance(entry, Run)]
        assert (run.started, run.source) == (datetime(2026, 10, 11, 7, 10, tzinfo=UTC), "file")
        assert list(program.desk.me.files.iterdir()) == []

"""`heeldrop run` against the local Telegram, killed and started again."""

from pathlib import Path

from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.program import PATIENCE_S, started, told_to_stop

pytestmark = needs_telegram_spec


async def test_the_program_survives_being_killed(tmp_path: Path) -> None:
    """Killed without warning, it owes nothing: what came meanwhile is answered, old buttons work."""
    async with TelegramServer() as server:
        server.violations.tolerate("not_modified", "callback_answered_twice")
        ada = server.person("Ada")
        async with started(server, tmp_path / "data") as process:
            ada.says("/start")
            welcome = await ada.hears("computer program", timeout=PATIENCE_S)
            label = welcome.buttons[0]
            process.kill()
            await process.wait()
        ada.says("/help")
        async with started(server, tmp_path / "data") as process:
            await ada.hears("How to talk to me", timeout=PATIENCE_S)
            shown = len(ada.bot_messages())
            press = ada.taps(label, message=welcome)
            await server.until(lambda: press.answered, "an answer", PATIENCE_S)
            await server.until(
                lambda: len(ada.bot_messages()) > shown, "an answer to the press", PATIENCE_S
            )
            await server.until(lambda: not server.updates.pending, "confirmation", PATIENCE_S)
            code, log = await told_to_stop(process)

        assert code == 0, log
        assert server.token not in log
        assert "How to talk" not in log

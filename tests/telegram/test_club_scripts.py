"""Every script of the club holds on Telegram too: the same words, to the same people, and to no others."""

from pathlib import Path
from typing import Any

import pytest

from bot.checking.club_talk import read_club_script
from bot.checking.talk import DEFAULT_AT, moment
from bot.content.load import default_folder
from bot.runtime.clock import MovableClock
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.club import content
from tests.telegram.club_script import Played, Zones
from tests.telegram.world import ByHand, heeldrop

pytestmark = needs_telegram_spec
FOLDER = default_folder() / "scripts" / "club"
NAMES = sorted(path.stem for path in FOLDER.glob("*.talk"))


@pytest.mark.parametrize("name", NAMES)
async def test_a_script_of_the_club_holds_on_telegram(tmp_path: Path, name: str) -> None:
    """Line by line, through the real library."""
    script = read_club_script(FOLDER / f"{name}.talk")
    told = script.settings()
    clock, zones = MovableClock(moment(told.get("at", DEFAULT_AT))[0]), Zones()
    async with (
        TelegramServer(now=clock.now) as server,
        heeldrop(
            server, tmp_path, step=zones.core, content=content(), clock=clock,
            club=zones.club(content()), fetch=False, deliver=False,
        ) as program,
    ):  # fmt: skip
        played = Played(server, program, zones, ByHand(program))
        for line in script.lines:
            if line.verb in {"title", "at"}:
                continue
            if line.verb == "missing":
                program.desk.adapter.abilities = _lacking(line.text)  # type: ignore[method-assign]
            elif line.verb.startswith("zone "):
                who = played.person(line.verb.removeprefix("zone "))
                zones.of[str(who.id)] = line.text
            elif not await played.act(line):
                assert played.holds(line), f"{line.number}: {line.verb}: {line.text}\n" + "\n".join(
                    played.shown()
                )


def _lacking(words: str) -> Any:
    async def abilities(_place: object) -> tuple[str, ...]:
        return tuple(words.split())

    return abilities

"""The real core on the local Telegram: the same turns as without it, and the rule on audiences."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.deliver import LIMITS
from adapters.telegram.private import OFFER
from adapters.telegram.render import MARK
from bot.content.load import load_content
from bot.conversation.event import Person as Someone
from bot.conversation.event import Said, Tapped
from bot.conversation.step import step
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.runtime.rates import FREE
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_people import Person
from tests.platforms.telegram_server import TelegramServer
from tests.runtime.world import Platform, happens
from tests.telegram import toy
from tests.telegram.world import ByHand, Program, heeldrop

pytestmark = needs_telegram_spec
START = datetime(2026, 5, 4, 9, tzinfo=UTC)
NAME = "@heeldrop_test_bot"
STORY = "ran 6 miles yesterday first time since spring, calves are killing me"
OWN = Path(__file__).parents[1] / "understanding" / "own" / "dev.jsonl"
STEPS = 25


@pytest.fixture(scope="module")
def content() -> Any:
    """The content as it is in the repository."""
    return load_content()


def texts() -> list[str]:
    """What runners might say, from our own labelled messages, and the program's commands."""
    lines = OWN.read_text(encoding="utf-8").splitlines()[:60]
    told = [json.loads(line)["text"] for line in lines]
    return ["/start", "/menu", *told, "/privacy", "/why", "/help", STORY]


# ------------------------------------------------------------------ the same turns
async def test_a_first_conversation_is_the_same_as_without_telegram(
    tmp_path: Path, content: Any
) -> None:
    """What a runner reads on Telegram is what the core says, message by message."""
    played: list[Said | Tapped] = []
    async with TelegramServer() as server:
        clock = MovableClock(START)
        async with heeldrop(
            server, tmp_path, step=step, content=content, clock=clock, fetch=False, deliver=False
        ) as program:
            ada, by_hand = server.person("Ada"), ByHand(program)
            for text in ("/start", STORY):
                ada.says(text)
                played.append(Said(text))
                await by_hand.step()
            for _tap in range(STEPS):
                token = _first_token(ada)
                if not token:
                    break
                ada.taps(token)
                played.append(Tapped(token))
                await by_hand.step()
        seen = [each.text.split(MARK, maxsplit=1)[0] for each in ada.bot_messages()]

    plain = await _without_telegram(tmp_path / "plain", content, played)
    assert seen == [text.strip() for text in plain]
    assert len(played) > 5
    assert "Something went wrong" not in " ".join(seen)


def _first_token(person: Person) -> str:
    keyboard = person.bot_messages()[-1].keyboard
    return str(keyboard[0][0]["callback_data"]) if keyboard else ""


async def _without_telegram(folder: Path, content: Any, played: list[Said | Tapped]) -> list[str]:
    host = await Host.open(content, folder, MovableClock(START), step=step)
    platform = Platform(LIMITS)
    host.attach("p", platform, FREE)
    for what in played:
        await host.receive(happens(what))
        await host.deliver_pending()
    await host.close()
    return [sent.text for sent in platform.sent if sent.text.strip()]


# ------------------------------------------------------------------ the rule on audiences
@pytest.mark.parametrize("started", [True, False], ids=["knows-us", "never-wrote-to-us"])
@pytest.mark.parametrize("core", ["real", "toy"])
async def test_others_in_a_group_read_nothing_that_is_not_for_everyone(
    tmp_path: Path, content: Any, core: str, *, started: bool
) -> None:
    """Ada tells all in a group, Ben watches: he reads messages for everyone and bare links, no more."""
    async with TelegramServer() as server:
        server.state.privacy_mode = False  # the worst case: we receive everything
        async with heeldrop(
            server,
            tmp_path,
            step=step if core == "real" else toy.step,
            content=content,
            clock=MovableClock(START),
            fetch=False,
            deliver=False,
        ) as program:
            ada, ben = server.person("Ada", started=started), server.person("Ben", started=True)
            club = server.group("Club", ada, ben)
            by_hand = ByHand(program)
            for text in texts():
                command = text.startswith("/")
                ada.says(f"{text}{NAME}" if command else f"{text} {NAME}", club)
                await by_hand.step()
            ada.says(f"/post{NAME}", club)
            await by_hand.step()
            for message in list(ben.bot_messages(club)):
                for row in message.keyboard:
                    for button in row:
                        if "callback_data" in button:
                            ada.taps(button["callback_data"], chat=club, message=message)
                            await by_hand.step()

        assert len(program.delivered) >= len(texts())
        _only_public_is_seen(program, ben, [each.text for each in ben.bot_messages(club)])
        assert ben.popups == []
        assert ben.bot_messages() == []
        if started:
            assert len(ada.bot_messages()) > 3


def _only_public_is_seen(program: Program, ben: Person, seen: list[str]) -> None:
    for_all = {each.text.strip() for each in program.delivered if each.audience == "everyone_here"}
    for text in seen:
        assert text in for_all | {OFFER}


# ------------------------------------------------------------------ what Telegram alone brings up
async def test_added_to_a_group_the_core_says_hello_to_everyone(
    tmp_path: Path, content: Any
) -> None:
    """One message that everyone reads, with nothing to press."""
    async with TelegramServer() as server:
        async with heeldrop(server, tmp_path, step=step, content=content) as program:
            ada = server.person("Ada")
            club = server.group("Club", ada, bot=None)
            ada.adds_bot(club)
            hello = await ada.hears("private chat", club)

        assert hello.buttons == []
        assert [each.audience for each in program.delivered] == ["everyone_here"]


async def test_a_location_sets_the_runners_zone(tmp_path: Path, content: Any) -> None:
    """The zone is kept with the runner."""
    async with (
        TelegramServer() as server,
        heeldrop(server, tmp_path, step=step, content=content) as program,
    ):
        ada = server.person("Ada")
        ada.sends_location(27.7, 85.3)
        await ada.hears("Kathmandu")
        runner = await program.host.runner(Someone("telegram", str(ada.id)))

        assert runner is not None
        assert runner.zone == "Asia/Kathmandu"

"""The same scripts through the core, Telegram and Discord give the same turns.

The reference is the core in a plain host. On the platforms the real libraries talk to the local
servers. Whether the scripts themselves hold is tested beside the core.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.discord.deliver import LIMITS as DISCORD_LIMITS
from adapters.discord.render import MARK as DISCORD_MARK
from adapters.discord.render import markdown
from adapters.telegram.deliver import LIMITS as TELEGRAM_LIMITS
from adapters.telegram.render import MARK as TELEGRAM_MARK
from bot.checking.talk import DEFAULT_AT, Line, Script, moment, read_script
from bot.content.load import Content, load_content
from bot.conversation.answers import span
from bot.conversation.event import Event, Happening, Said, Tapped
from bot.conversation.fit import Limits
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step
from bot.conversation.turn import Turn
from bot.runtime.adapter import Delivery
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.runtime.turns import Step
from tests.discord_chat import world as on_discord
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.runtime.world import Platform, happens
from tests.telegram import world as on_telegram

SCRIPTS = Path(__file__).resolve().parents[2] / "content" / "scripts"
PLAYED = (
    "long-break-six-miles",
    "fortnight",
    "red-flag-in-plan",
    "correction-after-advice",
    "technique-forefoot",
    "d1-one-leg-swollen",
    "old-button",
    "checked-told-to-rest",
)
ACTS = ("runner", "tap", "press", "wait")


@pytest.fixture(scope="module")
def content() -> Content:
    """The content in use."""
    return load_content(SCRIPTS.parent)


def scene(script: Script) -> tuple[datetime, Step]:
    """When a script begins, and the core with the runner whom the script begins with."""
    told = script.settings()
    at, zone = moment(told.get("at", DEFAULT_AT))
    settings = {name: told[name] for name in ("units", "country") if name in told}

    def core(content: Any, said: Conversation, runner: Runner, event: Event, now: datetime) -> Turn:
        if not runner.zone:
            settled = {**settings, **runner.settings}
            runner = msgspec.structs.replace(runner, zone=zone, settings=settled)
        return step(content, said, runner, event, now)

    return at, core


@dataclass(frozen=True, slots=True)
class Deed:
    """What a line of a script does; `button` is the label or the token that is pressed."""

    what: Happening | timedelta
    button: str = ""


@dataclass(slots=True)
class Played:
    """What the runner did, and what each deed brought, in order."""

    deeds: list[Deed] = field(default_factory=list)
    brought: list[list[Delivery]] = field(default_factory=list)


async def played_plainly(script: Script, content: Content, folder: Path, limits: Limits) -> Played:
    """The script with the core alone in a host."""
    at, core = scene(script)
    clock = MovableClock(at)
    host = await Host.open(content, folder, clock, step=core)
    platform = Platform(limits)
    host.attach("p", platform)
    played = Played()
    for line in (line for line in script.lines if line.verb in ACTS):
        before = len(platform.sent)
        deed = meant(line, platform.sent)
        if isinstance(deed.what, timedelta):
            await host.advance(clock.now() + deed.what)
        else:
            await host.receive(happens(deed.what))
            await host.deliver_pending()
        played.deeds.append(deed)
        played.brought.append([one for one in platform.sent[before:] if not one.retire])
    await host.close()
    return played


def meant(line: Line, sent: list[Delivery]) -> Deed:
    """What a line of a script does; a button goes by the start of its label, the newest first."""
    if line.verb == "runner":
        return Deed(Said(line.text))
    if line.verb == "wait":
        return Deed(span(line.text.replace(" ", "")))
    if line.verb == "press":
        return Deed(Tapped(line.text), line.text)
    shown = [button for one in sent for row in one.fitted.rows for button in row]
    wanted = line.text.casefold()
    exact = (b for b in reversed(shown) if b.label.casefold() == wanted)
    close = (b for b in reversed(shown) if b.label.casefold().startswith(wanted))
    button = next(exact, None) or next(close, None)
    assert button is not None, f"{line.number}: no button {line.text!r}"
    return Deed(Tapped(button.token), button.label)


async def compare(
    played: Played,
    act: Callable[[Deed, int], Awaitable[list[str]]],
    rendered: Callable[[Delivery], str],
) -> None:
    """Do the same, deed by deed, and see the same."""
    count = 0
    for deed, brought in zip(played.deeds, played.brought, strict=True):
        expected = [rendered(one) for one in brought]
        count += len(expected)
        seen = await act(deed, count)
        assert seen[count - len(expected) :] == expected, deed
    assert count


@needs_telegram_spec
@pytest.mark.parametrize("name", PLAYED)
async def test_a_script_is_the_same_on_telegram(
    tmp_path: Path, content: Content, name: str
) -> None:
    """Every message of the script is what a runner reads on Telegram, and no other."""
    script = read_script(SCRIPTS / f"{name}.talk")
    played = await played_plainly(script, content, tmp_path / "plain", TELEGRAM_LIMITS)
    at, core = scene(script)
    clock = MovableClock(at)
    async with (
        TelegramServer() as server,
        on_telegram.heeldrop(
            server, tmp_path, step=core, content=content, clock=clock, fetch=False, deliver=False
        ) as program,
    ):
        ada, by_hand = server.person("Ada", started=True), on_telegram.ByHand(program)

        async def act(deed: Deed, _: int) -> list[str]:
            if isinstance(deed.what, timedelta):
                await program.host.advance(clock.now() + deed.what)
            elif isinstance(deed.what, Said):
                ada.says(deed.what.text)
            else:
                ada.taps(deed.button, old=True)
            await by_hand.step()
            return [each.text.split(TELEGRAM_MARK, 1)[0] for each in ada.bot_messages()]

        await compare(played, act, lambda one: one.text.strip())


@needs_discord_spec
@pytest.mark.parametrize("name", PLAYED)
async def test_a_script_is_the_same_on_discord(tmp_path: Path, content: Content, name: str) -> None:
    """Every message of the script is what a runner reads on Discord, and no other."""
    script = read_script(SCRIPTS / f"{name}.talk")
    played = await played_plainly(script, content, tmp_path / "plain", DISCORD_LIMITS)
    at, core = scene(script)
    clock = MovableClock(at)
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with on_discord.heeldrop(
            server, tmp_path, step=core, content=content, clock=clock
        ) as host:

            def seen() -> list[str]:
                mine = [each.content for each in ada.bot_messages() if not each.loading]
                return [text.partition(DISCORD_MARK)[0] for text in mine]

            async def act(deed: Deed, count: int) -> list[str]:
                if isinstance(deed.what, timedelta):
                    await advance(host, clock, clock.now() + deed.what)
                elif isinstance(deed.what, Said):
                    ada.says(deed.what.text)
                else:
                    ada.presses(deed.button, old=True)
                await server.until(lambda: len(seen()) >= count, f"{count} messages")
                await on_discord.settled(host)
                return seen()

            await compare(played, act, lambda one: markdown(one.fitted.parts))


async def advance(host: Host, clock: MovableClock, to: datetime) -> None:
    """Let time pass while deliveries go out in the background."""
    while (due := await host.store.next_due()) is not None and due <= to:
        clock.move_to(max(due, clock.now()))
        await host.tick()
        await on_discord.settled(host)
    clock.move_to(to)

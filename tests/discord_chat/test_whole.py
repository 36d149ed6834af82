"""Whole conversations with the real core and the real content, on Discord, with somebody watching."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.discord import words
from adapters.discord.deliver import LIMITS
from adapters.discord.render import markdown
from bot.content.load import Content, load_content
from bot.content.problem import ContentError
from bot.conversation.event import Event, Happening, Person, Place, Said, Tapped
from bot.conversation.fit import fit
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step
from bot.runtime.clock import MovableClock
from tests.discord_chat.world import heeldrop, settled
from tests.platforms.discord_people import Member
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import Channel
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec
MORNING = datetime(2026, 5, 7, 9, 0, tzinfo=UTC)
AFTER_A_RUN = (
    "/start",
    "ran 6 miles yesterday first time since spring, calves are killing me",
    "[Right]",
    "[None of these]",
    "[None of these]",
    "[Sore or stiff muscles]",
    "[Life]",
    "[3 to 5]",
    "[Why?]",
    "/menu",
    "/exercises",
    "/back",
)
SWOLLEN = (
    "/start",
    "my left calf is swollen and hot since the flight",
    "why",
    "/exercises",
    "/menu",
)
EMERGENCY = ("I have chest pain and my calf hurts", "/exercises", "/menu", "/help")


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's own content."""
    try:
        return load_content()
    except ContentError as error:
        pytest.fail(f"the content does not load: {error}")


class Core:
    """The core alone, which says what is to be expected."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._state = Conversation(), Runner(id="r1")
        self.labels: dict[str, str] = {}

    def next(self, line: str) -> list[str]:
        """The texts that follow from a line of a script."""
        what: Happening = Said(line)
        if line.startswith("["):
            what = Tapped(self.labels[line[1:-1]])
        where = Place("discord", "1")
        event = Event("e", Person("discord", "1"), where, what, MORNING)
        turn = step(self._content, *self._state, event, MORNING)
        self._state = turn.conversation, turn.runner
        for said in turn.messages:
            self.labels.update({button.label: button.token for button in said.buttons})
        return [markdown(each.parts) for said in turn.messages for each in fit(said, LIMITS)]


def _act(person: Member, line: str, channel: Channel | None, way: str) -> None:
    if line.startswith("["):
        person.presses(line[1:-1], channel=channel)
    elif line.startswith("/") and channel is not None:
        person.slash(line[1:], channel=channel)
    elif channel is None:
        person.says(line)
    elif way == "form":
        person.slash("log", channel=channel)
    else:
        person.slash("coach", {"words": line}, channel=channel)


@pytest.mark.parametrize("way", ["direct", "server", "form"])
@pytest.mark.parametrize(
    "script", [AFTER_A_RUN, SWOLLEN, EMERGENCY], ids=["after a run", "swollen", "emergency"]
)
async def test_a_script_is_the_same_on_discord(
    tmp_path: Path, content: Content, script: tuple[str, ...], way: str
) -> None:
    """Discord says what the core says, to one person; the one who watches sees nothing at all."""
    core = Core(content)
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = None if way == "direct" else guild.channels[0]
        clock = MovableClock(MORNING)
        async with heeldrop(server, tmp_path, step=step, content=content, clock=clock) as host:
            count = 0
            for line in script:
                expected = core.next(line)
                _act(ada, line, channel, way)
                if way == "form" and not line.startswith(("[", "/")):
                    await ada.sees_form()
                    ada.submits({words.FORM_LABEL: line})
                count += len(expected)
                await _hears_all(server, ada, channel, count)
                await settled(host)
                said = [each.partition("\n\n✓ ")[0] for each in _heard(ada, channel)]
                assert said[-len(expected) :] == expected

        assert len(_heard(ada, channel)) == count
        assert ben.bot_messages(guild.channels[0]) == []
        assert (server.thinking, server.unanswered) == ([], [])


async def _hears_all(
    server: DiscordServer, person: Member, channel: Channel | None, count: int
) -> None:
    await server.until(lambda: len(_heard(person, channel)) >= count, f"{count} messages")


def _heard(person: Member, channel: Channel | None) -> list[str]:
    return [each.content for each in person.bot_messages(channel) if not each.loading]


async def test_a_month_later_old_buttons_still_count(tmp_path: Path, content: Content) -> None:
    """After a restart and a month, a press on the first question gets a human answer."""
    clock = MovableClock(MORNING)
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path, step=step, content=content, clock=clock):
            ada.says("/start")
            first = await ada.hears("I help with sore calves")
        clock.move(timedelta(days=30))
        async with heeldrop(server, tmp_path, step=step, content=content, clock=clock):
            ada.presses("I am 18 or over, start", message=first)
            await server.until(lambda: len(ada.bot_messages()) > 1, "an answer")

        assert ada.bot_messages()[-1].buttons

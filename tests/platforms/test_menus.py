"""What the menus of both platforms offer is understood."""

from datetime import UTC, datetime

import pytest

from adapters.discord.commands import COMMANDS
from adapters.discord.receive import ALIASES
from adapters.telegram.commands import ADMINS, GROUP, PRIVATE
from bot.checking.talk import Stage
from bot.club.commands import COMMANDS as CLUBS
from bot.content.load import Content, load_content
from bot.conversation.event import Said
from bot.conversation.state import Runner

STORY = "ran 6 miles yesterday first time since spring, calves are killing me"
SWOLLEN = "my left calf is swollen and hot since the flight"
PUZZLED = {"not_understood", "use_the_buttons", "nothing_to_read", "locked_for_now", "old_button"}
OURS = {*PRIVATE, *GROUP, *(ALIASES.get(name, name) for name in COMMANDS)}
OFFERED = sorted(OURS - (CLUBS.keys() - {"help", "start"}))


@pytest.fixture(scope="module")
def content() -> Content:
    """The content in use."""
    return load_content()


@pytest.mark.parametrize("before", [(), ("/start",), ("/start", STORY), ("/start", SWOLLEN)])
@pytest.mark.parametrize("name", OFFERED)
def test_every_command_of_the_menus_is_understood(
    content: Content, name: str, before: tuple[str, ...]
) -> None:
    """At first contact, while something is asked, on a read-back, and on a care card."""
    chat = Stage(content, datetime(2026, 5, 7, 12, tzinfo=UTC), Runner(id="r1", zone="UTC"))
    for text in before:
        chat.happen(Said(text))
    chat.happen(Said(f"/{name}"))

    assert chat.said
    assert not PUZZLED & {said.kind for said in chat.said}


@pytest.mark.parametrize("name", OFFERED)
def test_a_command_has_its_own_answer_in_the_middle_of_a_talk(content: Content, name: str) -> None:
    """Asked nothing yet, each command leads to an answer of its own kind."""
    chat = Stage(content, datetime(2026, 5, 7, 12, tzinfo=UTC), Runner(id="r1", zone="UTC"))
    chat.happen(Said("/start"))
    chat.happen(Said(f"/{name}"))

    assert chat.said[0].kind in ANSWERS[name]


def test_what_is_offered_in_groups_is_the_clubs() -> None:
    """Each of them is one of the club's own commands."""
    assert {*GROUP, *ADMINS} <= CLUBS.keys()


ANSWERS = {
    "back": {"nothing_to_take_back"},
    "chart": {"chart_thin"},
    "delete": {"prompt:delete"},
    "exercises": {"exercises"},
    "export": {"export"},
    "help": {"help"},
    "link": {"link_code"},
    "log": {"log_empty"},
    "menu": {"menu"},
    "pause": {"prompt:ask_pause"},
    "plan": {"question:opening"},
    "privacy": {"privacy"},
    "report": {"report_empty"},
    "settings": {"settings"},
    "start": {"welcome"},
    "stop": {"stopped"},
    "why": {"menu"},
}

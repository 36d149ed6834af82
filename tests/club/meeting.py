"""A club that is set up, with a run, for the tests of this folder."""

from datetime import UTC, datetime
from functools import lru_cache

from bot.checking.clubhouse import Clubhouse
from bot.content.load import DEFAULT_FOLDER, Content, load_content
from bot.conversation.event import Said, Tapped

MONDAY = datetime(2026, 5, 4, 11, 0, tzinfo=UTC)
"""A Monday noon in London."""
LINE = "/run Thu 7pm Park 10k easy; 4k walk-run"


@lru_cache(maxsize=1)
def content() -> Content:
    """The content of the project."""
    return load_content(DEFAULT_FOLDER)


def club(now: datetime = MONDAY) -> Clubhouse:
    """A club that is on, set up by "admin" in #runs."""
    house = Clubhouse(content(), now)
    say(house, "admin", "/setup")
    tap(house, "admin", "Turn on")
    return house


def with_run(line: str = LINE, now: datetime = MONDAY) -> Clubhouse:
    """The same with a run that is posted."""
    house = club(now)
    say(house, "admin", line)
    tap(house, "admin", "Post")
    return house


def say(house: Clubhouse, name: str, text: str, where: str = "#runs") -> str:
    """Type something; what was said to everyone and to that person."""
    house.happen(name, where, Said(text))
    return heard(house)


def tap(house: Clubhouse, name: str, label: str, where: str = "#runs") -> str:
    """Press the newest button of this label."""
    button = house.button(name, label)
    assert button is not None, f"{name} sees no button {label!r}"
    return press(house, name, button.token, where)


def press(house: Clubhouse, name: str, token: str, where: str = "#runs") -> str:
    """Press a button by what it states."""
    house.happen(name, where, Tapped(token))
    return heard(house)


def heard(house: Clubhouse) -> str:
    """All that was said last."""
    return "\n".join(one.message.text for one in house.said)

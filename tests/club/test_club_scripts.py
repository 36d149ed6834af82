"""Every script of the club holds: several people in one place, and who may read what."""

import re
from pathlib import Path

import pytest

from bot.checking.club_talk import club_scripts_in, play_club, read_club_script
from bot.content.load import DEFAULT_FOLDER
from tests.club.meeting import content

FILES = sorted((DEFAULT_FOLDER / "scripts" / "club").glob("*.talk"))
LEAST = 12
OF_A_BODY = re.compile(
    r"member-\d|calf|calves|swollen|Longest|I read|[Rr]ed light|amber|green|pain [0-9]|out of 10"
)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_script_holds(path: Path) -> None:
    """It goes as the script says, through JSON after every turn; nobody's body is ever public."""
    house = play_club(read_club_script(path), content())

    assert not [text for text in house.public() if OF_A_BODY.search(text)]


def test_there_are_enough_scripts_and_each_has_its_own_title() -> None:
    """An organiser can tell them apart by their titles."""
    titles = [script.title for script in club_scripts_in(DEFAULT_FOLDER / "scripts")]

    assert len(titles) >= LEAST
    assert len(set(titles)) == len(titles)

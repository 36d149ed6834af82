from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.content.emergency import load_emergency
from tests.content.edited import CONTENT, edited

if TYPE_CHECKING:
    from bot.content.problem import Problem

FILE = "emergency-numbers.toml"
EMERGENCY = load_emergency(CONTENT, [])


def test_the_numbers_load_without_a_word() -> None:
    """The file as it stands has nothing wrong with it."""
    problems: list[Problem] = []
    load_emergency(CONTENT, problems)

    assert problems == []


@pytest.mark.parametrize(
    ("country", "number"),
    [
        *(("GB", "999"), ("IE", "112"), ("US", "911"), ("CA", "911"), ("AU", "000"), ("NZ", "111")),
        *(("IN", "112"), ("ZA", "112"), ("DE", "112"), ("FR", "15"), ("ES", "112"), ("PT", "112")),
        *(("NO", "113"), ("CH", "144"), ("AT", "144"), ("BR", "192"), ("MX", "911"), ("JP", "119")),
        *(("KR", "119"), ("SG", "995"), ("HK", "999"), ("AE", "998"), ("KE", "999"), ("IT", "112")),
    ],
)
def test_each_country_has_its_number(country: str, number: str) -> None:
    """The emergency number is the one that reaches an ambulance there."""
    assert EMERGENCY.words(country)["emergency"] == number


@pytest.mark.parametrize(
    ("country", "line"),
    [("GB", "111"), ("DE", "116117"), ("PT", "808 24 24 24"), ("NZ", "0800 611 116")],
)
def test_the_urgent_line_is_named_where_there_is_one(country: str, line: str) -> None:
    """The same-day sentence names the country's advice line."""
    assert EMERGENCY.words(country)["urgent_line"] == line
    assert line in EMERGENCY.words(country)["today"]


@pytest.mark.parametrize("country", [None, "", "XX", "ZZ", "99"])
def test_an_unknown_country_still_gets_words(country: str | None) -> None:
    """Where we do not know the country, the words name the numbers most readers need."""
    said = EMERGENCY.words(country)

    assert all(number in said["emergency"] for number in ("999", "112", "911"))


def test_small_letters_are_the_same_country() -> None:
    """A code in small letters is the same country."""
    assert EMERGENCY.words("gb") == EMERGENCY.words("GB")


@pytest.mark.parametrize("country", [None, *EMERGENCY.countries])
def test_no_word_is_ever_empty(country: str | None) -> None:
    """Every slot of a card is filled in every country, and no slot is left open."""
    for text in EMERGENCY.words(country).values():
        assert text.strip()
        assert "{" not in text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('emergency = "999"', 'emergency = "nine nine nine"', "HD003"),
        ('emergency = "999"', 'emergency = ""', "HD003"),
        ('emergency = "999"', "emergency = 999", "HD003"),
        ('id = "GB"', 'id = "uk"', "HD003"),
        ('id = "IE"', 'id = "GB"', "HD004"),
        ("{gp}", "{gp", "HD003"),
        ("{urgent_line}", "{urgent}", "HD003"),
    ],
)
def test_each_slip_is_noticed(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A number that is none, a wrong code, a country twice and a wrong slot are reported."""
    problems: list[Problem] = []
    load_emergency(edited(tmp_path, FILE, old, new), problems)

    assert code in [problem.code for problem in problems]


def test_no_file_still_gives_words(tmp_path: Path) -> None:
    """Without the file the default words stand, and HD001 says what is missing."""
    problems: list[Problem] = []
    words = load_emergency(tmp_path, problems).words("GB")

    assert words["emergency"].startswith("your local emergency number")
    assert [problem.code for problem in problems] == ["HD001"]

"""The form for a run: what is written into it becomes the line that is read anyway."""

from datetime import date, time
from typing import Any

import discord
import pytest

from adapters.discord.commands import Translations
from adapters.discord.forms import run_form, run_line, words_form, written
from bot.club.run_line import read_line
from tests.discord_chat.club import RUN, content


@pytest.mark.parametrize(
    ("more", "limit", "notes"),
    [
        ("20, bring a light", 20, "bring a light"),
        ("max 12", 12, ""),
        ("Max: 12 people. Note: dogs are fine", 12, "dogs are fine"),
        ("bring 2 bottles", None, "bring 2 bottles"),
        ("5k loops; back by 9", None, "5k loops; back by 9"),
        ("7:00 at the door", None, "7:00 at the door"),
        ("", None, ""),
    ],
)
def test_a_form_is_the_line_it_stands_for(more: str, limit: int | None, notes: str) -> None:
    """All fields arrive, and the last one is a limit, a note, or both."""
    fields = {name.lower(): text for name, text in RUN.items()} | {"more": more}
    line = read_line(run_line(fields), date(2026, 5, 4), time(12), content().club.limits)

    assert (line.title, line.on, line.at) == (RUN["Title"], date(2026, 5, 7), time(19))
    assert (line.place, [one.distance_m for one in line.options]) == (RUN["Where"], [10000, 4000])
    assert (line.limit, line.notes) == (limit, notes)


async def test_what_is_left_out_says_nothing() -> None:
    """Only when and where are needed; a field that was left empty is not in the line."""
    asked: list[Any] = [one["component"] for one in run_form().to_dict()["components"]]
    sent = [
        {"type": 18, "component": {"custom_id": one["custom_id"], "value": ""}} for one in asked
    ]
    sent[1]["component"]["value"], sent[2]["component"]["value"] = "Thu 7pm", "Park"  # type: ignore[index]

    assert [one["custom_id"] for one in asked if one["required"]] == ["when", "where"]
    assert run_line(written(sent)) == "Thu 7pm ; at Park"


def test_a_form_is_in_the_language_of_the_commands() -> None:
    """Every label, hint and title has a German text; where a language has none, it is English."""
    german = Translations(("de",)).say(discord.Locale.german)
    for form in (run_form, words_form):
        plain, said = form().to_dict(), form(german).to_dict()
        assert plain["title"] != said["title"]
        for one, other in zip(plain["components"], said["components"], strict=True):
            assert one["label"] != other["label"]
    assert german("No such text") == "No such text"

"""A given sentence, from the chat to a test case: kept apart, listed, and written down once."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.event import Tapped
from bot.conversation.gifts.gift_tests import labels_of
from bot.conversation.step import step
from bot.conversation.turn import Donate
from bot.runtime.clock import MovableClock
from bot.runtime.commands import main
from bot.runtime.host import Host
from bot.store.looking import donated_in
from tests.conversation.coached import content
from tests.runtime.world import happens

if TYPE_CHECKING:
    from bot.conversation.message import Button

NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)
STORY = ("ran 5 miles yesterday, my calves are sore", "sorry, it was 3 miles")
GIFT = Donate(
    "ran 5 miles", "en", "2026-10", {"run_distance_m": 8047.0}, {"run_distance_m": 4828.0}
)


async def gave(folder: Path, *presses: str, who: str = "ann") -> None:
    """A runner tells a story, puts it right, and presses these buttons."""
    host = await Host.open(content(), folder, MovableClock(NOON), step=step)
    try:
        buttons: dict[str, Button] = {}
        for text in STORY:
            taken = await host.receive(happens(text, who))
            assert taken.turn is not None
            buttons |= {b.label: b for message in taken.turn.messages for b in message.buttons}
        for label in presses:
            taken = await host.receive(happens(Tapped(buttons[label].token), who))
            assert taken.turn is not None
            assert not taken.failed
            buttons |= {b.label: b for message in taken.turn.messages for b in message.buttons}
    finally:
        await host.close()


async def test_it_is_kept_without_a_trace_of_who_gave_it(tmp_path: Path) -> None:
    """The row holds the sentence, the language, the month and the facts, and no more."""
    await gave(tmp_path, "Give this sentence", "Yes, give it")
    (one,) = donated_in(tmp_path)

    assert one.gift.sentence == STORY[0]
    assert one.gift.month == "2026-10"
    assert "2026-10-1" not in str(one)
    assert "ann" not in str(one)


async def test_nothing_is_kept_without_a_yes(tmp_path: Path) -> None:
    """Looking at what would be kept, and [No], keep nothing apart."""
    await gave(tmp_path, "Give this sentence", "No")

    assert donated_in(tmp_path) == []


async def test_it_outlives_the_runner(tmp_path: Path) -> None:
    """Deleting the runner leaves the sentence: nothing leads from one to the other."""
    await gave(tmp_path, "Give this sentence", "Yes, give it")
    host = await Host.open(content(), tmp_path, MovableClock(NOON), step=step)
    try:
        await host.receive(happens(Tapped("!delete_yes"), "ann"))
        counts = await host.store.counts()
    finally:
        await host.close()

    assert counts["runners"] == 0
    assert len(donated_in(tmp_path)) == 1


async def test_the_same_sentence_is_kept_once(tmp_path: Path) -> None:
    """Two runners who give the same words in a month make one row: no row counts people."""
    await gave(tmp_path, "Give this sentence", "Yes, give it")
    await gave(tmp_path, "Give this sentence", "Yes, give it", who="bea")

    assert len(donated_in(tmp_path)) == 1


async def test_the_command_lists_them_and_makes_tests(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are listed; as tests, each is written once, and lines that were there stay."""
    await gave(tmp_path, "Give this sentence", "Yes, give it")
    file = tmp_path / "tests.jsonl"
    file.write_text('{"id": "mine"}')
    asked = ["donated", "--data", str(tmp_path)]

    assert main(asked) == 0
    assert STORY[0] in capsys.readouterr().out
    assert main([*asked, "--as-tests", str(file)]) == 0
    assert main([*asked, "--as-tests", str(file)]) == 0

    mine, case = [json.loads(line) for line in file.read_text().splitlines()]
    assert mine == {"id": "mine"}
    assert (case["lang"], case["text"]) == ("en", STORY[0])
    assert case["labels"]["run"] == {"distance_km": 4.83}
    assert case["labels"]["soreness"]["present"] is True
    assert case["labels"]["red_flags"] == []


def test_the_command_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No data file, and a folder that is not there, are one sentence each."""
    assert main(["donated", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("There is no data file")


def test_signs_become_labels() -> None:
    """A sign that is there is a red flag, one that is not is denied, by the names of the labels."""
    labels = labels_of(
        {"swelling": "one_leg", "pop": False, "dark_pee": True, "weight_bear": "limp"}
    )

    assert labels["red_flags"] == ["dark_urine", "one_sided_swelling"]
    assert labels["denied"] == ["pop"]


def test_a_gift_has_no_room_for_who_or_when() -> None:
    """What is given has a month, and no field for a person, a place or an instant."""
    assert set(Donate.__struct_fields__) == {"sentence", "language", "month", "read", "corrected"}

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.terminal.scene import NoSuchButton, NoSuchFile, Scene
from bot.conversation.event import Dropped, Presence, Said, Tapped
from bot.conversation.message import Button
from tests.terminal.toy import FIX, RIGHT, START, ToyStage, said


@pytest.fixture
def stage() -> ToyStage:
    """A stand-in for the application."""
    return ToyStage()


@pytest.fixture
def scene(stage: ToyStage) -> Scene:
    """A scene before it."""
    return Scene(stage, ZoneInfo("Europe/London"))


async def test_a_shown_number_taps_and_other_words_are_said(scene: Scene, stage: ToyStage) -> None:
    """A typed line is a tap exactly when it names a button that is shown."""
    await scene.type("1")
    await scene.type("1")
    await scene.type("1")

    assert [what for _, _, what in stage.happened] == [
        Said("1"),
        Tapped("!right"),
        Tapped("!right"),
    ]


async def test_saying_a_number_never_taps(scene: Scene, stage: ToyStage) -> None:
    """`say` hands words on as they stand, for programs that mean what they say."""
    await scene.say("hello")
    await scene.say("1")

    assert stage.happened[-1] == ("you", "private", Said("1"))


@pytest.mark.parametrize("wanted", ["Fix", "fix", "2", 2, "!fix"])
async def test_a_tap_is_by_label_number_or_token(
    scene: Scene, stage: ToyStage, wanted: str | int
) -> None:
    """A program may name a button in any of three ways."""
    await scene.say("hello")
    await scene.tap(wanted)

    assert stage.happened[-1] == ("you", "private", Tapped("!fix"))


async def test_an_old_token_is_handed_on(scene: Scene, stage: ToyStage) -> None:
    """A token from any earlier message is a statement, and the core decides."""
    await scene.tap("=side:left")

    assert stage.happened == [("you", "private", Tapped("=side:left"))]


@pytest.mark.parametrize("wanted", ["Nope", 3, 0, -1, "3"])
async def test_a_button_that_is_not_shown_is_refused(scene: Scene, wanted: str | int) -> None:
    """The refusal names the buttons that are shown."""
    await scene.say("hello")
    with pytest.raises(NoSuchButton, match=r"\[Right\], \[Fix\]"):
        await scene.tap(wanted)


async def test_each_person_and_place_has_its_own_buttons(scene: Scene, stage: ToyStage) -> None:
    """A number typed by someone else, or elsewhere, is not a tap."""
    await scene.say("hello")
    scene.go("ann", "")
    await scene.type("1")
    scene.go("you", "#runs")
    await scene.type("1")
    scene.go("", "private")
    await scene.type("1")

    assert stage.happened[1:] == [
        ("ann", "private", Said("1")),
        ("you", "#runs", Said("1")),
        ("you", "private", Tapped("!right")),
    ]


async def test_buttons_for_everyone_can_be_used_by_anyone_there(
    scene: Scene, stage: ToyStage
) -> None:
    """A club post's buttons are numbered for each member in that place."""
    going = Button("Going", "!going:7")
    stage.send(said("Thursday run", going, audience="everyone_here"), "", "#runs")
    scene.go("ann", "#runs")
    shown = scene.drain()
    await scene.type("1")

    assert [key.key for key in shown[0].keys] == ["1"]
    assert stage.happened == [("ann", "#runs", Tapped("!going:7"))]


async def test_a_message_for_another_has_no_keys(scene: Scene, stage: ToyStage) -> None:
    """Only buttons that can be used from here are numbered."""
    stage.send(said("Sore?", RIGHT, FIX), "ann")

    assert scene.drain()[0].keys == ()


async def test_skipping_shows_what_fell_due_at_its_own_time(scene: Scene) -> None:
    """Messages come at their moments, in order."""
    shown = await scene.skip("1d")

    assert [(one.at - START).total_seconds() / 3600 for one in shown] == [12, 24]
    assert all(one.due for one in shown)


async def test_coming_back_is_an_event_only_for_someone_known(
    scene: Scene, stage: ToyStage
) -> None:
    """A new runner is left in peace; a known one is told where they were."""
    assert await scene.return_() == []
    await scene.say("hello")
    back = await scene.return_()

    assert back[0].message.text == "You were here before."
    assert stage.happened[-1] == ("you", "private", Presence("returned"))


async def test_a_file_is_dropped_by_its_path(scene: Scene, stage: ToyStage, tmp_path: Path) -> None:
    """The core gets the name, where the file is, and how large."""
    path = tmp_path / "my run.gpx"
    path.write_bytes(b"x" * 12)
    await scene.file(str(path))

    assert stage.happened == [("you", "private", Dropped("my run.gpx", str(path), 12))]


@pytest.mark.parametrize("path", ["missing.gpx", ".", "\0", "x" * 5000])
async def test_a_file_that_is_not_there_is_refused(
    scene: Scene, stage: ToyStage, path: str
) -> None:
    """A wrong path is a sentence, and nothing reaches the core."""
    with pytest.raises(NoSuchFile):
        await scene.file(path)

    assert stage.happened == []

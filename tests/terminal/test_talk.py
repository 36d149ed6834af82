import asyncio
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.terminal.plain import PlainScreen
from adapters.terminal.scene import Scene
from adapters.terminal.talk import Talk, watched
from bot.conversation.message import Attachment
from bot.store.errors import DiskFullError
from tests.terminal.toy import ToyStage, said


class Sitting:
    """A person at a plain terminal on a stand-in stage."""

    def __init__(self, folder: Path) -> None:
        self.stage = ToyStage()
        self._out = io.StringIO()
        zone = ZoneInfo("Europe/London")
        self.talk = Talk(Scene(self.stage, zone), PlainScreen(zone, self._out), folder / "files")

    async def type(self, line: str) -> str:
        """What typing a line writes on the screen."""
        assert await self.talk.line(line)
        return self.read()

    def read(self) -> str:
        """What was written since last time."""
        text = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return text


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    """Someone sits down."""
    return Sitting(tmp_path)


async def test_words_are_said_and_numbers_tap(sitting: Sitting) -> None:
    """Words and numbers go to the bot, and the answer is shown."""
    assert "You said: hello" in await sitting.type("hello")
    assert "You tapped: !fix" in await sitting.type("2")


async def test_skip_shows_what_fell_due_and_the_new_time(sitting: Sitting) -> None:
    """Messages on the way carry their local time; then it says what time it is now."""
    text = await sitting.type(":skip 18h")

    assert text == (
        "bot> (Fri 8 May, 06:40)\n     Time for your exercises.\nIt is now Fri 8 May, 12:40.\n"
    )
    assert await sitting.type(":skip 1h") == "Nothing was due. It is now Fri 8 May, 13:40.\n"


async def test_going_elsewhere_says_who_and_where(sitting: Sitting) -> None:
    """The scene is said, and the buttons that wait there."""
    await sitting.type("hello")
    assert await sitting.type(":as ann in #runs") == "Now: ann in #runs.\n"
    assert await sitting.type(":as you in private") == (
        "Now: you in private.\nButtons here: 1[Right]  2[Fix]\n"
    )


async def test_restart_reopens_and_goes_on(sitting: Sitting) -> None:
    """After a restart the runner is told where they were."""
    await sitting.type("hello")
    text = await sitting.type(":restart")

    assert sitting.stage.restarts == 1
    assert "opened again" in text
    assert "You were here before." in text


async def test_state_is_shown_in_lines(sitting: Sitting) -> None:
    """`:state` says what is known and what is not yet."""
    await sitting.type("hello")
    text = await sitting.type(":state")

    assert text == "Known:\n  things_said: 1\nTriage: nothing yet\nPathways: nothing yet\n"


async def test_a_file_is_dropped(sitting: Sitting, tmp_path: Path) -> None:
    """`:file` hands the file over, and says so if there is none."""
    (tmp_path / "run.gpx").write_text("<gpx/>")

    assert "File run.gpx, 6 bytes" in await sitting.type(f":file {tmp_path / 'run.gpx'}")
    assert "There is no file" in await sitting.type(":file missing.gpx")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (":help", ":skip 18h"),
        (":skp 1h", "Did you mean :skip?"),
        (":skip soon", "not a length of time"),
        (":in runs", "starts with #"),
    ],
)
async def test_scene_commands_never_reach_the_bot(sitting: Sitting, line: str, answer: str) -> None:
    """Help and mistakes are answered by the terminal itself."""
    assert answer in await sitting.type(line)
    assert sitting.stage.happened == []


async def test_quit_leaves(sitting: Sitting) -> None:
    """`:quit` is the one line that ends a chat."""
    assert not await sitting.talk.line(":quit")


async def test_control_characters_are_dropped_before_the_bot_hears(sitting: Sitting) -> None:
    """What a person types arrives as words."""
    assert "You said: ab" in await sitting.type("a\x00\x1bb")


async def test_trouble_with_the_data_is_a_sentence(sitting: Sitting) -> None:
    """A full disk is said in words, and the chat goes on."""
    sitting.stage.fails = DiskFullError("There is no room left on the disk.")

    assert await sitting.type("hello") == "There is no room left on the disk.\n"


async def test_what_falls_due_by_itself_is_shown(sitting: Sitting) -> None:
    """A check-in appears without anyone typing."""
    sitting.stage.send(said("Rest day."))
    await sitting.talk.tick()

    assert sitting.read() == "bot> (Thu 7 May, 18:40)\n     Rest day.\n"


async def test_a_file_from_the_bot_is_kept(sitting: Sitting, tmp_path: Path) -> None:
    """An export is written to the data folder, and never over another."""
    for _ in range(2):
        sitting.stage.send(said("Here it is.", attachment=Attachment("../all.json", "{}")))
        await sitting.talk.tick()

    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == [
        "all-2.json",
        "all.json",
    ]


class Sign:
    """Counts how often a sign of work was shown."""

    def __init__(self) -> None:
        self.shown = 0

    def working(self) -> AbstractContextManager[object]:
        """Count it."""
        return self._working()

    @contextmanager
    def _working(self) -> Iterator[None]:
        self.shown += 1
        yield


async def test_a_sign_of_work_is_shown_only_when_something_is_slow(tmp_path: Path) -> None:
    """What is done at once needs no sign; what is not done in time gets one until it is."""
    sign, gate = Sign(), asyncio.Event()
    screen = PlainScreen(ZoneInfo("UTC"), io.StringIO())
    screen.working = sign.working  # type: ignore[method-assign]

    async def quick() -> str:
        return "quick"

    async def slow() -> str:
        await gate.wait()
        return "slow"

    assert await watched(quick(), screen) == "quick"
    assert sign.shown == 0
    waiting = asyncio.create_task(watched(slow(), screen, patience_s=0))
    while not sign.shown:
        await asyncio.sleep(0)
    gate.set()
    assert await waiting == "slow"
    assert sign.shown == 1

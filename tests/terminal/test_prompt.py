from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.terminal.prompt import History, Prompt
from adapters.terminal.stage import HISTORY

LEFT, RIGHT, UP = "\x1b[D", "\x1b[C", "\x1b[A"
CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    """A keyboard without a terminal."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


@pytest.fixture
def prompt(keyboard: PipeInput, tmp_path: Path) -> Prompt:
    """An input line with three buttons shown above it."""
    return Prompt(tmp_path / HISTORY, lambda: ["Both", "Left", "Right"])


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("hello", "hello"),
        ("", ""),
        (RIGHT, "Both"),
        (RIGHT * 2, "Left"),
        ("\t" * 3, "Right"),
        (RIGHT * 4, "Both"),
        (LEFT, "Right"),
        (RIGHT * 2 + LEFT, "Both"),
        (RIGHT + " calves", "Both calves"),
        ("ab" + LEFT + "c", "acb"),
        ("old" + CTRL_C + "new", "new"),
    ],
)
async def test_keys_become_a_line(
    keyboard: PipeInput, prompt: Prompt, keys: str, line: str
) -> None:
    """Arrows pick buttons in an empty line, and move about in words that were typed."""
    keyboard.send_text(keys + "\r")

    assert await prompt.read("you") == line


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C, "half a line" + CTRL_C + CTRL_C])
async def test_leaving_is_ctrl_d_or_ctrl_c(keyboard: PipeInput, prompt: Prompt, keys: str) -> None:
    """From an empty line both leave; a half-typed line is cleared first."""
    keyboard.send_text(keys)

    assert await prompt.read("you") is None


async def test_history_lasts_in_the_data_folder(
    keyboard: PipeInput, prompt: Prompt, tmp_path: Path
) -> None:
    """A line typed in an earlier chat comes back with the up arrow; only its owner may read it."""
    keyboard.send_text("ran 5k\r")
    await prompt.read("you")
    later = Prompt(tmp_path / HISTORY, list)
    keyboard.send_text(UP + "\r")

    assert await later.read("you") == "ran 5k"
    assert (tmp_path / HISTORY).stat().st_mode & 0o077 == 0


async def test_without_buttons_arrows_do_nothing_new(keyboard: PipeInput, tmp_path: Path) -> None:
    """No button, no picking."""
    keyboard.send_text(RIGHT + LEFT + "hi\r")

    assert await Prompt(tmp_path / HISTORY, list).read("you") == "hi"


def test_history_that_cannot_be_kept_is_no_trouble(tmp_path: Path) -> None:
    """Where the history cannot be read or written, the chat goes on without it."""
    history = History(tmp_path)
    history.store_string("hello")

    assert list(history.load_history_strings()) == []

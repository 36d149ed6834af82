import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.commands import NAMES, Do, File, Go, Puzzled, Say, Skip, parse


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("ran 6 miles", Say("ran 6 miles")),
        ("", Say("")),
        (":)", Say(":)")),
        (":D", Say(":D")),
        (": (", Say(": (")),
        (":as member-2", Go("member-2")),
        (":as member-2 in #runs", Go("member-2", "#runs")),
        (":in #runs", Go("", "#runs")),
        (":in #runs/long-run", Go("", "#runs/long-run")),
        (":in Private", Go("", "private")),
        (":skip 18h", Skip("18h")),
        (":SKIP until sat 9:00", Skip("until sat 9:00")),
        (":file samples/my run.gpx", File("samples/my run.gpx")),
        (':file "my run.gpx"', File("my run.gpx")),
        (":restart", Do("restart")),
        (":state", Do("state")),
        (":help", Do("help")),
        (":quit", Do("quit")),
        (":exit", Do("quit")),
        ("  :help  ", Do("help")),
    ],
)
def test_lines_become_commands(line: str, command: object) -> None:
    """Each scene command is read; everything else is said as it stands."""
    assert parse(line) == command


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (":skp 18h", ":skip"),
        (":stat", ":state"),
        (":restrat", ":restart"),
        (":xylophone", ":help"),
        (":skip", ":skip 18h"),
        (":file", ":file"),
        (":as", ":as member-2"),
        (":as a b c", ":as member-2"),
        (":as ../x", "A name"),
        (":in runs", ":in #runs"),
        (":in", ":in #runs"),
    ],
)
def test_a_puzzling_command_says_what_to_type(line: str, hint: str) -> None:
    """A command that cannot be followed is answered with the nearest that can."""
    answer = parse(line)

    assert isinstance(answer, Puzzled)
    assert hint in answer.why


@given(st.text(max_size=80))
def test_any_line_is_read(line: str) -> None:
    """Parsing never fails, and words are never changed."""
    command = parse(line)

    assert not isinstance(command, Say) or command.text == line


@given(st.sampled_from(NAMES), st.text(max_size=40))
def test_any_argument_is_read(name: str, rest: str) -> None:
    """A command with any argument is followed or answered, and never said to the bot."""
    assert not isinstance(parse(f":{name} {rest}"), Say)

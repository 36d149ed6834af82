import json
import os
import sqlite3
from pathlib import Path

import pytest

from adapters.terminal.json_help import JSON_HELP
from tests.harness.chat import Chat
from tests.terminal.program import AT, TOY, piped
from tests.terminal.toy_core import toy


def test_a_piped_chat_is_plain_lines_until_the_end(tmp_path: Path) -> None:
    """Lines in, lines out, no escape codes, no prompts, and exit code 0 at the end of the input."""
    ended = piped(tmp_path, "calves sore\n1\na\n:skip 1d", *AT)

    assert ended.stdout.decode() == (
        "bot> I read: calves sore. Which side?\n"
        "     1[Left]  2[Right]  3[Both]\n"
        "bot> How sore?\n"
        "     a[0 to 2]  b[3 to 10]\n"
        "bot> Walk today\n"
        "\n"
        "     Side: left.\n"
        "bot> (Fri 8 May, 08:40)\n"
        "     Due: soreness\n"
        "It is now Fri 8 May, 18:40.\n"
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_quit_ends_a_piped_chat_early(tmp_path: Path) -> None:
    """What comes after :quit is not read."""
    ended = piped(tmp_path, ":quit\nhello\n", *AT)

    assert (ended.stdout, ended.returncode) == (b"", 0)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        "👟👟".encode(),
        b"x" * 100_000,
        b"x" * 1_000_000,
        b"\x00\x01\x1b[2J\x07",
        "\u202eright to left, مرحبا".encode(),
        b"\xff\xfe\xfa",
        b":skip " + b"9" * 5000,
        b":as " + b"x" * 5000,
        b":file \x00",
        b":" + b"z" * 3000,
        b"crash",
    ],
)
def test_bad_input_is_answered_and_the_chat_goes_on(tmp_path: Path, line: bytes) -> None:
    """Whatever is typed, there is an answer without control characters, and the next line works."""
    ended = piped(tmp_path, line + b"\nhello\n", *AT)

    answer, _, rest = ended.stdout.decode().rpartition("bot> I read: hello.")
    assert answer.strip()
    assert rest
    assert not {char for char in answer if ord(char) < 32} - {"\n"}
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_malformed_lines_are_error_lines(tmp_path: Path) -> None:
    """A JSON chat answers anything with JSON lines, and each line with exactly one done."""
    lines = [
        b"nope",
        b"{}",
        b'{"say": "' + b"x" * 100_000 + b'"}',
        b"\x00",
        b"\xff",
        b'{"say": "hi"}',
    ]
    ended = piped(tmp_path, b"\n".join(lines), "--json", *AT)

    out = [json.loads(line) for line in ended.stdout.decode().splitlines()]
    codes = [line["error"]["code"] for line in out if "error" in line]
    assert codes == ["not_json", "one_verb", "line_too_long", "not_json", "not_utf8"]
    assert sum("done" in line for line in out) == len(lines)
    assert "message" in out[-2]
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_same_lines_give_the_same_answers(tmp_path: Path) -> None:
    """With a start time and a fresh folder, a run can be repeated exactly."""
    lines = '{"say": "sore"}\n{"tap": 1}\n{"tap": 1}\n{"skip": "2d"}\n'
    first = piped(tmp_path, lines, "--json", "--fresh", *AT)
    second = piped(tmp_path, lines, "--json", "--fresh", *AT)

    assert first.stdout == second.stdout
    assert first.stdout.count(b'"done"') == 4


def test_a_fresh_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    """The temporary folder is gone at the end, and the named one was never made."""
    ended = piped(tmp_path / "data", "hello\n", "--fresh", TMPDIR=str(tmp_path))

    assert ended.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_help_for_json_needs_no_data(tmp_path: Path) -> None:
    """--json --help prints the protocol."""
    ended = piped(tmp_path / "data", "", "--json", "--help")

    assert ended.stdout.decode() == JSON_HELP
    assert not (tmp_path / "data").exists()


def test_a_reader_who_leaves_is_no_trouble(tmp_path: Path) -> None:
    """As with `| head`: no traceback when nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        import subprocess  # noqa: PLC0415 - only this test needs its own pipe

        ended = subprocess.run(
            [*TOY, "--data", str(tmp_path), *AT],
            input=b"hello\n" * 50,
            stdout=nobody,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    assert ended.stderr == b""


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    """A data folder that must be left exactly as it is."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def _refused(folder: Path) -> str:
    """The one sentence with which a chat on this folder is refused."""
    typed, in_json = (piped(folder, "hello\n", *options, *AT) for options in ([], ["--json"]))
    for ended in (typed, in_json):
        assert (ended.returncode, ended.stdout) == (2, b"")
    sentence = typed.stderr.decode()
    assert in_json.stderr.decode() == sentence
    assert sentence.count("\n") == 1
    assert "Traceback" not in sentence
    return sentence


def test_a_file_that_is_no_database_is_refused(refused: Path) -> None:
    """One clear sentence, exit code 2, and not a byte is changed."""
    path = refused / "heeldrop.db"
    path.write_bytes(b"my holiday notes, not a database\n" * 50)
    before = path.read_bytes()

    assert "not a SQLite database" in _refused(refused)
    assert path.read_bytes() == before
    assert not (refused / "chat-clock.json").exists()


def test_a_database_from_a_newer_version_is_refused(refused: Path) -> None:
    """A file with migrations this program does not know is left alone."""
    with Chat.here(refused, *AT, load=toy) as chat:
        chat.say("hello")
    path = refused / "heeldrop.db"
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO migrations VALUES (999, 'from the future', '')")
    connection.commit()
    connection.close()
    before = path.read_bytes()

    assert "newer" in _refused(refused)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, that is said."""
    (tmp_path / "data").write_text("a file")

    assert "folder" in _refused(tmp_path / "data" / "below")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write in any folder"
)
def test_a_read_only_folder_is_refused(refused: Path) -> None:
    """Without the right to write, nothing is tried."""
    refused.chmod(0o500)

    assert "cannot" in _refused(refused)

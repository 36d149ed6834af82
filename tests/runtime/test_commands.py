"""The command line: clear messages, exit codes, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.commands import COMMANDS, main
from bot.runtime.plugins import RefusedError
from tests.runtime.world import happens, hosted


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run where no .env is."""
    monkeypatch.chdir(tmp_path)
    for name in ("HEELDROP_DATA", "TELEGRAM_TOKEN", "DISCORD_TOKEN", "HEELDROP_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    # Whether the content of today is right is a matter of its own tests.
    monkeypatch.setattr("bot.runtime.commands.doctor._content", lambda _: ("ok", "content"))


def test_no_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command, and with help, all commands are listed."""
    assert main([]) == 2
    assert main(["--help"]) == 0

    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in COMMANDS)


def test_a_typing_error_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest command is named."""
    assert main(["docter"]) == 2
    assert "heeldrop doctor?" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """It says its version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("heeldrop ")


def test_a_wrong_setting_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting that cannot be used ends a command with its name."""
    monkeypatch.setenv("HEELDROP_ZONE", "Mars")

    assert main(["doctor"]) == 1
    assert capsys.readouterr().err.startswith("HEELDROP_ZONE should be")


def test_run_without_a_token_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody has to guess what is missing."""
    assert main(["run"]) == 1

    said = capsys.readouterr().err
    assert "TELEGRAM_TOKEN" in said
    assert "heeldrop chat" in said


def test_a_token_that_is_refused_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only the owner can change is said in the platform's own words."""

    def refuse(*_: object) -> None:
        raise RefusedError("The token is not known: copy it again.")

    monkeypatch.setattr("bot.runtime.commands.doctor.read", refuse)

    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "The token is not known: copy it again.\n"


def test_a_surprise_is_a_sentence_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody expected is said without a traceback; with HEELDROP_DEBUG=1, with one."""
    monkeypatch.setattr("bot.runtime.commands.doctor.read", lambda: 1 / 0)

    assert main(["doctor"]) == 1
    assert "Traceback" not in capsys.readouterr().err

    monkeypatch.setenv("HEELDROP_DEBUG", "1")
    assert main(["doctor"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_doctor_before_the_first_start(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing there yet is nothing wrong."""
    assert main(["doctor"]) == 0
    assert "no data yet" in capsys.readouterr().out


async def test_doctor_shows_failed_turns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A turn that failed is shown with its runner and where it failed, not with what was said."""
    async with hosted(tmp_path / "data") as (host, _):
        await host.receive(happens("boom my private words"))
        while_it_runs = main(["doctor"])

    assert while_it_runs == 1
    shown = capsys.readouterr().out
    assert "turn_failed runner r1" in shown
    assert "toy.py" in shown
    assert "private words" not in shown


def test_doctor_says_what_can_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in which no file can be made needs the owner."""
    assert main(["doctor"]) == 0
    assert "can be written to" in capsys.readouterr().out

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("bot.runtime.commands.doctor.tempfile.TemporaryFile", refuse)
    assert main(["doctor", "--data", str(tmp_path / "data")]) == 1
    assert "cannot be written to: Read-only file system" in capsys.readouterr().out


def test_doctor_looks_at_the_time_zones(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing data is named, with what to install."""
    monkeypatch.setattr("bot.runtime.commands.doctor.is_zone", lambda name: name == "UTC")

    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "Europe/London" in said
    assert "tzdata" in said


def test_doctor_looks_at_the_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Content that does not load is counted, and the command that says more is named."""
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEELDROP_CONTENT", str(tmp_path))

    assert main(["doctor", "--offline"]) == 1
    assert "heeldrop check" in capsys.readouterr().out


def test_restore_without_backups(capsys: pytest.CaptureFixture[str]) -> None:
    """No backups is said plainly."""
    assert main(["restore"]) == 1
    assert main(["restore", "newest"]) == 1
    assert "no backups" in capsys.readouterr().err


def test_starting_loads_no_platform() -> None:
    """The host and the command line load no platform library and no scheduler."""
    code = (
        "import sys, bot.runtime.commands, bot.runtime.host\n"
        "loaded = {'telegram', 'discord', 'aiohttp', 'apscheduler', 'httpx'} & set(sys.modules)\n"
        "sys.exit(repr(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr

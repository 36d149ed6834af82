"""Starting the chat with the toy core as a program, and reading what a piped one writes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.harness.chat import ROOT

TOY = (sys.executable, "-m", "tests.terminal.toy_core")
AT = ("--at", "2026-05-07T18:40", "--zone", "Europe/London")


def environment(**changes: str) -> dict[str, str]:
    """This process's environment, without what would change the chat."""
    left_out = {"HEELDROP_DATA", "NO_COLOR", "COLUMNS", "LINES", "TZ"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | changes


def piped(
    folder: Path, typed: str | bytes, *options: str, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a chat with these lines as its input, until it ends."""
    return subprocess.run(
        [*TOY, "--data", str(folder), *options],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        cwd=ROOT,
        env=environment(**changes),
        timeout=60,
        check=False,
    )

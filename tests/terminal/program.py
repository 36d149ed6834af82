"""Starting the chat with the toy core as a program, and reading what a piped one writes."""

import subprocess
import sys
from pathlib import Path

from tests.harness.chat import ROOT, environment

TOY = (sys.executable, "-m", "tests.terminal.toy_core")
AT = ("--at", "2026-05-07T18:40", "--zone", "Europe/London")


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

import subprocess
import sys

import pytest

from tests.harness.chat import ROOT, environment

PLATFORMS = {"discord", "telegram", "aiohttp", "httpx", "apscheduler"}
SCREENS = {"rich", "prompt_toolkit"}


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a statement loads, in a Python of its own."""
    told = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        check=True,
    )
    return {name.partition(".")[0] for name in told.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import adapters.terminal", PLATFORMS | SCREENS | {"asyncio", "sqlite3"}),
        ("import adapters.terminal.main", PLATFORMS | SCREENS),
        ("import adapters.terminal.screen, adapters.terminal.prompt", PLATFORMS),
    ],
)
def test_the_terminal_loads_no_platform_library(statement: str, unwanted: set[str]) -> None:
    """A terminal chat loads nothing of other platforms, and a screen only where there is one."""
    assert loaded_by(statement) & unwanted == set()

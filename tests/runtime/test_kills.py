"""The promise, counted by killing the process. More kills: python -m tests.runtime.kills --help."""

import json
import subprocess
import sys

import pytest

NEVER = (
    "failed",
    "messages lost",
    "messages without an answer",
    "turns taken twice",
    "check-ins lost",
    "check-ins left over",
    "not arrived",
    "replies pending",
    "replies failed",
    "nudges pending",
    "nudges failed",
    "nudges arrived twice",
    "nudges arrived more than twice",
    "replies arrived more than twice",
    "replies sent and not arrived",
    "nudges sent and not arrived",
)


def campaign(*options: str, of: str = "kills") -> dict[str, int]:
    """Run a campaign in a process of its own."""
    command = [sys.executable, "-m", f"tests.runtime.{of}", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


@pytest.mark.parametrize("where", [(), ("--boundaries",)], ids=["at random", "at every commit"])
def test_a_platform_without_keys(where: tuple[str, ...]) -> None:
    """Nothing acknowledged is lost; a nudge arrives once at most, a reply twice at most."""
    counted = campaign("--kills", "30", "--seed", "3", *where)

    assert counted["kills"] == 30
    assert {name: counted.get(name, 0) for name in NEVER} == dict.fromkeys(NEVER, 0)


@pytest.mark.parametrize("where", [(), ("--boundaries",)], ids=["at random", "at every commit"])
def test_a_platform_that_honours_a_key(where: tuple[str, ...]) -> None:
    """With the same nonce each time, everything arrives, and nobody sees anything twice."""
    counted = campaign("--kills", "30", "--seed", "4", "--idempotent", *where)

    assert counted["kills"] == 30
    assert {name: counted.get(name, 0) for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert counted["replies sent"] == counted["messages"]
    assert counted["nudges sent"] == counted["check-ins"]


def test_presses_on_a_clubs_post() -> None:
    """No press that was answered is lost, and in the end the post says what is stored."""
    counted = campaign("--kills", "15", "--seed", "2", of="club_kills")
    wrong = ("failed", "answered presses lost", "last word wrong")

    assert counted["kills"] == 15
    assert {name: counted.get(name, 0) for name in wrong} == dict.fromkeys(wrong, 0)

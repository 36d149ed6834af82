from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.gate import AtGate, Gate, gate
from bot.coaching.runs import Light
from bot.content.coaching import Coaching

NOW = datetime(2026, 5, 31, 18, tzinfo=UTC)
CLEAR = AtGate("self_manage", level_run_s=540, cap_s=600, technique_s=None, max_runs=2)


def lights(*days_and_lights: tuple[float, Light]) -> tuple[tuple[datetime, Light], ...]:
    """Lights of runs so many days ago."""
    return tuple((NOW - timedelta(days=days), light) for days, light in days_and_lights)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (CLEAR, Gate("run", 540)),
        (replace(CLEAR, technique_s=300), Gate("run", 300)),
        (replace(CLEAR, level_run_s=None, cap_s=None), Gate("run", None)),
        (replace(CLEAR, triage="emergency"), Gate("lock")),
        (replace(CLEAR, triage="same_day"), Gate("lock")),
        (replace(CLEAR, triage="this_week"), Gate("lock_running")),
        (replace(CLEAR, rules=frozenset({"W2"})), Gate("lock_running")),
        (replace(CLEAR, rules=frozenset({"S"})), Gate("run", 540)),
        (replace(CLEAR, runs_this_week=2), Gate("walk")),
        (replace(CLEAR, last_start=NOW - timedelta(hours=39)), Gate("walk_or_strength")),
        (replace(CLEAR, last_start=NOW - timedelta(hours=40)), Gate("run", 540)),
        (
            replace(CLEAR, lights=lights((6, "amber"), (2, "amber"))),
            Gate("run", 540, hold_level=True),
        ),
        (
            replace(CLEAR, lights=lights((8, "amber"), (2, "amber"))),
            Gate("run", 540),
        ),
        (replace(CLEAR, lights=lights((4, "red"))), Gate("run", 540, step_back=True)),
        (replace(CLEAR, lights=lights((6, "red"), (4, "green"))), Gate("run", 540)),
    ],
)
def test_gate(coaching: Coaching, at: AtGate, expected: Gate) -> None:
    """Each line of the gate in 3.6."""
    assert gate(at, NOW, coaching) == expected


@given(
    triage=st.sampled_from(["emergency", "same_day", "this_week"]),
    runs=st.integers(0, 5),
    hours=st.integers(0, 100),
)
def test_safety_comes_first(coaching: Coaching, triage: str, runs: int, hours: int) -> None:
    """Whatever else is known, nobody runs before they were checked."""
    at = replace(CLEAR, triage=triage, runs_this_week=runs, last_start=NOW - timedelta(hours=hours))

    assert gate(at, NOW, coaching).action in {"lock", "lock_running"}
    assert gate(at, NOW, coaching).limit_s is None

from typing import Any

import pytest

from adapters.terminal.state_lines import state_lines


@pytest.mark.parametrize(
    ("state", "lines"),
    [
        ({}, ["Nothing is known yet."]),
        ({"facts": {}}, ["Known: nothing yet"]),
        (
            {"facts": {"pop": False, "pain_walk": 6, "gap": None}},
            ["Known:", "  pop: no", "  pain_walk: 6", "  gap: not known"],
        ),
        ({"next": "sides", "triage": "S"}, ["Triage: S", "Asked next: sides"]),
        ({"rules": ["R1", "R2"]}, ["Rules that fired: R1, R2"]),
        (
            {"rules": [{"id": "R1", "source": "x"}]},
            ["Rules that fired:", "  id R1, source x"],
        ),
        (
            {"plan": {"level": 2, "days": ["mon", "thu"]}},
            ["Plan:", "  level: 2", "  days: mon, thu"],
        ),
        ({"plan": None, "more": 3}, ["Plan: nothing yet", "More: 3"]),
    ],
)
def test_a_state_is_readable_lines(state: dict[str, Any], lines: list[str]) -> None:
    """Facts, triage, rules and plan are said one to a line, known parts in a fixed order."""
    assert state_lines(state) == lines

"""The triage table against evidence.md 1.2: every row with examples that hold and examples that do not.

Each example starts from a sore runner for whom everything else is clear, so that only what it names counts.
Examples are given by row ("D3"); a row may be split into several rules ("D3a", "D3b").
"""

from functools import cache

import pytest

from bot.content.load import Content, load_content
from bot.content.tables import LEVELS, Verdict
from bot.conversation.arithmetic_facts import complete
from tests.content.triage_examples import CLEAR, HOLDS, HOLDS_NOT, LEFT, NO, UP, Facts, yes


@cache
def content() -> Content:
    """The content, loaded once."""
    return load_content()


def verdict(told: Facts) -> Verdict:
    """The triage of a sore runner who is clear in all but this."""
    facts = {**CLEAR, **told}
    complete(content(), facts)
    return content().triage.verdict(facts)


def level(told: Facts) -> str | None:
    """The level of the first rule that holds."""
    held = verdict(told).held
    return held[0].level if held else None


def rows(told: Facts) -> set[str]:
    """The rows of evidence.md 1.2 that hold: rule ids without the letter of a split."""
    return {rule.id[:2] if rule.id[:3] != "W10" else "W10" for rule in verdict(told).held}


def _name(example: tuple[object, ...]) -> str:
    facts = example[-1]
    told = ",".join(f"{k}={v}" for k, v in facts.items()) if isinstance(facts, dict) else ""
    return f"{example[0]}:{told or 'clear'}"


@pytest.mark.parametrize("example", HOLDS, ids=_name)
def test_row_holds(example: tuple[str, str, Facts]) -> None:
    """Each example of a row fires that row, at the level of evidence.md or a higher one of its own."""
    row, expected, told = example
    assert row in rows(told)
    assert level(told) == expected


@pytest.mark.parametrize("example", HOLDS_NOT, ids=_name)
def test_row_holds_not(example: tuple[str, Facts]) -> None:
    """What only looks like a row does not fire it."""
    row, told = example
    assert row not in rows(told)


@pytest.mark.parametrize("example", UP, ids=_name)
def test_at_least(example: tuple[str, Facts]) -> None:
    """Combinations that are easily forgotten come out at this level or a higher one."""
    least, told = example
    found = level(told)
    assert found is not None
    assert LEVELS.index(found) <= LEVELS.index(least)


def test_clear_runner_manages_alone() -> None:
    """A sore runner with nothing else is told to manage alone, and nothing is left to ask."""
    found = verdict({})
    assert [rule.id for rule in found.held] == ["S"]
    assert found.decided


@pytest.mark.parametrize("flag", NO)
def test_one_no_more_never_lowers(flag: str) -> None:
    """Adding one more sign never lowers the level that holds."""
    base = yes("dvt_risk.long_journey", trigger_72h=False, **LEFT)
    before, after = level(base), level({**base, flag: True})
    assert before
    assert after
    assert LEVELS.index(after) <= LEVELS.index(before)


@pytest.mark.parametrize(
    "unknown", ["chest", "swelling", "foot_drop", "walk_distance_pain", "pregnant_postnatal"]
)
def test_unknown_is_not_clear(unknown: str) -> None:
    """While a sign is not known, nobody is told to manage alone, and the sign is what it hangs on."""
    facts = {name: value for name, value in CLEAR.items() if name != unknown}
    complete(content(), facts)
    found = content().triage.verdict(facts)
    assert not found.decided
    assert unknown in found.hangs_on


def test_rules_stand_most_serious_first() -> None:
    """The first rule that holds is the most serious one, because the table stands in that order."""
    ranks = [LEVELS.index(row.rule.level) for row in content().triage.rules if row.rule.level]
    assert ranks == sorted(ranks)


def test_urgent_rules_act_at_once() -> None:
    """An emergency is shown as soon as it holds, without asking the rest."""
    for row in content().triage.rules:
        if row.rule.level == "emergency":
            assert row.rule.act_at_once, row.rule.id


def test_first_three_week_rules_stop_running() -> None:
    """Bone, strain and pain at the same point of each run stop running."""
    stopping = {row.rule.id[:2] for row in content().triage.rules if row.rule.stop_running}
    assert {"W1", "W2", "W3"} <= stopping


def test_nothing_is_called_reviewed() -> None:
    """No clinician has reviewed the table yet, and no rule says otherwise."""
    assert not [row.rule.id for row in content().triage.rules if row.rule.reviewed_by]


def test_no_pain_no_pain_rules() -> None:
    """A runner without pain is decided with no pain screen at all."""
    facts = yes("adult", sore=False, break_days=3)
    complete(content(), facts)
    found = content().triage.verdict(facts)
    assert found.decided
    assert found.held[0].level == "self_manage"

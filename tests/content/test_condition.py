"""Conditions: reading them, and three-valued logic."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.condition import DONT_KNOW, ConditionError, Facts, parse, ready

NAMES = ("a", "b", "c")
ATOMS = st.sampled_from(["a", "b", "c", "not a", "not b", "not c"])
CONDITIONS = st.recursive(
    ATOMS,
    lambda parts: st.builds(
        lambda kind, held: {kind: held},
        st.sampled_from(["all", "any", "none"]),
        st.lists(parts, min_size=1, max_size=3),
    ),
    max_leaves=8,
)
KNOWN = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("pop", {"pop": True}, True),
        ("pop", {"pop": False}, False),
        ("pop", {}, None),
        ("not pop", {"pop": False}, True),
        ("side is left, right", {"side": "right"}, True),
        ("side is not both", {"side": "left"}, True),
        ("side is not both", {"side": "both"}, False),
        ("pain_walk >= 3", {"pain_walk": 3}, True),
        ("pain_walk < 3", {"pain_walk": 3}, False),
        ("spike > 1.10", {"spike": DONT_KNOW}, False),
        ("dvt_risk.cancer", {"dvt_risk.cancer": True}, True),
    ],
)
def test_each_form_reads_as_it_says(text: str, facts: Facts, expected: bool | None) -> None:
    """Every form of the language holds, fails or stays open as written."""
    assert parse(text).holds(facts) is expected


@pytest.mark.parametrize("text", ["", "Pop!", "side is", "pain >", {"some": ["a"]}, {}, 3])
def test_what_cannot_be_read_is_refused(text: object) -> None:
    """A condition outside the language is an error, not a guess."""
    with pytest.raises(ConditionError):
        parse(text)


@given(raw=CONDITIONS, known=KNOWN)
def test_a_decided_condition_never_changes(raw: object, known: dict[str, bool]) -> None:
    """Kleene's logic: what is decided holds for every way to fill in what is unknown."""
    condition = parse(raw)
    decided = condition.holds(known)
    missing = [name for name in NAMES if name not in known]
    outcomes = {
        condition.holds({**known, **dict(zip(missing, values, strict=True))})
        for values in product([True, False], repeat=len(missing))
    }

    assert None not in outcomes
    if decided is not None:
        assert outcomes == {decided}


@given(raw=CONDITIONS, known=KNOWN)
def test_an_open_condition_names_what_it_hangs_on(raw: object, known: dict[str, bool]) -> None:
    """Open conditions hang on at least one unknown fact, decided ones on none, and never on a known one."""
    condition = parse(raw)
    hangs = set(condition.hangs_on(known))

    assert bool(hangs) is (condition.holds(known) is None)
    assert not hangs & set(known)


@given(raw=CONDITIONS, known=KNOWN)
def test_a_ready_condition_answers_the_same(raw: object, known: dict[str, bool]) -> None:
    """What is asked often, made ready, never differs from the condition itself."""
    condition = parse(raw)

    assert ready(condition)(known) is condition.holds(known)


@pytest.mark.parametrize(
    "text", ["side is left, right", "side is not both", "pain >= 3", "not pop"]
)
@pytest.mark.parametrize("value", [None, DONT_KNOW, "left", "both", 3, True, False])
def test_ready_for_every_kind_of_value(text: str, value: bool | str | float | None) -> None:
    """The same holds for every kind of test and value."""
    condition = parse(text)
    facts = {} if value is None else dict.fromkeys(("side", "pain", "pop"), value)

    assert ready(condition)(facts) is condition.holds(facts)

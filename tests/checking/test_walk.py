"""The walk: every option of every question, each set of facts once."""

from dataclasses import replace

import msgspec

from bot.checking.walk import answered, walk, ways
from bot.content.load import Content
from bot.conversation.derive import derive_facts

BEHIND_PATHS = 10
"""Not sore: 2 cards, 2 lengths of break. Sore: 2 cards, 2 scores times 2 breaks."""


def test_every_path_is_counted_and_ends(small: Content) -> None:
    """The paths of a small content can be counted by hand, and the walk counts as many."""
    found = walk(small)

    assert found.paths == BEHIND_PATHS
    assert sum(1 for leaf in found.leaves if leaf.standing.locked) == 4
    assert not found.stuck
    assert not found.unanswerable


def test_taps_are_the_shortest_and_the_longest_way(small: Content) -> None:
    """An emergency is 2 taps away; advice takes 3 taps when nothing hurts, 4 when sore."""
    found = walk(small)

    assert found.taps("emergency") == (2, 2)
    assert found.taps("self_manage") == (3, 4)
    assert found.taps("this_week") == (0, 0)


def test_everything_met_is_remembered(small: Content) -> None:
    """Questions asked and rules that held are named, so that the others can be reported."""
    found = walk(small)

    assert found.asked == {"opening", "now", "walking_pain", "break"}
    assert found.fired == {"E1", "D1", "S", "C-long-break"}


def test_what_was_told_first_is_not_asked(small: Content) -> None:
    """A walk from a first message goes on from its facts."""
    found = walk(small, {"sore": True, "pain_walk": 2})

    assert "opening" not in found.asked
    assert "walking_pain" not in found.asked
    assert all(leaf.facts["pain_walk"] == 2 for leaf in found.leaves)


def test_a_leaf_stands_where_its_facts_lead(small: Content) -> None:
    """The outcome of a leaf is that of its facts alone."""
    for leaf in walk(small).leaves:
        assert derive_facts(small, dict(leaf.facts)).level == leaf.standing.level


def test_an_answer_that_settles_nothing_is_reported_once(small: Content) -> None:
    """A question that would be asked for ever ends its path and is named."""
    question = small.question_by_id["break"]
    empty = replace_options(small, "break", {})

    found = walk(empty)

    assert {(name, option) for name, option, _ in found.stuck} == {
        ("break", option.id) for option in question.options
    }


def test_a_screen_never_takes_back_a_sign(small: Content) -> None:
    """None of these after "chest pain" leaves the chest pain standing."""
    question = small.question_by_id["now"]
    none = question.option("none")
    assert none is not None

    assert answered(question, none, {"chest": True})["chest"] is True


def test_a_multiple_choice_is_walked_with_nothing_and_with_everything(real: Content) -> None:
    """Done at once, and done with all of it: the two ends of what may be picked."""
    kit = real.question_by_id["kit"]

    assert [option.id for option in ways(kit)] == ["done", "all"]


def replace_options(content: Content, name: str, facts: dict[str, bool | str | float]) -> Content:
    """The content with a question whose answers set only these facts."""
    questions = tuple(
        msgspec.structs.replace(
            question,
            options=tuple(msgspec.structs.replace(each, set=facts) for each in question.options),
        )
        if question.id == name
        else question
        for question in content.questions
    )
    return replace(content, questions=questions, memo={})

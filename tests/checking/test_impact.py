"""What an edited content folder would change for the conversations there are."""

from datetime import UTC, datetime
from pathlib import Path

from bot.checking.impact import changes
from bot.content.load import Content, load_content
from bot.conversation.state import Answer, Conversation, Runner
from tests.checking.small import small_content

NOW = datetime(2026, 5, 7, 12, tzinfo=UTC)
RUNNER = Runner(id="r", zone="Europe/London")
CLEAR: dict[str, bool | str | float] = {"chest": False, "swelling": "none"}


def said(**facts: bool | str | float) -> Conversation:
    """A conversation in which these facts were stated."""
    return Conversation(answers=(Answer(dict(facts), NOW, "said"),), introduced=True)


def test_the_same_content_changes_nothing(small: Content) -> None:
    """Asked the same of the same answers, nothing differs, and all are counted."""
    count, found = changes(small, small, [(1, said(sore=True), RUNNER)], NOW)

    assert (count, found) == (1, [])


def test_a_rule_that_moves_shows_who_it_moves(small: Content, tmp_path: Path) -> None:
    """A higher limit takes the long break away from the one runner below it."""
    edited = small_content(tmp_path / "edited")
    path = edited / "flows" / "long-break.toml"
    path.write_text(path.read_text("utf-8").replace(">= 28", ">= 60"), "utf-8")
    talks = [
        (1, said(sore=True, pain_walk=2.0, break_days=40.0, **CLEAR), RUNNER),
        (2, said(sore=True, pain_walk=2.0, break_days=90.0, **CLEAR), RUNNER),
    ]

    count, found = changes(small, load_content(edited), talks, NOW)

    assert count == 2
    assert {change.conversation for change in found} == {1}
    moved = next(change for change in found if change.what == "pathways")
    assert (moved.before, moved.after) == ("long_break", "strength_flex")


def test_a_fact_that_is_gone_is_told_without_its_value(small: Content, tmp_path: Path) -> None:
    """Facts an edit no longer knows are named; what anybody said is not."""
    edited = small_content(tmp_path / "edited")
    for file, name in (("facts.toml", "fact"), ("questions.toml", "question")):
        path = edited / file
        text = path.read_text("utf-8")
        keep = [
            part
            for part in text.split(f"[[{name}]]\n")
            if not part.startswith(('id = "pain_walk"', 'id = "walking_pain"'))
        ]
        path.write_text(f"[[{name}]]\n".join(keep), "utf-8")
    plan = edited / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace('"pain_walk"', '"break_days"'), "utf-8")

    _, found = changes(
        small, load_content(edited), [(7, said(sore=True, pain_walk=8.0), RUNNER)], NOW
    )

    lost = [change for change in found if change.what == "facts no longer known"]
    assert [change.before for change in lost] == ["pain_walk"]

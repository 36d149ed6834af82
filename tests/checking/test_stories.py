"""The three commonest stories reach advice within six taps."""

from pathlib import Path

from bot.checking.check import check
from bot.checking.stories import ALLOWED, STORIES, told_stories
from bot.content.load import Content


def test_the_commonest_stories_take_few_taps(real: Content) -> None:
    """Told in one sentence, each of them ends in advice after at most six taps."""
    told = told_stories(real)

    assert [story.text for story in told] == list(STORIES)
    assert {story.text: story.taps for story in told if story.taps > ALLOWED} == {}
    assert all("First" in story.ending for story in told)


def test_each_story_goes_through_the_warning_signs(real: Content) -> None:
    """Few taps are never bought by leaving out a screen."""
    for story in told_stories(real):
        assert "question:now" in story.questions
        assert "question:today" in story.questions


def test_a_story_that_asks_too_much_is_an_error(folder: Path) -> None:
    """One question after the other where one would do is reported with the story."""
    facts, asked = [], []
    for number in range(5):
        name = f"extra_{number}"
        facts.append(f'\n[[fact]]\nid = "{name}"\nkind = "yes_no"\nlabel = "an example"\n')
        asked.append(
            f'\n[[question]]\nid = "{name}"\ncode = "Q3"\norder = {200 + number}\nkind = "choice"\n'
            f'ask = "An example?"\nsettles = ["{name}"]\nwhy = "An example."\n'
            f'[[question.option]]\nid = "no"\nlabel = "No"\nset = {{ {name} = false }}\n'
        )
    names = ", ".join(f'"extra_{number}"' for number in range(5))
    need = f'\n[[need]]\nid = "extra"\nwhen = "sore"\nfacts = [{names}]\n'
    for file, text in (
        ("facts.toml", "".join(facts)),
        ("questions.toml", "".join(asked)),
        ("plan.toml", need),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    found = [problem for problem in check(folder).problems if problem.code == "HD035"]

    assert any(STORIES[0] in problem.message for problem in found)

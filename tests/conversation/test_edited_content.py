"""Content that is edited while runners are in the middle of something."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checking.talk import Stage
from bot.content.load import DEFAULT_FOLDER, Content, load_content
from tests.conversation.coached import agreed, heard, say, shown_card, tap


def edited(folder: Path, file: str, old: str, new: str) -> Content:
    """The content of the project with one text in one file changed."""
    copy = folder / "content"
    shutil.copytree(DEFAULT_FOLDER, copy, ignore=shutil.ignore_patterns("media", "scripts"))
    path = copy / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return load_content(copy)


def test_an_edit_between_two_check_ins_loses_neither(tmp_path: Path) -> None:
    """A new dose between two check-ins: both come, and the second one speaks with the new words."""
    stage = agreed()
    stage.wait(timedelta(days=8))
    before = heard(stage)
    stage.content = edited(tmp_path, "words.toml", "Rest day,", "A rest day,")
    stage.wait(timedelta(days=12))

    assert "Rest day," in before
    assert "A rest day," in heard(stage)


def test_an_option_that_is_gone_gets_a_human_answer(tmp_path: Path) -> None:
    """A button of an option that no longer exists is answered, and the conversation goes on."""
    stage = Stage(shown_card().content, shown_card().now, shown_card().runner)
    say(stage, "both calves sore")
    tap(stage, "Right", "None of these", "None of these")
    stage.content = edited(tmp_path, "questions.toml", 'id = "ordinary"', 'id = "usual"')
    tap(stage, "Sore or stiff")

    assert "something that has changed" in heard(stage)
    assert stage.button("A cramp that lets go") is not None


@pytest.mark.parametrize("gone", ["triage.toml", "words.toml", "exercises/heel-raise.toml"])
def test_half_the_content_is_never_used(tmp_path: Path, gone: str) -> None:
    """A folder with a file missing is refused as a whole, so nobody meets half of it."""
    copy = tmp_path / "content"
    shutil.copytree(DEFAULT_FOLDER, copy, ignore=shutil.ignore_patterns("media", "scripts"))
    (copy / gone).unlink()

    with pytest.raises(Exception, match=gone):
        load_content(copy)

import shutil
from pathlib import Path

import pytest

from bot.content.coaching import Coaching, load_coaching
from bot.content.coaching.cited import Figure
from bot.content.problem import ContentError

CONTENT = Path(__file__).resolve().parents[2] / "content"
FILES = ("load", "return", "ladder", "lights", "technique", "strength", "nudges")


def broken(tmp_path: Path, file: str, old: str, new: str) -> ContentError:
    """The error after replacing `old` by `new` in one file of a copy of the figures."""
    shutil.copytree(CONTENT / "coaching", tmp_path / "coaching")
    path = tmp_path / "coaching" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as raised:
        load_coaching(tmp_path)
    return raised.value


def figures(value: object) -> list[Figure]:
    """Every figure inside a loaded file."""
    found = [value] if isinstance(value, Figure) else []
    if isinstance(value, Figure):
        for name in value.__struct_fields__:
            found += figures(getattr(value, name))
    if isinstance(value, tuple):
        for one in value:
            found += figures(one)
    return found


def test_every_figure_names_its_origin(coaching: Coaching) -> None:
    """Each row has a paper, a recalled paper, or is marked as our own choice."""
    files = [coaching.load, coaching.comeback, coaching.ladder, coaching.lights]
    files += [coaching.technique, coaching.strength, coaching.nudges]
    rows = [row for file in files for row in figures(file) if row is not file]

    assert len(rows) > 150
    assert [row for row in rows if not (row.sources or row.recalled or row.default)] == []


def test_sources_are_in_the_register(coaching: Coaching) -> None:
    """Every source id of a figure stands in the evidence register."""
    register = (CONTENT / "evidence.toml").read_text("utf-8")
    used = {
        source
        for name in ("load", "comeback", "ladder", "lights", "technique", "strength", "nudges")
        for row in figures(getattr(coaching, name))
        for source in row.sources
    }

    assert sorted(one for one in used if f'id = "{one}"' not in register) == []


def test_own_choices_may_not_be_quoted(coaching: Coaching) -> None:
    """A default or a recalled figure is never offered as measured; a sourced one is."""
    assert not coaching.load.frequency.may_be_quoted
    assert not coaching.comeback.break_[3].may_be_quoted
    assert coaching.load.session_band[1].may_be_quoted


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """Without one file the error names it (HD001) and nothing else."""
    shutil.copytree(CONTENT / "coaching", tmp_path / "coaching")
    (tmp_path / "coaching" / f"{name}.toml").unlink()
    with pytest.raises(ContentError) as raised:
        load_coaching(tmp_path)

    assert [(one.code, one.file) for one in raised.value.problems] == [
        ("HD001", f"coaching/{name}.toml")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("load.toml", "ratio = 1.10", 'ratio = "much"', "HD003"),
        ("load.toml", "[spacing]", "[spaceing]", "HD003"),
        ("load.toml", "days = 30\nsources", "dayz = 30\nsources", "HD003"),
        ("load.toml", 'days = 30\nsources = ["S1"]', "days = 30", "HD040"),
        ("load.toml", "upto = 1.30", "upto = 2.50", "HD041"),
        ("load.toml", "upto = 1.10", "upto = 1.20", "HD041"),
        ("return.toml", "from_days = 7", "from_days = 20", "HD041"),
        ("return.toml", "resume = true", "resume = false", "HD041"),
        ("return.toml", "share = 1.0, volume = 0.75", "share = 0.9, volume = 0.75", "HD042"),
        ("ladder.toml", "run_s = 360", "run_s = 300", "HD042"),
        ("ladder.toml", "level = 2\n", "level = 9\n", "HD041"),
        ("technique.toml", "from_week = 5", "from_week = 6", "HD041"),
        ("technique.toml", "share = 0.55", "share = 0.35", "HD041"),
        ("strength.toml", "from_age = 30", "from_age = 35", "HD041"),
        ("nudges.toml", "from_days = 10\nwait", "from_days = 1\nwait", "HD041"),
        ("nudges.toml", 'from = "21:00"', 'from = "25:00"', "HD003"),
        ("lights.toml", "green_at_most = 2", "green_at_most = ", "HD002"),
    ],
)
def test_what_does_not_fit_is_said(
    tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    """A broken figure is a problem with its code, file, line and a way to mend it."""
    error = broken(tmp_path, file, old, new)

    assert code in {one.code for one in error.problems}
    assert all(one.file == f"coaching/{file}" and one.line >= 1 for one in error.problems)
    assert all(one.fix for one in error.problems)


def test_the_line_is_the_right_one(tmp_path: Path) -> None:
    """The line of a problem is the line that has to be changed."""
    error = broken(tmp_path, "ladder.toml", "level = 1\n", 'level = "one"\n')
    lines = (tmp_path / "coaching" / "ladder.toml").read_text("utf-8").splitlines()

    assert lines[error.problems[0].line - 1] == 'level = "one"'


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    """Two broken files give problems of both."""
    shutil.copytree(CONTENT / "coaching", tmp_path / "coaching")
    for name in ("load", "lights"):
        (tmp_path / "coaching" / f"{name}.toml").write_text("[", "utf-8")
    with pytest.raises(ContentError) as raised:
        load_coaching(tmp_path)

    assert {one.file for one in raised.value.problems} == {
        "coaching/load.toml",
        "coaching/lights.toml",
    }

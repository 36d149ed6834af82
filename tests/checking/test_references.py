"""Static checks name the nearest thing that exists."""

from pathlib import Path

from bot.checking.references import check_references, nearest
from bot.content.load import Content, load_content
from tests.checking.small import small_content


def test_the_nearest_name_is_offered() -> None:
    """A typing error gets the word that was meant; anything else gets a way out."""
    assert nearest("swolen", ["swollen", "sore"]) == 'Did you mean "swollen"?'
    assert nearest("qqqq", ["swollen", "sore"]) == "Define it, or take it out here."


def test_the_content_in_use_points_only_at_what_exists(real: Content) -> None:
    """Nothing that is shipped leads nowhere."""
    assert [str(problem) for problem in check_references(real)] == []


def test_a_slip_is_named_with_its_line(tmp_path: Path) -> None:
    """File, line, id and what to write instead."""
    folder = small_content(tmp_path)
    path = folder / "flows" / "long-break.toml"
    path.write_text(path.read_text("utf-8").replace('"heel-raise"', '"heel-rise"'), "utf-8")

    problem = check_references(load_content(folder))[0]

    assert str(problem) == (
        "flows/long-break.toml:7: error HD012 [heel-rise] Links to an unknown exercise 'heel-rise'."
        ' Fix: Did you mean "heel-raise"?'
    )


def test_a_flow_over_an_unknown_fact_is_named_in_its_own_file(tmp_path: Path) -> None:
    """The rules of a flow stand in the file of the flow, and are looked for there."""
    folder = small_content(tmp_path)
    path = folder / "flows" / "long-break.toml"
    path.write_text(path.read_text("utf-8").replace("break_days >=", "brake_days >="), "utf-8")

    found = check_references(load_content(folder))

    assert [(problem.code, problem.file, problem.id) for problem in found] == [
        ("HD020", "flows/long-break.toml", "C-long-break")
    ]
    assert found[0].line > 1

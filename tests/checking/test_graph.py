"""The diagram is drawn from the content, and the page in the documentation is fresh."""

import re
from pathlib import Path

from bot.checking.graph import mermaid, page
from bot.content.load import Content

PAGE = Path(__file__).resolve().parents[2] / "docs" / "decisions.md"


def test_the_page_in_the_documentation_is_fresh(real: Content) -> None:
    """docs/decisions.md is what `heeldrop graph --page` prints."""
    fresh = PAGE.read_text("utf-8") == page(real)

    assert fresh, "write it again: heeldrop graph --page > docs/decisions.md"


def test_everything_is_in_the_diagram(small: Content) -> None:
    """Every question, rule, level and pathway has a node, and every edge joins two of them."""
    drawn = mermaid(small)
    nodes = set(re.findall(r"^  (\w+)[\[({]", drawn, re.MULTILINE))
    edges = re.findall(r"^  (\w+) --> (\w+)$", drawn, re.MULTILINE)

    assert {"Q_opening", "Q_now", "Q_walking_pain", "Q_break"} <= nodes
    assert {"R_E1", "R_D1", "R_S", "R_C_long_break", "P_long_break"} <= nodes
    assert {name for edge in edges for name in edge} <= nodes
    assert ("Q_now", "R_E1") in edges
    assert ("R_E1", "L_emergency") in edges
    assert ("R_C_long_break", "P_long_break") in edges


def test_words_never_break_the_diagram(real: Content) -> None:
    """Labels hold no quote that would end them early and no second line."""
    for line in mermaid(real).splitlines():
        assert line.count('"') in (0, 2), line

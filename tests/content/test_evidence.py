import re
from pathlib import Path

import pytest

from bot.content.evidence import load_evidence
from bot.content.problem import Problem
from tests.content.edited import CONTENT, edited, the

SHARED = CONTENT.parents[1] / "shared" / "evidence.md"
FILE = "evidence.toml"


def problems_after(tmp_path: Path, old: str, new: str) -> list[Problem]:
    """What the loader says about one slip."""
    problems: list[Problem] = []
    load_evidence(edited(tmp_path, FILE, old, new), problems)
    return problems


def test_the_register_loads_without_a_word() -> None:
    """The register as it stands has nothing wrong with it."""
    problems: list[Problem] = []
    load_evidence(CONTENT, problems)

    assert problems == []


def test_every_source_of_the_evidence_is_there() -> None:
    """All sources of evidence.md section 10 are in the register, and no others but our own two."""
    if not SHARED.exists():
        pytest.skip("needs ../shared/evidence.md, which is not here")
    listed = set(re.findall(r"\bS\d+[a-c]?\b", SHARED.read_text("utf-8").split("## 10.")[1]))

    assert set(load_evidence(CONTENT, []).sources) - {"own", "seed"} == listed


def test_what_was_seen_only_as_a_copy_says_so() -> None:
    """Every source starred in evidence.md section 10 is marked as secondary."""
    if not SHARED.exists():
        pytest.skip("needs ../shared/evidence.md, which is not here")
    starred = set(re.findall(r"\b(S\d+[a-c]?)\*", SHARED.read_text("utf-8").split("## 10.")[1]))
    sources = load_evidence(CONTENT, []).sources

    assert starred <= {each.id for each in sources.values() if each.secondary}
    assert all(each.known for each in sources.values())


def test_the_article_has_fourteen_pieces_with_a_place() -> None:
    """Each of the 14 pieces lives in a pathway and rests on a claim that exists."""
    evidence = load_evidence(CONTENT, [])

    assert [piece.number for piece in evidence.article] == list(range(1, 15))
    assert all(piece.pathways and piece.claims and piece.verdict for piece in evidence.article)


@pytest.mark.parametrize(
    ("ratio", "band"),
    [
        (0.5, "reference"),
        (1.1, "reference"),
        (1.11, "small"),
        (1.3, "small"),
        (1.31, "moderate"),
        (2.0, "moderate"),
        (2.01, "large"),
        (9.0, "large"),
    ],
)
def test_the_bands_are_those_of_the_study(ratio: float, band: str) -> None:
    """The bands meet at 1.10, 1.30 and 2.00, and each edge belongs to the lower one (3.1)."""
    found = load_evidence(CONTENT, []).band(ratio)

    assert found is not None
    assert found.id == band


def test_the_rates_are_those_of_the_study() -> None:
    """Hazard rate ratios and their ranges are as published (3.1, S1)."""
    rates = [(band.rate, band.low, band.high) for band in load_evidence(CONTENT, []).bands]

    assert rates == [
        (1.0, None, None),
        (1.64, 1.31, 2.05),
        (1.52, 1.16, 2.0),
        (2.28, 1.5, 3.48),
    ]


def test_a_receipt_can_cite_any_source() -> None:
    """A known source is cited in words, an unknown one by its id; a claim knows its sources."""
    evidence = load_evidence(CONTENT, [])

    assert evidence.cite("S1") == "Frandsen 2025, British Journal of Sports Medicine"
    assert evidence.cite("S999") == "S999"
    assert [each.id for each in evidence.sources_of("doms-peak")] == ["S56", "S32"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('sources = ["S56", "S32"]', 'sources = ["S56", "S322"]', "HD011"),
        ('sources = ["S56", "S32"]', "sources = []", "HD011"),
        ('id = "doms-gone"', 'id = "doms-peak"', "HD004"),
        ('"weak-calf", "calf-work"', '"weak-calv", "calf-work"', "HD012"),
        ('"foam-roller", "roller-stick"', '"foam-rolle", "roller-stick"', "HD012"),
        ("number = 9\n", "number = 90\n", "HD010"),
        ('strength = "tradition"', 'strength = "folklore"', "HD003"),
    ],
)
def test_each_slip_is_noticed(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Every kind of slip gives a problem with its code and a fix."""
    problems = problems_after(tmp_path, old, new)
    found = [problem for problem in problems if problem.code == code]

    assert found
    assert all(problem.file == FILE and problem.fix for problem in found)


def test_a_wrong_source_is_answered_with_the_nearest(tmp_path: Path) -> None:
    """The fix for an unknown source asks "did you mean"."""
    problems = problems_after(tmp_path, 'sources = ["S56", "S32"]', 'sources = ["S56", "S322"]')

    assert the("HD011", problems).fix == "Did you mean 'S32'?"


def test_a_long_claim_is_a_warning(tmp_path: Path) -> None:
    """A claim with a sentence of more than 20 words gives an HD013 warning."""
    problems = problems_after(
        tmp_path, "Many runners get tight", f"Many {'many ' * 20}runners get tight"
    )

    assert the("HD013", problems).severity == "warning"


def test_no_file_is_one_problem(tmp_path: Path) -> None:
    """Without the file there is an empty register and HD001, and nothing is raised."""
    problems: list[Problem] = []

    assert load_evidence(tmp_path, problems).sources == {}
    assert [problem.code for problem in problems] == ["HD001"]

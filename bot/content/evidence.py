"""What Heeldrop may claim, how strongly, and from which sources.

Rule: no number and no claim is said that does not stand in content/evidence.toml with its strength
in words and its sources (evidence.md 6.4 and 10). The fourteen pieces of the article Heeldrop
starts from each have a place and an honest verdict (evidence.md section 0).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from bot.content.base import Content
from bot.content.exercise import Strength
from bot.content.exercises import CODES
from bot.content.problem import ContentError, Problem
from bot.content.reading_level import check_reading
from bot.content.refs import unknown_ref, unknown_sources
from bot.content.source import Source as File
from bot.content.source import items, read_source, unique

FILE = "evidence.toml"
ARTICLE_PIECES = 14
Kind: TypeAlias = Literal[
    "trial",
    "cohort",
    "review",
    "guideline",
    "laboratory",
    "case_report",
    "consensus",
    "programme",
    "health_page",
    "regulation",
    "article",
    "own_default",
]


class Source(Content, frozen=True):
    """Where something is known from.

    `secondary` means that only a copy was seen; `known` says how much of it was read.
    """

    id: str
    cite: str
    about: str
    kind: Kind
    strength: Strength
    known: str
    doi: str = ""
    pmid: str = ""
    pmc: str = ""
    secondary: bool = False


class Claim(Content, frozen=True):
    """Something the bot may say, in its own plain words, with its strength and its sources."""

    id: str
    says: str
    strength: Strength
    sources: tuple[str, ...]
    was: tuple[str, ...] = ()


class Band(Content, frozen=True):
    """A band of planned distance / longest run of 30 days, and its hazard rate ratio [S1].

    `above` is outside the band, `up_to` inside; no `up_to` means no end. `low` and `high` are the
    ends of the 95% range.
    """

    id: str
    above: float
    rate: float
    says: str
    sources: tuple[str, ...]
    up_to: float | None = None
    low: float | None = None
    high: float | None = None

    def holds(self, ratio: float) -> bool:
        """True if the ratio lies in this band."""
        return ratio > self.above and (self.up_to is None or ratio <= self.up_to)


class Article(Content, frozen=True):
    """One of the fourteen pieces: the advice, where it lives in Heeldrop, and the verdict."""

    number: int
    advice: str
    verdict: str
    strength: Strength
    pathways: tuple[str, ...]
    exercises: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it: sources and claims by id, the bands in order, the article in order."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    article: tuple[Article, ...] = ()

    def band(self, ratio: float) -> Band | None:
        """The band of planned distance / longest run of 30 days (no unit, above 0)."""
        return next((band for band in self.bands if band.holds(ratio)), None)

    def cite(self, source_id: str) -> str:
        """A source in a few words, for a receipt; the id itself if it is not in the register."""
        source = self.sources.get(source_id)
        return source.cite if source else source_id

    def sources_of(self, claim_id: str) -> tuple[Source, ...]:
        """The sources of a claim, in its order. Raises KeyError if there is no such claim."""
        named = self.claims[claim_id].sources
        return tuple(self.sources[name] for name in named if name in self.sources)


def load_evidence(folder: Path, problems: list[Problem]) -> Evidence:
    """The evidence register of the content folder.

    Adds to `problems`: HD001 to HD004 (file, form, id twice), HD010 (an article piece missing),
    HD011 (unknown or no source), HD012 (unknown claim or exercise), HD013 (a sentence too long).
    Never raises for what an author wrote.
    """
    try:
        file = read_source(folder, FILE)
    except ContentError as error:
        problems.extend(error.problems)
        return Evidence()
    sources = items(file, "source", Source, problems)
    claims = items(file, "claim", Claim, problems)
    evidence = Evidence(
        MappingProxyType({source.id: source for source in sources}),
        MappingProxyType({claim.id: claim for claim in claims}),
        items(file, "band", Band, problems),
        tuple(sorted(items(file, "article", Article, problems), key=lambda piece: piece.number)),
    )
    unique(file, "source", [source.id for source in sources], problems)
    unique(file, "claim", [claim.id for claim in claims], problems)
    _check(file, evidence, problems)
    return evidence


def _check(file: File, evidence: Evidence, problems: list[Problem]) -> None:
    """Sources exist, the article is whole and points at what exists, the words are short."""
    said: tuple[Claim | Band, ...] = (*evidence.claims.values(), *evidence.bands)
    for each in said:
        unknown_sources(file, each.id, each.sources, evidence.sources, problems)
        if not each.sources:
            line = file.line_of_text(f'"{each.id}"')
            fix = 'Name a source, or "own" for a default of our own.'
            problems.append(Problem(file.file, line, "HD011", each.id, "It has no source.", fix))
        check_reading(file, each.id, each, problems)
    for piece in evidence.article:
        name = str(piece.number)
        for claim in piece.claims:
            unknown_ref(file, name, claim, evidence.claims, "claim", problems)
        for exercise in piece.exercises:
            unknown_ref(file, name, exercise, CODES, "exercise", problems)
        check_reading(file, name, piece, problems)
    there = {piece.number for piece in evidence.article}
    for number in range(1, ARTICLE_PIECES + 1):
        if number not in there:
            message = f"Piece {number} of the article is missing."
            fix = "Put its [[article]] back, with where it lives and the verdict."
            line = file.line_of_table("article")
            problems.append(Problem(file.file, line, "HD010", str(number), message, fix))

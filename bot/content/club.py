"""Figures of content/club.toml: how a club posts, counts and asks.

Rule: all of them are our own choice (`default = true`) and none is shown as science.
"""

from pathlib import Path
from typing import Literal

from bot.content.coaching.cited import Figure
from bot.content.coaching.nudges import Clock
from bot.content.coaching.tables import read_figures
from bot.content.problem import Problem

FILE = "club.toml"


class RunLimits(Figure, frozen=True, kw_only=True):
    """What one run may hold: lengths in characters, distance in metres."""

    options: int
    title: int
    place: int
    note: int
    option: int
    line: int
    runners: int
    name: int
    furthest_m: float
    popup: int
    soonest_shown: int
    ahead_days: int
    draft_s: int


class Posts(Figure, frozen=True, kw_only=True):
    """When a club posts by itself, and how often at most."""

    own_a_day: int
    run_min: int
    ask_after_min: int
    ask_late_s: int
    weekly_days_before: int
    weekly_at: Clock


class Counts(Figure, frozen=True, kw_only=True):
    """From how many people something is counted in public."""

    sore_from: int
    shared_from: int


class DigestTimes(Figure, frozen=True, kw_only=True):
    """When the digest comes unless a club says otherwise, and what it looks back on."""

    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    at: Clock
    window_days: int
    names: int


class QuietDays(Figure, frozen=True, kw_only=True):
    """How long /quiet lasts, in days."""

    days: int
    most_days: int


class Longest(Figure, frozen=True, kw_only=True):
    """One answer to "your longest run in a month", and the metres it counts as."""

    id: str
    counts_m: float


class ClubFigures(Figure, frozen=True, kw_only=True):
    """All of club.toml."""

    limits: RunLimits
    posts: Posts
    counts: Counts
    digest: DigestTimes
    quiet: QuietDays
    longest: tuple[Longest, ...]


def load_club(folder: Path, problems: list[Problem]) -> ClubFigures | None:
    """The figures of the content folder; None, with what is wrong added, if they cannot be used."""
    read = read_figures(folder, FILE, ClubFigures, problems)
    return read[1] if read else None

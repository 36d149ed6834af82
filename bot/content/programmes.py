"""Which exercises on which days, and the Achilles programmes A to F.

Rule: strength stands on days without a run, and at least one day a week is free of calf loading
(evidence.md 6.0). The tendon programmes are for `tendon_*` only, one at a time (6.2); with
heel-bone pain every step exercise and stretch gives way to the floor (2.3 rule 7).
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from bot.content.base import Content
from bot.content.exercise import Strength
from bot.content.exercises import CODES
from bot.content.problem import ContentError, Problem
from bot.content.reading_level import check_reading
from bot.content.refs import unknown_ref, unknown_sources
from bot.content.source import Source, one, read_source, unique

FILE = "programmes.toml"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOADING = frozenset({"E1", "E2", "E3", "E4", "E5", "E13"})
"""Codes of the exercises that load the calf: strength and hops."""
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class HealthyCalf(Content, frozen=True):
    """The strength order for a sore but healthy calf; `free_days` a week have no calf loading."""

    words: str
    order: tuple[str, ...]
    per_week: tuple[int, int]
    free_days: int
    strength: Strength
    claims: tuple[str, ...] = ()


class Easing(Content, frozen=True):
    """The optional light set after a run: `sets` of `reps` (least, most), pain 0 to 10 at most."""

    words: str
    exercises: tuple[str, ...]
    sets: int
    reps: tuple[int, int]
    pain_at_most: int
    strength: Strength


class Swap(Content, frozen=True):
    """On a pathway, one exercise gives way to another, or to none if `to` is empty."""

    pathway: str
    exercise: str
    to: str = ""


class Day(Content, frozen=True):
    """One day of the week template."""

    id: Weekday
    words: str
    run: bool = False
    exercises: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class Work(Content, frozen=True):
    """One exercise of a phase: sets and reps (least, most), and how, in words."""

    exercise: str
    sets: tuple[int, int]
    reps: tuple[int, int]
    how: str = ""


class Phase(Content, frozen=True):
    """Weeks (first, last, from 1) of a programme; phases may overlap, as in programme C."""

    id: str
    weeks: tuple[int, int]
    times_a_day: int
    days_a_week: tuple[int, int]
    words: str
    work: tuple[Work, ...]


class Programme(Content, frozen=True):
    """One tendon programme of at least `weeks`; upkeep may go on after them.

    `default` ones are offered first; an `add_on` goes with another.
    """

    id: str
    code: str
    name: str
    pathways: tuple[str, ...]
    weeks: int
    choose: str
    words: str
    load: str
    strength: Strength
    says: str
    sources: tuple[str, ...]
    phases: tuple[Phase, ...] = ()
    default: bool = False
    add_on: bool = False
    reviewed_by: str = ""
    review_due: str = ""
    was: tuple[str, ...] = ()

    def phases_in(self, week: int) -> tuple[Phase, ...]:
        """The phases that hold in a week (from 1), in order."""
        return tuple(phase for phase in self.phases if phase.weeks[0] <= week <= phase.weeks[1])


class Programmes(Content, frozen=True):
    """The whole file."""

    healthy_calf: HealthyCalf
    easing: Easing
    swap: tuple[Swap, ...]
    day: tuple[Day, ...]
    programme: tuple[Programme, ...]

    def swapped(self, exercise: str, pathways: Collection[str]) -> str:
        """What to give on these pathways instead; "" for nothing, itself if no swap applies."""
        for swap in self.swap:
            if swap.exercise == exercise and swap.pathway in pathways:
                return swap.to
        return exercise

    def default_for(self, pathway: str) -> Programme | None:
        """The programme offered first on a pathway; None where there is none."""
        fitting = (each for each in self.programme if pathway in each.pathways and each.default)
        return next(fitting, None)


def load_programmes(
    folder: Path,
    problems: list[Problem],
    sources: Collection[str] | None = None,
    claims: Collection[str] | None = None,
) -> Programmes | None:
    """The programmes of the content folder; None if the file cannot be used.

    `sources` and `claims` are the known ids; without them they are not checked. Adds to `problems`:
    HD001 to HD004 (HD003 also for loading on a run day or in a phase without work), HD010 (a day or
    a free day missing), HD011, HD012 (unknown exercise or claim), HD013.
    """
    try:
        source = read_source(folder, FILE)
    except ContentError as error:
        problems.extend(error.problems)
        return None
    found = one(source, source.data, Programmes, problems)
    if found is None:
        return None
    unique(source, "day", [day.id for day in found.day], problems)
    unique(source, "programme", [each.id for each in found.programme], problems)
    for owner, exercise in _named(found):
        unknown_ref(source, owner, exercise, CODES, "exercise", problems)
    if claims is not None:
        for claim in found.healthy_calf.claims:
            unknown_ref(source, "healthy_calf", claim, claims, "claim", problems)
    _check_week(source, found, problems)
    for programme in found.programme:
        unknown_sources(source, programme.id, programme.sources, sources, problems)
        _check_programme(source, programme, problems)
    check_reading(source, "", found, problems)
    return found


def _named(found: Programmes) -> Iterator[tuple[str, str]]:
    """Every (owner, exercise id) the file names."""
    yield from (("healthy_calf", each) for each in found.healthy_calf.order)
    yield from (("easing", each) for each in found.easing.exercises)
    for swap in found.swap:
        yield from (("swap", each) for each in (swap.exercise, swap.to))
    for day in found.day:
        yield from ((day.id, each) for each in (*day.exercises, *day.optional))
    for programme in found.programme:
        for phase in programme.phases:
            yield from ((programme.id, work.exercise) for work in phase.work)


def _check_week(source: Source, found: Programmes, problems: list[Problem]) -> None:
    """Seven days, no calf loading on a run day, and enough days free of it."""

    def wrong(code: str, day: str, message: str, fix: str) -> None:
        line = source.line_of_text(f'id = "{day}"')
        problems.append(Problem(source.file, line, code, day, message, fix))

    days = {day.id: day for day in found.day}
    for name in WEEK:
        if name not in days:
            wrong("HD010", name, "This day is missing from the week.", "Add a [[day]] for it.")
    loaded = 0
    for day in days.values():
        loads = [each for each in day.exercises if CODES.get(each) in LOADING]
        loaded += bool(loads)
        if day.run and loads:
            fix = "Move it to a day without a run, or use the easing set."
            wrong("HD003", day.id, f"{loads[0]!r} stands on a day with a run.", fix)
    if len(WEEK) - loaded < found.healthy_calf.free_days:
        wrong("HD010", "sun", "No day is free of calf loading.", "Leave 1 day without strength.")


def _check_programme(source: Source, programme: Programme, problems: list[Problem]) -> None:
    """A programme has phases unless it is an add-on, each phase has work, and it fits its weeks."""

    def wrong(message: str, fix: str) -> None:
        line = source.line_of_text(f'id = "{programme.id}"')
        problems.append(Problem(source.file, line, "HD003", programme.id, message, fix))

    if not programme.phases and not programme.add_on:
        wrong("It has no phase.", "Add a [[programme.phases]].")
    for phase in programme.phases:
        if not phase.work:
            wrong(f"The phase {phase.id!r} has no work.", "Say which exercise, sets and reps.")
        if not 1 <= phase.weeks[0] <= min(phase.weeks[1], programme.weeks):
            wrong(
                f"The phase {phase.id!r} lies outside its weeks.",
                "Correct its first and last week.",
            )

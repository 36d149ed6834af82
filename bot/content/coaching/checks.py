"""Figures that must fit together: tables without gaps, sums that add up, levels that rise.

Problems: HD041 a table is out of order or has a gap; HD042 a sum does not add up.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.content.coaching.comeback import Comeback
from bot.content.coaching.ladder import LadderFigures
from bot.content.coaching.load import Load
from bot.content.coaching.nudges import NudgeFigures
from bot.content.coaching.strength import StrengthFigures
from bot.content.coaching.technique import TechniqueFigures
from bot.content.problem import Problem
from bot.content.source import Source


def check_load(source: Source, load: Load) -> Iterator[Problem]:
    """The bands rise, the last one is open, the first ends at the cap."""
    ends = [band.upto for band in load.session_band]
    closed = [end for end in ends[:-1] if end is not None]
    if len(closed) != len(ends) - 1 or ends[-1] is not None or not _rises(closed):
        yield _order(
            source, "session_band", "Each upto must be above the one before; the last has none."
        )
    elif closed and closed[0] != load.session_cap.ratio:
        yield _order(
            source, "session_band", "The first band must end at the ratio of [session_cap]."
        )


def check_comeback(source: Source, comeback: Comeback) -> Iterator[Problem]:
    """The break and pace tables rise from the start, and every row leads somewhere."""
    starts = [row.from_days for row in comeback.break_]
    if starts[0] != 0 or not _rises(starts):
        yield _order(source, "break", "from_days must start at 0 and rise.")
    for index, row in enumerate(comeback.break_):
        if row.resume == (row.level is not None):
            yield _order(source, "break", "A row has either resume = true or a level.", index)
        total = sum(step.share for step in row.volume)
        if row.volume and abs(total - 1) > 1e-6:
            yield _sum(source, "break", f"The shares of volume add up to {total:g}, not 1.", index)
    if not _rises([row.days for row in comeback.pace]):
        yield _order(source, "pace", "days must rise.")


def check_ladder(source: Source, ladder: LadderFigures) -> Iterator[Problem]:
    """Levels count from 0, each says its own running time rightly, and running time rises."""
    if [row.level for row in ladder.level] != list(range(len(ladder.level))):
        yield _order(source, "level", "Levels must count 0, 1, 2 and so on.")
    if not _rises([row.run_s for row in ladder.level]):
        yield _order(source, "level", "run_s must rise from level to level.")
    for index, row in enumerate(ladder.level):
        total = sum(part.run_s * part.times for part in row.sets)
        if total != row.run_s:
            yield _sum(
                source,
                "level",
                f"The sets have {total} s of running, run_s says {row.run_s}.",
                index,
            )


def check_technique(source: Source, technique: TechniqueFigures) -> Iterator[Problem]:
    """The steps join week to week and the share rises to all of it."""
    weeks = [(row.from_week, row.to_week) for row in technique.step]
    joined = all(after[0] == before[1] + 1 for before, after in pairwise(weeks))
    if weeks[0][0] != 1 or not joined or any(first > last for first, last in weeks):
        yield _order(source, "step", "Weeks must start at 1 and join without a gap.")
    shares = [row.share for row in technique.step]
    if not _rises(shares) or shares[-1] != 1:
        yield _order(source, "step", "share must rise and end at 1.0.")


def check_strength(source: Source, strength: StrengthFigures) -> Iterator[Problem]:
    """The heel-raise norms of each sex join age to age."""
    for sex in ("men", "women"):
        ages = [(row.from_age, row.to_age) for row in strength.norm if row.sex == sex]
        if not ages or any(after[0] != before[1] + 1 for before, after in pairwise(ages)):
            yield _order(source, "norm", f"The ages for {sex} must join without a gap.")


def check_nudges(source: Source, nudges: NudgeFigures) -> Iterator[Problem]:
    """The back-off and lapse tables rise."""
    days = [row.from_days for row in nudges.back_off]
    if days[0] != 0 or not _rises(days):
        yield _order(source, "back_off", "from_days must start at 0 and rise.")
    if not _rises([row.from_days for row in nudges.lapse]):
        yield _order(source, "lapse", "from_days must rise.")


def _rises(values: Sequence[float]) -> bool:
    return all(before < after for before, after in pairwise(values))


def _order(source: Source, table: str, message: str, index: int = 0) -> Problem:
    line = source.line_of_table(table, index)
    return Problem(source.file, line, "HD041", table, message, "Put the rows in order.")


def _sum(source: Source, table: str, message: str, index: int) -> Problem:
    line = source.line_of_table(table, index)
    return Problem(source.file, line, "HD042", table, message, "Correct one of the two.")

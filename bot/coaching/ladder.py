"""The walk-run ladder and its published alternatives as sessions in minutes, without words.

Rule (evidence.md 4.3 [D]): levels 0 to 14, each done twice (S12); a brisk walk before and after
any session with running. Level 0 is the walk itself. Couch to 5K (S14, S15) for a sore calf
repeats weeks 3 and 4, puts two runs in before the first 20-minute block [D], and is run twice a
week [D].
"""

from dataclasses import dataclass

from bot.content.coaching.ladder import LadderFigures, Set


@dataclass(frozen=True, slots=True)
class Session:
    """One session, seconds. `sets` in order; `run_s` is all its running."""

    walk_before_s: int
    sets: tuple[Set, ...]
    walk_after_s: int

    @property
    def run_s(self) -> int:
        """All the running of the session, seconds."""
        return sum(part.run_s * part.times for part in self.sets)

    @property
    def total_s(self) -> int:
        """The whole session with its walks, seconds."""
        inner = sum((part.run_s + part.walk_s) * part.times for part in self.sets)
        return self.walk_before_s + inner + self.walk_after_s

    @property
    def longest_block_s(self) -> int:
        """The longest running without a walk, seconds."""
        return max((part.run_s for part in self.sets), default=0)


@dataclass(frozen=True, slots=True)
class C25kStep:
    """One run of Couch to 5K. `run` is 1 to 3, or None for a run that was put in."""

    week: int
    run: int | None
    session: Session
    repeat: bool = False


def ladder_session(level: int, ladder: LadderFigures) -> Session:
    """The session of a ladder level (4.3 [D]). Raises ValueError outside the ladder."""
    if not 0 <= level <= top_level(ladder):
        raise ValueError(f"The ladder has levels 0 to {top_level(ladder)}.")
    row = ladder.level[level]
    if row.run_s == 0:
        return Session(0, row.sets, 0)
    return Session(ladder.around.walk_before_s, row.sets, ladder.around.walk_after_s)


def top_level(ladder: LadderFigures) -> int:
    """The last level of the ladder."""
    return ladder.level[-1].level


def level_within(run_s: float, ladder: LadderFigures) -> int:
    """The highest level whose running fits into so many seconds; 0 if none does."""
    return max((row.level for row in ladder.level if row.run_s <= run_s), default=0)


def couch_to_5k(ladder: LadderFigures, *, sore_calf: bool) -> tuple[C25kStep, ...]:
    """Every run of Couch to 5K in order (S14, S15); eased for a sore calf [D]."""
    steps: list[C25kStep] = []
    weeks = sorted({row.week for row in ladder.c25k})
    for week in weeks:
        runs = _week(week, ladder, sore_calf=sore_calf)
        steps.extend(runs)
        if sore_calf and week in ladder.c25k_gentle.repeat_weeks:
            steps.extend(C25kStep(week, step.run, step.session, repeat=True) for step in runs)
    return tuple(steps)


def _week(week: int, ladder: LadderFigures, *, sore_calf: bool) -> list[C25kStep]:
    around = ladder.c25k_around
    by_run = {run: row.sets for row in ladder.c25k if row.week == week for run in row.runs}
    steps: list[C25kStep] = []
    for run, sets in sorted(by_run.items()):
        if sore_calf:
            steps.extend(
                C25kStep(week, None, Session(around.walk_before_s, row.sets, around.walk_after_s))
                for row in ladder.c25k_inserted
                if (row.before_week, row.before_run) == (week, run)
            )
        steps.append(C25kStep(week, run, Session(around.walk_before_s, sets, around.walk_after_s)))
    return steps

"""Figures of content/coaching/ladder.toml: walk and run, step by step (evidence.md 4.3)."""

from typing import Literal

import msgspec

from bot.content.coaching.cited import Figure


class Set(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Run, then walk, so many times. Seconds; 0 leaves that part out."""

    run_s: int
    walk_s: int
    times: int


class Around(Figure, frozen=True, kw_only=True):
    """The brisk walk before and after, seconds."""

    walk_before_s: int
    walk_after_s: int


class Repeat(Figure, frozen=True, kw_only=True):
    """How often each level is done before the next."""

    times: int


class PaceOfLevels(Figure, frozen=True, kw_only=True):
    """Levels up, at most, in so many days."""

    max_up: int
    in_days: int


class Layoff(Figure, frozen=True, kw_only=True):
    """Training missed in the middle of the plan."""

    over_days: int
    days_per_level: int


class Level(Figure, frozen=True, kw_only=True):
    """One level of our ladder; `run_s` is all its running, seconds."""

    level: int
    sets: tuple[Set, ...]
    run_s: int


class C25kAround(Around, frozen=True, kw_only=True):
    """How Couch to 5K is spread over a week."""

    runs_per_week: int
    clear_days: int


class C25kGentle(Figure, frozen=True, kw_only=True):
    """Couch to 5K for sore calves, or after more than 6 months off."""

    runs_per_week: int
    repeat_weeks: tuple[int, ...]


class C25kRuns(Figure, frozen=True, kw_only=True):
    """Runs of one week of Couch to 5K that are alike."""

    week: int
    runs: tuple[int, ...]
    sets: tuple[Set, ...]


class C25kInserted(Figure, frozen=True, kw_only=True):
    """A run put in before a steep one."""

    before_week: int
    before_run: int
    sets: tuple[Set, ...]


class C25kSteep(Figure, frozen=True, kw_only=True):
    """A place where Couch to 5K is steep for calves, seconds."""

    from_week: int
    to_week: int
    to_run: int = 1
    measure: Literal["run_s", "longest_block_s"]
    before_s: int
    after_s: int
    percent: int


class DelawareAround(Figure, frozen=True, kw_only=True):
    """How the Delaware programme is spread."""

    max_per_week: int
    clear_days: int
    max_up: int
    in_days: int


class Delaware(Figure, frozen=True, kw_only=True):
    """One Delaware level: walk, jog, or run and jog, in turn, metres."""

    level: int
    walk_m: int
    jog_m: int
    run_m: int = 0
    total_m: int | None = None


class Soldier(Figure, frozen=True, kw_only=True):
    """One stage of the soldier trial: walk and run in turn; effort 0 to 10."""

    stage: int
    walk_s: int
    run_s: int
    all_run: bool
    total_m: int
    effort: int


class LadderFigures(Figure, frozen=True, kw_only=True):
    """All of ladder.toml."""

    around: Around
    repeat: Repeat
    pace_of_levels: PaceOfLevels
    layoff: Layoff
    level: tuple[Level, ...]
    c25k_around: C25kAround
    c25k_gentle: C25kGentle
    c25k: tuple[C25kRuns, ...]
    c25k_inserted: tuple[C25kInserted, ...]
    c25k_steep: tuple[C25kSteep, ...]
    delaware_around: DelawareAround
    delaware: tuple[Delaware, ...]
    soldier: tuple[Soldier, ...]

"""What is left of a file once it has been read: when, how far, how long. No route, no place, no name.

Rule: distances are metres, durations seconds. A problem is one word, and `content/words.toml` has a
plain answer for each (`file_<problem>`).
"""

from datetime import datetime
from typing import Literal

import msgspec

LARGEST = 20_000_000
"""Bytes of a file that is read; the platforms give a bot no larger ones."""
MOST = 600
"""So many runs of one file are kept, the newest."""

Sport = Literal["run", "walk", "ride", "swim", "other", ""]
"""What it was; "" where the file does not say."""
Kind = Literal["gpx", "tcx", "fit", "csv", "text", ""]
Problem = Literal[
    "",
    "too_large",
    "too_large_inside",
    "empty",
    "picture",
    "unknown",
    "damaged",
    "entities",
    "many_files",
    "inside_out",
    "not_a_run_file",
    "no_times",
    "no_columns",
    "day_or_month",
    "too_slow",
]
FASTEST_RUN = 6.0
"""Metres a second over a whole activity that names no sport: faster is taken for a ride [D]."""
SLOWEST_RUN = 1.2
"""Metres a second; slower is taken for a walk [D]."""


class Activity(msgspec.Struct, frozen=True, omit_defaults=True):
    """One activity. `start` is UTC; `local` is the clock of the runner, where the file tells only that."""

    sport: Sport = ""
    start: datetime | None = None
    local: datetime | None = None
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    climb_m: float | None = None
    partial: bool = False
    """The file ended early, or is damaged: the figures may be too small."""

    @property
    def duration_s(self) -> float | None:
        """The time without pauses, or else all of it."""
        return self.moving_s or self.elapsed_s


class FileRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was read from a file, or why it was not."""

    kind: Kind = ""
    activities: tuple[Activity, ...] = ()
    problem: Problem = ""
    others: dict[str, int] = {}
    """By sport: activities that are no runs and were only counted."""
    older: int = 0
    """Runs left out because there are newer ones enough."""
    skipped: int = 0
    """Lines of a table that could not be read."""
    unit_known: bool = True
    """False: the distances are figures of unknown unit, taken for kilometres."""


class UnreadableError(Exception):
    """A file cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem


def named_sport(name: str) -> Sport:
    """The sport that a word of a file means: "running", "Biking", "trail_run", "9"."""
    text = name.strip().casefold()
    if not text or text in ("other", "generic", "workout", "training", "default"):
        return ""
    for sport, marks in _SPORTS.items():
        if text in marks or any(len(mark) > 2 and mark in text for mark in marks):
            return sport
    return "other"


_SPORTS: dict[Sport, tuple[str, ...]] = {
    "ride": ("ride", "cycl", "bik", "1", "spinning"),
    "walk": ("walk", "hik", "10", "4", "gehen"),
    "swim": ("swim",),
    "run": ("run", "jog", "treadmill", "9", "lauf", "course", "carrera"),
}


def likely(activity: Activity) -> Sport:
    """The sport, guessed by the speed where the file does not say."""
    if activity.sport or not activity.distance_m or not activity.duration_s:
        return activity.sport or "run"
    speed = activity.distance_m / activity.duration_s
    return "ride" if speed > FASTEST_RUN else "walk" if speed < SLOWEST_RUN else "run"

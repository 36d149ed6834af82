"""A chart as a plain value: the last weeks of one runner and the plan ahead.

Rule: everything in it is ready to be shown: figures in the runner's own units, words as they are
read. Days are counted from the first day shown, which is 0.
"""

from typing import Literal

import msgspec

Look = Literal["light", "dark"]


class RunMark(msgspec.Struct, frozen=True):
    """The runs of one day: how much (km, miles or minutes; None if not told), light and soreness.

    `over`: it was over the guard line of its day. Soreness is 0 to 10, None if not told.
    """

    day: int
    size: float | None = None
    light: str = ""
    after: float | None = None
    morning: float | None = None
    over: bool = False


class Guarded(msgspec.Struct, frozen=True):
    """From this day on: the longest run of the 30 days before, and the guard line above it."""

    day: int
    longest: float
    cap: float


class Planned(msgspec.Struct, frozen=True):
    """What the plan has for a day to come; `size` where the session has one in the chart's measure."""

    day: int
    kind: Literal["run", "walk", "exercises"]
    size: float | None = None


class Words(msgspec.Struct, frozen=True):
    """The words beside the marks."""

    runs: str
    soreness: str
    lights: str
    exercises: str
    today: str
    ahead: str
    after: str
    morning: str
    longest: str
    guard: str
    cap: str
    """The guard line's figure of today, beside it."""
    green: str
    amber: str
    red: str
    done: str
    planned: str
    made: str


class Chart(msgspec.Struct, frozen=True):
    """All that is drawn. `past` days up to and with today, then `ahead` days; `alt` says the same.

    `lines` are in order; an entry with a cap of 0 says that no run counts from that day on.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    words: Words
    past: int
    ahead: int
    unit: str
    ticks: tuple[tuple[int, str], ...] = ()
    runs: tuple[RunMark, ...] = ()
    lines: tuple[Guarded, ...] = ()
    exercises: tuple[int, ...] = ()
    planned: tuple[Planned, ...] = ()
    look: Look = "light"

"""Charts as plain values, for the tests of how they are drawn."""

from typing import Any

from msgspec.structs import replace

from bot.drawing.chart import Chart, Guarded, Planned, RunMark, Words

WORDS = Words(
    runs="Runs, km", soreness="Soreness, 0 to 10", lights="Light of each run",
    exercises="Exercises", today="today", ahead="plan", after="after the run",
    morning="next morning", longest="longest of 30 days", guard="guard line", cap="6.6 km",
    green="green", amber="amber", red="red", done="done", planned="planned",
    made="Drawn by Heeldrop, a program, from what you told it. 22 Nov 2026",
)  # fmt: skip
_RUNS: tuple[tuple[Any, ...], ...] = (
    (2, 3.0, "green", 1, 0), (6, 3.2, "green", 2, 1), (10, 3.5, "amber", 4, 3),
    (15, 3.0, "green", 1, 1), (18, 3.5, "green", 1, 0), (22, 4.0, "green", 2, 1),
    (26, 6.1, "red", 6, 7), (33, 3.0, "amber", 3, 3), (37, 3.2, "green", 2, 1),
    (41, 4.0, "green", 1, 0), (45, 4.5, "green", 1, 1), (48, None, "green", 2, 0),
    (52, 5.5, "green", 1, 1), (54, 6.0, "", 2, None),
)  # fmt: skip
_LINES = (
    (3, 3.0, 3.3), (11, 3.5, 3.85), (23, 4.0, 4.4), (46, 4.5, 4.95), (53, 5.5, 6.05),
    (55, 6.0, 6.6),
)  # fmt: skip
FULL = Chart(
    name="heeldrop-chart.png",
    title="Your last 6 lights are green",
    subtitle="14 runs in 8 weeks, 57 km in all.\nLongest in 30 days: 6 km. Guard line now: 6.6 km.",
    alt="Your last 6 lights are green",
    words=WORDS,
    past=56,
    ahead=14,
    unit="km",
    ticks=tuple(
        (day, "" if day % 14 or day > 48 else f"{day % 28 + 1} Oct") for day in range(0, 70, 7)
    ),
    runs=tuple(replace(RunMark(*row), over=row[0] == 26) for row in _RUNS),
    lines=tuple(Guarded(*row) for row in _LINES),
    exercises=(4, 8, 12, 17, 24, 30, 35, 39, 43, 47, 50),
    planned=(
        Planned(57, "exercises"),
        Planned(59, "run", 6.0),
        Planned(61, "exercises"),
        Planned(63, "walk"),
        Planned(66, "run", 6.5),
        Planned(68, "exercises"),
    ),
)
DARK = replace(FULL, look="dark")
THIN = replace(
    FULL,
    title="Your last light is red: get it checked first",
    subtitle="2 runs in 8 weeks, 48 min in all.",
    words=replace(WORDS, runs="Runs, minutes", cap=""),
    unit="minutes",
    runs=(RunMark(40, 20, "green"), RunMark(54, 28, "red", after=9, morning=10, over=True)),
    lines=(Guarded(41, 20, 22), Guarded(50, 0, 0)),
    exercises=(),
    planned=(),
)
"""Two runs, and a stretch in which no run counts."""
CHARTS = {"full": FULL, "dark": DARK, "thin": THIN}

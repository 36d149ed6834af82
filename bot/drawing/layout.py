"""Where everything of a chart goes: one time axis, and what belongs to a day in one column.

Rule: from top to bottom the finding in words, the runs under their guard line, soreness after and
the next morning, the lights, the exercises. What is to come stands right of today, hollow. Labels
stand beside what they name.
"""

from collections.abc import Iterator

from bot.drawing.chart import Chart
from bot.drawing.marks import diamond, joined, light_mark, wide
from bot.drawing.shapes import DARK, LIGHT, Box, Disc, Line, Shape, Sheet, Text

WIDTH, HEIGHT = 1080, 1350
MARGIN = 60
LEFT, RIGHT = 116, 1044
TITLE, PLAIN, SMALL = 56, 32, 28
TITLE_FITS, PLAIN_FITS = 31, 60
"""Characters in one line of the title, and of the words under it."""
RUNS_FLOOR = 640
SORE_TOP, SORE_FLOOR = 748, 936
LIGHTS_AT, EXERCISES_AT = 1056, 1168
AXIS = 1206
CALM = 2
"""Soreness that counts as calm, 0 to 10 (evidence.md 4.4)."""
HIGHEST = 10


def sheet_of(chart: Chart) -> Sheet:
    """The chart as shapes."""
    page = _Page(chart)
    shapes = (
        *page.heading(),
        *page.time(),
        *page.runs(),
        *page.soreness(),
        *page.lights(),
        *page.exercises(),
    )
    return Sheet(WIDTH, HEIGHT, shapes, DARK if chart.look == "dark" else LIGHT)


class _Page:
    """One chart being laid out."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.words = chart.words
        self.step = (RIGHT - LEFT) / (chart.past + chart.ahead)
        self.today = self.at(chart.past)
        self.top, self.every = _scale(self._largest())
        self.title = wrapped(chart.title, TITLE_FITS)
        self.subtitle = [
            line for part in chart.subtitle.splitlines() for line in wrapped(part, PLAIN_FITS)
        ]
        self.runs_top = 170 + len(self.title) * (TITLE + 10) + len(self.subtitle) * (PLAIN + 10)

    def _largest(self) -> float:
        sizes = [run.size or 0 for run in self.chart.runs]
        sizes += [line.cap for line in self.chart.lines]
        sizes += [item.size or 0 for item in self.chart.planned]
        return max(sizes, default=1) or 1

    def at(self, day: float) -> float:
        """The left edge of a day."""
        return LEFT + day * self.step

    def middle(self, day: float) -> float:
        """The middle of a day."""
        return self.at(day + 0.5)

    def high(self, size: float) -> float:
        """The height of a run of this size."""
        return RUNS_FLOOR - (RUNS_FLOOR - self.runs_top) * size / self.top

    def sore(self, score: float) -> float:
        """The height of a soreness score."""
        return SORE_FLOOR - (SORE_FLOOR - SORE_TOP) * score / HIGHEST

    # -------------------------------------------------------------- words and time

    def heading(self) -> Iterator[Shape]:
        """The finding, and the figures under it."""
        y = 92.0
        for line in self.title:
            yield Text(MARGIN, y, line, TITLE, bold=True)
            y += TITLE + 10
        y += -4
        for line in self.subtitle:
            yield Text(MARGIN, y, line, PLAIN, "muted")
            y += PLAIN + 10

    def time(self) -> Iterator[Shape]:
        """The days to come, today, and the dates under it all."""
        yield Box(self.today, self.runs_top, RIGHT, AXIS, fill="ahead")
        middle = (self.today + RIGHT) / 2 + 24
        yield Text(middle, AXIS + 44, self.words.ahead, SMALL, "muted", anchor="middle")
        for day, words in self.chart.ticks:
            x = self.at(day)
            for top, floor in (
                (self.runs_top, RUNS_FLOOR),
                (SORE_TOP, SORE_FLOOR),
                (LIGHTS_AT - 24, LIGHTS_AT + 24),
                (EXERCISES_AT - 24, AXIS),
            ):
                yield Line(((x, top), (x, floor)), "grid", 1.5)
            if words:
                yield Line(((x, AXIS), (x, AXIS + 12)), "muted", 2)
                yield Text(x, AXIS + 44, words, SMALL, "muted", anchor="middle")
        yield Line(((LEFT, AXIS), (RIGHT, AXIS)), "muted", 2)
        yield Text(MARGIN, HEIGHT - 40, self.words.made, 26, "muted")

    def _today(self, top: float, floor: float) -> Shape:
        return Line(((self.today, top), (self.today, floor)), "ink", 2.5, dash=9)

    def _named(self, words: str, y: float) -> Text:
        return Text(MARGIN, y, words, PLAIN, bold=True)

    # -------------------------------------------------------------- the runs

    def runs(self) -> Iterator[Shape]:
        """A bar for each day with a run, the longest of 30 days as a band, the guard line on it."""
        yield self._named(self.words.runs, self.runs_top - 32)
        y, x = self.runs_top - 42.0, RIGHT - wide(self.words.guard, SMALL)
        yield Text(x, y + 10, self.words.guard, SMALL, "muted")
        yield Line(((x - 62, y), (x - 14, y)), "cap", 4, dash=10)
        x -= 92 + wide(self.words.longest, SMALL)
        yield Text(x, y + 10, self.words.longest, SMALL, "muted")
        yield Line(((x - 56, y), (x - 14, y)), "run", 3)
        yield from self._band()
        for number in range(int(self.top / self.every) + 1):
            size = number * self.every
            y = self.high(size)
            yield Line(((LEFT, y), (RIGHT, y)), "muted" if number == 0 else "grid", 2)
            yield Text(LEFT - 14, y + 10, f"{size:g}", SMALL, "muted", anchor="end")
        for run in self.chart.runs:
            yield from self._run(run.day, run.size, over=run.over)
        for item in self.chart.planned:
            if item.kind != "exercises":
                yield from self._planned(item.day, item.size)
        yield from self._guard()
        yield self._today(self.runs_top, RUNS_FLOOR)

    def _run(self, day: int, size: float | None, *, over: bool) -> Iterator[Shape]:
        half = min(11.0, self.step * 0.46)
        x = self.middle(day)
        if size is None:
            yield Disc(x, RUNS_FLOOR - 12, 8, edge="run", width=4)
            return
        yield Box(x - half, self.high(size), x + half, RUNS_FLOOR, fill="run", round_by=4)
        if over:
            yield Text(x, self.high(size) - 8, "!", PLAIN, bold=True, anchor="middle")

    def _planned(self, day: int, size: float | None) -> Iterator[Shape]:
        half = min(11.0, self.step * 0.46)
        x = self.middle(day)
        if size is None:
            yield Disc(x, RUNS_FLOOR - 12, 8, edge="run", width=4)
        else:
            top = self.high(size)
            yield Box(x - half, top, x + half, RUNS_FLOOR, edge="run", width=3, round_by=4)

    def _spans(self) -> Iterator[tuple[float, float, float, float]]:
        """Each stretch with one guard line: from, to, the longest, the line."""
        lines = self.chart.lines
        ends = [*(line.day for line in lines[1:]), self.chart.past + self.chart.ahead]
        for line, end in zip(lines, ends, strict=False):
            if line.cap:
                yield self.at(line.day), self.at(end), line.longest, line.cap

    def _band(self) -> Iterator[Shape]:
        for start, end, longest, cap in self._spans():
            y = self.high(longest)
            yield Box(start, self.high(cap), end, y, fill="band")
            yield Line(((start, y), (end, y)), "run", 2)

    def _guard(self) -> Iterator[Shape]:
        points: list[tuple[float, float]] = []
        for start, end, _, cap in self._spans():
            if points and points[-1][0] != start:
                yield Line(tuple(points), "cap", 4, dash=10)
                points = []
            points += [(start, self.high(cap)), (end, self.high(cap))]
        if points:
            yield Line(tuple(points), "cap", 4, dash=10)
        last = self.chart.lines[-1] if self.chart.lines else None
        if last is not None and last.cap:
            y = self.high(last.cap)
            yield Text(RIGHT - 6, y - 14, self.words.cap, SMALL, "cap", bold=True, anchor="end")

    # -------------------------------------------------------------- what the calves said

    def soreness(self) -> Iterator[Shape]:
        """A ring after each run and a dot for the next morning, joined."""
        yield self._named(self.words.soreness, SORE_TOP - 32)
        yield Box(LEFT, self.sore(CALM), RIGHT, SORE_FLOOR, fill="calm")
        for score in (0, 5, HIGHEST):
            y = self.sore(score)
            yield Line(((LEFT, y), (RIGHT, y)), "grid" if score else "muted", 2)
            yield Text(LEFT - 14, y + 10, f"{score}", SMALL, "muted", anchor="end")
        for run in self.chart.runs:
            x, later = self.middle(run.day), self.middle(run.day + 1)
            if run.after is not None and run.morning is not None:
                yield joined(x, self.sore(run.after), later, self.sore(run.morning))
        for run in self.chart.runs:
            if run.after is not None:
                y = self.sore(run.after)
                yield Disc(self.middle(run.day), y, 9, fill="paper", edge="ink", width=4)
            if run.morning is not None:
                yield Disc(self.middle(run.day + 1), self.sore(run.morning), 9, fill="ink")
        y = SORE_TOP - 42
        x = RIGHT - wide(self.words.morning, SMALL)
        yield Text(x, y + 10, self.words.morning, SMALL, "muted")
        yield Disc(x - 20, y, 9, fill="ink")
        x -= 60 + wide(self.words.after, SMALL)
        yield Text(x, y + 10, self.words.after, SMALL, "muted")
        yield Disc(x - 20, y, 9, edge="ink", width=4)
        yield self._today(SORE_TOP, SORE_FLOOR)

    def lights(self) -> Iterator[Shape]:
        """The light of each run."""
        yield self._named(self.words.lights, LIGHTS_AT - 46)
        x = float(RIGHT)
        for light in ("red", "amber", "green"):
            words = getattr(self.words, light)
            x -= wide(words, SMALL)
            yield Text(x, LIGHTS_AT - 46, words, SMALL, "muted")
            yield light_mark(light, x - 22, LIGHTS_AT - 56, 22)
            x -= 64
        for run in self.chart.runs:
            if run.light:
                yield light_mark(run.light, self.middle(run.day), LIGHTS_AT, 26)
        yield self._today(LIGHTS_AT - 24, LIGHTS_AT + 24)

    def exercises(self) -> Iterator[Shape]:
        """The days with exercises, done and planned."""
        yield self._named(self.words.exercises, EXERCISES_AT - 46)
        x = float(RIGHT)
        for words, filled in ((self.words.planned, False), (self.words.done, True)):
            x -= wide(words, SMALL)
            yield Text(x, EXERCISES_AT - 46, words, SMALL, "muted")
            yield diamond(x - 22, EXERCISES_AT - 56, 24, filled=filled)
            x -= 64
        for day in self.chart.exercises:
            yield diamond(self.middle(day), EXERCISES_AT, 26, filled=True)
        for item in self.chart.planned:
            if item.kind == "exercises":
                yield diamond(self.middle(item.day), EXERCISES_AT, 24, filled=False)
        yield self._today(EXERCISES_AT - 24, AXIS)
        name = Text(self.today, AXIS + 44, self.words.today, SMALL, bold=True, anchor="middle")
        yield name


def wrapped(words: str, fits: int) -> list[str]:
    """Words in lines of at most so many characters, broken between words."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= fits:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _scale(largest: float) -> tuple[float, float]:
    """A round top for the axis, and the distance between its lines: 3 or 4 of them."""
    for every in (0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120):
        if largest <= every * 4:
            break
    return max(largest * 1.12, every), every

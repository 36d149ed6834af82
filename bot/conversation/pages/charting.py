"""/chart: the last 8 weeks and the plan ahead, as a picture and in the same words.

Rule: what the picture shows and what the words say come from one value, so neither knows more than
the other. A log too thin to draw gets a kind sentence. Lines and lights are those of the coaching:
the longest run of 30 days and the guard line (evidence.md 3.1, S1), the lights (4.4). While
something has to be checked first, or a pause goes on, nothing is said of runs to come.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from bot.coaching.guard import Measure, session_cap
from bot.coaching.ladder import ladder_session
from bot.coaching.runs import Run as Coached
from bot.coaching.runs import longest_run_30d
from bot.conversation import going_on
from bot.conversation.follow_through import coached
from bot.conversation.follow_through.plan_card import items
from bot.conversation.log import Exercise, Light, Log, Run, Soreness
from bot.conversation.message import Button, Message, message
from bot.conversation.runs.training_log import after_and_morning, coached_runs, runs
from bot.conversation.speaking import METRES_PER_MILE, duration
from bot.conversation.talk import Talk
from bot.drawing.chart import Chart, Guarded, Look, Planned, RunMark, Words

PAST, AHEAD = 56, 14
"""Days: 8 weeks up to today, and 2 weeks of the plan."""
FEWEST_RUNS = 2
REACH = timedelta(days=120)
"""Runs further back than this change no line that is shown."""
LOOK = "chart_look"
SEVERITY: tuple[Light, ...] = ("green", "amber", "red", "stop")
FEWEST_WEEKS = 2
SLOTS = (
    "soreness", "lights", "exercises", "today", "ahead", "after", "morning", "longest",
    "green", "amber", "red", "done", "planned",
)  # fmt: skip


def show(talk: Talk, look: str) -> None:
    """The chart, or a kind sentence while there is too little to draw."""
    if look in ("light", "dark"):
        talk.settings(**{LOOK: look})
    chart = chart_of(talk)
    if chart is None:
        count = len(_shown_runs(talk, _lately(talk)))
        words = "chart_one_run" if count else "chart_no_run"
        talk.say_words(words, *talk.buttons(["my_plan", "exercises"]), kind="chart_thin")
        return
    talk.say(as_message(chart, *_buttons(talk, chart)))
    if talk.standing.locked:
        going_on.go_on(talk)


def as_message(chart: Chart, *buttons: Button) -> Message:
    """The chart with its words under it."""
    said = message(chart.alt, *buttons, kind="chart")
    return msgspec.structs.replace(said, drawing=chart)


def for_review(talk: Talk) -> Chart | None:
    """The chart that goes with a weekly review: from the second week with entries on."""
    days = [run.on for run in runs(talk.runner.log)]
    days += [
        talk.voice.day_of(entry.at)
        for entry in talk.runner.log.entries
        if isinstance(entry, (Soreness, Exercise))
    ]
    weeks = {day - timedelta(days=day.weekday()) for day in days}
    return chart_of(talk) if len(weeks) >= FEWEST_WEEKS else None


def chart_of(talk: Talk) -> Chart | None:
    """What the chart of this runner shows today; None while there are too few runs."""
    log = _lately(talk)
    found = _shown_runs(talk, log)
    if len(found) < FEWEST_RUNS:
        return None
    return _Charted(talk, log, found).chart()


def _buttons(talk: Talk, chart: Chart) -> list[Button]:
    other = "dark" if chart.look == "light" else "light"
    return [
        *talk.buttons(["my_plan", "report", *(["why_guard"] if chart.words.cap else [])]),
        talk.button(f"chart_{other}", "chart", other),
    ]


def _first(talk: Talk) -> date:
    return talk.voice.today - timedelta(days=PAST - 1)


def _lately(talk: Talk) -> Log:
    """The part of the log that can be seen in a chart, so that years of running cost nothing."""
    since = _first(talk) - REACH
    return Log(
        tuple(
            entry
            for entry in talk.runner.log.entries
            if (entry.on if isinstance(entry, Run) else talk.voice.day_of(entry.at)) >= since
        )
    )


def _shown_runs(talk: Talk, log: Log) -> list[Coached]:
    return [run for run in coached_runs(log) if _first(talk) <= run.day <= talk.voice.today]


def _held(talk: Talk) -> bool:
    """Whether a check comes first or a pause goes on, so that nothing may sound like "run"."""
    if coached.agreed(talk.runner):
        return coached.on_hold(talk)
    return talk.standing.level not in (None, "self_manage")


class _Charted:
    """The chart of one runner in the making."""

    def __init__(self, talk: Talk, log: Log, shown: list[Coached]) -> None:
        self.talk = talk
        self.voice = talk.voice
        self.say = talk.voice.say
        self.today = talk.voice.today
        self.first = _first(talk)
        self.log = log
        self.coached = coached_runs(log)
        self.shown = shown
        told = sum(run.distance_m is not None for run in shown)
        self.held = _held(talk)
        self.measure: Measure = "m" if 2 * told >= len(shown) else "s"
        self.load = talk.content.coaching.load

    def chart(self) -> Chart:
        """All of it."""
        marks = tuple(self._marks())
        cap = None if self.held else self._cap(self._longest(self.today))
        trained = self._exercise_days()
        figures = [self._all_runs(), *self._guard_words()]
        lines = [*figures, *self._sore_words(marks), *self._light_words(marks)]
        over = sum(mark.over for mark in marks)
        if over:
            lines.append(self.say("chart_over", count=over))
        if trained:
            lines.append(self._counted("chart_exercise_days", len(trained)))
        lines += self._ahead_words()
        title = self._title()
        text = "\n".join(f"• {line}" for line in lines)
        return Chart(
            name="heeldrop-chart.png",
            title=title,
            subtitle="\n".join(figures),
            alt=f"{title}\n\n{text}",
            words=Words(
                runs=self.say("chart_runs", unit=self._unit()),
                cap=self.say("chart_cap", size=self._spoken(cap)) if cap else "",
                guard=self.say("chart_guard_name"),
                made=self.say("chart_made", day=_short(self.today, year=True)),
                **{slot: self.say(f"chart_{slot}") for slot in SLOTS},
            ),
            past=PAST,
            ahead=AHEAD,
            unit=self._unit(),
            ticks=tuple(self._ticks()),
            runs=marks,
            lines=tuple(self._lines()),
            exercises=tuple((day - self.first).days for day in trained),
            planned=tuple(self._planned()),
            look=_look(self.talk),
        )

    # What is drawn

    def _marks(self) -> Iterable[RunMark]:
        soreness = after_and_morning(self.log)
        judged = runs(self.log)
        for day in sorted({run.day for run in self.shown}):
            sizes = [self._size(run) for run in self.shown if run.day == day]
            told = [size for size in sizes if size is not None]
            size = sum(told) if told else None
            mine = [run for run in judged if run.on == day]
            lights = [SEVERITY.index(run.light) for run in mine if run.light]
            light = SEVERITY[max(lights)] if lights else ""
            before = self._cap(self._longest(day - timedelta(days=1)))
            felt = [soreness[run.id] for run in mine]
            yield RunMark(
                day=(day - self.first).days,
                size=None if size is None else self._shown(size),
                light="red" if light == "stop" else light,
                after=_worst(after for after, _ in felt),
                morning=_worst(morning for _, morning in felt),
                over=bool(before and told and max(told) > before),
            )

    def _lines(self) -> Iterable[Guarded]:
        """The longest of the 30 days before each day, where it changes."""
        last: float | None = None
        for number in range(PAST if self.held else PAST + 1):
            longest = self._longest(self.first + timedelta(days=number - 1))
            if longest != last and (longest is not None or last is not None):
                cap = self._cap(longest)
                yield Guarded(number, self._shown(longest or 0), self._shown(cap or 0))
            last = longest
        if self.held and last is not None:
            yield Guarded(PAST, 0, 0)

    def _planned(self) -> Iterable[Planned]:
        ran = self.shown[-1].day
        for item in items(self.talk):
            day = (item.day - self.first).days
            if item.kind == "rest" or not PAST - 1 <= day < PAST + AHEAD:
                continue
            if item.day > self.today or (item.kind != "exercises" and ran < self.today):
                yield Planned(day, item.kind, self._session(item.level))

    def _session(self, level: int | None) -> float | None:
        if level is None or self.measure == "m":
            return None
        return self._shown(ladder_session(level, self.talk.content.coaching.ladder).total_s)

    def _exercise_days(self) -> list[date]:
        days = {
            self.voice.day_of(entry.at)
            for entry in self.log.of(Exercise)
            if entry.answer in ("done", "easier")
        }
        return sorted(day for day in days if self.first <= day <= self.today)

    def _ticks(self) -> Iterable[tuple[int, str]]:
        """A line for each week; a date on every second one, none close to today."""
        for number in range(-(-(PAST + AHEAD) // 7)):
            words = _short(self.first + timedelta(days=7 * number))
            yield 7 * number, words if number % 2 == 0 and 7 * number < PAST - 7 else ""

    # What is said

    def _title(self) -> str:
        lights = [run.light for run in self.shown if run.light]
        if not lights or self.held:
            return self.say("chart_title_runs", count=len(self.shown))
        if lights[-1] != "green":
            return self.say(f"chart_title_{lights[-1]}")
        last = [place for place, light in enumerate(reversed(lights)) if light != "green"]
        return self._counted("chart_title_green", last[0] if last else len(lights))

    def _all_runs(self) -> str:
        sizes = [self._size(run) for run in self.shown]
        total = self._spoken(sum(size for size in sizes if size is not None))
        return self.say("chart_all_runs", count=len(self.shown), total=total)

    def _guard_words(self) -> Iterable[str]:
        longest = self._longest(self.today)
        cap = self._cap(longest)
        if longest and self.held:
            yield self.say("chart_longest_run", longest=self._spoken(longest))
        elif longest and cap:
            yield self.say("chart_guard", longest=self._spoken(longest), cap=self._spoken(cap))

    def _sore_words(self, marks: tuple[RunMark, ...]) -> Iterable[str]:
        told = [mark for mark in marks if mark.after is not None or mark.morning is not None]
        if not told:
            yield self.say("chart_sore_none")
            return
        last = told[-1]
        day = _short(self.first + timedelta(days=last.day))
        if last.after is not None:
            yield self.say("chart_sore_after", day=day, score=f"{last.after:g}")
        if last.morning is not None:
            yield self.say("chart_sore_morning", day=day, score=f"{last.morning:g}")

    def _light_words(self, marks: tuple[RunMark, ...]) -> Iterable[str]:
        counts = {light: sum(mark.light == light for mark in marks) for light in SEVERITY[:3]}
        if any(counts.values()):
            yield self.say("chart_light_counts", **counts)

    def _ahead_words(self) -> Iterable[str]:
        planned = list(self._planned())
        if planned:
            ran = sum(item.kind != "exercises" for item in planned)
            yield self.say("chart_ahead_words", runs=ran, days=len(planned) - ran)

    def _counted(self, words: str, count: int) -> str:
        return self.say(f"{words}_one" if count == 1 else words, count=count)

    # Figures

    def _size(self, run: Coached) -> float | None:
        return run.distance_m if self.measure == "m" else run.duration_s

    def _longest(self, day: date) -> float | None:
        recent = [run for run in self.coached if run.day <= day]
        longest = longest_run_30d(recent, day, self.load)
        return longest.distance_m if self.measure == "m" else longest.duration_s

    def _cap(self, longest: float | None) -> float | None:
        return session_cap(longest, self.load, self.measure)

    def _shown(self, value: float) -> float:
        """A size as the axis has it: km, miles or minutes, to one decimal."""
        if self.measure == "s":
            return round(value / 60, 1)
        return round(value / (METRES_PER_MILE if self.voice.units == "mi" else 1000), 2)

    def _unit(self) -> str:
        if self.measure == "s":
            return self.say("chart_minutes")
        return self.say("chart_miles" if self.voice.units == "mi" else "chart_km")

    def _spoken(self, value: float) -> str:
        return self.voice.distance(value) if self.measure == "m" else duration(value)


def _worst(scores: Iterable[float | None]) -> float | None:
    return max((score for score in scores if score is not None), default=None)


def _look(talk: Talk) -> Look:
    return "dark" if talk.runner.settings.get(LOOK) == "dark" else "light"


def _short(day: date, *, year: bool = False) -> str:
    return f"{day.day} {day:%b} {day.year}" if year else f"{day.day} {day:%b}"

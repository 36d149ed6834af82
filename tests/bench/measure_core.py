"""The core: one turn with the full content, and the walk over every path."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median

from bot.checking.check import check
from bot.content.load import default_folder, load_content
from bot.conversation.event import Event, Happening, Person, Place, Said, Tapped
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step
from tests.bench.row import Row

NOW = datetime(2026, 10, 8, 18, 0, tzinfo=UTC)
TALK: tuple[Happening, ...] = (
    Said("ran 6 miles yesterday, first time since spring, calves are killing me"),
    Tapped("!right"),
    Tapped("=now:none"),
    Tapped("=today:none"),
    Tapped("=pattern:ordinary"),
    Tapped("=gap_reason:life"),
    Tapped("=walking_pain:high"),
    Tapped("!why"),
)
ROUNDS = 40


def measure() -> Iterable[Row]:
    """Milliseconds a turn, taps to the first advice, seconds for every path."""
    content = load_content()
    turns: list[float] = []
    for _ in range(ROUNDS):
        conversation, runner = Conversation(), Runner(id="bench", zone="Europe/London")
        for number, what in enumerate(TALK):
            event = Event(str(number), Person("bench", "r"), Place("bench", "c"), what, NOW)
            began = time.perf_counter()
            turn = step(content, conversation, runner, event, NOW)
            turns.append((time.perf_counter() - began) * 1000)
            conversation, runner = turn.conversation, turn.runner
    yield Row("one turn of the core, median", f"{median(turns):.2f} ms", "under 1 ms")
    began = time.perf_counter()
    report = check(default_folder())
    took = time.perf_counter() - began
    yield Row("every path walked and checked", f"{took:.1f} s", "under 60 s")
    if report.walked is not None:
        emergency, advice = report.walked.taps("emergency")[0], report.walked.taps("self_manage")[1]
        yield Row("paths", f"{report.walked.paths:,}")
        yield Row("fewest taps to an emergency card", str(emergency), "at most 2")
        yield Row("most taps to advice", str(advice), "at most 12")
    for story in report.stories:
        yield Row(f"taps for: {story.text[:44]}...", str(story.taps), f"at most {story.allowed}")

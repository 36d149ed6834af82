"""A runner with 8 weeks in the log, for the tests of charts and of the page for a physio."""

from datetime import timedelta
from typing import Any

import msgspec

from bot.checking.talk import Stage
from bot.conversation.log import Advised, Entry, Exercise, Log, Note, Paused, Run, Soreness
from bot.conversation.state import Runner
from tests.conversation.coached import START, content

# Days ago, metres, light, soreness after the run, and the next morning.
EIGHT_WEEKS: tuple[tuple[int, float, Any, float, float | None], ...] = (
    (54, 3000, "green", 1, 0),
    (50, 3200, "green", 2, 1),
    (46, 3500, "amber", 4, 3),
    (41, 3000, "green", 1, 1),
    (38, 3500, "green", 1, 0),
    (34, 4000, "green", 2, 1),
    (30, 6100, "red", 6, 7),
    (23, 3000, "amber", 3, 3),
    (19, 3200, "green", 2, 1),
    (15, 4000, "green", 1, 0),
    (11, 4400, "green", 1, 1),
    (8, 4800, "green", 2, 0),
    (4, 5200, "green", 1, 1),
    (2, 5600, None, 2, None),
)
EXERCISES = (52, 48, 44, 39, 32, 26, 21, 17, 13, 9, 6)


def entries() -> tuple[Entry, ...]:
    """All that happened, oldest first."""
    found: list[Entry] = [
        Advised(
            "advised-1", START - timedelta(days=55), "self_manage", ("long_break",),
            ("C-long-break",), content="2026",
        )
    ]  # fmt: skip
    for ago, metres, light, after, morning in EIGHT_WEEKS:
        at = START - timedelta(days=ago)
        name = f"past-{ago}"
        run = Run(name, at.date(), at, metres, metres * 0.42, 4, light)
        found += [run, Soreness(f"during-{name}", at, "during", after, run=name)]
        found.append(Note(f"limp-{name}", at, "limp", "no"))
        if morning is not None:
            later = at + timedelta(hours=14)
            found.append(Soreness(f"steps-{name}", later, "first_steps", morning, run=name))
    for ago in EXERCISES:
        at = START - timedelta(days=ago)
        found.append(Exercise(f"ex-{ago}", at, "heel-drop-straight", "done", "2x8"))
    found.append(Paused("pause-1", START - timedelta(days=29), "injury"))
    found.append(Paused("pause-2", START - timedelta(days=26), "resumed"))
    return tuple(sorted(found, key=lambda entry: entry.at))


def runner(**settings: Any) -> Runner:
    """A runner of 8 weeks with a plan."""
    days = {"run_days.wed": True, "run_days.sat": True, "run_days.sun": True}
    kept = {"units": "km", "country": "GB", "plan_agreed": True, **days, **settings}
    return Runner(id="eight", zone="Europe/London", settings=kept, log=Log(entries()))


def charted(**settings: Any) -> Stage:
    """That runner in a chat."""
    return Stage(content(), START, runner(**settings))


def with_runs(*runs: Run) -> Stage:
    """A runner of whom only these runs are known."""
    return Stage(content(), START, msgspec.structs.replace(runner(), log=Log(runs)))

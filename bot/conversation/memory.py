"""What the log remembers for a new conversation.

Rule: the log only fills in what the runner has not said. The run being talked about never counts as
its own "longest run in 30 days" (evidence.md 3.1).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.content.condition import Value
from bot.conversation.log import Run
from bot.conversation.state import Runner

WINDOW = timedelta(days=30)
LASTING = ("units", "country", "adult", "age_band")


def remembered(runner: Runner, facts: Mapping[str, Value], now: datetime) -> dict[str, Value]:
    """Facts the log and the settings give at `now`: longest run in 30 days, runs last week."""
    found: dict[str, Value] = {
        name: runner.settings[name] for name in LASTING if name in runner.settings
    }
    if runner.zone:
        found["zone_known"] = True
    found.update(
        {
            name: value
            for name, value in runner.settings.items()
            if name.startswith(("kit.", "run_days."))
        }
    )
    runs = runs_before(runner, facts, now)
    if runs:
        longest = max((run.distance_m or 0.0) for run in runs)
        if longest > 0:
            found["longest_30d_m"] = longest
        week = [run for run in runs if now - _at(run, now) <= timedelta(days=7)]
        found["runs_last_week"] = len(week)
        since = (now.date() - max(run.on for run in runs)).days
        found.setdefault("break_days", max(0, since - 7) if since > 7 else 0)
    return found


def runs_before(runner: Runner, facts: Mapping[str, Value], now: datetime) -> list[Run]:
    """The logged runs of the last 30 days, without the one being talked about and without red ones."""
    current = str(facts.get("run_date", ""))
    return [
        run
        for run in runner.log.entries
        if isinstance(run, Run)
        and run.on.isoformat() != current
        and now.date() - run.on <= WINDOW
        and run.light not in ("red", "stop")
    ]


def _at(run: Run, now: datetime) -> datetime:
    return now - timedelta(days=(now.date() - run.on).days)

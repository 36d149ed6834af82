"""What the log and the settings remember for a new conversation.

Rule: they only fill in what the runner has not said. The run being talked about never counts as its
own "longest run in 30 days", nor does a run that ended red (evidence.md 3.1).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.coaching.runs import longest_run_30d
from bot.content.coaching import Coaching
from bot.content.condition import Value
from bot.conversation.runs.training_log import coached_runs
from bot.conversation.state import Runner

LASTING = ("units", "country", "adult", "age_band")
MEMBERS = ("kit.", "run_days.")
WEEK = timedelta(days=7)
REGULAR_WEEKS = 3


def remembered(
    runner: Runner, facts: Mapping[str, Value], coaching: Coaching, now: datetime
) -> dict[str, Value]:
    """Facts the log and the settings give at `now`: longest run in 30 days, runs last week."""
    found: dict[str, Value] = {
        name: value
        for name, value in runner.settings.items()
        if name in LASTING or name.startswith(MEMBERS)
    }
    if runner.zone:
        found["zone_known"] = True
    current = str(facts.get("run_date", ""))
    runs = [run for run in coached_runs(runner.log) if run.day.isoformat() != current]
    if not runs:
        return found
    today = now.date()
    longest = longest_run_30d(runs, today, coaching.load)
    if longest.distance_m:
        found["longest_30d_m"] = longest.distance_m
    if longest.duration_s:
        found["longest_30d_s"] = longest.duration_s
    found["runs_last_week"] = sum(today - run.day <= WEEK for run in runs)
    since = (today - max(run.day for run in runs)).days
    if since > WEEK.days:
        found["break_days"] = since
    elif _regular([run.day for run in runs], today):
        found["break_days"] = 0
    return found


def _regular(days: list[date], today: date) -> bool:
    """Whether there was a run in at least 3 of the last 4 weeks."""
    weeks = {(today - day).days // WEEK.days for day in days}
    return len(weeks & {0, 1, 2, 3}) >= REGULAR_WEEKS

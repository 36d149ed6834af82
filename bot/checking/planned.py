"""What a script has planned, and when it falls due: the schedule of the runtime in a few lines.

Rule: the same wall clock as in service (bot/coaching/clock.py), quiet hours included; without the
caps, the spread and the late policy, because in a script nothing is ever late. What is due at one
moment becomes one event, and the others ride along in its data as `merged`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.coaching.clock import after_quiet_hours, instant, local_day, next_day
from bot.conversation.event import Due
from bot.conversation.state import Runner
from bot.conversation.turn import Cancel, Effect, Forget, Plan

DEFAULT_TIME = time(18)


@dataclass(slots=True)
class Planned:
    """The check-ins of one runner, each with the instant (UTC) and the local day it is due."""

    rows: dict[str, tuple[Plan, datetime, date]] = field(default_factory=dict)

    def take(self, effects: Iterable[Effect], runner: Runner, now: datetime) -> None:
        """Plan and cancel what a turn says, in its order."""
        for effect in effects:
            if isinstance(effect, Plan):
                self._plan(effect, runner, now)
            elif isinstance(effect, Cancel):
                self._cancel(effect)
            elif isinstance(effect, Forget):
                self.rows.clear()

    def due(self, until: datetime) -> tuple[datetime, Due] | None:
        """The next moment up to `until` at which something is due, and what; None if nothing is."""
        first = min((at for _, at, _ in self.rows.values()), default=None)
        if first is None or first > until:
            return None
        plans = [plan for plan, at, _ in self.rows.values() if at == first]
        lead = max(plans, key=lambda plan: plan.late == "send")
        riders = [plan.key for plan in plans if plan is not lead and plan.late != "drop"]
        data = {**lead.data, "merged": ",".join(riders)} if riders else dict(lead.data)
        return first, Due(lead.key, lead.kind, data)

    def done(self, at: datetime, runner: Runner) -> None:
        """What was due at this instant has been: it goes, or comes again on its next weekday."""
        for key, (plan, due_at, day) in list(self.rows.items()):
            if due_at == at:
                del self.rows[key]
                if plan.weekdays:
                    self._plan(plan, runner, at, last_on=day)

    def again(self, runner: Runner, now: datetime) -> None:
        """Work all instants out again, after the zone or the quiet hours changed."""
        for plan, at, day in list(self.rows.values()):
            if plan.at is None and at > now:
                self._plan(plan, runner, now, last_on=day - timedelta(days=1))

    def _plan(
        self, plan: Plan, runner: Runner, now: datetime, *, last_on: date | None = None
    ) -> None:
        zone = runner.zone or "UTC"
        if plan.at is not None:
            at, day = plan.at, local_day(plan.at, zone)
        elif plan.on is not None and not plan.weekdays:
            day = plan.on
            at = instant(day, plan.at_local or DEFAULT_TIME, zone)
        else:
            day, at = next_day(
                plan.at_local or DEFAULT_TIME,
                zone,
                now,
                plan.weekdays,
                not_before=plan.on,
                last_on=last_on,
            )
        if not plan.exempt:
            at = after_quiet_hours(at, zone, *_quiet(runner))
        self.rows[plan.key] = (plan, at, day)

    def _cancel(self, what: Cancel) -> None:
        for key, (plan, _, _) in list(self.rows.items()):
            if key.startswith(what.prefix) and not (plan.exempt and what.keep_exempt):
                del self.rows[key]


def _quiet(runner: Runner) -> tuple[time, time]:
    settings = runner.settings
    start, end = settings.get("quiet_from", "21:00"), settings.get("quiet_to", "08:00")
    return time.fromisoformat(str(start)), time.fromisoformat(str(end))

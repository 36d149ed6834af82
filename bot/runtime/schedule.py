"""What falls due when, and what happens to what is found late. Pure: rows and a time go in.

Rule: on time means within GRACE. Later than that, the check-in's own policy holds:
`send` goes out however late; `merge` joins the others that are due for the same person, or goes out
alone, until it is too late; `drop` is left out once it is too late. Too late is `drop_after_s`.
Whatever is due for one person at one moment becomes one message (the others ride in its data as
`merged`; a `drop` does not ride), except exempt ones: they go out on their own. Over the caps, a
one-off that must be sent waits for the next morning, and anything else is left out this time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.coaching.clock import (
    after_quiet_hours,
    in_quiet_hours,
    instant,
    local_day,
    next_day,
)
from bot.conversation.turn import Plan
from bot.runtime.habits import NO_COUNT, Caps, Habits, room_for_more
from bot.store.rows import CheckIn, CheckInEnd, Outcome

GRACE = timedelta(minutes=15)
DEFAULT_TIME = time(18)


@dataclass(frozen=True, slots=True)
class Fire:
    """Send this one now. `merged` are the keys of those that ride along."""

    check_in: CheckIn
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What to do with all that is due for one person."""

    fire: tuple[Fire, ...] = ()
    ends: tuple[CheckInEnd, ...] = ()
    waits: tuple[tuple[int, str, datetime], ...] = ()
    """Rows that move to a later instant and stay what they are: (number, zone, instant)."""


@dataclass(slots=True)
class _Draft:
    fire: list[Fire] = field(default_factory=list)
    ends: list[CheckInEnd] = field(default_factory=list)
    waits: list[tuple[int, str, datetime]] = field(default_factory=list)


@lru_cache(maxsize=4096)
def spread_of(runner_id: int, within_s: int) -> timedelta:
    """A person's own few seconds or minutes past the hour, the same every time."""
    digest = hashlib.sha256(str(runner_id).encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4], "big") % within_s if within_s else 0)


def first_instant(
    plan: Plan,
    habits: Habits,
    now: datetime,
    runner_id: int,
    *,
    last_on: date | None = None,
) -> tuple[datetime, str]:
    """When a plan falls due next, quiet hours and spread included, and for which local day.

    The day is the rule's own: what was planned for a Monday night may come on Tuesday morning.
    """
    zone = habits.zone
    spread = timedelta()
    if plan.at is not None:
        exact = plan.at
        day = local_day(exact, zone)
    else:
        at_local = plan.at_local or DEFAULT_TIME
        spread = spread_of(runner_id, habits.spread_s)
        if plan.on is not None and not plan.weekdays:
            day, exact = plan.on, instant(plan.on, at_local, zone)
        else:
            day, exact = next_day(
                at_local, zone, now, plan.weekdays, not_before=plan.on, last_on=last_on
            )
    if not plan.exempt:
        quiet = after_quiet_hours(exact, zone, habits.quiet_from, habits.quiet_to)
        if quiet != exact:
            exact, spread = quiet, spread_of(runner_id, habits.spread_s)
    return exact + spread, day.isoformat()


def ended(
    check_in: CheckIn, outcome: Outcome, habits: Habits, now: datetime, *, counted: bool = False
) -> CheckInEnd:
    """How a check-in ended just now, and when it comes again if it does."""
    if not check_in.plan.weekdays:
        return CheckInEnd(check_in, outcome, counted=counted)
    on = date.fromisoformat(check_in.day)
    following, day = first_instant(check_in.plan, habits, now, check_in.runner_id, last_on=on)
    return CheckInEnd(check_in, outcome, following, day, counted)


def decide(
    due: Sequence[CheckIn],
    habits: Habits,
    now: datetime,
    sent: Sequence[datetime],
    unanswered: int,
    caps: Caps,
) -> Decided:
    """What to do with everything that is due for one person."""
    draft = _Draft()
    wanted: list[CheckIn] = []
    for check_in in sorted(due, key=lambda one: one.next_at):
        if check_in.plan.exempt:
            draft.fire.append(Fire(check_in))
        elif _too_late(check_in, now):
            draft.ends.append(ended(check_in, "dropped", habits, now))
        else:
            wanted.append(check_in)
    if wanted:
        _settle(wanted, draft, habits, now, (sent, unanswered, caps))
    return Decided(tuple(draft.fire), tuple(draft.ends), tuple(draft.waits))


def _settle(
    wanted: list[CheckIn],
    draft: _Draft,
    habits: Habits,
    now: datetime,
    limits: tuple[Sequence[datetime], int, Caps],
) -> None:
    quiet = (habits.zone, habits.quiet_from, habits.quiet_to)
    late = any(now - one.next_at > GRACE for one in wanted)
    # On time, the hour itself counts and not this person's minutes past it.
    judged = now if late else now - spread_of(wanted[0].runner_id, habits.spread_s)
    if in_quiet_hours(judged, *quiet) and in_quiet_hours(now, *quiet):
        morning = after_quiet_hours(now, *quiet)
        draft.waits += [
            (one.id, one.zone, morning + spread_of(one.runner_id, habits.spread_s))
            for one in wanted
        ]
        return
    sent, unanswered, caps = limits
    if not room_for_more(now, habits, sent, unanswered, caps):
        for one in [one for one in wanted if counts(one.plan)]:
            wanted.remove(one)
            _hold_back(one, draft, habits, now)
    if not wanted:
        return
    lead = _lead(wanted)
    riders = [one for one in wanted if one is not lead]
    draft.fire.append(Fire(lead, tuple(one.plan.key for one in riders if one.plan.late != "drop")))
    for one in riders:
        outcome: Outcome = "dropped" if one.plan.late == "drop" else "merged"
        draft.ends.append(ended(one, outcome, habits, now))


def _hold_back(one: CheckIn, draft: _Draft, habits: Habits, now: datetime) -> None:
    if one.plan.late == "send" and not one.plan.weekdays:
        tomorrow = local_day(now, habits.zone) + timedelta(days=1)
        morning = instant(tomorrow, habits.quiet_to, habits.zone)
        spread = spread_of(one.runner_id, habits.spread_s)
        draft.waits.append((one.id, one.zone, morning + spread))
    else:
        draft.ends.append(ended(one, "capped", habits, now))


def _lead(wanted: list[CheckIn]) -> CheckIn:
    """The one that speaks: one that must be sent before one that may be merged, else the newest."""
    return max(wanted, key=lambda one: (one.plan.late == "send", one.next_at, one.id))


def _too_late(check_in: CheckIn, now: datetime) -> bool:
    late = now - check_in.next_at
    return check_in.plan.late != "send" and late > max(
        GRACE, timedelta(seconds=check_in.plan.drop_after_s)
    )


def counts(plan: Plan) -> bool:
    """Whether a check-in counts towards the caps."""
    return not plan.exempt and plan.data.get(NO_COUNT) != "no"

"""What was planned for each day, kept week by week, and how many weeks were on plan.

Rule (evidence.md 7, product.md 9): past days stay as they were planned; days to come follow the plan
as it is made again. Rest counts, nothing is ever reset, a pause freezes. Missed days are never listed.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from bot.coaching.plan import Kind, PlanItem
from bot.coaching.weeks import OnPlan, Pause, weeks_on_plan
from bot.conversation.follow_through.plan_card import items
from bot.conversation.log import Exercise, Note, Paused
from bot.conversation.runs.training_log import runs
from bot.conversation.talk import Talk

PLANNED = "planned"
KINDS: dict[str, Kind] = {"run": "run", "walk": "walk", "exercises": "exercises", "rest": "rest"}
DAY = timedelta(days=1)


def planned_days(talk: Talk) -> dict[date, Kind]:
    """What was planned for each day that was ever planned."""
    found: dict[date, Kind] = {}
    for note in talk.runner.log.entries:
        if isinstance(note, Note) and note.what == PLANNED:
            for pair in filter(None, note.answer.split(",")):
                day, _, kind = pair.partition("=")
                found[date.fromisoformat(day)] = KINDS.get(kind, "rest")
    return found


def remember(talk: Talk, *, also_today: bool = False) -> None:
    """Keep the plan as it is now for the days to come; today and before stay as they were."""
    days = planned_days(talk)
    today = talk.voice.today
    for item in items(talk):
        if item.day > today or also_today or item.day not in days:
            days[item.day] = item.kind
    keep(talk, days)


def keep(talk: Talk, days: dict[date, Kind]) -> None:
    """Keep these days, one note for each week that changed."""
    old = planned_days(talk)
    changed = {_monday(day) for day, kind in days.items() if old.get(day) != kind}
    for monday in sorted(changed):
        week = {day: kind for day, kind in sorted(days.items()) if _monday(day) == monday}
        text = ",".join(f"{day.isoformat()}={kind}" for day, kind in week.items())
        talk.record(Note(f"planned-{monday.isoformat()}", talk.now, PLANNED, text))


def on_plan(talk: Talk) -> OnPlan:
    """Weeks on plan: "6 of the last 8"."""
    days = planned_days(talk)
    return weeks_on_plan(
        [PlanItem(day, kind) for day, kind in days.items() if kind != "walk"],
        done_days(talk, days),
        list(pauses(talk)),
        talk.voice.today,
        talk.content.coaching.nudges.weeks_on_plan,
    )


def kept_lately(talk: Talk, window: int = 6) -> tuple[int, int]:
    """Plan days kept of the last so many up to today, rest days included."""
    days = planned_days(talk)
    today = talk.voice.today
    lately = [day for day in sorted(days) if day <= today][-window:]
    done = done_days(talk, days)
    return sum(days[day] == "rest" or day in done for day in lately), len(lately)


def done_days(talk: Talk, days: dict[date, Kind]) -> set[date]:
    """The planned days that were done; a day earlier or later is as good.

    Walks are not asked about, so they are taken as done here and left out of the weeks on plan.
    """
    ran = {run.on for run in runs(talk.runner.log)}
    trained = {
        talk.voice.day_of(entry.at)
        for entry in talk.runner.log.entries
        if isinstance(entry, Exercise) and entry.answer in ("done", "easier")
    }
    ticks = set(_ticks_for_returning(talk, days, ran | trained))
    by_kind = {"run": ran, "walk": set(days), "exercises": trained, "rest": set(days)}
    return {day for day, kind in days.items() if _near(day) & by_kind[kind]} | ticks


def _ticks_for_returning(talk: Talk, days: dict[date, Kind], done: set[date]) -> Iterable[date]:
    """One planned day for each return after a lapse: coming back is worth most (7, S65)."""
    for note in talk.runner.log.of(Note):
        back = talk.voice.day_of(note.at)
        if note.what == "returned":
            missed = (
                day
                for day in sorted(days, reverse=True)
                if _monday(back) <= day < back and days[day] != "rest" and not _near(day) & done
            )
            yield from islice(missed, 1)


def pauses(talk: Talk) -> Iterable[Pause]:
    """The pauses of the log as days."""
    entries = sorted(
        (entry for entry in talk.runner.log.entries if isinstance(entry, Paused)),
        key=lambda entry: entry.at,
    )
    first: date | None = None
    for entry in entries:
        day = entry.since or talk.voice.day_of(entry.at)
        if entry.reason != "resumed":
            first = first or day
        elif first is not None:
            if first <= day:
                yield Pause(first, day)
            first = None
    if first is not None:
        yield Pause(first, None)


def _near(day: date) -> set[date]:
    return {day - DAY, day, day + DAY}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

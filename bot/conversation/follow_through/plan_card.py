"""The plan: the coming weeks from the ladder and the runner's days, as one card.

Rule: the plan is never stored as a course to fall off. It is made again from the log each time it is
shown, so it waits for the runner, and a missed day is simply not there any more.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

import msgspec

from bot.coaching.ladder import ladder_session, top_level
from bot.coaching.plan import PlanItem, Standing, Wishes, plan_weeks
from bot.coaching.start import Start
from bot.conversation.follow_through import coached, smaller_week
from bot.conversation.log import Exercise, Run
from bot.conversation.message import Message, message
from bot.conversation.outcome import outcome
from bot.conversation.prescription import Prescription
from bot.conversation.runs.training_log import runs
from bot.conversation.sessions import session_words
from bot.conversation.speaking import full_day
from bot.conversation.talk import Talk

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKS = 4


def plan_days(talk: Talk) -> frozenset[int]:
    """The days on which the runner can run; 0 is Monday."""
    facts = talk.standing.facts
    return frozenset(
        number for number, name in enumerate(WEEKDAYS) if facts.get(f"run_days.{name}") is True
    )


def items(talk: Talk) -> tuple[PlanItem, ...]:
    """One item a day for the coming weeks; nothing while coaching is locked or no day is known."""
    facts = talk.standing.facts
    days = plan_days(talk)
    paused = coached.pause(talk.runner, talk.voice.today) is not None
    if talk.standing.locked or paused or not days:
        return ()
    found = outcome(talk)
    gap = facts.get("break_days", 0)
    standing = Standing(
        start=_start(talk, found),
        done_at_level=_greens(talk, found),
        earliest=found.earliest,
        exercises_from=found.earliest if found.verdict == "wait" else None,
        runs_before=_runs_a_week(talk),
        last_run=found.last_run,
        missed_days=round(gap) if isinstance(gap, (int, float)) else 0,
    )
    planned = plan_weeks(
        standing,
        Wishes(
            days, weeks=WEEKS, small=smaller_week.left(talk), walks_until=_walks_until(talk, found)
        ),
        talk.voice.today,
        talk.content.coaching,
    )
    ahead = coached.pause_ahead(talk.runner, talk.voice.today)
    before = ahead.since if ahead is not None and ahead.since is not None else date.max
    ran = {run.on for run in runs(talk.runner.log)}
    return tuple(
        PlanItem(item.day, "rest") if item.day in ran else item
        for item in _spaced(talk, planned)
        if item.day < before
    )


def _walks_until(talk: Talk, found: Prescription) -> date | None:
    until = coached.walks_until(talk) if found.start.walk_week_first else None
    return until if until is None or until > talk.voice.today else talk.voice.today


def _spaced(talk: Talk, planned: Iterable[PlanItem]) -> Iterable[PlanItem]:
    """Exercises with a clear day between, the last ones done included (evidence.md 6.1)."""
    trained = [
        talk.voice.day_of(entry.at)
        for entry in talk.runner.log.of(Exercise)
        if entry.answer in ("done", "easier")
    ]
    last = max(trained, default=None)
    for item in planned:
        if item.kind != "exercises":
            yield item
        elif last is not None and (item.day - last).days <= 1:
            yield PlanItem(item.day, "rest")
        else:
            last = item.day
            yield item


def _start(talk: Talk, found: Prescription) -> Start:
    """Where the plan goes on: at the ladder level that the log has come to, if it has."""
    begun = any(run.level is not None for run in runs(talk.runner.log))
    if found.level is None or (found.level == found.start.first_level and not begun):
        return found.start
    return replace(found.start, level=found.level, walk_week_first=False)


def _greens(talk: Talk, found: Prescription) -> int:
    """Green runs in a row at the level that comes next."""
    count = 0
    for run in reversed(runs(talk.runner.log)):
        if run.level is None or run.level != found.level or run.light != "green":
            break
        count += 1
    return count


def card(talk: Talk) -> Message:
    """The plan as a card: a line for every day that asks something of the runner."""
    say = talk.voice.say
    planned = items(talk)
    small = smaller_week.left(talk)
    first = small.until if small is not None else talk.voice.today
    parts = [say("plan_heading", weeks=WEEKS, place=_place(talk, planned))]
    for number, week in groupby(planned, key=lambda item: (item.day - first).days // 7):
        lines = [f"• {line}" for line in _lines(talk, week)]
        heading = "plan_week" if number >= 0 else "plan_week_smaller" if lines else "plan_week_rest"
        words = say(heading, number=number + 1, day=talk.voice.day(first))
        parts.append("\n".join((words, *lines)))
    parts += [*_pause_ahead(talk), say("plan_waits"), say("safety_net")]
    agree = [] if coached.agreed(talk.runner) else ["plan_good"]
    buttons = talk.buttons([*agree, "change_days", "exercises", "why"])
    return msgspec.structs.replace(message("\n\n".join(parts), *buttons), kind="plan")


def _pause_ahead(talk: Talk) -> list[str]:
    ahead = coached.pause_ahead(talk.runner, talk.voice.today)
    if ahead is None or ahead.since is None:
        return []
    words, today = "plan_pauses" if ahead.until else "plan_pauses_open", talk.voice.today
    day = full_day(ahead.until, today) if ahead.until else ""
    return [talk.voice.say(words, first=full_day(ahead.since, today), day=day)]


def _place(talk: Talk, planned: Iterable[PlanItem]) -> str:
    level = next((item.level for item in planned if item.kind == "run"), None)
    if level is None:
        return ""
    begun = any(run.level is not None for run in runs(talk.runner.log))
    words = "plan_step_next" if begun else "plan_step"
    return talk.voice.say(words, level=level, top=top_level(talk.content.coaching.ladder))


def _lines(talk: Talk, week: Iterable[PlanItem]) -> Iterable[str]:
    for item in week:
        if item.kind == "rest":
            continue
        day = f"{item.day:%a} {item.day.day} {item.day:%b}"
        yield f"{day}: {_what(talk, item)}"


def _what(talk: Talk, item: PlanItem) -> str:
    ladder = talk.content.coaching.ladder
    if item.kind == "exercises":
        return talk.voice.say("plan_exercises")
    if item.level is not None:
        return session_words(ladder_session(item.level, ladder))
    return easy_words(talk, item)


def easy_words(talk: Talk, item: PlanItem | None) -> str:
    """A run off the ladder: easy, up to the cap, and less on coming back (evidence.md 4.1)."""
    cap = outcome(talk).cap_m
    if cap is None:
        return talk.voice.say("plan_easy")
    part = item.volume if item is not None and item.volume and coached.agreed(talk.runner) else 1
    return talk.voice.say("plan_easy_up_to", distance=talk.voice.distance(cap * part))


def _runs_a_week(talk: Talk) -> tuple[int, ...]:
    """Runs in each of the last 4 weeks, oldest first."""
    today = talk.voice.today
    weeks = [0, 0, 0, 0]
    for run in talk.runner.log.entries:
        if isinstance(run, Run):
            ago = (today - run.on).days // 7
            if 0 <= ago < len(weeks):
                weeks[len(weeks) - 1 - ago] += 1
    told = talk.standing.facts.get("runs_last_week")
    if not any(weeks) and isinstance(told, (int, float)):
        weeks[-1] = round(told)
    return tuple(weeks)

"""A runner with an agreed plan: what the log says of them when the answers have lapsed.

Rule: the plan rests on what was advised and on the log, not on answers of last week. What passes by
itself (soreness after one run, one run too much) is left behind once a run was green or the calves
were 2 out of 10 or less again (evidence.md 2.2, 4.4).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.content.condition import Value
from bot.conversation.log import Advised, Exercise, Light, Log, Note, Paused, Run, Soreness
from bot.conversation.runs.training_log import runs
from bot.conversation.state import Answer, Runner
from bot.conversation.talk import Talk

__all__ = ["Light"]
AGREED = "plan_agreed"
STOPPED = "stopped"
LIKES = frozenset({"units", "country", "wants_plan", "zone_known", "adult"})
CALM: tuple[Value, ...] = (False, "none", "normal", "easy")
LIKED = ("run_days.", "kit.")
PASSING = frozenset({"doms", "overload", "cramp"})
FRESH = timedelta(hours=12)
"""So long what was said in one sitting counts as one talk."""
SORE_COUNTS = timedelta(hours=24)
SETTLED = 2
WALK_WEEK = timedelta(days=7)
SAID_BY_HEELDROP = frozenset({"nudge", "planned", "smaller", "lapse"})
"""Notes of what Heeldrop did, and not the runner."""


def agreed(runner: Runner) -> bool:
    """Whether this runner has agreed to a plan and has not stopped since."""
    return bool(runner.settings.get(AGREED)) and runner.settings.get(STOPPED) is not True


def walks_until(talk: Talk) -> date | None:
    """The day on which a week of walks is over: 7 days after the plan was agreed or gone on with.

    None before a plan is agreed. Walks are not asked about, so the week passes by itself (4.1).
    """
    told = talk.runner.settings.get(AGREED)
    if not agreed(talk.runner) or not isinstance(told, str):
        return None
    back = [one.at for one in talk.runner.log.of(Paused) if one.reason == "resumed"]
    began = max([date.fromisoformat(told), *(talk.voice.day_of(at) for at in back)])
    return began + WALK_WEEK


def resting(talk: Talk) -> bool:
    """Whether nothing is being talked about: a plan is agreed, and no fresh answer hangs open."""
    if not agreed(talk.runner) or talk.conversation.pending or talk.standing.locked:
        return False
    if talk.standing.next is None:
        return False
    newest = max((one.at for one in talk.conversation.answers if _about_now(one)), default=None)
    return newest is None or talk.now - newest > FRESH


def _about_now(answer: Answer) -> bool:
    """Whether an answer says something of how the runner is, and not only of what they like."""
    return any(name not in LIKES and not name.startswith(LIKED) for name in answer.facts)


def base(log: Log) -> Advised | None:
    """The last advice that let the runner manage alone."""
    found = [
        entry
        for entry in log.entries
        if isinstance(entry, Advised) and entry.triage == "self_manage"
    ]
    return found[-1] if found else None


def pathways(log: Log) -> tuple[str, ...]:
    """The pathways of the last advice that still hold."""
    last = base(log)
    if last is None:
        return ()
    green = any(run.light == "green" and run.at > last.at for run in runs(log))
    calm = any(entry.score <= SETTLED for entry in soreness(log) if entry.at > last.at)
    over = PASSING if green else frozenset({"doms"}) if calm else frozenset()
    return tuple(name for name in last.pathways if name not in over)


def soreness(log: Log) -> list[Soreness]:
    """Soreness reports, oldest first."""
    found = [entry for entry in log.entries if isinstance(entry, Soreness)]
    return sorted(found, key=lambda entry: entry.at)


def sore_now(log: Log, now: datetime) -> float | None:
    """The last soreness report of the last 24 hours, 0 to 10; None without one."""
    recent = [entry for entry in soreness(log) if now - entry.at <= SORE_COUNTS]
    return recent[-1].score if recent else None


def last_answer(log: Log, now: datetime) -> datetime:
    """When the runner last told something that is in the log; `now` if never."""
    told = [
        entry.at
        for entry in log.entries
        if not (isinstance(entry, Note) and entry.what in SAID_BY_HEELDROP)
    ]
    return max(told, default=now)


def last_deed(log: Log) -> datetime | None:
    """When the runner last ran, exercised, or came back from a pause."""
    done = [
        entry.at
        for entry in log.entries
        if isinstance(entry, (Run, Paused))
        or (isinstance(entry, Exercise) and entry.answer in ("done", "easier"))
        or (isinstance(entry, Note) and entry.what == "walk")
    ]
    return max(done, default=None)


def facts(talk: Talk) -> Mapping[str, Value]:
    """The facts that hold, with the soreness of the log where nothing newer was said."""
    found = dict(talk.standing.facts)
    score = sore_now(talk.runner.log, talk.now)
    if score is not None and "pain_walk" not in talk.standing.known.origin:
        found["pain_walk"] = score
    return found


def pause(runner: Runner, today: date) -> Paused | None:
    """The pause that goes on today, or None."""
    last = last_pause(runner)
    if last is None or (last.since is not None and today < last.since):
        return None
    return None if last.until is not None and today >= last.until else last


def pause_ahead(runner: Runner, today: date) -> Paused | None:
    """The pause that was told for a day to come, or None."""
    last = last_pause(runner)
    return last if last is not None and last.since is not None and today < last.since else None


def last_pause(runner: Runner) -> Paused | None:
    """The pause that was told last and is not ended; it may be over by its date, or still to come."""
    pauses = sorted(runner.log.of(Paused), key=lambda entry: entry.at)
    last: Paused | None = pauses[-1] if pauses else None
    return None if last is None or last.reason == "resumed" else last


def _flagged(talk: Talk) -> bool:
    """Whether a warning sign was told since the last advice and is not settled yet."""
    if talk.standing.level is not None:
        return False
    last = base(talk.runner.log)
    return any(
        name in talk.content.flags
        and talk.standing.facts.get(name) not in CALM
        and (last is None or answer.at > last.at)
        for name, answer in talk.standing.known.origin.items()
    )


def on_hold(talk: Talk) -> bool:
    """Whether Heeldrop should not write first: no plan, stopped, paused, or a check comes first."""
    return (
        not agreed(talk.runner)
        or talk.standing.locked
        or _flagged(talk)
        or pause(talk.runner, talk.voice.today) is not None
    )

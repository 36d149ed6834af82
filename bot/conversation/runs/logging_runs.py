"""Logging a run: from the read-back to an entry in the log, and what is asked afterwards.

Rule (evidence.md 7): effort, soreness and limp are asked once, 30 to 60 minutes after the log, if
the runner has not told them; the next morning is asked in the runner's waking hours, and again at
48 h after a red light or a run over the session cap (3.1).
"""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from bot.coaching.guard import session_guard
from bot.coaching.runs import longest_run_30d
from bot.content.condition import Value
from bot.conversation.follow_through import (
    check_times,
    coached,
    coming_back,
    following,
    lapses,
    run_checks,
)
from bot.conversation.log import Run, Soreness
from bot.conversation.outcome import outcome
from bot.conversation.runs.training_log import SORE_DAYS, coached_runs, runs
from bot.conversation.state import Pending
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel

SORE_FROM = 3
"""From here soreness is more than green, and the screen comes before anything else (4.4)."""
JUST_TOLD = timedelta(days=1)
"""For so long "no, 3 miles" means the run that was logged last."""
SUDDEN = "sudden_during_run"
SORENESS = {"pain_walk": "walking", "pain_now": "now", "pain_run": "during"}
ABOUT_A_RUN = frozenset({
    "run_distance_m", "run_duration_s", "run_date", "run_effort", "sore", "location", "side",
    "pain_now", "pain_run", "pain_walk", "onset", "days_since", "trigger_72h", "break_days",
})  # fmt: skip


def takes(talk: Talk, pending: Pending) -> bool:
    """Whether these readings are one more run of a runner with a plan, and nothing to screen."""
    facts = pending.facts
    if not coached.agreed(talk.runner) or talk.standing.locked:
        return False
    if not {"run_distance_m", "run_duration_s"} & set(facts) or not set(facts) <= ABOUT_A_RUN:
        return False
    if facts.get("onset") == SUDDEN:
        return False
    return all((_number(facts, name) or 0) < SORE_FROM for name in SORENESS)


def logged(talk: Talk, facts: Mapping[str, Value]) -> None:
    """Log the run of a runner with a plan, say so, and ask or plan what is not known yet."""
    before = coached.last_deed(talk.runner.log)
    run = keep(talk, facts)
    if run is None:
        return
    talk.update(pending=None, open="")
    talk.say_words("logged_run", run=run_words(talk, run), kind="logged")
    lapses.welcome(talk, before=before)
    if run.on < talk.voice.today:
        run_checks.ask_next(talk, run)
    run_checks.judge(talk, run.id)
    coming_back.ran(talk)
    following.moved(talk)


def put_right(talk: Talk, pending: Pending) -> None:
    """Correct a run of a runner with a plan: one run stays one run, and nothing is asked again."""
    run = keep(talk, pending.facts, pending.corrects)
    talk.update(pending=None, open="")
    if run is not None:
        button = talk.button("my_plan", "my_plan")
        talk.say_words("changed", button, facts=run_words(talk, run))
        following.moved(talk)


def meant(talk: Talk, day: str) -> Run | None:
    """The logged run that a correction means: the one of the day named, or the one told last.

    `day` is "" or a date. None if there is none, or more than one on that day.
    """
    logged_ = runs(talk.runner.log)
    if day:
        found = [run for run in logged_ if run.on.isoformat() == day]
        return found[0] if len(found) == 1 else None
    last = max(logged_, key=lambda run: run.at, default=None)
    if coached.agreed(talk.runner) and last is not None and talk.now - last.at < JUST_TOLD:
        return last
    return told_before(talk)


def told_before(talk: Talk) -> Run | None:
    """The run this conversation is about, as it was logged; None if it has told of none."""
    about = {"run_distance_m", "run_duration_s"}
    times = {answer.at for answer in talk.conversation.answers if about & set(answer.facts)}
    found = [run for run in runs(talk.runner.log) if run.at in times]
    return found[-1] if found else None


def corrected(talk: Talk, facts: Mapping[str, Value]) -> None:
    """A correction of the run's distance or time by a button or a question goes to the log too."""
    run = told_before(talk)
    if run is not None and {"run_distance_m", "run_duration_s"} & set(facts):
        distance = _number(facts, "run_distance_m") or run.distance_m
        duration = _number(facts, "run_duration_s") or run.duration_s
        talk.record(msgspec.structs.replace(run, distance_m=distance, duration_s=duration))


def sore_told(talk: Talk, facts: Mapping[str, Value]) -> None:
    """Soreness told in answer to a question goes to the log, with the run that was told of.

    Without it a run far too long would count as the longest of 30 days, sore or not (3.1).
    """
    run = told_before(talk)
    if run is None or (talk.voice.today - run.on).days > SORE_DAYS:
        return
    side = str(talk.standing.facts.get("side", ""))
    for name, when in SORENESS.items():
        score = _number(facts, name)
        if score is not None:
            known_as = f"{name}-{run.id}-{talk.voice.today}"
            talk.record(Soreness(known_as, talk.now, when, score, side, run.id))  # type: ignore[arg-type]


def keep(talk: Talk, facts: Mapping[str, Value], corrects: str = "") -> Run | None:
    """Record what was told of a run and of soreness; plan the checks of a runner with a plan."""
    run = _run(talk, facts) if {"run_distance_m", "run_duration_s"} & set(facts) else None
    followed = run is not None and coached.agreed(talk.runner)
    jump = run is not None and _over_cap(talk, run)
    if run is not None:
        run = _corrected(talk, run, corrects) if corrects else run
        talk.record(run)
    for name, when in SORENESS.items():
        score = _number(facts, name)
        if score is not None:
            side = str(facts.get("side", ""))
            about = run.id if run else ""
            talk.record(Soreness(talk.new_id(name), talk.now, when, score, side, about))  # type: ignore[arg-type]
    if run is not None and followed and not corrects:
        _plan_checks(talk, run, jump=jump)
    return run


def _run(talk: Talk, facts: Mapping[str, Value]) -> Run:
    told = facts.get("run_date")
    known = isinstance(told, str) and told[:1].isdigit()
    on = date.fromisoformat(str(told)) if known else talk.voice.today
    distance, duration = _number(facts, "run_distance_m"), _number(facts, "run_duration_s")
    same = [
        run
        for run in runs(talk.runner.log)
        if run.on == on and run.distance_m == distance and run.duration_s == duration
    ]
    level = outcome(talk).level if coached.agreed(talk.runner) else None
    return Run(
        id=same[0].id if same else talk.new_id("run"),
        on=on,
        at=talk.now,
        distance_m=distance,
        duration_s=duration,
        effort=_number(facts, "run_effort"),
        level=same[0].level if same else level,
    )


def _corrected(talk: Talk, told: Run, known_as: str) -> Run:
    """A run put right: what was not told again stays as it was."""
    old = next((run for run in runs(talk.runner.log) if run.id == known_as), None)
    if old is None:
        return msgspec.structs.replace(told, id=known_as)
    return msgspec.structs.replace(
        old,
        on=told.on,
        at=told.at,
        distance_m=told.distance_m or old.distance_m,
        duration_s=told.duration_s or old.duration_s,
        effort=old.effort if told.effort is None else told.effort,
    )


def _over_cap(talk: Talk, run: Run) -> bool:
    """Whether the run was over 1.10 of the longest of the 30 days before it (3.1)."""
    load = talk.content.coaching.load
    before = [one for one in coached_runs(talk.runner.log) if one.day < run.on]
    longest = longest_run_30d(before, run.on, load)
    if run.distance_m and longest.distance_m:
        return session_guard(run.distance_m, longest.distance_m, load).action != "go"
    if run.duration_s and longest.duration_s:
        return session_guard(run.duration_s, longest.duration_s, load, "s").action != "go"
    return False


def _plan_checks(talk: Talk, run: Run, *, jump: bool) -> None:
    talk.do(Cancel("morning:"), Cancel("day2:"), Cancel("post_run"))
    check_times.post_run(talk, run)
    check_times.morning(talk, run)
    if jump:
        check_times.day2(talk, run)


def run_words(talk: Talk, run: Run) -> str:
    """A run in a few words: "5 km · 31 min · yesterday"."""
    voice = talk.voice
    facts: dict[str, Value] = {}
    if run.distance_m:
        facts["run_distance_m"] = run.distance_m
    if run.duration_s:
        facts["run_duration_s"] = run.duration_s
    said = [voice.fact(name, value) for name, value in facts.items()]
    return " · ".join([*said, voice.day(run.on)])


def _number(facts: Mapping[str, Value], name: str) -> float | None:
    value = facts.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None

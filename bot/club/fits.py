"""[Is this right for me?]: the options of a run against the longest run of the last 30 days.

Rule (evidence.md 3.1, S1; 1; 4.4): each distance goes through the session guard of bot/coaching.
What stands in the way of any run comes first: a warning sign that is not checked yet, a red light
whose days off reach this run, a pause for an injury or illness. It says so and never blocks. An amber
light stands before the comparison: stay at the length of that run. Without
a run in 30 days there is no ratio: one tap tells the longest of the last month, once in that month.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.club.clubtalk import ClubTalk
from bot.club.state import ClubRun, Option
from bot.club.turn import Log
from bot.coaching.clock import local_day
from bot.coaching.guard import Guard, session_cap, session_guard
from bot.coaching.runs import longest_run_30d
from bot.conversation.derive import LOCKED
from bot.conversation.follow_through import coached
from bot.conversation.log import Advised, Note
from bot.conversation.message import Button
from bot.conversation.runs.training_log import coached_runs, runs
from bot.conversation.speaking import joined

TOLD = "longest_month"
"""A note in the runner's log: what they tapped as their longest run of the month."""
BODY = frozenset({"injury", "illness"})


@dataclass(frozen=True, slots=True)
class Base:
    """What the options are compared with, in metres: None is not known, 0 is no run at all."""

    metres: float | None
    logged: bool = False


def base(talk: ClubTalk) -> Base:
    """The longest run of 30 days: from the log, or as it was tapped."""
    load, log = talk.content.coaching.load, talk.held.runner.log
    today = local_day(talk.now, talk.held.runner.zone)
    found = longest_run_30d(coached_runs(log), today, load)
    if found.distance_m:
        return Base(found.distance_m, logged=True)
    window = timedelta(days=load.session_window.days)
    told = [one for one in log.of(Note) if one.what == TOLD and talk.now - one.at <= window]
    rows = {row.id: row.counts_m for row in talk.figures.longest}
    return Base(rows.get(told[-1].answer)) if told else Base(None)


def standing(talk: ClubTalk, run: ClubRun) -> str:
    """What comes before any run: "check", "red", "pause", or "" if nothing does."""
    log = talk.held.runner.log
    advised = log.of(Advised)
    last = advised[-1] if advised else None
    if last is not None and last.triage in LOCKED:
        return "check"
    done = [one for one in runs(log) if one.light is not None]
    if done and done[-1].light == "stop" and (last is None or last.at <= done[-1].at):
        return "check"
    off = timedelta(days=talk.content.coaching.lights.red.days_off)
    if done and done[-1].light == "red" and run.on <= done[-1].on + off:
        return "red"
    paused = coached.pause(talk.held.runner, run.on)
    return "pause" if paused is not None and paused.reason in BODY else ""


def guard_of(talk: ClubTalk, option: Option, longest: float | None) -> Guard | None:
    """What the guard says of one option; None where its distance is not known."""
    if not option.distance_m:
        return None
    return session_guard(option.distance_m, longest or None, talk.content.coaching.load)


def fitting(talk: ClubTalk, run: ClubRun, longest: float | None) -> list[Option]:
    """The options that fit; without any run those that walk."""
    if not longest:
        return [one for one in run.options if one.walk_run]
    found = []
    for one in run.options:
        guard = guard_of(talk, one, longest)
        if guard is not None and guard.action == "go":
            found.append(one)
    return found


def remark(talk: ClubTalk, run: ClubRun, choice: str) -> str:
    """One line for somebody who goes far beyond what they are used to; "" for anybody else."""
    option = next((one for one in run.options if one.letter == choice), None)
    known = base(talk)
    guard = guard_of(talk, option, known.metres) if option else None
    if guard is None or guard.action != "advise_against" or not known.metres:
        return ""
    fit = fitting(talk, run, known.metres)
    values = {"longest": talk.voice.distance(known.metres), "times": f"{guard.spike:.1f}"}
    if not fit:
        return talk.words("far", **values)
    return talk.words("far_other", fits=joined(one.letter for one in fit), **values)


def asked(talk: ClubTalk, run: ClubRun) -> None:
    """[Is this right for me?]."""
    stands = standing(talk, run)
    known = base(talk)
    if stands:
        talk.brief(talk.words(f"hold_{stands}"), talk.button("why", "why", run.id), kind="fit")
    elif known.metres is None:
        buttons = [
            talk.button(f"longest_{row.id}", "longest", run.id, row.id)
            for row in talk.figures.longest
        ]
        talk.brief(talk.words("ask_longest"), *buttons, kind="ask")
    else:
        compared(talk, run, known)


def told(talk: ClubTalk, run: ClubRun, choice: str) -> None:
    """The longest run of the month, by a tap: kept in the runner's own log, then compared."""
    row = next((row for row in talk.figures.longest if row.id == choice), None)
    if row is None:
        asked(talk, run)
        return
    note = Note(f"{TOLD}-{talk.event.id}", talk.now, TOLD, row.id)
    talk.do(Log(note))
    compared(talk, run, Base(row.counts_m))


def compared(talk: ClubTalk, run: ClubRun, known: Base) -> None:
    """The numbers, the option that fits, and one tap to take it."""
    fit = fitting(talk, run, known.metres)
    mine = talk.mine(run)
    several = len(run.options) > 1
    buttons = [
        Button(talk.words("go_with", letter=one.letter) if several else talk.voice.say("button_club_going"),
               talk.button("going", "go", run.id, one.letter).token)
        for one in fit
        if mine is None or mine.choice != one.letter
    ]  # fmt: skip
    why = talk.button("why", "why", run.id)
    text = " ".join(part for part in (amber(talk, run), _sentence(talk, run, known, fit)) if part)
    talk.brief(text, *buttons, why, kind="fit")


def amber(talk: ClubTalk, run: ClubRun) -> str:
    """What an amber light of the last run asks for: not further than then (4.4); "" without one."""
    done = [one for one in runs(talk.held.runner.log) if one.light is not None]
    window = timedelta(days=talk.content.coaching.load.session_window.days)
    if not done or done[-1].light != "amber" or run.on - done[-1].on > window:
        return ""
    metres = done[-1].distance_m
    if not metres:
        return talk.words("fit_amber")
    return talk.words("fit_amber_far", distance=talk.voice.distance(metres))


def _sentence(talk: ClubTalk, run: ClubRun, known: Base, fit: list[Option]) -> str:
    several = len(run.options) > 1
    if not known.metres:
        words = "fit_none_walk" if fit else "fit_none"
        return talk.words(
            words, fits=joined(one.letter for one in fit) if several else talk.words("this")
        )
    longest = talk.voice.distance(known.metres)
    parts = [talk.words("fit_longest" if known.logged else "fit_told", longest=longest)]
    for one in run.options:
        guard = guard_of(talk, one, known.metres)
        if guard is not None and guard.action != "go":
            name = one.letter if several else talk.words("this_run")
            parts.append(talk.words("fit_times", option=name, times=f"{guard.spike:.1f}"))
    if fit and several:
        words = "fits_one" if len(fit) == 1 else "fits_many"
        parts.append(talk.words(words, fits=joined(one.letter for one in fit)))
    elif fit:
        parts.append(talk.words("fits_this"))
    else:
        cap = session_cap(known.metres, talk.content.coaching.load) or known.metres
        parts.append(talk.words("fits_cap", cap=talk.voice.distance(cap)))
    return " ".join(parts)


def why(talk: ClubTalk, run: ClubRun) -> None:
    """[Tell me why]: what it rests on."""
    stands = standing(talk, run)
    known = base(talk)
    if stands:
        talk.tell_me(f"why_{stands}")
    elif not known.metres:
        talk.tell_me("why_none")
    else:
        load = talk.content.coaching.load
        cap = session_cap(known.metres, load) or known.metres
        talk.tell_me(
            "why_fit",
            longest=talk.voice.distance(known.metres),
            cap=talk.voice.distance(cap),
            study=talk.voice.say("why_guard"),
        )

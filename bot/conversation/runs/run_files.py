"""A run from a file: read back before it counts, as if it had been typed.

Rule (product.md 14): what is dropped comes back as "I read: ..." with [Right] and [Fix]; whatever
cannot be used gets a plain answer. A run of more than 3 days ago only goes to the log: nothing is
asked about it any more, and it is no step of the plan.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.content.condition import Value
from bot.conversation import going_on, told
from bot.conversation.event import Dropped
from bot.conversation.follow_through import following
from bot.conversation.log import Run
from bot.conversation.runs import past_runs
from bot.conversation.runs.file_words import at_home, begun, day_of
from bot.conversation.runs.logging_runs import run_words
from bot.conversation.runs.training_log import SORE_DAYS, runs
from bot.conversation.speaking import duration
from bot.conversation.state import Pending
from bot.conversation.talk import Talk
from bot.files.activity import LARGEST, Activity, FileRead, likely
from bot.files.shared_text import shared_run
from bot.understanding.reading import Understood

OF_THE_RUN = frozenset({"run_distance_m", "run_duration_s", "run_date"})
LEAST_M, LEAST_S = 100.0, 60.0
"""Less than both is a watch that was started by mistake [D]."""
SLOWEST, FASTEST = 0.4, 7.0
"""Metres a second over a whole run; outside of these the figures are wrong [D]."""
CLOCKS_DIFFER = timedelta(hours=26)
FIRST_WATCHES = 2000


def dropped(talk: Talk, what: Dropped) -> None:
    """A file was dropped into the chat."""
    read = what.read
    if read is None and not (what.path or what.size):
        _say(talk, "cannot_read_this")
        return
    if not talk.conversation.introduced:
        talk.update(introduced=True)
        talk.say_words("introduction")
    if read is None:
        _say(talk, "file_not_here")
    elif read.problem:
        _problem(talk, read)
    else:
        _read(talk, read)


def _read(talk: Talk, read: FileRead) -> None:
    found = [at_home(one, talk.runner) for one in read.activities]
    wanted = [one for one in found if likely(one) == "run"]
    others = Counter(read.others) + Counter(likely(one) for one in found if likely(one) != "run")
    if not wanted:
        _no_run(talk, found, others)
    elif read.kind == "csv" or len(wanted) > 1:
        left = msgspec.structs.replace(read, activities=tuple(wanted), others=dict(others))
        past_runs.offered(talk, left)
    else:
        _one(talk, wanted[0])


def _one(talk: Talk, run: Activity) -> None:
    on, odd = day_of(run), _odd(talk, run)
    if odd or on is None:
        _say(talk, odd or "file_no_times", run=_figures(talk, run))
        return
    same = past_runs.in_log(runs(talk.runner.log), run)
    if same is not None:
        _say(talk, "file_known", run=run_words(talk, same))
        return
    facts: dict[str, Value] = {"run_date": on.isoformat()}
    if run.distance_m:
        facts["run_distance_m"] = run.distance_m
    if run.duration_s:
        facts["run_duration_s"] = float(round(run.duration_s))
    facts = {name: value for name, value in facts.items() if told.fitting(talk, name, value)}
    old = talk.conversation.pending
    merged = {**(old.facts if old else {}), **facts}
    talk.update(pending=Pending(merged, old.words if old else {}, talk.now, file=run), misses=0)
    going_on.go_on(talk)


def _odd(talk: Talk, run: Activity) -> str:
    """The words for what cannot be right about a run, or ""."""
    metres, seconds = run.distance_m or 0.0, run.duration_s or 0.0
    if metres < LEAST_M and seconds < LEAST_S:
        return "file_empty"
    if not seconds:
        return "file_no_times"
    if metres and not SLOWEST < metres / seconds < FASTEST:
        return "file_odd"
    return "file_wrong_clock" if wrong_clock(run, talk.now) else ""


def wrong_clock(run: Activity, now: datetime) -> bool:
    """Whether a run lies in the future, or before there were such watches."""
    start = begun(run)
    return start is not None and (start.year < FIRST_WATCHES or start - now > CLOCKS_DIFFER)


def _no_run(talk: Talk, found: Sequence[Activity], others: Counter[str]) -> None:
    if not others:
        _say(talk, "file_empty")
    elif sum(others.values()) > 1:
        _say(talk, "file_no_runs", what=past_runs.counted(talk.voice, others))
    else:
        sport = next(iter(others))
        _say(talk, f"file_{sport}", run=_figures(talk, found[0]) if found else "")


def _figures(talk: Talk, run: Activity) -> str:
    """The distance and the time of an activity, for a sentence."""
    far = talk.voice.distance(run.distance_m) if run.distance_m else ""
    took = duration(run.duration_s) if run.duration_s else ""
    return ", ".join(part for part in (far, took) if part) or talk.voice.say("file_nothing")


def _problem(talk: Talk, read: FileRead) -> None:
    run = _figures(talk, read.activities[0]) if read.activities else ""
    _say(talk, f"file_{read.problem}", run=run, most=str(LARGEST // 1_000_000))


def _say(talk: Talk, words_id: str, **values: str) -> None:
    """A plain answer, and whatever was being talked about goes on."""
    talk.say_words(words_id, **values)
    if talk.conversation.open or talk.conversation.pending or talk.standing.locked:
        going_on.go_on(talk)


# The text an app shares


def shared(talk: Talk, text: str, understood: Understood, *, first_time: bool) -> bool:
    """Take the text that an app shares as a run to be read back; False for any other text."""
    found = shared_run(text)
    if found is None:
        return False
    run, unit = found
    facts: dict[str, Value] = {
        "run_distance_m": run.distance_m or 0.0,
        "run_duration_s": run.moving_s or 0.0,
    }
    if not all(told.fitting(talk, name, value) for name, value in facts.items()):
        return False
    if first_time:
        talk.say_words("introduction")
    if not talk.runner.settings.get("units"):
        talk.settings(units=unit)
    told.pend(talk, facts, understood)
    going_on.go_on(talk)
    return True


# What follows when the runner says it is right


def is_past(talk: Talk, pending: Pending) -> bool:
    """Whether this is a run from a file, and too long ago to be asked about."""
    on = day_of(pending.file) if pending.file is not None else None
    if on is None or not set(pending.facts) <= OF_THE_RUN:
        return False
    return str(pending.facts.get("run_date")) < _soon(talk)


def _soon(talk: Talk) -> str:
    return (talk.voice.today - timedelta(days=SORE_DAYS)).isoformat()


def keep_past(talk: Talk, pending: Pending) -> None:
    """A run of a while ago goes to the log, and that is all."""
    talk.update(pending=None)
    if pending.file is None:
        return
    run = past_runs.entry(talk, pending.file, talk.new_id("run"), pending.facts)
    talk.record(run)
    talk.say_words("logged_run", run=run_words(talk, run), kind="logged")
    following.moved(talk)
    going_on.go_on(talk)


def stamp(talk: Talk, pending: Pending) -> None:
    """Let the run that was just logged know its start, so that its file is known again."""
    if pending.file is None:
        return
    facts = pending.facts
    for run in reversed(runs(talk.runner.log)):
        if _is(run, facts):
            talk.record(msgspec.structs.replace(run, source="file", started=pending.file.start))
            return


def _is(run: Run, facts: dict[str, Value]) -> bool:
    return (
        run.on.isoformat() == facts.get("run_date")
        and run.distance_m == facts.get("run_distance_m")
        and run.duration_s == facts.get("run_duration_s")
    )

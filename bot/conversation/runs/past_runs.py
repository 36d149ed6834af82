"""Past runs from one file: read back in a few figures, then kept all at once or not at all.

Rule: nothing is asked or planned about runs of the past, and they are no steps of the plan; they count
for what the runner is used to. Which are in the log already is known by start and length.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from bot.content.condition import Value
from bot.conversation import going_on
from bot.conversation.follow_through import following
from bot.conversation.log import Run
from bot.conversation.message import message
from bot.conversation.runs.file_words import begun, dated, day_of
from bot.conversation.runs.training_log import runs
from bot.conversation.speaking import METRES_PER_MILE, Voice, joined
from bot.conversation.state import History
from bot.conversation.talk import Talk
from bot.files.activity import Activity, FileRead

HELD = timedelta(days=1)
"""So long the runs of a file wait for an answer."""
RECENT = timedelta(days=30)
CLOCKS_DIFFER = timedelta(hours=26)
"""No two clocks on earth are further apart."""
SAME_START = timedelta(minutes=2)
NEAR = 0.03
"""Two lengths are the same within this share [D]: watches and apps round in their own ways."""
SPORTS = ("ride", "walk", "swim", "other")


def in_log(logged: Iterable[Run], run: Activity) -> Run | None:
    """The run of the log that this one is: by start and length, or by day and length.

    The day counts where the start of one of them is not known: it was typed, or its table tells no
    clock, or the runner's own clock was not known.
    """
    on = day_of(run)
    for one in logged:
        if one.started is not None and run.start is not None:
            here = abs(one.started - run.start) <= SAME_START
        else:
            here = one.on == on
        if here and _near(one.distance_m, run.distance_m) and _near(one.duration_s, run.duration_s):
            return one
    return None


def _near(one: float | None, other: float | None) -> bool:
    if not one or not other:
        return True
    return abs(one - other) <= NEAR * max(one, other)


def offered(talk: Talk, read: FileRead) -> None:
    """Read back what a file of many runs holds. `read.activities` are runs."""
    if not read.unit_known:
        units = talk.runner.settings.get("units")
        if units not in ("km", "mi"):
            _ask_unit(talk, read)
            return
        read = _in_unit(read, str(units))
    possible = [one for one in read.activities if _possible(talk, one)]
    ahead = sum(_ahead(talk, one) for one in read.activities)
    odd = len(read.activities) - len(possible) - ahead
    fresh = _fresh(talk, possible)
    known = len(possible) - len(fresh)
    if not fresh:
        _nothing_new(talk, known, ahead)
        return
    mark = str(talk.conversation.turns)
    read = msgspec.structs.replace(read, activities=tuple(fresh), skipped=read.skipped + odd)
    history = History(read, talk.now, mark, known, ahead)
    talk.update(history=history, open="")
    right = talk.button("right", "keep_runs", mark)
    text = _summary(talk, history)
    talk.say(
        msgspec.structs.replace(
            message(text, right, talk.button("leave_it", "leave_runs", mark)), kind="read_back"
        )
    )


def _nothing_new(talk: Talk, known: int, ahead: int) -> None:
    """Every run of the file is in the log already, or lies in the future."""
    if known:
        talk.say_words("file_all_known", count=known)
    elif not ahead:
        talk.say_words("file_empty")
    if ahead:
        talk.say_words("file_all_ahead", count=ahead)


def _fresh(talk: Talk, found: Sequence[Activity]) -> list[Activity]:
    """Those that are not in the log yet, each once, oldest first."""
    by_day: dict[date | None, list[Run]] = {}
    for logged in runs(talk.runner.log):
        by_day.setdefault(logged.on, []).append(logged)
    fresh: list[Activity] = []
    for one in sorted(found, key=lambda one: begun(one) or talk.now):
        on = day_of(one)
        same = by_day.setdefault(on, [])
        if on is not None and in_log(same, one) is None:
            fresh.append(one)
            same.append(Run("", on, talk.now, one.distance_m, one.duration_s, started=one.start))
    return fresh


def _possible(talk: Talk, run: Activity) -> bool:
    start = begun(run)
    return start is not None and not _ahead(talk, run) and start.year >= 1990


def _ahead(talk: Talk, run: Activity) -> bool:
    """Whether a run lies in the future, seen from this chat's clock."""
    start = begun(run)
    return start is not None and start - talk.now >= CLOCKS_DIFFER


def _summary(talk: Talk, history: History) -> str:
    voice, found = talk.voice, history.read.activities
    days = [day for day in map(day_of, found) if day is not None]
    words = "file_runs_one" if len(found) == 1 else "file_runs"
    parts = [
        voice.say(words, count=len(found), first=dated(days[0], voice), last=dated(days[-1], voice))
    ]
    lately = [far for one in found if (far := _lately(one, voice)) is not None]
    if not lately:
        parts.append(voice.say("file_none_lately"))
    elif any(lately):
        parts.append(voice.say("file_longest", longest=voice.distance(max(lately))))
    left = _left_out(voice, history)
    if left:
        parts.append(voice.say("file_left_out", what=left))
    return " ".join(parts)


def _lately(run: Activity, voice: Voice) -> float | None:
    """The metres of a run of the last 30 days; None for an older one."""
    on = day_of(run)
    return (run.distance_m or 0.0) if on is not None and on > voice.today - RECENT else None


def _left_out(voice: Voice, history: History) -> str:
    read = history.read
    said = [counted(voice, read.others)] if read.others else []
    for words, count in (
        ("known", history.known),
        ("ahead", history.ahead),
        ("older", read.older),
        ("skipped", read.skipped),
    ):
        if count:
            said.append(voice.say(f"file_left_{words}", count=count))
    return ", ".join(said)


def counted(voice: Voice, others: Mapping[str, int]) -> str:
    """Activities that are no runs: "12 rides and 1 walk"."""
    found = [(sport, others.get(sport, 0)) for sport in SPORTS]
    return joined(
        voice.say(f"file_{sport}_1" if count == 1 else f"file_{sport}_n", count=count)
        for sport, count in found
        if count
    )


# Kilometres or miles


def _ask_unit(talk: Talk, read: FileRead) -> None:
    mark = str(talk.conversation.turns)
    talk.update(history=History(read, talk.now, mark), open="")
    buttons = (
        talk.button("units_km", "runs_in", f"{mark}@km"),
        talk.button("units_mi", "runs_in", f"{mark}@mi"),
    )
    talk.say_words("file_which_unit", *buttons)


def unit_told(talk: Talk, argument: str) -> None:
    """[km] or [Miles]: what the figures of the file are."""
    mark, _, unit = argument.partition("@")
    history = _held(talk, mark)
    if history is not None:
        offered(talk, _in_unit(history.read, unit))


def _in_unit(read: FileRead, unit: str) -> FileRead:
    """The figures, which were taken for kilometres, in what they are."""
    times = METRES_PER_MILE / 1000 if unit == "mi" else 1.0
    found = tuple(
        msgspec.structs.replace(one, distance_m=one.distance_m and one.distance_m * times)
        for one in read.activities
    )
    return msgspec.structs.replace(read, activities=found, unit_known=True)


# [Right] and [Leave it]


def keep(talk: Talk, mark: str) -> None:
    """[Right]: all of them go to the log, in this one turn."""
    history = _held(talk, mark)
    if history is None:
        return
    talk.update(history=None)
    fresh = _fresh(talk, history.read.activities)
    kept = [entry(talk, one, talk.new_id(f"run-{n}")) for n, one in enumerate(fresh)]
    talk.record_all(kept)
    talk.say_words("file_kept_one" if len(fresh) == 1 else "file_kept", count=len(fresh))
    following.moved(talk)
    going_on.go_on(talk)


def leave(talk: Talk, mark: str) -> None:
    """[Leave it]: nothing of the file is kept."""
    if _held(talk, mark) is not None:
        talk.update(history=None)
        talk.say_words("file_left_alone")
        going_on.go_on(talk)


def _held(talk: Talk, mark: str) -> History | None:
    """The runs that this button is about; if they are gone, that is said."""
    history = talk.conversation.history
    if history is None or history.mark != mark:
        talk.say_words("file_gone")
        return None
    return history


def entry(talk: Talk, run: Activity, run_id: str, facts: Mapping[str, Value] | None = None) -> Run:
    """A past run as the log keeps it: told at the instant it was, and no step of the plan."""
    on = day_of(run) or talk.voice.today
    figures = facts or {}
    distance = figures.get("run_distance_m", run.distance_m)
    seconds = figures.get("run_duration_s", run.duration_s)
    return Run(
        id=run_id,
        on=on,
        at=min(begun(run) or datetime.combine(on, time(12), UTC), talk.now),
        distance_m=float(distance) if distance else None,
        duration_s=float(round(float(seconds))) if seconds else None,
        source="file",
        started=run.start,
    )


def tidy(talk: Talk) -> None:
    """Runs that nobody answered for are let go."""
    history = talk.conversation.history
    if history is not None and talk.now - history.at > HELD:
        talk.update(history=None)

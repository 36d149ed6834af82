"""Writing a run: from one line to a preview, and from the preview to the post; the same for a change.

Rule: only organisers write runs. What was read comes back as it will look; nothing is posted before
[Post]. A line that lacks something is kept, and only what is missing is asked for. A stray word is
never taken for a part of the run. A change to a weekly run is saved for this one or for all.
"""

from datetime import date

import msgspec

from bot.club import posting, rights
from bot.club.clubtalk import ClubTalk
from bot.club.line_places import reads_as_place
from bot.club.run_line import NEEDS, Line, read_line
from bot.club.state import ClubRun, Draft
from bot.coaching.clock import zone_of
from bot.conversation.message import Button
from bot.conversation.speaking import joined

NEVER = date.min
"""The day of a run whose day is not known yet."""


def asked(talk: ClubTalk, line: str) -> None:
    """/run, with or without a line."""
    if not rights.organises(talk):
        return
    if not line.strip():
        talk.asks(Draft("run", talk.number, asks="line"))
        talk.tell_me("run_how", _stop(talk))
        return
    talk.asks(None)
    take(talk, _read(talk, line))


def heard(talk: ClubTalk, text: str) -> None:
    """Words for the run that is being written: taken as a line, or told what is awaited."""
    line = _read(talk, text)
    if talk.draft is not None and _reads(talk.draft, line):
        take(talk, line)
    else:
        awaited(talk)


def is_line(talk: ClubTalk, text: str) -> bool:
    """Whether words name both a day and a time: then they are no question, whatever else they say."""
    return {"day", "time"} <= _read(talk, text).named


def _reads(draft: Draft, line: Line) -> bool:
    """Whether a line says something of a run, or answers what was asked."""
    if {"day", "time"} & line.named:
        return True
    if draft.run is None:
        return any(one.distance_m for one in line.options)
    if line.named - {"place"}:
        return True
    asked_for = draft.asks.split(",")
    awaits_place = "place" in asked_for or not set(asked_for) & set(NEEDS)
    return awaits_place and reads_as_place(line.place)


def awaited(talk: ClubTalk) -> None:
    """Say what is awaited, and how to stop."""
    draft = talk.draft
    if draft is None or draft.run is None:
        talk.tell_me("awaits_line", _stop(talk))
        return
    missing = [name for name in NEEDS if name in draft.asks.split(",")]
    if missing:
        talk.tell_me("awaits_part", _stop(talk), what=_needs(talk, missing))
    else:
        post_it = [talk.button("post", "post")] if draft.kind == "run" else []
        talk.tell_me("awaits_change", *post_it, _stop(talk))


def _stop(talk: ClubTalk) -> Button:
    return talk.button("stop", "drop", choice="stop")


def _needs(talk: ClubTalk, missing: list[str]) -> str:
    return joined(talk.words(f"needs_{name}") for name in missing)


def take(talk: ClubTalk, line: Line) -> None:
    """A line for the run that is being written."""
    draft = talk.draft or Draft("run", talk.number, asks="line")
    base, known = _base(talk, draft)
    run = _merged(talk, base, line, known)
    missing = [name for name in NEEDS if name not in known | line.named]
    if line.wrong or _over(talk, run, missing):
        asks = draft.asks if draft.run else "line"
        talk.asks(Draft(draft.kind, talk.number, draft.run, asks=asks))
        limits = talk.figures.limits
        wrong = f"wrong_{line.wrong or 'past'}"
        talk.tell_me(wrong, options=limits.options, runners=limits.runners)
    elif missing:
        talk.asks(Draft(draft.kind, talk.number, run, asks=",".join(missing)))
        talk.tell_me("run_lacks", _stop(talk), what=_needs(talk, missing))
    else:
        _shown(talk, draft, run)


def _read(talk: ClubTalk, text: str) -> Line:
    there = talk.now.astimezone(zone_of(talk.zone))
    return read_line(text, there.date(), there.time().replace(tzinfo=None), talk.figures.limits)


def _base(talk: ClubTalk, draft: Draft) -> tuple[ClubRun, frozenset[str]]:
    """The run so far, and which of the needed parts it has."""
    if draft.run is None:
        minutes = talk.figures.posts.run_min
        empty = ClubRun(
            0, talk.number, "", NEVER, talk.now.time(), talk.zone,
            made_by=talk.held.runner_id, minutes=minutes,
        )  # fmt: skip
        return empty, frozenset()
    lacks = draft.asks.split(",")
    return draft.run, frozenset(name for name in NEEDS if name not in lacks)


def _merged(talk: ClubTalk, run: ClubRun, line: Line, known: frozenset[str]) -> ClubRun:
    """The run with what the line says in place of what it said before."""
    on = line.on or run.on
    title = line.title or (title_on(talk, run.title, on) if on != NEVER else run.title)
    place = line.place if line.place and not (line.options and "place" in known) else run.where
    return msgspec.structs.replace(
        run,
        title=title,
        on=on,
        at=line.at or run.at,
        where=place or line.place,
        options=line.options or run.options,
        limit=line.limit if "limit" in line.named else run.limit,
        notes=line.notes if "notes" in line.named else run.notes,
        weekly=line.weekly if "weekly" in line.named else run.weekly,
    )


def title_on(talk: ClubTalk, title: str, day: date) -> str:
    """The title, or "Thursday run" where nobody gave one."""
    made = {talk.words(f"title_{number}") for number in range(7)}
    return title if title and title not in made else talk.words(f"title_{day.weekday()}")


def _over(talk: ClubTalk, run: ClubRun, missing: list[str]) -> bool:
    """Whether a run with day and time would be in the past."""
    return not {"day", "time"} & set(missing) and run.starts_at <= talk.now


def _shown(talk: ClubTalk, draft: Draft, run: ClubRun) -> None:
    talk.asks(Draft(draft.kind, talk.number, run, asks="change"))
    first = "i_read"
    if draft.kind == "edit":
        before = talk.run(run.id)
        series = run.weekly and before is not None and before.weekly
        first = "i_read_series" if series else "i_read_change"
        saves = [("save_one", "one"), ("save_all", "all")] if series else [("save", "")]
        buttons = [talk.button(label, "save", run.id, choice) for label, choice in saves]
        buttons.append(talk.button("as_it_was", "drop"))
    else:
        other = "once" if run.weekly else "every_week"
        named = (("post", "post"), ("change", "change"), (other, "weekly"))
        buttons = [talk.button(label, deed) for label, deed in named]
    talk.say(posting.preview(talk, run, tuple(buttons), talk.words(first)))


def post(talk: ClubTalk) -> None:
    """[Post]: everyone sees it now. The button works once."""
    run = _written(talk, "run")
    if run is None or not rights.organises(talk):
        return
    if run.starts_at <= talk.now:
        talk.tell_me("wrong_past")
        return
    talk.asks(None)
    talk.retire("post")
    posting.publish(talk, msgspec.structs.replace(run, id=talk.new_run(), club=talk.number))
    talk.tell_me("posted", talk.button("show_runs", "runs"))


def weekly(talk: ClubTalk) -> None:
    """[Weekly] and [Once]: the other of the two."""
    run = _written(talk, "run")
    if run is not None and rights.organises(talk):
        draft = talk.draft or Draft("run", talk.number)
        _shown(talk, draft, msgspec.structs.replace(run, weekly=not run.weekly))


def change(talk: ClubTalk) -> None:
    """[Change]: the next words change what they name."""
    run = _written(talk, "run")
    if run is not None and rights.organises(talk):
        talk.tell_me("change_how")


def drop(talk: ClubTalk, choice: str = "") -> None:
    """[Leave as it was], [Stop]: let go of what was being written."""
    new = talk.draft is not None and talk.draft.kind == "run"
    talk.asks(None)
    talk.retire("stop" if choice else "as_it_was")
    talk.tell_me("stopped" if new else "let_go")


def _written(talk: ClubTalk, kind: str) -> ClubRun | None:
    draft = talk.draft
    if draft is None or draft.run is None or draft.kind != kind or draft.asks != "change":
        talk.tell_me("old_draft")
        return None
    return draft.run

"""Writing a run: from one line to a preview, and from the preview to the post; the same for a change.

Rule: only organisers write runs. What was read comes back as it will look; nothing is posted before
[Post]. A line that lacks something is kept, and only what is missing is asked for.
"""

from datetime import date, time

import msgspec

from bot.club import posting, rights
from bot.club.clubtalk import ClubTalk
from bot.club.run_line import NEEDS, Line, read_line
from bot.club.state import ClubRun, Draft
from bot.coaching.clock import zone_of
from bot.conversation.speaking import joined

NEVER = date.min
"""The day of a run whose day is not known yet."""


def asked(talk: ClubTalk, line: str) -> None:
    """/run, with or without a line."""
    if not rights.organises(talk):
        return
    if not line.strip():
        talk.asks(Draft("run", talk.number, asks="line"))
        talk.tell_me("run_how")
        return
    talk.asks(None)
    heard(talk, line)


def heard(talk: ClubTalk, text: str) -> bool:
    """Words for the run that is being written. False if they say nothing of one."""
    draft = talk.draft or Draft("run", talk.number, asks="line")
    base, known = _base(talk, draft)
    line = _read(talk, text)
    if draft.run is not None and not line.named:
        return False
    run = _merged(talk, base, line, known)
    missing = [name for name in NEEDS if name not in known | line.named]
    if line.wrong or _over(talk, run, missing):
        talk.asks(Draft(draft.kind, talk.number, draft.run, asks="line"))
        limits = talk.figures.limits
        wrong = f"wrong_{line.wrong or 'past'}"
        talk.tell_me(wrong, options=limits.options, runners=limits.runners)
    elif missing:
        talk.asks(Draft(draft.kind, talk.number, run, asks=",".join(missing)))
        what = joined(talk.words(f"needs_{name}") for name in missing)
        talk.tell_me("run_lacks", what=what)
    else:
        _shown(talk, draft, run)
    return True


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
        **_usual(run, line),
    )


def title_on(talk: ClubTalk, title: str, day: date) -> str:
    """The title, or "Thursday run" where nobody gave one."""
    made = {talk.words(f"title_{number}") for number in range(7)}
    return title if title and title not in made else talk.words(f"title_{day.weekday()}")


def _usual(run: ClubRun, line: Line) -> dict[str, date | time | None]:
    """A weekly run that is moved comes back at its old time next week, unless "every" is said."""
    if "weekly" in line.named:
        return {"usual_on": None, "usual_at": None}
    if run.id and run.weekly and {"day", "time"} & line.named:
        return {"usual_on": run.usual_on or run.on, "usual_at": run.usual_at or run.at}
    return {}


def _over(talk: ClubTalk, run: ClubRun, missing: list[str]) -> bool:
    """Whether a run with day and time would be in the past."""
    return not {"day", "time"} & set(missing) and run.starts_at <= talk.now


def _shown(talk: ClubTalk, draft: Draft, run: ClubRun) -> None:
    talk.asks(Draft(draft.kind, talk.number, run, asks="change"))
    if draft.kind == "edit":
        buttons = [talk.button("save", "save", run.id), talk.button("as_it_was", "drop")]
    else:
        other = "once" if run.weekly else "every_week"
        named = (("post", "post"), ("change", "change"), (other, "weekly"))
        buttons = [talk.button(label, deed) for label, deed in named]
    talk.say(posting.preview(talk, run, tuple(buttons), talk.words("i_read")))


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


def drop(talk: ClubTalk) -> None:
    """[Leave as it was]: let go of what was being written."""
    talk.asks(None)
    talk.retire("as_it_was")
    talk.tell_me("let_go")


def _written(talk: ClubTalk, kind: str) -> ClubRun | None:
    draft = talk.draft
    if draft is None or draft.run is None or draft.kind != kind or draft.asks != "change":
        talk.tell_me("old_draft")
        return None
    return draft.run

"""The post of a run, the preview before it, and keeping it up to date.

Rule: one message for each run, changed in place. It names nobody. Its key is `run:<number>`.
"""

import msgspec

from bot.club import follow, saying, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.state import CANT, MAYBE, Club, ClubRun
from bot.club.turn import MakeEvent
from bot.conversation.message import Button, Message, Part, Strong, Words


def key(run: ClubRun) -> str:
    """The name of its post, for ever."""
    return f"run:{run.id}"


def run_message(talk: ClubTalk, run: ClubRun) -> Message:
    """The post of a run, as everyone sees it."""
    club = talk.club or Club(0)
    parts = _head(run, talk.words("cancelled") + " " if run.state == "cancelled" else "")
    parts += _body(talk, run, club)
    if run.state != "cancelled":
        parts.append(Words(f"\n{saying.counts_line(run, talk.voice)}"))
    buttons = _buttons(talk, run) if run.state == "planned" else ()
    return Message(tuple(parts), buttons, "everyone_here", kind="club_run")


def when_words(run: ClubRun) -> str:
    """When a run starts, on the club's clock, for a plain sentence."""
    return saying.when(run).text


def title_when(run: ClubRun) -> str:
    """A run by its title and day: "Thursday run, Thu 7 May"."""
    return f"{run.title}, {saying.day_words(run.on)}"


def my_when(talk: ClubTalk, run: ClubRun) -> str:
    """When a run starts, on the clock of whoever acts, if it is known."""
    zone = talk.held.runner.zone
    return saying.clock_words(run.starts_at, zone or run.zone)


def _head(run: ClubRun, before: str) -> list[Part]:
    parts: list[Part] = [Strong(before + run.title), Words(" · "), saying.when(run)]
    if run.where:
        parts.append(Words(f" · {run.where}"))
    return parts


def _body(talk: ClubTalk, run: ClubRun, club: Club) -> list[Part]:
    lines = []
    if run.options:
        lines.append(saying.options_line(run, club))
    if run.notes:
        lines.append(talk.words("note", note=run.notes))
    if run.weekly and run.state == "planned":
        lines.append(talk.words("weekly"))
    return [Words("".join(f"\n{line}" for line in lines))] if lines else []


def _buttons(talk: ClubTalk, run: ClubRun) -> tuple[Button, ...]:
    several = len(run.options) > 1
    letters = [one.letter for one in run.options] or ["A"]
    going = talk.voice.say("button_club_going")
    buttons = [
        Button(
            f"{going} {letter}" if several else going,
            tokens.write("go", run.club, run.id, letter),
        )
        for letter in letters
    ]
    buttons.append(talk.button("maybe", "go", run.id, MAYBE))
    buttons.append(talk.button("cant", "go", run.id, CANT))
    if any(one.distance_m or one.walk_run for one in run.options):
        buttons.append(talk.button("fit", "fit", run.id))
    return tuple(buttons)


def preview(talk: ClubTalk, run: ClubRun, buttons: tuple[Button, ...], first: str) -> Message:
    """What was read, as it will look, for the one who writes it."""
    club = talk.club or Club(0)
    parts: list[Part] = [Words(first + "\n\n"), *_head(run, ""), *_body(talk, run, club)]
    if run.limit:
        parts.append(Words("\n" + talk.words("limit", count=run.limit)))
    return Message(tuple(parts), buttons, kind="club_preview")


def publish(talk: ClubTalk, run: ClubRun) -> ClubRun:
    """Post a new run for everyone, and plan what follows from it."""
    if run.weekly and not run.series:
        run = msgspec.structs.replace(run, series=run.id)
    talk.put(run)
    talk.post(key(run), run_message(talk, run))
    talk.do(MakeEvent(run))
    follow.plan(talk, run)
    return run


def publish_open(talk: ClubTalk) -> None:
    """Post the runs to come where they are not posted yet: in a place that is new to the club."""
    for run in talk.coming():
        talk.post(key(run), run_message(talk, run))


def refresh(talk: ClubTalk, run: ClubRun, before: ClubRun | None = None) -> None:
    """Make the post say what holds now; nothing, if it says so since `before`."""
    now = run_message(talk, run)
    if before is None or run_message(talk, before) != now:
        talk.edit(key(run), now)

"""A toy club with the signature of the club's own step, on top of the toy conversation.

In a group: "/setup", "/run TITLE", "/after RUN", "/at KEY KIND LATE WHEN" (a date and time),
"/zone NAME", "/cancel RUN", "/drop RUN", "/code", "/join CODE", "/draft", "/leave", "/boom". A press of
`!club:go:CLUB-RUN@CHOICE` is an RSVP. Any other words are handed on to the runner's own conversation.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from bot.club import tokens
from bot.club.state import Club, ClubRun, Draft, Feeling, Member, Rsvp, Spot
from bot.club.turn import (
    CancelClub,
    ClubEffect,
    ClubTurn,
    Drop,
    Edit,
    Held,
    JoinClub,
    Leave,
    Log,
    MakeCode,
    MakeEvent,
    PlanClub,
    Post,
    Tell,
)
from bot.conversation.event import Due, Event, Presence, Said, Tapped
from bot.conversation.log import Note
from bot.conversation.message import Audience, Button, Message, message
from bot.conversation.turn import CODE_HERE, Say
from bot.runtime.club_turns import ClubCore

JOINED = ("joined", "same", "taken", "wrong", "too_many")


def concerns(event: Event, drafting: bool) -> bool:
    """Whether it is for the club."""
    what = event.what
    if isinstance(what, Tapped):
        return tokens.read(what.token) is not None
    return drafting or not event.where.private


def core() -> ClubCore:
    """The toy, for a host."""
    needs_rank = lambda held, event: _text(event) == "/rank"  # noqa: E731
    return ClubCore(None, concerns, needs_rank, step, _named, left=_left)


def _left(content: Any, held: Held, event: Event, now: datetime) -> ClubTurn:
    """A member is about to be deleted: out of the counts, and who waited is told."""
    runs = tuple(
        replace(run, rsvps=tuple(one for one in run.rsvps if one.runner != held.runner_id))
        for run in held.runs
    )
    edits = tuple(Edit(f"run:{run.id}", shown(run)) for run in runs)
    told = tuple(
        Tell(one.runner, message("You moved up")) for run in runs for one in run.rsvps if one.tell
    )
    members = tuple(one for one in held.club.members if one.runner != held.runner_id)  # type: ignore[union-attr]
    return ClubTurn(replace(held.club, members=members), runs, (*edits, *told))  # type: ignore[type-var]


def _named(event: Event) -> int:
    deed = tokens.read(event.what.token) if isinstance(event.what, Tapped) else None
    return deed.club if deed else 0


def _text(event: Event) -> str:
    return event.what.text if isinstance(event.what, Said) else ""


def step(content: Any, held: Held, event: Event, now: datetime) -> ClubTurn:
    """One turn of the toy."""
    what = event.what
    if isinstance(what, Tapped) and (deed := tokens.read(what.token)):
        return _pressed(held, deed, now)
    if isinstance(what, Due):
        return _due(held, what, now)
    if isinstance(what, Presence):
        leaves = (Leave(),) if what.what == "removed" and held.club else ()
        return ClubTurn(held.club, effects=leaves)
    command, *words = _text(event).split() or [""]
    if command == "/boom":
        raise ValueError("the toy club broke")
    if command in COMMANDS:
        return COMMANDS[command](held, event, now, words)
    if held.draft is not None and held.draft.asks:
        return ClubTurn(held.club, effects=(_say(f"drafted {_text(event)}"),))
    return ClubTurn(held.club, effects=(_say("kind", "everyone_here"),), goes_on=what)


def _say(text: str, audience: Audience = "only_you_here") -> Say:
    return Say(replace(message(text), audience=audience))


def shown(run: ClubRun) -> Message:
    """What everyone sees of a run: its title, and how many go."""
    going = sum(one.choice == "A" for one in run.rsvps)
    button = Button("Going A", tokens.write("go", run.club, run.id, "A"))
    return replace(message(f"{run.title}: {going} going", button), audience="everyone_here")


def _pressed(held: Held, deed: tokens.Deed, now: datetime) -> ClubTurn:
    club = held.club
    run = next((one for one in held.runs if one.id == deed.run), None)
    if club is None or run is None:
        return ClubTurn(club, effects=(_say("no such run"),), draft=held.draft)
    if deed.name == "felt":
        feelings = (*run.feelings, Feeling(held.runner_id, "good"))
        return ClubTurn(
            club, (replace(run, feelings=feelings),), (Log(Note(f"felt:{run.id}", now, "run")),)
        )
    others = tuple(one for one in run.rsvps if one.runner != held.runner_id)
    mine = Rsvp(held.runner_id, deed.choice, now, tell=deed.name == "tell")
    run = replace(run, rsvps=(*others, mine))
    if club.member(held.runner_id) is None:
        club = replace(club, members=(*club.members, Member(held.runner_id, now, ("sets",))))
    effects: tuple[ClubEffect, ...] = (
        Edit(f"run:{run.id}", shown(run)),
        _say(f"you: {deed.choice}"),
    )
    return ClubTurn(club, (run,), effects, held.draft)


def _due(held: Held, what: Due, now: datetime) -> ClubTurn:
    club = held.club
    if what.kind == "boom":
        raise ValueError("the toy club broke")
    post = Post(
        f"due:{what.check_in}:{now.isoformat()}",
        message(f"due {what.check_in}"),
        what.data.get("of", ""),
    )
    again = PlanClub(what.check_in, "weekly", on=date(2026, 4, 5), at_local=time(18), late_s=3600)
    return ClubTurn(club, effects=(post, again) if what.kind == "weekly" else (post,))


def _setup(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    club = held.club or Club(
        held.next_club, on=True, zone="Europe/London", spots=(Spot(event.where),)
    )
    return ClubTurn(club, effects=(_say("it is on"),))


def _run(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    assert held.club
    start = now + timedelta(days=1)
    made = ClubRun(
        held.next_run, held.club.id, " ".join(words), start.date(), start.time(), "UTC",
        made_by=held.runner_id,
    )  # fmt: skip
    effects = (Post(f"run:{made.id}", shown(made)), MakeEvent(made), _say("posted"))
    return ClubTurn(held.club, (made,), effects)


def _after(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    of = f"run:{words[0]}"
    return ClubTurn(held.club, effects=(Post(f"after:{words[0]}", message("How was it?"), of),))


def _at(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    key, kind, late, day, clock, *of = words
    plan = PlanClub(
        key, kind, on=date.fromisoformat(day), at_local=time.fromisoformat(clock),
        data={"of": of[0]} if of else {}, late_s=int(late) or None,
    )  # fmt: skip
    return ClubTurn(held.club, effects=(CancelClub(f"{key}:"), plan))


def _zone(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    return ClubTurn(replace(held.club, zone=words[0]) if held.club else None)


def _cancel(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    run = next(one for one in held.runs if one.id == int(words[0]))
    off = replace(run, state="cancelled")
    told = tuple(Tell(one.runner, message(f"{run.title} is off")) for one in run.rsvps if one.tell)
    return ClubTurn(held.club, (off,), (Edit(f"run:{run.id}", message("off")), *told))


def _drop(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    return ClubTurn(held.club, effects=(Drop(f"run:{words[0]}"),))


def _code(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    return ClubTurn(held.club, effects=(MakeCode(), _say(CODE_HERE)))


def _join(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    replies = {name: message(name) for name in JOINED}
    return ClubTurn(held.club, effects=(JoinClub(words[0], replies),))


def _draft(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    run = held.runs[0] if held.runs else None
    number = held.club.id if held.club else 0
    draft = Draft("edit", number, run, held.club, asks="line")
    return ClubTurn(held.club, effects=(_say("say it"),), draft=draft)


def _rank(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    return ClubTurn(held.club, effects=(_say(f"{held.rank} {' '.join(held.missing)}".strip()),))


def _leave(held: Held, event: Event, now: datetime, words: list[str]) -> ClubTurn:
    return ClubTurn(held.club, effects=(_say("Goodbye", "everyone_here"), Leave()))


COMMANDS = {
    "/setup": _setup,
    "/run": _run,
    "/after": _after,
    "/at": _at,
    "/zone": _zone,
    "/cancel": _cancel,
    "/drop": _drop,
    "/code": _code,
    "/join": _join,
    "/draft": _draft,
    "/rank": _rank,
    "/leave": _leave,
}

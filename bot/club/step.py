"""The step of a club: one event in, one turn out. Pure; all that happens in a group goes through here.

    concerns(event) -> bool                       is this the club's business at all?
    needs_rank(held, event) -> bool               must the platform say what this person is here?
    club_step(content, held, event, now) -> ClubTurn

Order of hearing: buttons; commands; in a group, what somebody says of their body (etiquette.py);
then words for what they are in the middle of writing.
"""

from datetime import datetime

import msgspec

from bot.club import deeds, heard, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.commands import COMMANDS, Command, command_of
from bot.club.rights import is_named
from bot.club.turn import ClubTurn, Held
from bot.content.load import Content
from bot.conversation.event import Due, Event, Presence, Said, Tapped

DUE = "club_"
"""The kinds of a club's check-ins begin so."""


def concerns(event: Event, *, drafting: bool = False) -> bool:
    """Whether an event is the club's business. `drafting`: a draft of this runner awaits words.

    Cheap: it looks at the form of the event alone.
    """
    match event.what:
        case Tapped(token=text):
            return tokens.read(text) is not None
        case Said(text=text):
            return drafting or not event.where.private or command_of(text, private=True) is not None
        case Presence(what=what):
            return not event.where.private and what in ("joined", "returned", "removed")
        case Due(kind=kind):
            return kind.startswith(DUE)
        case _:
            return False


def club_named(event: Event) -> int:
    """The club that an event names by itself (a button, "/start club42"), or 0.

    In private an event that names none means the club of the runner's draft, or else the only one
    they take part in.
    """
    if isinstance(event.what, Tapped):
        deed = tokens.read(event.what.token)
        return deed.club if deed else 0
    if isinstance(event.what, Said):
        found = command_of(event.what.text, private=True)
        if found is not None and found.name == "start":
            return tokens.linked(found.rest)
    return 0


def needs_rank(held: Held, event: Event) -> bool:
    """Whether the turn hangs on what this person is in the group, by the platform itself."""
    if _a_stranger(held, event):
        return True
    asks = ""
    if isinstance(event.what, Tapped):
        deed = tokens.read(event.what.token)
        asks = deeds.ASKS.get(deed.name, "") if deed else ""
    elif isinstance(event.what, Said):
        found = command_of(event.what.text, private=event.where.private)
        asks = COMMANDS.get(found.name, "") if found else _drafting(held)
    if asks != "organiser":
        return asks == "admin"
    return held.club is None or not is_named(held.club, event.who)


def _a_stranger(held: Held, event: Event) -> bool:
    """Whether somebody who takes part in nothing comes to a club by our private chat."""
    return (
        event.where.private
        and held.club is not None
        and held.club.member(held.runner_id) is None
        and not isinstance(event.what, Due)
    )


def _drafting(held: Held) -> str:
    if held.draft is None or not held.draft.asks:
        return ""
    return {"run": "organiser", "edit": "organiser", "setup": "admin"}.get(held.draft.kind, "")


def club_step(content: Content, held: Held, event: Event, now: datetime) -> ClubTurn:
    """What follows from one event. `now` is an aware UTC datetime. Never raises for user input."""
    if _a_stranger(held, event) and held.rank == "none":
        held = msgspec.structs.replace(held, club=None, runs=())  # not of the group: knows no club
    talk = ClubTalk(content, held, event, now)
    match event.what:
        case Tapped(token=text):
            deeds.tapped(talk, text)
        case Said(text=text):
            found = command_of(text, private=event.where.private)
            _said(talk, text, found)
        case Presence(what=what):
            heard.presence(talk, what)
        case Due():
            deeds.due(talk, event.what)
        case _:
            talk.goes_on = event.what
    return talk.turn()


def _said(talk: ClubTalk, text: str, found: Command | None) -> None:
    if heard.let_go(talk, text):
        return
    if found is not None:
        deeds.commanded(talk, found)
    else:
        heard.words(talk, text)

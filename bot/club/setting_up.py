"""Setting a club up: an admin, four settings, a preview, on."""

from bot.club import rights
from bot.club.clubtalk import ClubTalk
from bot.club.state import Club, Spot


def asked(talk: ClubTalk, rest: str) -> None:
    """/setup, or "/setup on" at once."""
    if not rights.administers(talk):
        return
    if talk.club is None:
        spot = Spot(talk.event.where, talk.held.missing)
        talk.club = Club(talk.held.next_club, zone=talk.held.runner.zone or "UTC", spots=(spot,))
    if rest.strip().casefold() == "on":
        turn_on(talk)


def turn_on(talk: ClubTalk) -> None:
    """[Turn on]."""
    if rights.administers(talk):
        talk.keep(on=True)
        talk.tell_me("is_on")

"""Who may do what in a club: admins, organisers, everyone.

Rule: what somebody is in a group is asked of the platform each time (`Held.rank`), never taken from
the fact that a command was shown to them. Where the platform does not answer, nobody is an admin.
"""

from collections.abc import Sequence

from bot.club.clubtalk import ClubTalk
from bot.club.state import Club
from bot.conversation.event import Person


def is_named(club: Club, who: Person, roles: Sequence[str] = ()) -> bool:
    """Whether this person was named as an organiser, or has a role that was."""
    mine = {who.id, *(f"&{role}" for role in roles)}
    return any(f"{who.platform}:{one}" in club.named for one in mine)


def may_organise(club: Club, who: Person, rank: str, roles: Sequence[str] = ()) -> bool:
    """Whether this person may post and change runs."""
    if rank == "admin" or is_named(club, who, roles):
        return True
    return club.organisers == "everyone" and rank != "none"


def organises(talk: ClubTalk) -> bool:
    """Whether whoever acts may post and change runs of this club; says so if not."""
    if talk.club is None or not talk.club.on:
        talk.tell_me("not_on")
        return False
    if may_organise(talk.club, talk.event.who, talk.held.rank, talk.held.roles):
        return True
    talk.tell_me("rank_unknown" if talk.held.rank == "unknown" else "organisers_only")
    return False


def administers(talk: ClubTalk) -> bool:
    """Whether whoever acts is an admin of the group; says so if not."""
    if talk.held.rank == "admin":
        return True
    talk.tell_me("rank_unknown" if talk.held.rank == "unknown" else "admins_only")
    return False

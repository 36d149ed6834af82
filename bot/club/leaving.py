"""Quiet, leaving, organisers: what admins ask of the bot, and how a member goes.

Rule: one confirm, at once, and cleanly. What is removed is gone from the counts as well.
"""

import re
from datetime import datetime, timedelta

from bot.club import digest, joining, pressing, rights, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.saying import clock_words
from bot.club.state import Club
from bot.club.turn import CancelClub, ClubTurn, Held, Leave
from bot.content.load import Content
from bot.conversation.event import Event

_DAYS = re.compile(r"(\d{1,3})\s*(d|days?|w|weeks?)?", re.IGNORECASE)
_MENTION = re.compile(r"<@(&?[\w-]{1,40})>")
OFF = ("off", "end", "stop", "over", "0")


def quiet(talk: ClubTalk, rest: str = "") -> None:
    """/quiet, /quiet 7d, /quiet off: nothing is posted by itself until then."""
    if talk.club is None:
        talk.tell_me("not_on")
        return
    if not rights.administers(talk):
        return
    if rest.strip().casefold() in OFF:
        talk.keep(quiet_until=None)
        talk.tell_me("quiet_off")
        return
    found = _DAYS.fullmatch(rest.strip())
    days = talk.figures.quiet.days
    if found:
        days = int(found[1]) * (7 if (found[2] or "").casefold().startswith("w") else 1)
    days = min(max(days, 1), talk.figures.quiet.most_days)
    until = talk.now + timedelta(days=days)
    talk.keep(quiet_until=until)
    talk.tell_me("quiet_on", until=clock_words(until, talk.zone))


def asked(talk: ClubTalk, _: str = "") -> None:
    """/leave: asked by an admin in a group the bot goes; anybody else leaves the club themselves."""
    if talk.club is None:
        talk.tell_me("not_on" if not talk.private else "which_none")
    elif talk.private or _only_a_member(talk, talk.club):
        stay = talk.button("leave_no", "leave_no")
        talk.tell_me("leave_member", talk.button("leave_member", "leave_yes", choice="me"), stay)
    elif rights.administers(talk):
        stay = talk.button("leave_no", "leave_no")
        choice = tokens.of_group(talk.event.where.chat)
        talk.tell_me("leave_group", talk.button("leave_group", "leave_yes", choice=choice), stay)


def _only_a_member(talk: ClubTalk, club: Club) -> bool:
    return (
        talk.held.rank not in ("admin", "unknown") and club.member(talk.held.runner_id) is not None
    )


def yes(talk: ClubTalk, choice: str) -> None:
    """The confirm."""
    if choice == "me":
        gone(talk, talk.held.runner_id)
        talk.asks(None)
        talk.retire("leave_member")
        talk.tell_me("left_member")
    elif not (choice == "group" or tokens.group(choice)):
        talk.tell_me("old_button")
    elif talk.club is not None and rights.administers(talk):
        _group(talk, talk.club, choice)


def _group(talk: ClubTalk, club: Club, choice: str) -> None:
    """The bot goes; where the confirm was pressed in private, from the group where it was asked."""
    here = talk.event.where
    spots = [one.place for one in club.spots if one.place.platform == here.platform]
    named = [one for one in spots if one.chat == tokens.group(choice)]
    spots = named or spots
    if talk.private and len(spots) != 1:
        talk.tell_me("old_button")
        return
    talk.asks(None)
    talk.retire("leave_group")
    talk.tell_me("left_group")
    if len(club.spots) == 1:
        talk.do(CancelClub(""))
    talk.do(Leave(spots[0] if talk.private else None))


def gone(talk: ClubTalk, runner: int) -> None:
    """A runner is out of the club: of its lists, its counts, and what it shared."""
    club = talk.club
    if club is None:
        return
    mine = club.member(runner)
    talk.keep(members=tuple(one for one in club.members if one.runner != runner))
    for run in list(talk.runs.values()):
        known = joining.of(run, runner) or any(one.runner == runner for one in run.feelings)
        if known:
            pressing.settle(talk, run, joining.without(run, runner))
    if mine is not None and mine.shares:
        digest.again(talk, name="name" in mine.shares)


def member_left(content: Content, held: Held, event: Event, now: datetime) -> ClubTurn:
    """The turn of a club when one of its members is gone altogether (/delete); nothing is said to them."""
    talk = ClubTalk(content, held, event, now)
    gone(talk, held.runner_id)
    talk.asks(None)
    return talk.turn()


def organiser(talk: ClubTalk, rest: str = "") -> None:
    """/organiser <@id> names somebody, or takes the name back; alone it says who may post."""
    if talk.club is None:
        talk.tell_me("not_on")
        return
    if not rights.administers(talk):
        return
    platform = talk.event.who.platform
    named = list(talk.club.named)
    found = [f"{platform}:{one}" for one in _MENTION.findall(rest)]
    if not found:
        talk.tell_me("organiser_how", count=len(named))
        return
    for one in found:
        if one in named:
            named.remove(one)
        else:
            named.append(one)
    talk.keep(named=tuple(named))
    talk.tell_me("organiser_now", count=len(named))


def stay(talk: ClubTalk) -> None:
    """[Stay]."""
    talk.asks(None)
    talk.retire("leave_no")
    talk.tell_me("stays")

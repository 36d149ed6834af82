"""/share: what a runner lets the club count or show; off unless they turn it on, one kind at a time.

Rule: nothing is shared by default. Taking it back works at once, and the last digest is edited. The
club gets sums, never anybody's own figures; what cannot be compared cannot be ranked.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from bot.club import digest, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.state import Draft, Member
from bot.club.turn import Totals
from bot.content.load import Content
from bot.conversation.event import Event, Person, Place, Said
from bot.conversation.follow_through import planned_weeks
from bot.conversation.log import Exercise
from bot.conversation.message import Button
from bot.conversation.runs.training_log import STRENGTH
from bot.conversation.state import Conversation, Runner
from bot.conversation.talk import Talk

KINDS = ("sets", "weeks", "name")


def asked(talk: ClubTalk, _: str = "") -> None:
    """/share: what is shared, and a button for each kind."""
    if not talk.club:
        talk.tell_me("which_none")
        return
    mine = talk.club.member(talk.held.runner_id)
    shares = mine.shares if mine else ()
    lines = [
        talk.words(
            f"share_{kind}_{'on' if kind in shares else 'off'}", name=mine.name if mine else ""
        )
        for kind in KINDS
    ]
    buttons = [
        talk.button(f"{'unshare' if kind in shares else 'share'}_{kind}", "share", choice=kind)
        for kind in KINDS
    ]
    talk.tell_me("share", *buttons, lines="\n".join(lines))


def toggle(talk: ClubTalk, kind: str) -> None:
    """Share one kind, or take it back."""
    if kind not in KINDS or talk.club is None:
        talk.tell_me("old_button")
        return
    mine = talk.club.member(talk.held.runner_id) or Member(talk.held.runner_id, talk.now)
    if kind in mine.shares:
        left = tuple(one for one in mine.shares if one != kind)
        name = "" if kind == "name" else mine.name
        _keep(talk, msgspec.structs.replace(mine, shares=left, name=name))
        digest.again(talk, name=kind == "name")
        asked(talk)
    elif kind == "name":
        talk.asks(Draft("share", talk.number, asks="name"))
        talk.tell_me("ask_name", Button(talk.words("no_name"), tokens.write("noname", talk.number)))
    else:
        _keep(talk, msgspec.structs.replace(mine, shares=(*mine.shares, kind)))
        asked(talk)


def heard(talk: ClubTalk, text: str) -> bool:
    """The name to show, in words."""
    name = " ".join("".join(one for one in text if one.isprintable()).split())
    most = talk.figures.limits.name
    if talk.club is None or not 1 <= len(name) <= most or name.startswith("/"):
        talk.tell_me("name_length", most=most)
        return True
    mine = talk.club.member(talk.held.runner_id) or Member(talk.held.runner_id, talk.now)
    shares = tuple(dict.fromkeys((*mine.shares, "name")))
    _keep(talk, msgspec.structs.replace(mine, shares=shares, name=name))
    talk.asks(None)
    asked(talk)
    return True


def no_name(talk: ClubTalk) -> None:
    """[No name]: let go of the question."""
    talk.asks(None)
    asked(talk)


def _keep(talk: ClubTalk, mine: Member) -> None:
    members = talk.club.members if talk.club else ()
    talk.keep(members=(*(one for one in members if one.runner != mine.runner), mine))


def totals(
    content: Content, sharing: Iterable[tuple[Member, Runner]], now: datetime
) -> Totals | None:
    """The sums of those who share: exercises done in the days of a digest, and weeks on plan.

    None while nobody shares. Who shares only one kind is in that sum alone.
    """
    people, sets, weeks = 0, 0, 0
    days = timedelta(days=content.club.digest.window_days)
    for member, runner in sharing:
        counted = {"sets", "weeks"} & set(member.shares)
        people += bool(counted)
        if "sets" in counted:
            sets += sum(
                _sets(content, one) for one in runner.log.of(Exercise) if now - one.at <= days
            )
        if "weeks" in counted:
            weeks += _weeks(content, runner, now)
    return Totals(people, sets, weeks) if people else None


def _sets(content: Content, entry: Exercise) -> int:
    """The sets of one heel-drop exercise that was done."""
    exercise = content.exercises.get(entry.exercise)
    if exercise is None or entry.exercise not in STRENGTH or entry.answer not in ("done", "easier"):
        return 0
    return next((dose.sets for dose in exercise.doses if dose.id == entry.dose), 1)


def _weeks(content: Content, runner: Runner, now: datetime) -> int:
    """The weeks on plan of one runner, as their own weekly review counts them."""
    event = Event("", Person("", ""), Place("", ""), Said(""))
    return planned_weeks.on_plan(Talk(content, Conversation(), runner, event, now)).kept

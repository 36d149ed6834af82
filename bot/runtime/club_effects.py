"""From a club's turn to the one record that is stored.

Rule: as in effects.py: a message is cut to each platform's limits here, once. A post goes to every
place of the club; what one person is told goes where they asked, for them alone.
"""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from bot.club.state import Club, ClubRun
from bot.club.turn import (
    CancelClub,
    ClubTurn,
    Drop,
    Edit,
    JoinClub,
    Leave,
    Log,
    MakeCode,
    MakeEvent,
    PlanClub,
    Post,
    Tell,
)
from bot.coaching.clock import instant
from bot.conversation.event import Due, Event
from bot.conversation.fit import DISCORD, Limits
from bot.conversation.message import Message
from bot.conversation.turn import Retire, Say
from bot.runtime.effects import FAILED, LANES, pieces
from bot.store.club_rows import (
    ClubCheckIn,
    ClubKept,
    ClubRecord,
    ClubStep,
    Met,
    NewClubCheckIn,
    NewDrop,
    NewEdit,
    NewPost,
    NewTell,
)
from bot.store.club_turns import DEFAULT_TIME
from bot.store.clubs import RUNS_FOR
from bot.store.inbox import Accepted
from bot.store.rows import Lane, NewOutgoing, Outgoing, ScheduledEvent, Trouble

HANDED_ON = ">"
"""Ends the id of what a club's turn hands on to the runner's own conversation."""


@dataclass(frozen=True, slots=True)
class Platforms:
    """What is known of the platforms that are served."""

    limits: dict[str, Limits] = field(default_factory=dict)
    gaps: dict[str, float] = field(default_factory=dict)
    """Seconds between two edits of one post."""
    events: set[str] = field(default_factory=set)
    """Those with calendar entries of their own."""

    def of(self, name: str) -> Limits:
        """What one message may be there."""
        return self.limits.get(name, DISCORD)


@dataclass(frozen=True, slots=True)
class ClubArrived:
    """An event whose club turn is taken, and all it stands on."""

    event: Event
    now: datetime
    met: Met | None
    before: ClubKept | None
    hints: dict[str, str]
    end: ClubCheckIn | None = None


def record_of(arrived: ClubArrived, turn: ClubTurn, platforms: Platforms) -> ClubRecord:
    """The record of a turn that went well. Its errands (codes) are done already."""
    before = arrived.before
    old = before.club if before else None
    club = turn.club or old
    leaves = [one for one in turn.effects if isinstance(one, Leave)]
    return ClubRecord(
        event=arrived.event,
        at=arrived.now,
        met=arrived.met,
        before=before,
        club=turn.club,
        runs=turn.runs,
        steps=tuple(_steps(arrived, turn, club, platforms)),
        draft=turn.draft,
        entries=tuple(one.entry for one in turn.effects if isinstance(one, Log)),
        goes_on=_handed_on(arrived, turn),
        end=arrived.end,
        leave=bool(leaves),
        leaves=leaves[0].place if leaves else None,
        reclock=club.zone if old and club and club.zone != old.zone else "",
        gaps=platforms.gaps,
        hints=arrived.hints,
    )


def failed_record(arrived: ClubArrived, error: BaseException, platforms: Platforms) -> ClubRecord:
    """The record of a turn that failed: nothing changed, whoever acted is told, the event kept."""
    where = traceback.extract_tb(error.__traceback__)[-3:]
    trail = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(where))
    met, event = arrived.met, arrived.event
    trouble = Trouble(
        "club_turn_failed",
        f"{type(error).__name__} at {trail}",
        runner_id=met.runner_id if met else None,
        event=event.id,
        keep_payload=True,
    )
    audience = FAILED.audience if event.where.private else "only_you_here"
    said = msgspec.structs.replace(FAILED, audience=audience)
    turn = ClubTurn(None, effects=(Say(said),))
    return ClubRecord(
        event=event,
        at=arrived.now,
        met=met,
        before=arrived.before,
        club=None,
        steps=tuple(_steps(arrived, turn, None, platforms)),
        troubles=(trouble,),
        failed=True,
        hints=arrived.hints,
    )


def too_late(arrived: ClubArrived) -> bool:
    """Whether something planned was found later than it may be posted."""
    late_s = arrived.end.plan.late_s if arrived.end else None
    due = arrived.event.what
    return late_s is not None and isinstance(due, Due) and due.late_s > late_s


def without_a_word(turn: ClubTurn) -> ClubTurn:
    """A turn that came too late: what it keeps and plans stands, nothing new is posted."""
    stays = PlanClub | CancelClub | Edit | Drop
    kept = tuple(one for one in turn.effects if isinstance(one, stays))
    return msgspec.structs.replace(turn, effects=kept)


def kept_after(before: ClubKept | None, turn: ClubTurn, now: datetime) -> ClubKept | None:
    """What is known of the club once the record is stored, without reading it back."""
    club = turn.club or (before.club if before else None)
    if club is None:
        return None
    version = before.club.version + 1 if before else 1
    runs = {run.id: run for run in before.runs} if before else {}
    runs |= {run.id: run for run in turn.runs}
    recent = [run for run in runs.values() if run.starts_at >= now - RUNS_FOR]
    ordered = tuple(sorted(recent, key=lambda run: (run.starts_at, run.id)))
    next_run = max(before.next_run if before else 1, max(runs, default=0) + 1)
    return ClubKept(msgspec.structs.replace(club, version=version), ordered, next_run)


# ---------------------------------------------------------------------- step by step


def _steps(
    arrived: ClubArrived, turn: ClubTurn, club: Club | None, platforms: Platforms
) -> Iterator[ClubStep]:
    event = arrived.event
    stem = f"club:{event.where.platform}:{event.id}"
    lane = Lane.BROADCAST if arrived.met is None else Lane.REPLY
    for number, effect in enumerate(turn.effects):
        key = f"{stem}:{number}"
        if isinstance(effect, Say) and arrived.met is None:
            yield from _posts(Post(key, effect.message), club, platforms, lane)
        elif isinstance(effect, Say | Retire):
            yield from _said(key, effect, platforms.of(event.where.platform))
        elif isinstance(effect, Post):
            yield from _posts(effect, club, platforms, lane)
        elif isinstance(effect, Edit | Drop | MakeEvent):
            yield from _changed(effect, club, platforms)
        elif isinstance(effect, Tell):
            told = {
                name: tuple(pieces(effect.message, it)) for name, it in platforms.limits.items()
            }
            yield NewTell(f"tell:{key}", effect.runner, told)
        elif isinstance(effect, PlanClub):
            yield planned(effect, club.zone if club else "")
        elif isinstance(effect, CancelClub):
            yield effect


def _said(key: str, effect: Say | Retire, limits: Limits) -> Iterator[ClubStep]:
    if isinstance(effect, Retire):
        yield NewOutgoing(key, Lane.REPLY, Outgoing(retire=effect.chosen))
        return
    for place, piece in enumerate(pieces(effect.message, limits)):
        yield NewOutgoing(f"{key}:{place}", LANES[effect.lane], piece)


def _changed(
    effect: Edit | Drop | MakeEvent, club: Club | None, platforms: Platforms
) -> Iterator[ClubStep]:
    if isinstance(effect, Edit):
        bodies = _bodies(effect.message, _platforms_of(club), platforms)
        yield NewEdit(effect.key, {name: some[-1] for name, some in bodies.items()})
    elif isinstance(effect, Drop):
        yield NewDrop(effect.key)
    else:
        yield from _event(effect, club, platforms)


def planned(plan: PlanClub, zone: str) -> NewClubCheckIn:
    """When a plan of a club falls due."""
    if plan.at is not None:
        return NewClubCheckIn(plan, zone, plan.at)
    if plan.on is None:
        raise ValueError(f"{plan.key} is planned for no day")
    return NewClubCheckIn(plan, zone, instant(plan.on, plan.at_local or DEFAULT_TIME, zone))


def _platforms_of(club: Club | None) -> set[str]:
    return {spot.place.platform for spot in club.spots} if club else set()


def _bodies(
    said: Message, names: set[str], platforms: Platforms, *, pings: bool = False
) -> dict[str, tuple[Outgoing, ...]]:
    public = msgspec.structs.replace(said, audience="everyone_here")
    return {
        name: tuple(
            msgspec.structs.replace(piece, pings=pings)
            for piece in pieces(public, platforms.of(name))
        )
        for name in sorted(names)
    }


def _posts(post: Post, club: Club | None, platforms: Platforms, lane: Lane) -> Iterator[ClubStep]:
    names = _platforms_of(club)
    if post.platform:
        names &= {post.platform}
    bodies = _bodies(post.message, names, platforms, pings=post.pings)
    yield NewPost(post.key, bodies, lane, post.thread_of)


def _event(effect: MakeEvent, club: Club | None, platforms: Platforms) -> Iterator[ClubStep]:
    spots = club.spots if club else ()
    may = {spot.place.platform for spot in spots if "events" not in spot.missing}
    entry = _entry(effect.run, effect)
    bodies: dict[str, tuple[Outgoing, ...]] = {
        name: (Outgoing(scheduled_event=entry),) for name in may & platforms.events
    }
    if bodies:
        yield NewPost(f"event:{effect.run.id}", bodies, Lane.BROADCAST, deed="event")


def _entry(run: ClubRun, effect: MakeEvent) -> ScheduledEvent:
    lines = [f"{one.letter}. {one.words}" for one in run.options]
    text = "\n".join([*lines, run.notes]).strip()
    return ScheduledEvent(effect.what, run.title, run.starts_at, run.ends_at, run.where, text)


def _handed_on(arrived: ClubArrived, turn: ClubTurn) -> Accepted | None:
    if turn.goes_on is None or arrived.met is None:
        return None
    event = msgspec.structs.replace(
        arrived.event, id=f"{arrived.event.id}{HANDED_ON}", what=turn.goes_on
    )
    return Accepted(event, arrived.hints, own=True)


def is_errand(turn: ClubTurn) -> bool:
    """Whether something must be found out before the turn is stored."""
    return any(isinstance(one, JoinClub | MakeCode) for one in turn.effects)

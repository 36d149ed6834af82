"""What a club's turn is given to know, put together from what is kept.

Rule: of other people a turn knows what they said to the club, as numbers of runners, and no more.
"""

from datetime import datetime

import msgspec

from bot.club import tokens
from bot.club.state import Draft
from bot.club.turn import Held
from bot.conversation.event import Due, Event, Person, Place, Tapped
from bot.store.club_rows import ClubCheckIn, ClubKept, Met


def club_of(event: Event, met: Met, named: int) -> int:
    """The club this is about, or 0: that of this chat, or the one that was named.

    In private also that of a draft, or the only one this runner takes part in.
    """
    if met.here or named:
        return met.here or named
    if not event.where.private:
        return 0
    if met.draft is not None and met.draft.club:
        return met.draft.club
    return met.clubs[0] if len(met.clubs) == 1 else 0


def group_of(event: Event, held: Held) -> Place | None:
    """The group in which somebody's rank counts: in private the one that a button names, if it does."""
    if not event.where.private:
        return event.where
    clubs = [held.club, held.draft.settings if held.draft else None]
    places = [spot.place for club in clubs if club for spot in club.spots]
    near = [one for one in places if one.platform == event.who.platform]
    deed = tokens.read(event.what.token) if isinstance(event.what, Tapped) else None
    named = tokens.group(deed.choice) if deed else ""
    return next((one for one in near if one.chat == named), next(iter(near), None))


def with_club(held: Held, before: ClubKept | None) -> Held:
    """With the club as its last turn left it, and with a draft made whole from it."""
    if before is None:
        return msgspec.structs.replace(held, club=None, runs=())
    since = before.club
    return msgspec.structs.replace(
        held,
        club=since,
        clubs=tuple(since if one.id == since.id else one for one in held.clubs),
        runs=before.runs,
        next_run=before.next_run,
        draft=_whole(held.draft, before),
    )


def _whole(draft: Draft | None, before: ClubKept) -> Draft | None:
    if draft is None or draft.club != before.club.id:
        return draft
    run = draft.run
    known = next((one for one in before.runs if run is not None and one.id == run.id), None)
    if run is not None and known is not None:
        run = msgspec.structs.replace(
            run, rsvps=known.rsvps, feelings=known.feelings, made_by=known.made_by
        )
    settings = draft.settings
    if settings is not None:
        settings = msgspec.structs.replace(
            settings, members=before.club.members, version=before.club.version
        )
    return msgspec.structs.replace(draft, run=run, settings=settings)


def due_event(check_in: ClubCheckIn, now: datetime) -> Event:
    """Something planned for a club, as an event."""
    plan = check_in.plan
    late = max(0, int((now - check_in.next_at).total_seconds()))
    return Event(
        id=f"club-due:{check_in.id}:{int(check_in.next_at.timestamp())}:{check_in.tries}",
        who=Person(check_in.place.platform, ""),
        where=check_in.place,
        what=Due(plan.key, plan.kind, plan.data, late),
        sent_at=check_in.next_at,
    )

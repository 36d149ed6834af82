"""After a run: one post in its thread, three buttons, counts.

Rule: only numbers are shown, and soreness only once enough have answered (content/club.toml; product
2.12). [Sore, privately] goes on in the runner's own conversation with the run filled in. [Good] and
[Tough] enter nothing in anybody's log unless they tap [Log it].
"""

from datetime import time, timedelta

import msgspec

from bot.club import etiquette, follow, joining, posting, series, writing
from bot.club.clubtalk import ClubTalk
from bot.club.state import ClubRun, Feeling, Felt, Rsvp
from bot.club.turn import MakeEvent
from bot.conversation import token
from bot.conversation.event import Tapped
from bot.conversation.message import Message, Words

FELT: tuple[Felt, ...] = ("good", "tough", "sore")


def key(run: ClubRun) -> str:
    """The name of the post that asks."""
    return f"after:{run.id}"


def due(talk: ClubTalk, run: ClubRun) -> None:
    """The run is over: ask once, if anybody went and the club is not quiet."""
    if run.state != "planned":
        return
    over = msgspec.structs.replace(run, state="over")
    talk.put(over)
    posting.refresh(talk, over)
    if joining.going(over) and etiquette.may_post(talk):
        talk.post(key(over), how_was_it(talk, over), thread_of=posting.key(over))


def how_was_it(talk: ClubTalk, run: ClubRun) -> Message:
    """The post, with its counts."""
    counts = shown_counts(talk, run)
    text = talk.words("how_was_it") + (f"\n{counts}" if counts else "")
    buttons = tuple(talk.button(one, "felt", run.id, one) for one in FELT)
    return Message((Words(text),), buttons, "everyone_here", kind="club_after")


def shown_counts(talk: ClubTalk, run: ClubRun) -> str:
    """How many felt how: "Good 5 · Tough 2"; soreness only from so many answers on."""
    felt = [one.felt for one in run.feelings]
    shown = FELT if len(felt) >= talk.figures.counts.sore_from else FELT[:2]
    if not any(felt.count(one) for one in shown):
        return ""
    return " · ".join(talk.words(f"felt_{one}", count=felt.count(one)) for one in shown)


def answered(talk: ClubTalk, run: ClubRun, choice: str) -> None:
    """[Good], [Tough] or [Sore, privately]."""
    felt = next((one for one in FELT if one == choice), None)
    if felt is None or talk.now < run.starts_at or run.state == "cancelled":
        talk.brief(talk.words("felt_not_yet"), kind="late")
        return
    mine = talk.held.runner_id
    old = next((one for one in run.feelings if one.runner == mine), None)
    if old is None or old.felt != felt:
        shown = how_was_it(talk, run)
        rest = tuple(one for one in run.feelings if one.runner != mine)
        run = msgspec.structs.replace(run, feelings=(*rest, Feeling(mine, felt)))
        talk.put(run)
        if how_was_it(talk, run) != shown:
            talk.edit(key(run), how_was_it(talk, run))
    if felt == "sore":
        talk.goes_on = Tapped(token.action("club_sore", told(run, talk.mine(run))))
    else:
        log = [talk.button("log", "log", run.id)] if metres(run, talk.mine(run)) else []
        talk.brief(talk.words("felt_noted"), *log, kind="felt")


def log(talk: ClubTalk, run: ClubRun) -> None:
    """[Log it]: the run goes to the runner's own log, by their own conversation."""
    if talk.now < run.starts_at or not metres(run, talk.mine(run)):
        talk.brief(talk.words("felt_not_yet"), kind="late")
        return
    talk.goes_on = Tapped(token.action("club_ran", told(run, talk.mine(run))))


def told(run: ClubRun, mine: Rsvp | None) -> str:
    """What a button of the conversation states of a club's run: "2026-05-07@4000"."""
    return f"{run.on.isoformat()}@{metres(run, mine):.0f}"


def metres(run: ClubRun, mine: Rsvp | None) -> float:
    """How far somebody went by what they chose; 0 if that is not known."""
    chosen = [
        one.distance_m for one in run.options if mine is not None and one.letter == mine.choice
    ]
    return chosen[0] or 0.0 if chosen else 0.0


def next_due(talk: ClubTalk, run: ClubRun) -> None:
    """The next run of a series: made now, and posted unless the club is quiet or has had enough."""
    if talk.club is None or not run.weekly:
        return
    day, at = series.usual_when(run)
    day += follow.WEEK
    while talk.at(day, at) <= talk.now:
        day += follow.WEEK
    usual = series.back_to_usual(run)
    new = msgspec.structs.replace(
        usual,
        id=talk.new_run(),
        title=writing.title_on(talk, usual.title, day),
        on=day,
        at=at,
        state="planned",
        rsvps=(),
        feelings=(),
        series=run.series or run.id,
    )
    if etiquette.may_post(talk):
        posting.publish(talk, new)
        return
    talk.put(new)
    follow.plan(talk, new)
    _later(talk, new)


def _later(talk: ClubTalk, run: ClubRun) -> None:
    """Post it when the quiet is over, or tomorrow: if it is still to come by then."""
    until = talk.club.quiet_until if talk.club else None
    at = time.fromisoformat(talk.figures.posts.weekly_at)
    if until is None or until <= talk.now:
        until = talk.at(talk.today + timedelta(days=1), at)
    if until < run.starts_at:
        talk.plan("club_post", f"post:{run.id}:", until, run.id)


def post_due(talk: ClubTalk, run: ClubRun) -> None:
    """A run whose post had to wait."""
    if run.state != "planned" or run.starts_at <= talk.now:
        return
    if etiquette.may_post(talk):
        talk.put(run)
        talk.post(posting.key(run), posting.run_message(talk, run))
        talk.do(MakeEvent(run))
    else:
        _later(talk, run)

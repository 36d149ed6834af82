"""The weekly digest: runs, people, first-timers, what is next, and what some do together.

Rule (product 2.12): no distances, no rankings, and no names except of those who chose to show theirs;
those stand in the order of the alphabet. A team total is of those who share, and of enough of them.
"""

from datetime import date, timedelta

from bot.club import digest_times, etiquette, joining, saying
from bot.club.clubtalk import ClubTalk
from bot.club.state import ClubRun, OldDigest
from bot.club.turn import Totals
from bot.conversation.message import Message, Part, Strong, Words
from bot.conversation.speaking import joined

_KEPT = 9
"""Of how many digests it is known: older ones cannot be edited, for their posts are forgotten."""


def key(day: date) -> str:
    """The name of a digest's post."""
    return f"digest:{day.isoformat()}"


def due(talk: ClubTalk) -> None:
    """The day and time of the digest: post it if there is anything to tell, and plan the next."""
    club = talk.club
    if club is None or not club.digest_day:
        return
    digest_times.plan(talk)
    if (_done(talk, talk.today) or talk.coming()) and etiquette.may_post(talk):
        talk.keep(digested=talk.today)
        words = digest(talk, talk.today, talk.held.totals)
        bare = digest(talk, talk.today, talk.held.totals, names=False)
        if words != bare:
            left = OldDigest(talk.today, "".join(part.text for part in bare.parts[1:]))
            talk.keep(nameless=(*club.nameless, left)[-_KEPT:])
        talk.post(key(talk.today), words)


def digest(talk: ClubTalk, day: date, totals: Totals | None, *, names: bool = True) -> Message:
    """What everyone reads."""
    done = _done(talk, day)
    people = joining.people(done)
    lines = [_week(talk, done, people)]
    if totals is not None and totals.people >= talk.figures.counts.shared_from:
        lines += _together(talk, totals)
    shown = _names(talk, people) if names else []
    if shown:
        lines.append(talk.words("digest_names", names=joined(shown)))
    parts: list[Part] = [Strong(talk.words("digest_title")), Words("\n\n" + "\n".join(lines))]
    coming = talk.coming()
    if coming:
        next_run = coming[0]
        where = f" · {next_run.where}" if next_run.where else ""
        parts += [
            Words("\n" + talk.words("digest_next") + " "),
            saying.when(next_run),
            Words(f" · {next_run.title}{where}"),
        ]
    return Message(tuple(parts), (), "everyone_here", kind="club_digest")


def _done(talk: ClubTalk, day: date) -> list[ClubRun]:
    """The runs of the days up to this one that took place."""
    first = day - timedelta(days=talk.figures.digest.window_days)
    return [
        run
        for run in talk.runs.values()
        if run.state != "cancelled" and first < run.on <= day and run.starts_at <= talk.now
    ]


def _week(talk: ClubTalk, done: list[ClubRun], people: set[int]) -> str:
    if not done:
        return talk.words("digest_no_runs")
    runs = talk.words("digest_runs_one" if len(done) == 1 else "digest_runs", count=len(done))
    some = talk.words(
        "digest_people_one" if len(people) == 1 else "digest_people", count=len(people)
    )
    new = len(first_timers(talk, done))
    parts = [runs, some]
    if new:
        parts.append(talk.words("digest_new_one" if new == 1 else "digest_new", count=new))
    return talk.words("digest_week", what=", ".join(parts))


def first_timers(talk: ClubTalk, done: list[ClubRun]) -> set[int]:
    """Those who went to their first run of this club: a member's `since` is that run's start."""
    since = {one.runner: one.since for one in (talk.club.members if talk.club else ())}
    return {
        one.runner
        for run in done
        for one in joining.going(run)
        if since.get(one.runner) == run.starts_at
    }


def _together(talk: ClubTalk, totals: Totals) -> list[str]:
    said = [
        talk.words(f"digest_{name}", count=count)
        for name, count in (("sets", totals.sets), ("weeks", totals.weeks))
        if count
    ]
    if not said:
        return []
    return [talk.words("digest_together", people=totals.people, what=joined(said))]


def _names(talk: ClubTalk, people: set[int]) -> list[str]:
    members = talk.club.members if talk.club else ()
    names = [
        one.name for one in members if "name" in one.shares and one.runner in people and one.name
    ]
    return sorted(names, key=str.casefold)[: talk.figures.digest.names]


def again(talk: ClubTalk, *, name: bool) -> None:
    """Somebody took back what they shared: the last digest is told anew, without any total.

    `name`: their name as well. Runs of older digests are not known any more, so these are left with
    no names at all.
    """
    club = talk.club
    if club is None or club.digested is None:
        return
    day = club.digested
    talk.edit(key(day), digest(talk, day, None))
    if name:
        for old in club.nameless:
            if old.day != day:
                parts = (Strong(talk.words("digest_title")), Words(old.text))
                talk.edit(key(old.day), Message(parts, kind="club_digest"))
        talk.keep(nameless=tuple(old for old in club.nameless if old.day == day))

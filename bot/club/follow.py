"""What follows from a run by itself: it is asked about afterwards, and a weekly one comes again.

Rule: the next run of a series keeps its wall clock over clock changes, and is posted so many days
before it (content/club.toml). Keys: `after:<run>:` and `next:<series>:`.
"""

from datetime import time, timedelta

from bot.club.clubtalk import ClubTalk
from bot.club.state import ClubRun

WEEK = timedelta(days=7)


def plan(talk: ClubTalk, run: ClubRun) -> None:
    """Plan both for a run that is new, or was moved."""
    posts = talk.figures.posts
    after = run.starts_at + timedelta(minutes=posts.ask_after_min)
    talk.plan("club_after", f"after:{run.id}:", after, run.id, late_s=posts.ask_late_s)
    if run.weekly:
        plan_next(talk, run)


def plan_next(talk: ClubTalk, run: ClubRun) -> None:
    """Plan the next one of its series: so many days before it, never before this one is over."""
    posts = talk.figures.posts
    day = (run.usual_on or run.on) + WEEK - timedelta(days=posts.weekly_days_before)
    at = (day, time.fromisoformat(posts.weekly_at))
    talk.plan("club_next", f"next:{run.series or run.id}:", at, run.id)


def unplan(talk: ClubTalk, run: ClubRun, *, series: bool) -> None:
    """Take back what was planned for a run, and for its series."""
    talk.unplan(f"after:{run.id}:")
    if series:
        talk.unplan(f"next:{run.series or run.id}:")

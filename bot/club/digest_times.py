"""When the digest comes: a weekday and a time on the club's clock, or never.

Rule: 18:00 stays 18:00 over clock changes. There is one check-in, `digest:`, planned again each time.
"""

from datetime import timedelta

from bot.club.clubtalk import ClubTalk
from bot.club.state import Club
from bot.coaching.clock import WEEKDAYS, next_day
from bot.conversation.settings.clock_words import time_of

KEY = "digest:"
OFF = ("off", "none", "never", "no")
DAY_LETTERS = 3


def words(talk: ClubTalk, club: Club) -> str:
    """The setting in words: "Sunday 18:00"."""
    if not club.digest_day:
        return talk.words("no_digest")
    return f"{talk.voice.say(f'day_{club.digest_day}')} {club.digest_at:%H:%M}"


def short(talk: ClubTalk, value: str) -> str:
    """A choice in words."""
    day, _, at = value.partition("_")
    return f"{talk.voice.say(f'day_{day}')} {at}"


def read(text: str) -> str:
    """A day and a time in somebody's words, as a choice: "sun_18:00"; "" if they are not both there."""
    plain = text.casefold().strip(" .!")
    if plain in OFF:
        return OFF[0]
    day = next((word[:DAY_LETTERS] for word in plain.split() if word[:DAY_LETTERS] in WEEKDAYS), "")
    at = time_of(plain)
    return f"{day}_{at:%H:%M}" if day and at is not None else ""


def put(talk: ClubTalk, value: str) -> bool:
    """Keep a choice; False if it is none."""
    if value == OFF[0]:
        talk.keep(digest_day="")
        plan(talk)
        return True
    day, _, at = value.partition("_")
    clock = time_of(at)
    if day not in WEEKDAYS or clock is None:
        return False
    talk.keep(digest_day=day, digest_at=clock)
    plan(talk)
    return True


def plan(talk: ClubTalk) -> None:
    """Plan the next digest, or take it back."""
    club = talk.club
    if club is None or not club.on:
        return
    if not club.digest_day:
        talk.unplan(KEY)
        return
    after = talk.now + timedelta(minutes=1)
    day, _ = next_day(club.digest_at, talk.zone, after, (club.digest_day,))
    talk.plan("club_digest", KEY, (day, club.digest_at))

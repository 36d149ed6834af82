"""Manners in a group: what is said of a body stays private, and few messages come uncalled.

Rule: words about somebody's body get one kind line for everyone that repeats nothing; the rest is
private. A clear warning sign gets the safety line at once, without naming what was said. What a club
posts by itself is counted by its calendar day; over the cap, or while it is quiet, nothing is posted.
"""

import msgspec

from bot.club.clubtalk import ClubTalk
from bot.conversation.hearing import LONGEST_READ, lexicon
from bot.conversation.message import Message, message
from bot.conversation.speaking import Voice
from bot.understanding.read import read
from bot.understanding.reading import Understood

BODY = frozenset({"sore", "onset", "trend", "location"})
CALM = (False, "none", "normal", "easy")


def understood(talk: ClubTalk, text: str) -> Understood:
    """What these words say, by the same reader as in our private chat."""
    words = lexicon(talk.content)
    return read(text[:LONGEST_READ], words, today=talk.voice.today, lang=None)


def warning(talk: ClubTalk, found: Understood) -> bool:
    """Whether a clear warning sign was told, as it is now, of whoever speaks or somebody with them."""
    return any(
        one.standing in ("now", "other_person")
        and one.fact in talk.content.flags
        and one.certainty != "possible"
        and one.value not in CALM
        for one in found.readings
    )


def of_a_body(talk: ClubTalk, found: Understood) -> bool:
    """Whether somebody's body is spoken of at all."""
    return any(
        one.fact in BODY or one.fact.startswith("pain_") or one.fact in talk.content.flags
        for one in found.readings
    )


def public_line(talk: ClubTalk, words_id: str) -> None:
    """One line for everyone, the same whoever wrote and whatever they wrote."""
    plain = Voice(talk.content, "km", "", talk.today)
    said = message(plain.say(f"club_{words_id}"))
    if not talk.private:
        talk.aloud(_kind(said, f"club_{words_id}"))


def may_post(talk: ClubTalk) -> bool:
    """Whether the club may post one more message by itself now; if so, it is counted."""
    club = talk.club
    if club is None or not club.on or is_quiet(talk):
        return False
    today = talk.today
    posted = dict(club.posted).get(today, 0)
    if posted >= talk.figures.posts.own_a_day:
        return False
    talk.keep(posted=((today, posted + 1),))
    return True


def is_quiet(talk: ClubTalk) -> bool:
    """Whether an admin has asked for quiet."""
    until = talk.club.quiet_until if talk.club else None
    return until is not None and talk.now < until


def _kind(said: Message, kind: str) -> Message:
    return msgspec.structs.replace(said, kind=kind)

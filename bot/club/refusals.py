"""What a group did not take: whoever organises hears so, in private.

Rule: the post of a run is told to whoever wrote it, each time. A question after a run or a digest is
told once: after that nothing of the kind is said again for as long as a digest covers.
"""

from collections.abc import Iterable
from datetime import timedelta

from bot.club import posting
from bot.club.clubtalk import ClubTalk
from bot.club.state import ClubRun
from bot.conversation.message import message


def run(talk: ClubTalk, refused: ClubRun) -> None:
    """The post of a run."""
    if refused.state == "planned" and refused.made_by:
        talk.tell(refused.made_by, message(talk.words("not_posted", title=refused.title)))


def after(talk: ClubTalk, refused: ClubRun) -> None:
    """How was it?"""
    _once(talk, [refused.made_by], talk.words("not_asked", title=posting.title_when(refused)))


def digest(talk: ClubTalk) -> None:
    """The digest: it is told to everyone who wrote one of the runs of these days."""
    _once(talk, (one.made_by for one in talk.runs.values()), talk.words("not_digested"))


def _once(talk: ClubTalk, runners: Iterable[int], words: str) -> None:
    club = talk.club
    if club is None:
        return
    told = club.refusal_told
    if told is not None and talk.today - told < timedelta(days=talk.figures.digest.window_days):
        return
    talk.keep(refusal_told=talk.today)
    for runner in dict.fromkeys(runners):
        if runner:
            talk.tell(runner, message(words))

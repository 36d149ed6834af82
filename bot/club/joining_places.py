"""One club in two places: /code in one makes a code, "/setup 123456" in the other joins it.

Rule: the code, its minutes and its tries are the store's matter. An admin of each place has agreed.
"""

import re

import msgspec

from bot.club import rights
from bot.club.clubtalk import ClubTalk
from bot.club.turn import JoinClub, MakeCode
from bot.conversation.message import message
from bot.conversation.turn import CODE_HERE

OUTCOMES = ("joined", "same", "taken", "wrong", "too_many")
_CODE = re.compile(r"(\d{3})[ -]?(\d{3})")


def make(talk: ClubTalk) -> None:
    """/code: for the club's other place."""
    if talk.club is None:
        talk.tell_me("not_on")
    elif rights.administers(talk):
        talk.do(MakeCode())
        talk.tell_me("code", code=CODE_HERE)


def joins(talk: ClubTalk, rest: str) -> bool:
    """What follows /setup was a code, and this place joins by it; False if it is no code."""
    code = _CODE.fullmatch(rest.strip())
    if code is None:
        return False
    if talk.private:
        talk.tell_me("setup_in_group")
        return True
    replies = {
        outcome: msgspec.structs.replace(
            message(talk.words(f"code_{outcome}")),
            kind=f"club_code_{outcome}",
            audience="only_you_here",
        )
        for outcome in OUTCOMES
    }
    talk.do(JoinClub(code[1] + code[2], replies))
    return True

"""Linking: one runner, two platforms.

Rule: in a private chat /link shows a code, and a code typed there joins both chats to one log. The
code, its 10 minutes and its 5 tries are the store's matter; the core only says what is to be done
and what is said in each case.
"""

import re

import msgspec

from bot.conversation.follow_through import prompts
from bot.conversation.message import message
from bot.conversation.talk import Talk
from bot.conversation.turn import CODE_HERE, JoinWith, LinkCode

OPEN = "link"
OUTCOMES = ("joined", "same", "wrong", "too_many")
_ASKED = re.compile(r"/?link(?:\s+(?P<rest>.{0,40}))?", re.IGNORECASE | re.DOTALL)
_OTHER = re.compile(
    r"(?:(?:my|other|the|this|chats?|accounts?|telegram|discord)\s*)*", re.IGNORECASE
)
_FIGURES = re.compile(r"[\d\s-]+")
_CODE = re.compile(r"(\d{3})[ -]?(\d{3})")


def heard(talk: Talk, text: str) -> bool:
    """Take "/link", "/link 123456", and the bare code after /link; False for anything else."""
    plain = text.strip().strip(".!")
    code = _CODE.fullmatch(plain)
    if code and prompts.is_open(talk, OPEN):
        join(talk, code[1] + code[2])
        return True
    asked = _ASKED.fullmatch(plain)
    if asked is None:
        return False
    rest = (asked["rest"] or "").strip()
    code = _CODE.fullmatch(rest)
    if code:
        join(talk, code[1] + code[2])
    elif _OTHER.fullmatch(rest):
        show_code(talk, "")
    elif _FIGURES.fullmatch(rest):
        talk.say_words("link_no_code", talk.button("link", "link"))
    else:
        return False
    return True


def show_code(talk: Talk, _: str) -> None:
    """[New code] and /link: a code for the other chat."""
    if _others_see(talk):
        return
    talk.update(open=prompts.MARK + OPEN)
    talk.do(LinkCode())
    talk.say_words("link_code", talk.button("go_on", "go_on"), code=CODE_HERE)


def join(talk: Talk, code: str) -> None:
    """A code was typed: the chat that showed it and this one become one runner."""
    if _others_see(talk):
        return
    buttons = {"joined": "go_on", "same": "go_on", "wrong": "link", "too_many": "go_on"}
    replies = {
        outcome: msgspec.structs.replace(
            message(talk.voice.say(f"link_{outcome}"), *talk.buttons([buttons[outcome]])),
            kind=f"link_{outcome}",
        )
        for outcome in OUTCOMES
    }
    talk.do(JoinWith(code, replies))


def _others_see(talk: Talk) -> bool:
    if talk.event.where.private:
        return False
    talk.say_words("link_in_private")
    return True

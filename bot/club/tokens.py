"""The tokens of a club's buttons: `!club:<deed>:<club>-<run>@<choice>`, at most 64 bytes.

Rule: as in bot/conversation/token.py, a token is a statement that means the same for ever. A run of 0
means the club itself (or the run that is being written).
"""

import re
from typing import NamedTuple

from bot.conversation import token

NAME = "club"
_FORM = re.compile(r"([a-z_]{2,12}):(\d{1,9})-(\d{1,9})(?:@([\w=/+:.-]{1,40}))?")
_CHOICE = re.compile(r"[\w=/+:.-]{1,40}")
_GROUP = "group"
_LINK = re.compile(r"club(\d{1,9})")


class Deed(NamedTuple):
    """What a club's button states."""

    name: str
    club: int
    run: int = 0
    choice: str = ""


def write(deed: str, club: int, run: int = 0, choice: str = "") -> str:
    """The token of a deed: "!club:go:42-7@A"."""
    about = f"{deed}:{club}-{run}"
    return token.action(NAME, f"{about}@{choice}" if choice else about)


def read(text: str) -> Deed | None:
    """What a token states, or None if it is not a club's."""
    found = token.read(text)
    if not isinstance(found, token.Action) or found.name != NAME:
        return None
    form = _FORM.fullmatch(found.argument)
    if form is None:
        return Deed("old", 0)
    return Deed(form[1], int(form[2]), int(form[3]), form[4] or "")


def payload(club: int) -> str:
    """What follows `?start=` in a link from a group to our private chat: "club42"."""
    return f"{NAME}{club}"


def linked(text: str) -> int:
    """The club that a payload names, or 0."""
    found = _LINK.fullmatch(text)
    return int(found[1]) if found else 0


def of_group(chat: str, thread: str = "") -> str:
    """The choice of a deed that means one group of a club, or a topic of it: "group=-100123/7"."""
    choice = f"{_GROUP}={chat}/{thread}" if thread else f"{_GROUP}={chat}"
    return choice if _CHOICE.fullmatch(choice) else _GROUP


def group(choice: str) -> str:
    """The chat that a choice names, or ""."""
    name, _, chat = choice.partition("=")
    return chat.partition("/")[0] if name == _GROUP else ""


def thread(choice: str) -> str:
    """The topic that a choice names, or ""."""
    return choice.partition("=")[2].partition("/")[2]

"""Scene commands: what steers the chat instead of talking to Heeldrop.

Rule: a line that starts with a colon and at least two letters is a scene command (":)" is not).
Everything else is said to the bot as it stands.
"""

import difflib
import re
from dataclasses import dataclass

HELP: tuple[tuple[str, str], ...] = (
    (":as NAME", "be someone else; :as you is you again"),
    (":in #place", "talk in a group; :in #place/topic or :in private"),
    (":as NAME in #place", "both at once; whoever is called admin is an admin of every group"),
    (":skip 18h", "move the clock: 30m, 2d, until sat 9:00"),
    (":file PATH", "drop a file into the chat, such as a GPX file"),
    (":restart", "close everything and open it again from the data file"),
    (":state", "what is known, what follows from it, what is asked next"),
    (":help", "this list"),
    (":quit", "leave; nothing is lost"),
)
NAMES = ("as", "in", "skip", "file", "restart", "state", "help", "quit")
PRIVATE = "private"

_COMMAND = re.compile(r":\s?([A-Za-z][A-Za-z-]+)(?:\s+(.*))?", re.DOTALL)
_NAME = re.compile(r"[^\W_][\w.-]{0,31}")
_PLACE = re.compile(r"#[^\W_][\w.-]{0,31}(?:/[^\W_][\w.-]{0,31})?")
_SAME = {"exit": "quit", "bye": "quit", "reload": "restart", "wait": "skip", "commands": "help"}


@dataclass(frozen=True, slots=True)
class Say:
    """Say this to the bot (or press the button it names)."""

    text: str


@dataclass(frozen=True, slots=True)
class Go:
    """Be someone, somewhere. An empty string leaves that half as it is."""

    name: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """Move the clock by these words."""

    words: str


@dataclass(frozen=True, slots=True)
class File:
    """Drop this file."""

    path: str


@dataclass(frozen=True, slots=True)
class Do:
    """A command without arguments: restart, state, help or quit."""

    name: str


@dataclass(frozen=True, slots=True)
class Puzzled:
    """A scene command that cannot be followed; `why` says what to type instead."""

    why: str


Command = Say | Go | Skip | File | Do | Puzzled


def parse(line: str) -> Command:
    """What one typed line asks for. Never fails: what is not a command is said."""
    found = _COMMAND.fullmatch(line.strip())
    if not found:
        return Say(line)
    name, rest = found[1].lower(), (found[2] or "").strip()
    name = _SAME.get(name, name)
    if name == "as":
        return _as(rest)
    if name == "in":
        return go("", rest)
    if name == "skip":
        return Skip(rest) if rest else Puzzled("How far? For example :skip 18h.")
    if name == "file":
        return File(_unquoted(rest)) if rest else Puzzled("Which file? For example :file run.gpx.")
    if name in NAMES:
        return Do(name)
    return Puzzled(_nearest(name))


def go(name: str, place: str) -> Go | Puzzled:
    """The checked form of a person and a place; either may be empty, not both."""
    if name and not _NAME.fullmatch(name):
        return Puzzled("A name is letters, digits, dots or dashes. For example :as member-2.")
    if place.lower() == PRIVATE:
        place = PRIVATE
    elif place and not _PLACE.fullmatch(place):
        return Puzzled("A place starts with #, as in :in #runs. Or use :in private.")
    if not name and not place:
        return Puzzled("Where? For example :in #runs, or :in private.")
    return Go(name, place)


def _as(rest: str) -> Go | Puzzled:
    match rest.split():
        case [name]:
            return go(name, "")
        case [name, "in", place]:
            return go(name, place)
    return Puzzled("Who, and where? For example :as member-2 in #runs.")


def _nearest(name: str) -> str:
    close = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.5)
    meant = f"Did you mean :{close[0]}? " if close else ""
    return f'There is no command ":{name[:20]}". {meant}:help lists them all.'


def _unquoted(path: str) -> str:
    if len(path) > 1 and path[0] == path[-1] and path[0] in "\"'":
        return path[1:-1]
    return path

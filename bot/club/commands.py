"""The commands of a club, and the same as words.

Rule: a command is a message that begins with its stroke, or is nothing but its words. In our private
chat the words of a club are said in full ("club runs"), because "next run" is the runner's own there.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Asks = Literal["", "organiser", "admin"]

COMMANDS: Mapping[str, Asks] = {
    "setup": "admin",
    "run": "organiser",
    "next": "",
    "runs": "organiser",
    "quiet": "admin",
    "leave": "admin",
    "club": "",
    "share": "",
    "organiser": "admin",
    "code": "admin",
    "help": "",
    "start": "",
}
"""Each command, and what somebody has to be for it."""
ELSEWHERE = frozenset({"help"})
"""In our private chat these are the conversation's."""
OTHER_NAMES: Mapping[str, str] = {
    "organizer": "organiser", "organisers": "organiser", "organizers": "organiser",
    "newrun": "run", "clubs": "club", "sharing": "share", "nextrun": "next",
}  # fmt: skip
GROUP_NAMES: Mapping[str, str] = dict.fromkeys(("cancel", "move", "edit", "change"), "runs")
"""In a group these show the runs, with [Change] under them; in private they are the conversation's."""
DROPS = frozenset({"cancel", "/cancel", "never mind", "nevermind", "forget it", "leave it"})
"""What lets go of a run or a setting that is being written."""
_COMMAND = re.compile(r"/(\w{2,20})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_GROUP_WORDS: Mapping[str, str] = {
    "next run": "next", "next": "next", "when is the next run": "next", "runs": "runs",
    "all runs": "runs", "set up": "setup", "setup": "setup", "new run": "run",
    "cancel": "runs", "cancel run": "runs", "cancel the run": "runs", "move the run": "runs",
    "post a run": "run", "help": "help", "what can you do": "help", "share": "share",
}  # fmt: skip
_PRIVATE_WORDS: Mapping[str, str] = {
    "club": "club", "my club": "club", "my clubs": "club", "clubs": "club", "club runs": "runs",
    "next club run": "next", "club run": "next", "new club run": "run", "leave the club": "leave",
    "leave club": "leave", "share with the club": "share", "share with my club": "share",
}  # fmt: skip


class Command(NamedTuple):
    """A command and what follows it."""

    name: str
    rest: str = ""


def command_of(text: str, *, private: bool) -> Command | None:
    """The club's command in a message, or None."""
    text = text.strip()
    found = _COMMAND.fullmatch(text)
    if found is None:
        words = " ".join(text.casefold().strip(" ?!.").split())
        name = (_PRIVATE_WORDS if private else {**_PRIVATE_WORDS, **_GROUP_WORDS}).get(words, "")
        return Command(name) if name else None
    name = found[1].casefold()
    name = OTHER_NAMES.get(name, name)
    name = name if private else GROUP_NAMES.get(name, name)
    rest = (found[2] or "").strip()
    if name not in COMMANDS or (private and name in ELSEWHERE):
        return None
    if name == "start" and not rest.startswith("club"):
        return None
    return Command(name, rest)

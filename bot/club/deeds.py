"""The deeds of a club: what its buttons, its commands and its check-ins do.

Rule: a button works at any moment, or says why it does not. A run that is gone gets a plain answer.
"""

from collections.abc import Callable, Mapping

from bot.club import fits, pressing, setting_up, tokens, writing
from bot.club.clubtalk import ClubTalk
from bot.club.commands import Asks, Command
from bot.club.state import ClubRun
from bot.conversation.event import Due

ABOUT_RUN: Mapping[str, Callable[[ClubTalk, ClubRun, str], None]] = {
    "go": pressing.press,
    "tell": pressing.tell,
    "fit": lambda talk, run, _: fits.asked(talk, run),
    "longest": fits.told,
    "why": lambda talk, run, _: fits.why(talk, run),
}
ABOUT_CLUB: Mapping[str, Callable[[ClubTalk, str], None]] = {
    "post": lambda talk, _: writing.post(talk),
    "weekly": lambda talk, _: writing.weekly(talk),
    "change": lambda talk, _: writing.change(talk),
    "drop": lambda talk, _: writing.drop(talk),
    "on": lambda talk, _: setting_up.turn_on(talk),
}
COMMANDS: Mapping[str, Callable[[ClubTalk, str], None]] = {
    "setup": setting_up.asked,
    "run": writing.asked,
}
ASKS: Mapping[str, Asks] = {
    "post": "organiser", "weekly": "organiser", "change": "organiser", "on": "admin",
}  # fmt: skip
"""What somebody has to be for a deed; nothing for those that are not named."""


def tapped(talk: ClubTalk, text: str) -> None:
    """A button of the club was pressed."""
    deed = tokens.read(text)
    if deed is None or talk.club is None or deed.club != talk.club.id:
        talk.brief(talk.words("old_button"), kind="old")
    elif deed.name in ABOUT_CLUB:
        ABOUT_CLUB[deed.name](talk, deed.choice)
    elif deed.name in ABOUT_RUN:
        run = talk.run(deed.run)
        if run is None:
            talk.brief(talk.words("run_gone"), kind="gone")
        else:
            ABOUT_RUN[deed.name](talk, run, deed.choice)
    else:
        talk.brief(talk.words("old_button"), kind="old")


def commanded(talk: ClubTalk, command: Command) -> None:
    """A command was given."""
    COMMANDS[command.name](talk, command.rest)


def due(talk: ClubTalk, what: Due) -> None:
    """Something of the club fell due."""

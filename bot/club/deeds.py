"""The deeds of a club: what its buttons, its commands and its check-ins do.

Rule: a button works at any moment, or says why it does not. A run that is gone gets a plain answer.
"""

from collections.abc import Callable, Mapping

from bot.club import (
    after,
    digest,
    fits,
    joining_places,
    leaving,
    listing,
    managing,
    posting,
    pressing,
    refusals,
    setting_up,
    sharing,
    tokens,
    writing,
)
from bot.club.clubtalk import ClubTalk
from bot.club.commands import Asks, Command
from bot.club.state import ClubRun
from bot.conversation.event import Due

AboutRun = Callable[[ClubTalk, ClubRun, str], None]
AboutClub = Callable[[ClubTalk, str], None]

ABOUT_RUN: Mapping[str, AboutRun] = {
    "go": pressing.press,
    "tell": pressing.tell,
    "fit": lambda talk, run, _: fits.asked(talk, run),
    "longest": fits.told,
    "why": lambda talk, run, _: fits.why(talk, run),
    "felt": after.answered,
    "log": lambda talk, run, _: after.log(talk, run),
    "cal": listing.entry,
    "edit": managing.edit,
    "save": managing.save,
    "cancel": managing.cancel,
    "cancel_yes": managing.cancel_yes,
}
ABOUT_CLUB: Mapping[str, AboutClub] = {
    "post": lambda talk, _: writing.post(talk),
    "weekly": lambda talk, _: writing.weekly(talk),
    "change": lambda talk, _: writing.change(talk),
    "drop": writing.drop,
    "setup": lambda talk, _: setting_up.asked(talk),
    "card": lambda talk, _: setting_up.settled(talk),
    "here": setting_up.here,
    "set": setting_up.ask,
    "put": setting_up.put,
    "preview": lambda talk, _: setting_up.preview(talk),
    "on": lambda talk, _: setting_up.turn_on(talk),
    "next": listing.next_run,
    "runs": listing.all_runs,
    "club": listing.club,
    "share": lambda talk, kind: sharing.toggle(talk, kind) if kind else sharing.asked(talk),
    "noname": lambda talk, _: sharing.no_name(talk),
    "leave": leaving.asked,
    "leave_yes": leaving.yes,
    "leave_no": lambda talk, _: leaving.stay(talk),
}
COMMANDS: Mapping[str, AboutClub] = {
    "setup": setting_up.asked,
    "run": writing.asked,
    "next": listing.next_run,
    "runs": listing.all_runs,
    "quiet": leaving.quiet,
    "leave": leaving.asked,
    "club": listing.club,
    "share": sharing.asked,
    "organiser": leaving.organiser,
    "code": lambda talk, _: joining_places.make(talk),
    "help": listing.help_,
    "start": listing.start,
}
ASKS: Mapping[str, Asks] = {
    **dict.fromkeys(("post", "weekly", "change", "runs"), "organiser"),
    **dict.fromkeys(("edit", "save", "cancel", "cancel_yes"), "organiser"),
    **dict.fromkeys(("setup", "card", "here", "set", "put", "preview", "on"), "admin"),
    "leave_yes": "admin",
}
"""What somebody has to be for a deed; nothing for those that are not named."""
PICKS = frozenset({"run", "next", "runs", "share", "leave", "quiet"})
"""In our private chat these commands mean one club; with several, they ask which."""


def tapped(talk: ClubTalk, text: str) -> None:
    """A button of the club was pressed."""
    deed = tokens.read(text)
    if deed is not None and deed.name == "setup" and talk.club is None:
        setting_up.asked(talk)
    elif deed is None or talk.club is None or deed.club not in (talk.club.id, 0):
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
    several = talk.private and talk.club is None and len(talk.held.clubs) > 1
    if several and command.name in PICKS:
        listing.which(talk, "club")
    else:
        COMMANDS[command.name](talk, command.rest)


def due(talk: ClubTalk, what: Due) -> None:
    """Something of the club fell due."""
    whole = DUE_FOR_ALL.get(what.kind)
    if whole is not None:
        whole(talk)
        return
    number = what.data.get("run", "")
    run = talk.run(int(number)) if number.isdigit() else None
    handler = DUE.get(what.kind)
    if run is not None and handler is not None:
        handler(talk, run)


DUE: Mapping[str, Callable[[ClubTalk, ClubRun], None]] = {
    "club_after": after.due,
    "club_next": after.next_due,
    "club_post": after.post_due,
    "club_refused": refusals.run,
    "club_after_refused": refusals.after,
}
DUE_FOR_ALL: Mapping[str, Callable[[ClubTalk], None]] = {
    "club_digest": digest.due,
    "club_digest_refused": refusals.digest,
    "club_open": posting.publish_open,
}

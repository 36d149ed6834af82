"""/next, /runs, /club, /help and the link from a group to our private chat."""

import msgspec

from bot.club import calendar, rights, saying, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.state import ClubRun
from bot.conversation import token
from bot.conversation.message import Attachment, Button, Message, Part, Strong, Words


def next_run(talk: ClubTalk, _: str = "") -> None:
    """/next: the next run, for everyone who reads it here."""
    if not _known(talk):
        return
    coming = talk.coming()
    if not coming:
        talk.aloud(_plain(talk, "none_coming"))
        return
    kind = f"club_next:{tokens.payload(talk.number)}"  # under it a way to our private chat
    talk.aloud(Message(tuple(_line(talk, coming[0], lead=True)), kind=kind))


def all_runs(talk: ClubTalk, _: str = "") -> None:
    """/runs: what is coming; organisers get a button for each."""
    if not _known(talk) or talk.club is None:
        return
    coming = talk.coming()[: talk.figures.limits.soonest_shown]
    if not coming:
        talk.tell_me("none_coming")
        return
    parts: list[Part] = [Strong(talk.words("coming")), Words("\n")]
    for run in coming:
        parts += [Words("\n"), *_line(talk, run, lead=False)]
    buttons: list[Button] = []
    if rights.may_organise(talk.club, talk.event.who, talk.held.rank, talk.held.roles):
        for run in coming:
            label = talk.words("change_of", title=run.title, day=saying.day_words(run.on))
            buttons.append(Button(label, talk.button("change", "edit", run.id).token))
    talk.say(Message(tuple(parts), tuple(buttons), kind="club_runs"))


def _line(talk: ClubTalk, run: ClubRun, *, lead: bool) -> list[Part]:
    first = talk.words("next_is") + " " if lead else ""
    where = f" · {run.where}" if run.where else ""
    parts: list[Part] = [Words(first + run.title + " · "), saying.when(run), Words(where)]
    options = saying.options_line(run, talk.club) if talk.club and run.options else ""
    if options:
        parts.append(Words(f"\n{options}"))
    parts.append(Words(f"\n{saying.counts_line(run, talk.voice)}"))
    return parts


def club(talk: ClubTalk, _: str = "") -> None:
    """/club: what there is to do here, or in which clubs one is."""
    if talk.club is not None:
        names = ("next", "runs", "share", *(["leave"] if talk.private else []))
        talk.tell_me("club", *(talk.button(f"club_{one}", one) for one in names), name=_name(talk))
    elif talk.held.clubs:
        which(talk, "club")
    else:
        talk.tell_me("which_none")


def which(talk: ClubTalk, wanted: str) -> None:
    """In our private chat, somebody of several clubs is asked which one they mean."""
    buttons = []
    for one in talk.held.clubs:
        talk.club = one
        buttons.append(Button(_name(talk), talk.button("back", wanted).token))
    talk.club = None
    talk.tell_me("which", *buttons)


def help_(talk: ClubTalk, _: str = "") -> None:
    """/help in a group."""
    talk.tell_me("help", Button(talk.voice.say("button_club_my_help"), token.action("help")))


def start(talk: ClubTalk, rest: str = "") -> None:
    """The link from a group: says hello, and what stays private."""
    begin = Button(talk.voice.say("button_start"), token.action("start"))
    if talk.club is None:
        talk.tell_me("link_old", begin)
    else:
        talk.tell_me("greeting", begin, talk.button("club_next", "next"), name=_name(talk))


def entry(talk: ClubTalk, run: ClubRun, _: str = "") -> None:
    """[Calendar]: the run as an .ics file."""
    text = calendar.ics([run], talk.now, _name(talk))
    file = Attachment(f"run-{run.on.isoformat()}.ics", text, "text/calendar")
    talk.tell_me("calendar", attachment=file)


def _known(talk: ClubTalk) -> bool:
    if talk.club is not None and talk.club.on:
        return True
    if talk.club is None and talk.held.clubs:
        which(talk, "club")
    else:
        talk.tell_me("not_on" if not talk.private else "which_none")
    return False


def _name(talk: ClubTalk) -> str:
    return (talk.club.name if talk.club else "") or talk.words("no_club_name", number=talk.number)


def _plain(talk: ClubTalk, words_id: str) -> Message:
    return msgspec.structs.replace(Message((Words(talk.words(words_id)),)), kind=f"club_{words_id}")

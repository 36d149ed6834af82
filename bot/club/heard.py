"""What is said in a group, and coming and going.

Rule: somebody's body first, whatever is going on; then the words that a draft waits for; everything
else is the runner's own conversation, which answers in private.
"""

import re

from bot.club import etiquette, setting_up, sharing, tokens, writing
from bot.club.clubtalk import ClubTalk
from bot.club.commands import DROPS
from bot.club.turn import Leave
from bot.conversation.message import Button, Message, Strong, Words
from bot.understanding.reading import Understood

_SMALL = frozenset({"yes", "no", "not_sure"})
"""Words that answer a question; nobody asked one here."""
_DONE = re.compile(r"\b(?:i (?:ran|jogged|did|went)|ran|jogged|yesterday)\b", re.IGNORECASE)


def words(talk: ClubTalk, text: str) -> None:
    """Words that are no command."""
    found = etiquette.understood(talk, text)
    if etiquette.warning(talk, found):
        etiquette.public_line(talk, "safety_line")
    elif etiquette.of_a_body(talk, found):
        etiquette.public_line(talk, "private_line")
    elif _answers(talk, text, found) and _for_draft(talk, text):
        return
    talk.goes_on = talk.event.what


def let_go(talk: ClubTalk, text: str) -> bool:
    """Whether words were "cancel" to something that is being written; it is let go of then."""
    plain = text.casefold().strip(" .!")
    if talk.draft is None or not (plain in DROPS or (plain == "stop" and _writes(talk))):
        return False
    writing.drop(talk)
    return True


def _writes(talk: ClubTalk) -> bool:
    """Whether a run is being written just now, and words for it are awaited."""
    draft = talk.draft
    return draft is not None and draft.kind in ("run", "edit") and bool(draft.asks) and _fresh(talk)


def _fresh(talk: ClubTalk) -> bool:
    at = talk.draft.at if talk.draft else None
    return at is not None and (talk.now - at).total_seconds() <= talk.figures.limits.draft_s


def _answers(talk: ClubTalk, text: str, found: Understood) -> bool:
    """Whether words may be for what is being written: fresh, no command, no run that was done.

    Beside a run a bare "ok" or "thanks" is heard too, for it gets told what is awaited; a question
    is the runner's own conversation's, unless it names a day and a time.
    """
    if not _fresh(talk):
        talk.asks(None)
        return False
    if not _writes(talk):
        return found.command is None and found.chit_chat is None and not _DONE.search(text)
    question = any(one.kind != "other" for one in found.asks)
    if (question and not writing.is_line(talk, text)) or _DONE.search(text):
        return False
    return found.command is None or found.command in _SMALL


def _for_draft(talk: ClubTalk, text: str) -> bool:
    draft = talk.draft
    if draft is None or not draft.asks:
        return False
    if draft.kind == "setup":
        return setting_up.heard(talk, text)
    if draft.kind == "share":
        return sharing.heard(talk, text)
    writing.heard(talk, text)
    return True


def presence(talk: ClubTalk, what: str) -> None:
    """The bot came into a group, or had to leave it."""
    if what == "removed":
        if talk.club is not None:
            talk.do(Leave())
    elif what == "joined" and talk.club is None:
        hello(talk)


def hello(talk: ClubTalk) -> None:
    """The first message in a group: what the bot does here, and what it does not."""
    label = talk.voice.say("button_club_setup")
    button = Button(label, tokens.write("setup", talk.number))
    parts = (Strong(talk.words("hello_title")), Words("\n\n" + talk.words("hello")))
    talk.aloud(Message(parts, (button,), kind="club_hello"))

"""What is said in a group, and coming and going.

Rule: somebody's body first, whatever is going on; then the words that a draft waits for; everything
else is the runner's own conversation, which answers in private.
"""

from bot.club import etiquette, setting_up, sharing, tokens, writing
from bot.club.clubtalk import ClubTalk
from bot.club.turn import Leave
from bot.conversation.message import Button, Message, Strong, Words


def words(talk: ClubTalk, text: str) -> None:
    """Words that are no command."""
    found = etiquette.understood(talk, text)
    if etiquette.warning(talk, found):
        etiquette.public_line(talk, "safety_line")
    elif etiquette.of_a_body(talk, found):
        etiquette.public_line(talk, "private_line")
    elif found.command is None and _for_draft(talk, text):
        return
    talk.goes_on = talk.event.what


def _for_draft(talk: ClubTalk, text: str) -> bool:
    draft = talk.draft
    if draft is None or not draft.asks:
        return False
    if draft.kind == "setup":
        return setting_up.heard(talk, text)
    if draft.kind == "share":
        return sharing.heard(talk, text)
    return writing.heard(talk, text)


def presence(talk: ClubTalk, what: str) -> None:
    """The bot came into a group, or had to leave it."""
    if what == "removed":
        if talk.club is not None:
            talk.do(Leave())
    elif talk.club is None:
        hello(talk)


def hello(talk: ClubTalk) -> None:
    """The first message in a group: what the bot does here, and what it does not."""
    label = talk.voice.say("button_club_setup")
    button = Button(label, tokens.write("setup", talk.number))
    parts = (Strong(talk.words("hello_title")), Words("\n\n" + talk.words("hello")))
    talk.aloud(Message(parts, (button,), kind="club_hello"))

"""What is said in a group, and coming and going."""

from bot.club import writing
from bot.club.clubtalk import ClubTalk


def words(talk: ClubTalk, text: str) -> None:
    """Words that are no command."""
    draft = talk.draft
    if draft is not None and draft.kind in ("run", "edit") and writing.heard(talk, text):
        return
    talk.goes_on = talk.event.what


def presence(talk: ClubTalk, what: str) -> None:
    """The bot came into a group, or had to leave it."""

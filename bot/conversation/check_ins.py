"""Check-ins: what is said when something planned falls due.

Rule: a check-in is an ordinary event with its own outcome; one that makes no sense any more says
nothing.
"""

from bot.conversation.event import Due
from bot.conversation.talk import Talk


def due(talk: Talk, what: Due) -> None:
    """A check-in of this kind fell due."""
    if what.kind == "got_help" and talk.standing.level in ("emergency", "same_day"):
        talk.say_words("got_help", talk.button("checked", "checked"))
